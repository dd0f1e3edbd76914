"""How much is open, overdue and due soon, counted in the database: true however much there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from cairn.records.models import DutyRow, RecordSummary
from cairn.records.work_lists import OPEN, of_roles

# What is departed from is held to its date no more, and what cannot be told is neither late nor in time.
HELD_TO_ITS_DATE = Q(departed_at__isnull=True, cannot_tell="")


@dataclass(frozen=True, slots=True)
class Marks:
    """The instants (UTC) counted from: now, the last second of today in London, and how far soon reaches."""

    at: datetime
    day_ends: datetime
    soon_ends: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open duties are overdue, are due later today, and fall due soon (today's among them)."""

    overdue: int = 0
    due_today: int = 0
    due_soon: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.overdue + other.overdue, self.due_today + other.due_today, self.due_soon + other.due_soon
        )


def tally_of_person(staff_id: UUID, team_ids: Iterable[UUID], who: Iterable[str], marks: Marks) -> Tally:
    """What one person has to do: their own duties, and those of these roles in these teams that are nobody's."""
    found = DutyRow.objects.filter(OPEN, Q(for_staff_id=staff_id) | of_roles(team_ids, who))
    return Tally(**found.aggregate(**_counts(marks)))


def tally_of_team(team_id: UUID, marks: Marks) -> dict[UUID | None, Tally]:
    """The open duties that name a team, by the worker of the child; under None those of children without one."""
    found = DutyRow.objects.filter(OPEN, for_team_id=team_id).values("record__summary__worker_id")
    counted = found.annotate(**_counts(marks)).order_by()
    return {
        worker: Tally(*numbers)
        for worker, *numbers in counted.values_list("record__summary__worker_id", *_counts(marks))
    }


def children_by_worker(team_ids: Iterable[UUID]) -> dict[UUID | None, int]:
    """How many open cases of these teams each worker holds; under None those that nobody holds yet."""
    found = RecordSummary.objects.filter(team_id__in=list(team_ids), episode_closed_at__isnull=True)
    return dict(
        found.values("worker_id").annotate(held=Count("pk")).values_list("worker_id", "held").order_by()
    )


def _counts(marks: Marks) -> dict[str, Count]:
    """As `core.engine.instants.state_of` has them; an hour that is not known is neither."""
    to_come = HELD_TO_ITS_DATE & Q(due_earliest__gte=marks.at)
    return {
        "overdue": Count("pk", filter=HELD_TO_ITS_DATE & Q(due_latest__lt=marks.at)),
        "due_today": Count("pk", filter=to_come & Q(due_latest__lte=marks.day_ends)),
        "due_soon": Count("pk", filter=to_come & Q(due_latest__lte=marks.soon_ends)),
    }
