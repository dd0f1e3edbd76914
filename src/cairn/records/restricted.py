"""Records that are restricted: their lines in lists, when each is looked at again, and who manages a team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cairn.records.models import RecordSummary, Staff

# A union that keeps each team once ends even where two were made part of each other.
MANAGERS = """
WITH RECURSIVE whole (id, manager_id, part_of_id) AS (
    SELECT id, manager_id, part_of_id FROM records_team WHERE id = %s
    UNION
    SELECT above.id, above.manager_id, above.part_of_id FROM records_team above JOIN whole ON whole.part_of_id = above.id
) SELECT manager_id FROM whole WHERE manager_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class RestrictedLine:
    """A restricted record: whose, in which team and with which worker, why, and by when it is looked at again (UTC)."""

    record: UUID
    number: str
    name: str
    worker_id: UUID | None
    worker_name: str
    team_name: str
    reason: str
    review_by: datetime


COLUMNS = (
    "record_id",
    "record__number",
    "name",
    "worker_id",
    "worker__name",
    "team__name",
    "restriction",
    "restriction_review_by",
)


def listed(review_by: datetime | None = None, worker: UUID | None = None) -> list[RestrictedLine]:
    """Those that stand in the lists of whoever asks, the next one to be looked at first.

    With `review_by` those to be looked at until then (UTC, that instant included), with `worker` those of one worker.
    """
    found = RecordSummary.listed.exclude(restriction="")
    if review_by is not None:
        found = found.filter(restriction_review_by__lte=review_by)
    if worker is not None:
        found = found.filter(worker_id=worker)
    return _lines(found)


def every_one() -> list[RestrictedLine]:
    """All that are restricted, for whoever guards access; without those out of their own sight."""
    return _lines(RecordSummary.objects.exclude(restriction=""))


def among(records: Iterable[UUID]) -> list[UUID]:
    """Which of these records are restricted."""
    found = RecordSummary.objects.filter(record_id__in=list(records)).exclude(restriction="")
    return list(found.values_list("record_id", flat=True))


def managers_of(team: UUID) -> list[UUID]:
    """Who manages a team: its own manager and those of the teams that it is part of."""
    found = Staff.objects.filter(pk__in=RawSQL(MANAGERS, [team]), is_active=True)  # noqa: S611 - a constant; the id is a parameter
    return list(found.order_by("name", "id").values_list("pk", flat=True))


def _lines(found: QuerySet[Any]) -> list[RestrictedLine]:
    rows = found.order_by("restriction_review_by", "record_id").values_list(*COLUMNS)
    return [
        RestrictedLine(record, number, name, worker, worker_name or "", team or "", *rest)
        for record, number, name, worker, worker_name, team, *rest in rows
    ]
