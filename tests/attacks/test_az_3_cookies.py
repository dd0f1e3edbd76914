"""AZ-3: the whole request of one person, key and all, sent with the cookie of every other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from tests.attacks.database import rows
from tests.attacks.operations import OPERATIONS
from tests.attacks.test_other_teams import OPENED_BY, shows_nothing

from cairn.records.models import LedgerEvent

# The stage of the child that each is about: those who may not open it may send nothing.
STAGE = {
    "decide a contact": "contact",
    "decide a referral": "referral",
    "allocate": "decided",
    "write a note": "allocated",
    "save a section": "allocated",
    "save a part of a plan": "allocated",
    "file a document": "allocated",
    "approve an assessment": "allocated",
    "close a case": "allocated",
}
# The two that are about no one record, and who may do them.
BY_ROLE = {
    "record a contact": {"Beth Lomas", "Sheila Knowles", "Martin Oyelaran", "Joanne Whitlock", "Priya Shah", "Ewan Marsh",
                         "Dilys Penhale", "Tunde Bright", "Rosa Quill"},
    "set cover": {"Joanne Whitlock"},
}  # fmt: skip


def everybody(house) -> list[str]:
    return [name for name in house.people.ids if name != "Gone Away"]


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_az_3_whoever_may_not_sends_it_in_vain(house):
    for name in OPERATIONS:
        in_vain(house, name)


def test_az_3_whoever_may_not_sends_a_note_in_vain(house):
    in_vain(house, "write a note")


def in_vain(house, name: str) -> None:
    """The request of one, with the cookie of each who may not; then of the one who may."""
    with transaction.atomic():
        operation = OPERATIONS[name](house)
        may = BY_ROLE.get(name) or OPENED_BY[STAGE[name]]
        others = [one for one in everybody(house) if one not in may]
        assert others
        for other in others:
            before = rows()
            refused = replace(operation, who=other).send(house.client(other))
            assert refused.status_code in (403, 404, 422), (name, other, refused.status_code)
            shows_nothing(refused)
            assert {table for table, row in rows().items() if row != before[table]} == set(), (name, other)
        assert operation.send(house.client(operation.who)).status_code in (200, 302), "the twin is taken"
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["write a note", "decide a referral", "file a document"])
def test_az_3_whoever_may_sends_it_in_their_own_name(house, name):
    """What is recorded is theirs whose cookie it was, whoever the form was written by."""
    operation = OPERATIONS[name](house)
    other = "Joanne Whitlock"
    sent = replace(operation, who=other).send(house.client(other))
    assert sent.status_code == 302
    newest = LedgerEvent.objects.order_by("-sequence").first()
    assert newest.author_id == house.people.ids[other]
