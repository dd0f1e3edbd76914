"""The ledger: the only writer of events, and the way from rows to the history's events and back."""

from __future__ import annotations

import secrets
from collections import defaultdict
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
from cairn.records.models import EventContent, LedgerEvent

ROWS_A_STATEMENT = 2_000
MOVE_ON = """
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
        standing = register.lock([record_id])[record_id]
        if expected_version not in {None, standing.version}:
            return VersionMoved(expected=expected_version or 0, actual=standing.version)
        return _write([(record_id, events)], {record_id: standing.version})


def append_many(batches: Sequence[tuple[UUID, Sequence[NewEvent]]]) -> list[StoredEvent]:
    """Write to many records in one transaction, in the order given; the rows are those `append` would write."""
    with transaction.atomic(savepoint=False):
        standing = register.lock(record for record, _ in batches)
        return _write(batches, {record: row.version for record, row in standing.items()})


def _write(
    batches: Sequence[tuple[UUID, Sequence[NewEvent]]], versions: dict[UUID, int]
) -> list[StoredEvent]:
    before = dict(versions)
    ledger: list[LedgerEvent] = []
    contents: list[EventContent] = []
    for record_id, events in batches:
        for new in events:
            versions[record_id] += 1
            row, content = _rows(record_id, versions[record_id], new)
            ledger.append(row)
            contents.append(content)
    LedgerEvent.objects.bulk_create(ledger, batch_size=ROWS_A_STATEMENT)
    EventContent.objects.bulk_create(contents, batch_size=ROWS_A_STATEMENT)
    _move_on({record: versions[record] - version for record, version in before.items()})
    return [_stored(row, content) for row, content in zip(ledger, contents, strict=True)]


def _rows(record_id: UUID, number: int, new: NewEvent) -> tuple[LedgerEvent, EventContent]:
    salt = secrets.token_bytes(SALT_BYTES)
    data = plain(new.data)
    event = _event_of(new, number, data)
    row = LedgerEvent(
        id=new.id,
        record_id=record_id,
        number=number,
        type=new.type,
        schema_version=new.schema_version,
        happened_earliest=new.happened_at.earliest,
        happened_latest=new.happened_at.latest,
        recorded_at=new.recorded_at,
        author_id=new.author_id,
        capacity=new.capacity,
        strand_id=new.strand,
        act_id=new.act_id,
        digest=digest_of(salt, record_id, event),
    )
    return row, EventContent(event_id=new.id, salt=salt, data=data, author_name=new.author_name)


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


def _move_on(added: Mapping[UUID, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [list(added), list(added.values())])


def _stored(row: LedgerEvent, content: EventContent) -> StoredEvent:
    values = (
        row.record_id,
        row.pk,
        row.type,
        row.happened_earliest,
        row.happened_latest,
        row.recorded_at,
        row.author_id,
        row.capacity,
        row.strand_id,
        row.number,
        row.act_id,
        row.schema_version,
        content.author_name,
        content.data,
    )
    return StoredEvent(row.record_id, row.sequence, bytes(row.digest), _event(values))


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
    columns = (*COLUMNS, "digest", "content__salt")
    rows = LedgerEvent.objects.filter(record_id=record_id, content__isnull=False).order_by("number")
    return [
        row[1]
        for row in rows.values_list(*columns)
        if digest_of(bytes(row[-1]), record_id, _event(row[:-2])) != bytes(row[-2])
    ]
