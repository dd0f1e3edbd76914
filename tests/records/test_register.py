"""The register: numbers people use, ids nobody can guess, records that stay."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cairn.records import register
from cairn.records.models import Record

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def test_a_new_record_has_a_number_and_an_empty_stream(db):
    row = register.open_record("unborn", NOW)
    assert re.fullmatch(r"FC-\d{6}", row.number)
    assert (row.kind, row.opened_at, row.version) == ("unborn", NOW, 0)
    assert register.record(row.id) == row == register.record_numbered(row.number)
    assert register.record(uuid4()) is None
    assert register.record_numbered("FC-0") is None


def test_many_are_opened_in_order_by_two_statements(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = register.open_records([("child", NOW), ("contact", NOW), ("unborn", NOW)])
    assert [row.kind for row in rows] == ["child", "contact", "unborn"]
    assert [row.number for row in rows] == sorted({row.number for row in rows})
    assert [register.record(row.id) for row in rows] == rows


def test_the_id_tells_nothing_of_when_or_in_which_order(db):
    assert {register.open_record("child", NOW).id.version for _ in range(3)} == {4}


def test_an_unborn_child_is_born(db):
    row = register.open_record("unborn", NOW)
    register.change_kind(row.id, "child")
    assert register.record(row.id).kind == "child"


def test_all_records_can_be_gone_through(db):
    for _ in range(5):
        register.open_record("child", NOW)
    seen, after = [], None
    while batch := register.ids(after, limit=2):
        seen += batch
        after = batch[-1]
    assert seen == list(Record.objects.order_by("pk").values_list("pk", flat=True))


def test_locking_gives_those_that_exist(db):
    one, two = register.open_record("child", NOW), register.open_record("child", NOW)
    assert register.lock([two.id, one.id, two.id, uuid4()]) == {one.id: one, two.id: two}


def test_an_unknown_kind_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="record_kind_is_known"), transaction.atomic():
        register.open_record("dog", NOW)


def test_two_records_of_one_number_are_refused_by_the_database(db):
    row = register.open_record("child", NOW)
    with pytest.raises(IntegrityError, match="record_number_once"), transaction.atomic():
        Record.objects.create(kind="child", number=row.number, opened_at=NOW)
