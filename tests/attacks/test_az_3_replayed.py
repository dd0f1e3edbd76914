"""AZ-3: a request that was captured is worth nothing with somebody else's cookie, nor with another record's id in it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.attacks.classes import name_of, text_of
from tests.attacks.filling import asked_after_addresses
from tests.attacks.forms import forms_of
from tests.attacks.house import House
from tests.attacks.matrix import browser, shown_in
from tests.attacks.matrix_records import database, made
from tests.attacks.places import places
from tests.attacks.test_az_4_parents import parts

__all__ = ["database", "made"]
pytestmark = pytest.mark.usefixtures("database")

ME = "team manager"
# Of a record that is another team's, of one whose ways in have run out, of one that for this reader does not exist.
THEIRS = ("other", "lapsed", "barred")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Swap = tuple[str, str, dict[str, Any] | None]


def ids_of(house: House) -> set[str]:
    """Every id that belongs to a record: its own, and those of its parts."""
    return {str(house.allocated), *(ID.findall(one)[0] for one in parts(house).values())}


def asked(client: Client, method: str, address: str, form: dict[str, Any] | None) -> Any:
    """The answer; what it did is taken back by the caller."""
    return client.get(address) if form is None else client.post(address, form)


def swapped_forms(client: Client, house: House, theirs: set[str]) -> Iterator[Swap]:
    """Each form of each page, with each id in it put in place by one of another record."""
    for place in places(house).values():
        if not (place.record and "POST" in place.methods and place.is_page):
            continue
        page = client.get(place.address, follow=True).content.decode()
        for form in forms_of(page, place.address):
            if not form.is_posted:
                continue
            for name, values in form.carries.items():
                if any(ID.search(one) for one in values):
                    yield from (("POST", form.address, form.sent({name: other})) for other in sorted(theirs))


def swapped_questions(house: House, theirs: set[str]) -> Iterator[Swap]:
    """Each page with each question that some page takes after its address, asking for an id of another record."""
    for place in places(house).values():
        if place.record and "GET" in place.methods:
            bare = place.address.split("?")[0]
            for name in asked_after_addresses():
                yield from (("GET", f"{bare}?{name}={other}", None) for other in sorted(theirs))


def planted(ids: set[str]) -> int:
    """How often an id of another record stands in the words of events on records that are not its own."""
    pattern = "|".join(sorted(ids))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_eventcontent WHERE data::text ~ %s", [pattern])
        return int(cursor.fetchone()[0])


def leaks(client: Client, swap: Swap, kind: str, ids: set[str], before: int) -> Iterator[str]:
    """What an answer shows of another record, or leaves on one."""
    with transaction.atomic():
        answer = asked(client, *swap)
        shown = shown_in(answer) & {name_of(kind), text_of(kind)}
        after = planted(ids) if swap[2] is not None and answer.status_code == 302 else before
        transaction.set_rollback(True)
    if shown or after != before or answer.status_code >= 500:
        yield f"{swap[0]} {swap[1]} {answer.status_code} {sorted(shown)} {after - before} {swap[2]}"


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", THEIRS)
def test_az_3_an_id_of_another_record_in_a_form_shows_and_writes_nothing(made, kind):
    client, ids = browser(made, ME), ids_of(made.houses[kind])
    before = planted(ids)
    tried = list(swapped_forms(client, made.of("own", ME), ids))
    assert len(tried) > 200
    assert [said for swap in tried for said in leaks(client, swap, kind, ids, before)] == []


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", THEIRS)
def test_az_3_an_id_of_another_record_after_an_address_shows_nothing(made, kind):
    house = made.houses[kind]
    client, ids = browser(made, ME), {str(house.allocated), house.note, house.assessment}
    tried = list(swapped_questions(made.of("own", ME), ids))
    assert len(tried) > 2000
    assert [said for swap in tried for said in leaks(client, swap, kind, ids, 0)] == []


@pytest.mark.attack
def test_az_3_some_of_both_show_nothing(made):
    chance, client = random.Random(), browser(made, ME)
    for kind in THEIRS:
        ids = ids_of(made.houses[kind])
        before = planted(ids)
        questions = list(swapped_questions(made.of("own", ME), ids))
        assert [
            said for swap in chance.sample(questions, 40) for said in leaks(client, swap, kind, ids, before)
        ] == []
