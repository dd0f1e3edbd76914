"""The register of records: opening one, finding one, locking one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from django.db import connection

from cairn.records.models import Record

Kind = Literal["child", "unborn", "contact"]
NEXT_NUMBERS = "SELECT 'FC-' || nextval('records_record_number') FROM generate_series(1, %s)"


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as registered; `version` is the number of the last event in its stream, 0 for none."""

    id: UUID
    kind: Kind
    number: str
    opened_at: datetime
    version: int


def open_record(kind: Kind, opened_at: datetime, record_id: UUID | None = None) -> RecordRow:
    """Register a new record with the next number; `opened_at` in UTC, the id may be given (`new_id`)."""
    return _opened([(record_id or new_id(), kind, opened_at)])[0]


def open_records(wanted: Sequence[tuple[Kind, datetime]]) -> list[RecordRow]:
    """Register many records in the order given; two statements, however many."""
    return _opened([(new_id(), kind, opened_at) for kind, opened_at in wanted])


def new_id() -> UUID:
    """An id for a record to be opened: nothing can be told from it, not even when."""
    return uuid4()


def _opened(wanted: Sequence[tuple[UUID, Kind, datetime]]) -> list[RecordRow]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBERS, [len(wanted)])
        numbers = [number for (number,) in cursor.fetchall()]
    rows = [
        Record(id=record_id, kind=kind, number=number, opened_at=opened_at)
        for number, (record_id, kind, opened_at) in zip(numbers, wanted, strict=True)
    ]
    Record.objects.bulk_create(rows)
    return [_row(row) for row in rows]


def record(record_id: UUID) -> RecordRow | None:
    """The record, or None where there is none."""
    found = Record.objects.filter(pk=record_id).first()
    return _row(found) if found else None


def records(record_ids: Iterable[UUID]) -> dict[UUID, RecordRow]:
    """Many records, in one query; unknown ids are left out."""
    return {row.pk: _row(row) for row in Record.objects.filter(pk__in=set(record_ids))}


def record_numbered(number: str) -> RecordRow | None:
    """The record with a number people use, such as FC-204816, or None."""
    found = Record.objects.filter(number=number).first()
    return _row(found) if found else None


def lock(record_ids: Iterable[UUID]) -> dict[UUID, RecordRow]:
    """Hold these records against every other writer until the transaction ends.

    In one order for everybody (by id), so that two acts on one family can't wait for each other.
    Unknown ids are left out of the answer.
    """
    locked = Record.objects.select_for_update().filter(pk__in=set(record_ids)).order_by("pk")
    return {row.pk: _row(row) for row in locked}


def ids(after: UUID | None = None, limit: int = 1_000) -> list[UUID]:
    """Up to `limit` record ids in order of id, those after `after`: a way through all of them."""
    found = Record.objects.order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(found.values_list("pk", flat=True)[:limit])


def count() -> int:
    """How many records there are."""
    return Record.objects.count()


def change_kind(record_id: UUID, kind: Kind) -> None:
    """An unborn child is born, a contact matched: the record stays, its kind follows."""
    Record.objects.filter(pk=record_id).update(kind=kind)


def turn(record_id: UUID, *, born: bool) -> None:
    """An unborn child's record becomes the child's when it is born; back, where the birth was withdrawn."""
    before, after = ("unborn", "child") if born else ("child", "unborn")
    Record.objects.filter(pk=record_id, kind=before).update(kind=after)


def _row(found: Record) -> RecordRow:
    kind: Kind = found.kind  # type: ignore[assignment] # a constraint holds it to the three
    return RecordRow(found.pk, kind, found.number, found.opened_at, found.next_number - 1)
