"""What people said of lines of work lists: added to and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from cairn.records.models import LineNote

Line = tuple[UUID, str]
Sort = Literal["seen", "postponed"]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """That a line was seen, or is to be looked at again on a day and why; by whom and when (UTC)."""

    sort: Sort
    by: str
    at: datetime
    review_on: date | None
    reason: str


def of_records(records: Iterable[UUID]) -> Mapping[Line, dict[Sort, NoteRow]]:
    """The latest of each sort for every line of these records, in one query."""
    found: dict[Line, dict[Sort, NoteRow]] = {}
    rows = LineNote.objects.filter(record_id__in=list(records)).order_by("at", "pk")
    for record, key, sort, by, at, review_on, reason in rows.values_list(
        "record_id", "key", "sort", "by__name", "at", "review_on", "reason"
    ):
        found.setdefault((record, key), {})[sort] = NoteRow(sort, by, at, review_on, reason)
    return found


def add(
    lines: Iterable[Line], sort: Sort, by: UUID, at: datetime, review_on: date | None = None, reason: str = ""
) -> None:
    """Say it of many lines, in one statement."""
    LineNote.objects.bulk_create(
        LineNote(record_id=record, key=key, sort=sort, by_id=by, at=at, review_on=review_on, reason=reason)
        for record, key in lines
    )
