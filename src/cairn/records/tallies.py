"""How much is overdue and due soon for one person, counted in the database: true however much there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from cairn.records.figures import DUTIES, OPEN_CASE, Marks
from cairn.records.models import DutyRow, RecordSummary
from cairn.records.work_lists import OPEN, of_roles


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open duties are overdue, are due later today, and fall due soon (today's among them)."""

    overdue: int = 0
    due_today: int = 0
    due_soon: int = 0


def tally_of_person(
    staff_id: UUID,
    team_ids: Iterable[UUID],
    who: Iterable[str],
    marks: Marks,
    covers: Iterable[UUID] = (),
) -> Tally:
    """What one person has to do: their own duties, those of whom they cover for, and those of these roles in these
    teams that are nobody's.
    """
    theirs = Q(for_staff_id__in=[staff_id, *covers])
    found = DutyRow.listed.filter(OPEN, theirs | of_roles(team_ids, who))
    columns = {"overdue": "overdue", "due_today": "today", "due_soon": "week"}
    counts = {column: Count("pk", filter=DUTIES[name](marks)) for column, name in columns.items()}
    return Tally(**found.aggregate(**counts))


def children_by_worker(team_ids: Iterable[UUID]) -> dict[UUID | None, int]:
    """How many open cases of these teams each worker holds; under None those that nobody holds yet."""
    found = RecordSummary.listed.filter(OPEN_CASE, team_id__in=list(team_ids))
    return dict(
        found.values("worker_id").annotate(held=Count("pk")).values_list("worker_id", "held").order_by()
    )
