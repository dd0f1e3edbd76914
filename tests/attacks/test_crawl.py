"""Every link followed: nothing is changed by looking, nothing personal is in an address, and each look is in the log."""

from __future__ import annotations

import re

import pytest
from tests.attacks.crawl import ask, crawl
from tests.attacks.database import rows
from tests.attacks.house import BORN, CANARIES, PERSONAL

# One of the front door, one of the team, and one of both.
READERS = ("Sheila Knowles", "Priya Shah", "Martin Oyelaran")
# The number of a record; in the middle of an id the same letters follow another digit.
NUMBER = re.compile(r"(?<![0-9a-f])fc-\d", re.IGNORECASE)
# Each is offered among all that a role may do, and says there that nothing waits for it.
NOTHING_WAITS = re.compile(r"/(contact|referral|siblings)/decide/$")


def shown(house, text):
    """The records whose canary stands in a page."""
    return {house.children[stage] for stage, canary in CANARIES.items() if canary in text}


def is_in_the_log(house, seen, name):
    """Each record of which something was shown is named by an entry of this very request."""
    allowed = [entry for entry in seen.log if entry.allowed]
    logged = {record for entry in allowed for record in entry.records}
    assert shown(house, seen.text) <= logged, seen.address
    assert {entry.actor_id for entry in seen.log} <= {house.people.ids[name]}
    assert len({entry.request_id for entry in seen.log}) <= 1, seen.address


# Whoever sees most goes the longest way.
FAR = ("Martin Oyelaran", "Priya Shah")
WALKS = [pytest.param(name, marks=pytest.mark.long if name in FAR else ()) for name in READERS]


@pytest.mark.parametrize("name", WALKS)
def test_looking_changes_nothing_tells_nothing_in_addresses_and_is_logged(house, name):
    before, pages, records = rows(), 0, set()
    for seen in crawl(house, name):
        assert seen.response.status_code in (200, 302, 403, 404), seen.address
        assert leads_somewhere(seen), seen.address
        personal = [one for one in seen.addresses if is_personal(one)]
        assert not personal, (seen.address, personal)
        is_in_the_log(house, seen, name)
        pages += 1
        records |= shown(house, seen.text)
    assert rows() == before
    # The crawl did arrive somewhere, or it has shown nothing.
    assert pages > 50
    assert records


def is_personal(address):
    return any(word.lower() in address.lower() for word in PERSONAL) or NUMBER.search(address) is not None


def leads_somewhere(seen):
    """Whether what is linked is there. Other people's drafts stand in the table of addresses only."""
    if seen.response.status_code != 404:
        return True
    return NOTHING_WAITS.search(seen.address) is not None or seen.address.startswith("/drafts/")


SEARCHES = (
    {"find": "Wren"},
    {"first_name": "Wren", "surname": "Fourcanary"},
    {"born": BORN},
    {"find": "Fourcanary 21 3 2018"},
)


def test_everybody_a_search_shows_is_in_the_log(house):
    for form in SEARCHES:
        seen = ask(house.client("Beth Lomas"), "/find/", form)
        assert shown(house, seen.text), form
        is_in_the_log(house, seen, "Beth Lomas")
        assert not [one for one in seen.addresses if is_personal(one)]


def test_a_search_by_number_is_in_the_log_and_in_no_address(house):
    number = house.people.number(house.allocated)
    seen = ask(house.client("Beth Lomas"), "/find/", {"find": number})
    assert shown(house, seen.text) == {house.allocated}
    is_in_the_log(house, seen, "Beth Lomas")
    assert not [one for one in seen.addresses if is_personal(one)]


def test_who_is_shown_while_a_contact_is_written_is_in_the_log(house):
    form = {"first_name": "Wren", "surname": "Fourcanary", "do": "look", "received-day": "23"}
    seen = ask(house.client("Beth Lomas"), "/contacts/new/", form)
    assert house.allocated in shown(house, seen.text)
    is_in_the_log(house, seen, "Beth Lomas")
