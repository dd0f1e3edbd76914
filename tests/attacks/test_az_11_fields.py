"""AZ-11: each role on each page of a record that is open to it reads the texts of its classes, and no word of another.

Who called and where the child lives stand on no page at all before somebody asks with a reason: the matrix (AZ-1) holds every
cell to that.
"""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from tests.attacks.matrix import browser, cells, opens, text_of
from tests.attacks.matrix_records import database, made
from tests.attacks.tabled import rows
from tests.cases import record

from cairn.records import ledger

__all__ = ["database", "made"]
pytestmark = pytest.mark.usefixtures("database")

WORDS = {"police text": ("police", "Zqconstableword"), "third party text": ("confidence", "Zqconfidedword")}
ROLES = [row["role"] for row in rows("fields")]
FEW = ("child", "timeline", "entry", "take-chronology", "chronology", "look-back")


@pytest.fixture
def entries(made, database):
    """A note of each class on the record of the reader's own team; taken back at the end."""
    with transaction.atomic():
        child, ids = made.houses["own"].allocated, []
        for origin, word in WORDS.values():
            note = {"text": f"{word} was said.", "came_from": origin}
            entry = {"what": f"{word} in short.", "significance": "It matters.", "came_from": origin}
            record(made.people, ("Priya Shah", "add-note", note), on=child)
            ids.append(ledger.read_stream(child)[-1].id)
            record(made.people, ("Priya Shah", "enter-chronology", entry), on=child)
        yield child, ids
        transaction.set_rollback(True)


def shown(made, role: str, entries: tuple[UUID, list[str]], routes: tuple[str, ...]) -> dict[str, set[str]]:
    """On which pages each class of text is read; the pages of both notes are among them."""
    child, ids = entries
    client, found = browser(made, role), {name: set() for name in WORDS}
    asked = {
        one.route: one.address
        for one in cells(made, role, "own", ("GET",))
        if one.route in (routes or (one.route,))
    }
    asked |= {f"note {number}": reverse("entry", args=[child, one]) for number, one in enumerate(ids)}
    for route, address in asked.items():
        text = text_of(client.get(address, follow=True))
        for name, (_, word) in WORDS.items():
            if word in text:
                found[name].add(route)
    return found


def is_read_by_whom_the_table_says(made, entries, routes: tuple[str, ...]) -> None:
    for row in rows("fields"):
        found = shown(made, row["role"], entries, routes)
        for name in WORDS:
            if row[name] == "reads":
                assert found[name] & {"note 0", "note 1"}, (row["role"], name, "the twin: they read it")
            else:
                assert found[name] == set(), (row["role"], name)


def test_az_11_every_role_that_opens_a_record_is_in_the_table():
    assert set(ROLES) == {role for role, how in opens()["own"].items() if how == "opens"}


def test_az_11_on_the_pages_where_texts_stand_each_reads_its_own_classes(made, entries):
    is_read_by_whom_the_table_says(made, entries, FEW)


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_az_11_on_every_page_each_reads_its_own_classes(made, entries):
    is_read_by_whom_the_table_says(made, entries, ())
