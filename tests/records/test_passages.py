"""Passages offered to a sister's or brother's assessment: each waits once, is settled by somebody, and can't be removed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection
from tests.records.conftest import make_event, make_record, make_staff

from cairn.records import ledger, passages
from cairn.records.passages import ToOffer
from cairn.records.roles import APP, GRANTS, REMOVE
from cairn.records.sections import Place

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def asha(db):
    return make_staff("Asha")


def place_of(author):
    record, event = make_record(), make_event(author, "assessment.started")
    ledger.append(record.id, [event], expected_version=None)
    return Place(record.id, event.id, "health")


def passage_from(place, text="Both share a room."):
    return ToOffer(text, word_for_word=True, from_record=place.record, from_strand=place.strand,
                   written_on=date(2026, 3, 2))  # fmt: skip


def test_a_passage_waits_once_until_it_is_settled(asha):
    sister, brother = place_of(asha), place_of(asha)
    first = passages.offer(brother, passage_from(sister), asha.id, NOW)
    assert passages.offer(brother, passage_from(sister), asha.id, NOW) == first
    (row,) = passages.waiting(brother.strand)
    assert (row.text, row.section, row.offered_by, row.from_record) == (
        "Both share a room.", "health", "Asha", sister.record,
    )  # fmt: skip
    assert passages.waiting(sister.strand) == []
    assert passages.settle(brother, [first], asha.id, NOW) == 1
    assert passages.waiting(brother.strand) == []
    assert passages.settle(brother, [first], asha.id, NOW) == 0
    assert passages.offered_from(sister.strand, "health") == {brother.record: ["Both share a room."]}


def test_a_passage_is_not_settled_by_way_of_another_section(asha):
    sister, brother = place_of(asha), place_of(asha)
    offered = passages.offer(brother, passage_from(sister), asha.id, NOW)
    other = Place(brother.record, brother.strand, "education")
    assert passages.settle(other, [offered], asha.id, NOW) == 0


@pytest.mark.parametrize("wrong", ["own record", "empty"])
def test_the_database_takes_no_passage_from_the_same_record_and_no_empty_one(asha, wrong):
    place, other = place_of(asha), place_of(asha)
    made = passage_from(place) if wrong == "own record" else passage_from(other, text="")
    with pytest.raises(IntegrityError):
        passages.offer(place, made, asha.id, NOW)
    connection.close()


def test_the_application_cannot_remove_what_was_offered():
    assert REMOVE not in GRANTS[APP]["records_passageoffered"]
