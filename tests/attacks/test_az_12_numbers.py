"""AZ-12: lists and numbers are what they would be without the record that their reader may not list.

A page is read before there is such a record and after: with a conflict of interest, or restricted, not one character differs.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.attacks.crawl import ADDRESS
from tests.cases import record
from tests.siblings import child

from cairn.application.ports import now
from cairn.records import ties

EWAN, SECRET = "Ewan Marsh", "Quennell Nightingale"
BEGIN = ("/work/", "/team/")
LISTS = re.compile(r"^/(work|team|restricted)/")
# What each answer has of its own: a key of its forms, a nonce, an id of a draft to be.
OF_ITS_OWN = re.compile(
    r'(csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})'
)
AT_MOST = 60


def lists(client: Client) -> dict[str, str]:
    """Every list that is reached from My work and Team work, in whichever order and grouping, as it stands."""
    waiting, found = list(BEGIN), {}
    while waiting and len(found) < AT_MOST:
        address = waiting.pop(0)
        answer = client.get(address)
        if address in found or answer.status_code != 200:
            continue
        found[address] = OF_ITS_OWN.sub("", answer.content.decode())
        linked = (
            one.replace("&amp;", "&").partition("#")[0] for one in ADDRESS.findall(answer.content.decode())
        )
        waiting += [
            one for one in dict.fromkeys(linked) if LISTS.match(urlsplit(one).path) and one not in found
        ]
    return found


def searched(client: Client) -> list[str]:
    """What each way of looking for that name gives."""
    forms = (
        {"find": SECRET},
        {"first_name": "Quennell", "surname": "Nightingale"},
        {"find": "Nightingal"},
        {"born": "2016-06-01"},
    )
    pages = (client.post("/find/", form).content.decode() for form in forms)
    return [OF_ITS_OWN.sub("", page) for page in pages]


def make(people, hidden: str) -> None:
    """A child of Priya Shah's whom Ewan Marsh may not list, or may."""
    made = child(people, SECRET)
    if hidden == "barred":
        began = now() - timedelta(days=1)
        ties.add(
            ties.NewTie(people.ids[EWAN], made, "family", began, None, "Made up.", people.ids["Sheila Knowles"], began)
        )  # fmt: skip
    if hidden == "restricted":
        record(people, ("Joanne Whitlock", "restrict-record", {"reason": "media"}), on=made)


@pytest.mark.parametrize("hidden", ["barred", "restricted"])
def test_az_12_lists_and_numbers_do_not_tell_of_it(house, hidden):
    client = house.client(EWAN)
    before = lists(client)
    assert len(before) > 5
    make(house.people, hidden)
    after = lists(client)
    assert set(after) == set(before)
    assert [address for address in before if before[address] != after[address]] == []


def test_az_12_searches_do_not_tell_of_one_that_is_barred(house):
    client = house.client(EWAN)
    before = searched(client)
    make(house.people, "barred")
    assert searched(client) == before


@pytest.mark.attack
def test_az_12_of_one_that_is_neither_the_same_lists_and_searches_tell(house):
    client = house.client(EWAN)
    listed, found = lists(client), searched(client)
    make(house.people, "")
    after = lists(client)
    assert [address for address in listed if after.get(address) != listed[address]]
    assert all(one != other for one, other in zip(found, searched(client), strict=True))


def test_az_12_whoever_may_list_it_does(house):
    make(house.people, "restricted")
    assert SECRET.split()[1] in "".join(lists(house.client("Priya Shah")).values())
