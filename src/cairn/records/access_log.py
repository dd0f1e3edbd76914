"""The access log: one entry a request, written in the transaction of what it lets through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cairn.records.models import AccessEntry


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Who, in which capacity and for what purpose, was shown or refused which records.

    `relied_on` is the relationship that allowed it; `what` one word (view, list, search, export,
    refused, ...); `page` where, never an address with personal data in it; `at` in UTC.
    """

    at: datetime
    actor: UUID
    capacity: str
    what: str
    page: str
    request_id: UUID
    allowed: bool
    purpose: str = ""
    relied_on: str = ""
    reason: str = ""
    records: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessRow:
    """An entry as it stands in the log; `sequence` orders them as written, whatever the clocks said."""

    sequence: int
    actor_name: str
    line: AccessLine


COLUMNS = (
    "at",
    "actor_id",
    "capacity",
    "what",
    "page",
    "request_id",
    "allowed",
    "purpose",
    "relied_on",
    "reason",
    "records",
)


def write(line: AccessLine) -> None:
    """Add an entry. Where that fails, so must the request: nothing is shown that isn't logged."""
    values = {field.name: getattr(line, field.name) for field in fields(line)}
    actor = values.pop("actor")
    AccessEntry.objects.create(**{**values, "actor_id": actor, "records": list(line.records)})


OPENED = frozenset({"view", "draft", "act"})


def merged(lines: Iterable[AccessLine]) -> list[AccessLine]:
    """The lines of one request as the fewest rows that say the same, in the order of the first of each.

    A record opened for a form and again by the act it was sent with is one row, and the act names it. A
    list, a search, a refusal and each relationship relied on keep a row of their own.
    """
    rows: dict[tuple[object, ...], AccessLine] = {}
    for line in lines:
        key = (_sort(line), line.allowed, line.relied_on, line.purpose, line.reason)
        first = rows.get(key)
        rows[key] = line if first is None else _joined(first, line)
    return list(rows.values())


def _sort(line: AccessLine) -> str:
    return "opened" if line.what in OPENED else line.what


def _joined(first: AccessLine, other: AccessLine) -> AccessLine:
    told = other if other.what == "act" else first
    return replace(told, at=first.at, records=tuple(dict.fromkeys((*first.records, *other.records))))


def of_record(record_id: UUID, limit: int = 200, before: int | None = None) -> list[AccessRow]:
    """Who saw or was refused this record, newest first; `before` is the last sequence already shown."""
    found = AccessEntry.objects.filter(records__contains=[record_id])
    if before is not None:
        found = found.filter(pk__lt=before)
    return _rows(found.order_by("-pk").values_list("pk", "actor__name", *COLUMNS)[:limit])


def of_actor(actor: UUID, since: datetime, until: datetime) -> list[AccessRow]:
    """What an account touched between two instants (UTC, both included), in order."""
    found = AccessEntry.objects.filter(actor_id=actor, at__range=(since, until))
    return _rows(found.order_by("pk").values_list("pk", "actor__name", *COLUMNS))


def of_request(request_id: UUID) -> list[AccessRow]:
    """The entries of one request."""
    found = AccessEntry.objects.filter(request_id=request_id)
    return _rows(found.order_by("pk").values_list("pk", "actor__name", *COLUMNS))


def was_shown(actor: UUID, record_id: UUID, what: str) -> bool:
    """Whether an account was shown this record in that way before: a search, a list, a view."""
    return AccessEntry.objects.filter(
        actor_id=actor, records__contains=[record_id], what=what, allowed=True
    ).exists()


def opened_lately(actor: UUID, since: datetime, limit: int) -> list[UUID]:
    """The records that an account opened since an instant (UTC), those opened last first."""
    lines = AccessEntry.objects.filter(actor_id=actor, at__gte=since, what__in=OPENED, allowed=True)
    found = lines.order_by("-at").values_list("records", flat=True)[: limit * 20]
    return list(dict.fromkeys(record for records in found for record in records))[:limit]


def rows_of(found: QuerySet[AccessEntry]) -> list[AccessRow]:
    """Entries that another module of this layer chose, in its order."""
    return _rows(found.values_list("pk", "actor__name", *COLUMNS))


def _rows(found: Iterable[tuple[Any, ...]]) -> list[AccessRow]:
    return [
        AccessRow(sequence, name, AccessLine(*[*values, tuple(records)]))
        for sequence, name, *values, records in found
    ]
