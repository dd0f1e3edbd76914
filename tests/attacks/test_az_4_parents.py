"""AZ-4: a part of one record under the address of another is not there, though the reader may open both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from django.db import transaction
from django.http import HttpResponse
from tests.attacks.classes import name_of, text_of
from tests.attacks.database import rows
from tests.attacks.house import House
from tests.attacks.matrix import browser, shown_in
from tests.attacks.matrix_records import database, made
from tests.attacks.places import places

__all__ = ["database", "made"]
pytestmark = pytest.mark.usefixtures("database")

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Who may open both records and do most on them.
BOTH = "team manager"
WHOLE = ("own", "covered", "named")
# What of a house is no part of its child's record.
NOT_A_PART = frozenset({"people", "children", "cover", "draft", "draft_of_contact", "glass"})


def parts(house: House) -> dict[str, str]:
    """The ids of the parts of a record, by what they are."""
    every = {one.name: str(getattr(house, one.name)) for one in fields(House) if one.name not in NOT_A_PART}
    return {name: value for name, value in every.items() if len(value) >= 36}


def crossed(house: House, other: House) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each address of a part, with the record it belongs to put in the place of another, and its methods."""
    for name, place in places(house).items():
        if place.record and any(one in place.address for one in parts(house).values()):
            yield name, place.address.replace(str(house.allocated), str(other.allocated)), place.methods


def led_to(answer: HttpResponse) -> set[str]:
    """The ids in the address that an answer leads to: one that leads on with those it was given has looked nothing up."""
    return set(ID.findall(answer["Location"]))


def test_az_4_there_are_parts_of_many_sorts(made):
    assert len(list(crossed(made.houses["own"], made.houses["covered"]))) >= 15


@pytest.mark.parametrize("theirs", WHOLE[1:])
def test_az_4_a_part_of_another_record_is_not_there(made, theirs):
    client, wrong, before = browser(made, BOTH), [], rows()
    for name, address, methods in crossed(made.houses["own"], made.houses[theirs]):
        for method in methods:
            with transaction.atomic():
                answer = client.generic(method, address, content_type="application/x-www-form-urlencoded")
                shown = shown_in(answer) & {name_of("own"), text_of("own")}
                after = {table: row for table, row in rows().items() if before[table] != row}
                transaction.set_rollback(True)
            led_on = answer.status_code == 302 and led_to(answer) <= set(ID.findall(address))
            if not (answer.status_code == 404 or led_on) or shown or after:
                wrong.append((name, method, answer.status_code, sorted(shown), sorted(after)))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("own", WHOLE)
def test_az_4_the_same_parts_are_there_under_their_own_record(made, own):
    """The twin: so it is the wrong parent alone that stands against them."""
    client, house = browser(made, BOTH), made.houses[own]
    there = set()
    for name, address, methods in crossed(house, house):
        if "GET" in methods:
            there.add((name, client.get(address).status_code))
    assert {name for name, status in there if status == 404} == set()
