"""The ledger: the only writer of events, and the way from rows to the history's events and back."""

from __future__ import annotations

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import NOTHING, Author, Event
from cairn.records import register
from cairn.records.digest import SALT_BYTES, digest_of, plain
from cairn.records.ids import time_ordered
from cairn.records.models import LedgerEvent

# Whole columns go over at once: for many events the statement stays as short as for one.
ADD_EVENTS = """
WITH events AS (
    INSERT INTO records_ledgerevent (id, record_id, number, type, schema_version, happened_earliest,
        happened_latest, recorded_at, author_id, capacity, strand_id, act_id, digest)
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::int[], %s::text[], %s::smallint[], %s::timestamptz[],
        %s::timestamptz[], %s::timestamptz[], %s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::bytea[])
    RETURNING id, sequence
), contents AS (
    INSERT INTO records_eventcontent (event_id, salt, author_name, data)
    SELECT event, salt, author_name, data::jsonb
    FROM unnest(%s::uuid[], %s::bytea[], %s::text[], %s::text[]) AS added (event, salt, author_name, data)
)
SELECT id, sequence FROM events
"""
# One statement holds the record, compares its version and moves it on. Another writer waits here.
MOVE_ON = """
UPDATE records_record SET next_number = next_number + %s
WHERE id = %s AND (%s::int IS NULL OR next_number = %s::int + 1) RETURNING next_number
"""
MOVE_MANY_ON = """
UPDATE records_record SET next_number = next_number + added.events
FROM unnest(%s::uuid[], %s::int[]) AS added (record, events) WHERE records_record.id = added.record
"""
COLUMNS = (
    "record_id",
    "id",
    "type",
    "happened_earliest",
    "happened_latest",
    "recorded_at",
    "author_id",
    "capacity",
    "strand_id",
    "number",
    "act_id",
    "schema_version",
    "content__author_name",
    "content__data",
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be written; `recorded_at` in UTC, `author_id` a member of staff, `capacity` a role.

    The id may be given (time-ordered, see `event_id`) so that what follows from the event can be
    derived before it is written.
    """

    id: UUID
    type: str
    happened_at: Moment
    recorded_at: datetime
    author_id: UUID
    author_name: str
    capacity: str
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    strand: UUID | None = None
    act_id: UUID | None = None
    schema_version: int = 1

    @classmethod
    def of(cls, event: Event) -> NewEvent:
        """From an event of the history whose id, author, strand and act are identifiers of this database."""
        return cls(
            id=UUID(event.id),
            type=event.type,
            happened_at=event.happened_at,
            recorded_at=event.recorded_at,
            author_id=UUID(event.author.id),
            author_name=event.author.name,
            capacity=event.author.role,
            data=event.data,
            strand=UUID(event.strand) if event.strand else None,
            act_id=UUID(event.act) if event.act else None,
            schema_version=event.schema_version,
        )


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it now stands in the ledger; `sequence` orders all events of all records as written."""

    record_id: UUID
    sequence: int
    digest: bytes
    event: Event


@dataclass(frozen=True, slots=True)
class VersionMoved:
    """Somebody wrote first: the stream is no longer at the version that the writer had seen."""

    expected: int
    actual: int


def event_id(recorded_at: datetime) -> UUID:
    """An id for an event to be recorded at that instant."""
    return time_ordered(recorded_at)


def append(
    record_id: UUID, events: Sequence[NewEvent], *, expected_version: int | None
) -> list[StoredEvent] | VersionMoved:
    """Write events at the end of a record's stream, all or none, in the transaction of their consequences.

    The record is locked till that transaction ends. With `expected_version` (the number of the last
    event the writer saw) nothing is written where the stream has moved on. Facts give None.
    """
    with transaction.atomic(savepoint=False):
        version = _moved_on(record_id, len(events), expected_version)
        if version is None:
            standing = register.lock([record_id])[record_id]
            return VersionMoved(expected=expected_version or 0, actual=standing.version)
        return _add([(record_id, events)], {record_id: version})


def _moved_on(record_id: UUID, events: int, expected: int | None) -> int | None:
    """The version the record had; None where it isn't the one expected, or there is no such record."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [events, record_id, expected, expected])
        moved = cursor.fetchone()
    return moved[0] - 1 - events if moved else None


def append_many(batches: Sequence[tuple[UUID, Sequence[NewEvent]]]) -> list[StoredEvent]:
    """Write to many records in one transaction, in the order given; the rows are those `append` would write."""
    with transaction.atomic(savepoint=False):
        standing = register.lock(record for record, _ in batches)
        stored = _add(batches, {record: row.version for record, row in standing.items()})
        _move_many_on(batches)
        return stored


def _move_many_on(batches: Sequence[tuple[UUID, Sequence[NewEvent]]]) -> None:
    added = Counter({record: 0 for record, _ in batches})
    for record, events in batches:
        added[record] += len(events)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_MANY_ON, _columns(list(added.items()), 2))


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An event with its place in a stream, ready to be written."""

    record_id: UUID
    new: NewEvent
    event: Event
    salt: bytes
    digest: bytes


def _add(batches: Sequence[tuple[UUID, Sequence[NewEvent]]], versions: dict[UUID, int]) -> list[StoredEvent]:
    """Write the events after the versions given, of records that are held."""
    numbered: list[_Numbered] = []
    for record_id, events in batches:
        for new in events:
            versions[record_id] += 1
            numbered.append(_numbered(record_id, versions[record_id], new))
    rows = [_event_row(each) for each in numbered]
    contents = [_content_row(each) for each in numbered]
    with connection.cursor() as cursor:
        cursor.execute(ADD_EVENTS, [*_columns(rows, 13), *_columns(contents, 4)])
        sequences = dict(cursor.fetchall())
    return [StoredEvent(each.record_id, sequences[each.new.id], each.digest, each.event) for each in numbered]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]


def _numbered(record_id: UUID, number: int, new: NewEvent) -> _Numbered:
    salt = secrets.token_bytes(SALT_BYTES)
    event = _event_of(new, number, plain(new.data))
    return _Numbered(record_id, new, event, salt, digest_of(salt, record_id, event))


def _event_row(numbered: _Numbered) -> tuple[Any, ...]:
    new = numbered.new
    return (
        new.id,
        numbered.record_id,
        numbered.event.number,
        new.type,
        new.schema_version,
        new.happened_at.earliest,
        new.happened_at.latest,
        new.recorded_at,
        new.author_id,
        new.capacity,
        new.strand,
        new.act_id,
        numbered.digest,
    )


def _content_row(numbered: _Numbered) -> tuple[Any, ...]:
    data = json.dumps(numbered.event.data, ensure_ascii=False)
    return numbered.new.id, numbered.salt, numbered.new.author_name, data


def _event_of(new: NewEvent, number: int, data: Mapping[str, Any]) -> Event:
    return Event(
        id=str(new.id),
        type=new.type,
        happened_at=new.happened_at,
        recorded_at=new.recorded_at,
        author=Author(new.author_name, new.capacity, str(new.author_id)),
        data=data,
        strand=str(new.strand) if new.strand else None,
        number=number,
        act=str(new.act_id) if new.act_id else None,
        schema_version=new.schema_version,
    )


def read_stream(record_id: UUID) -> list[Event]:
    """A record's events in order of number, oldest first; one query. Destroyed content reads as empty."""
    return [_event(row) for row in _found([record_id])]


def read_streams(record_ids: Iterable[UUID]) -> dict[UUID, list[Event]]:
    """The streams of many records in one query, an empty list for a record without events.

    All of them stand in memory at once: go through many thousands by `register.ids`.
    """
    wanted = list(record_ids)
    streams: defaultdict[UUID, list[Event]] = defaultdict(list)
    for row in _found(wanted):
        streams[row[0]].append(_event(row))
    return {record_id: streams[record_id] for record_id in wanted}


def of_act(act_id: UUID, type_: str) -> dict[UUID, UUID]:
    """What one act wrote of one type, as record and event: one each of every child that it was about."""
    found = LedgerEvent.objects.filter(act_id=act_id, type=type_).order_by("sequence")
    return dict(found.values_list("record_id", "id"))


def _found(record_ids: list[UUID]) -> Iterable[tuple[Any, ...]]:
    rows = LedgerEvent.objects.filter(record_id__in=record_ids).order_by("record_id", "number")
    return rows.values_list(*COLUMNS)


def _event(row: Sequence[Any]) -> Event:
    _, id_, type_, earliest, latest, recorded, author, capacity, strand, number, act, schema, name, data = row
    return Event(
        id=str(id_),
        type=type_,
        happened_at=Moment(earliest, latest),
        recorded_at=recorded,
        author=Author(name or "", capacity, str(author)),
        data=NOTHING if data is None else data,
        strand=str(strand) if strand else None,
        number=number,
        act=str(act) if act else None,
        schema_version=schema,
    )


def verify_digests(record_id: UUID) -> list[UUID]:
    """The events of a record whose content or envelope no longer fits the digest, in order; none is well.

    Content that was destroyed under rule can't be compared and is left out.
    """
    return [event for _, event in broken_digests([record_id])]


def broken_digests(record_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """The same for many records in one query, as record and event."""
    columns = (*COLUMNS, "digest", "content__salt")
    rows = LedgerEvent.objects.filter(record_id__in=list(record_ids), content__isnull=False)
    return [
        (row[0], row[1])
        for row in rows.order_by("record_id", "number").values_list(*columns)
        if digest_of(bytes(row[-1]), row[0], _event(row[:-2])) != bytes(row[-2])
    ]
