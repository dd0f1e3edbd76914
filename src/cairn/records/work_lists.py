"""Work lists: the open duties of a person or a team, and the cases they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet

from cairn.core.roles import WORKERS
from cairn.records.models import DutyRow, RecordSummary
from cairn.records.projections import (
    DUTY_COLUMNS,
    SUMMARY_COLUMNS,
    DutyRowData,
    SummaryRow,
    duty_from,
    summary_from,
)

# What was departed from is still to be done.
OPEN = Q(met_at__isnull=True, ended_at__isnull=True)
ABOUT = (
    "record_id",
    "record__number",
    "record__kind",
    "record__summary__name",
    "record__summary__known_as",
    "record__summary__born",
    "record__summary__expected",
    "record__summary__restricted",
    "record__summary__worker_id",
    "record__summary__worker__name",
    "record__summary__team_id",
)

CASE_COLUMNS = ("record_id", "record__number", "record__kind", "worker__name", "team__name", *SUMMARY_COLUMNS)


@dataclass(frozen=True, slots=True)
class About:
    """Whose duty it is that is listed. What may be shown of it is decided by whoever asks for the list."""

    record_id: UUID
    number: str
    kind: str
    name: str
    known_as: str
    born: date | None
    expected: date | None
    restricted: bool
    worker_id: UUID | None
    worker_name: str
    team_id: UUID | None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An open duty and the record it belongs to."""

    about: About
    duty: DutyRowData


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A record of a case list."""

    record_id: UUID
    number: str
    kind: str
    worker_name: str
    team_name: str
    summary: SummaryRow


def work_of_staff(
    staff_id: UUID, limit: int = 200, offset: int = 0, covers: Iterable[UUID] = ()
) -> list[WorkItem]:
    """What one person has to do, and those they cover for, the soonest due first, undated last.

    Overdue or not is read from the instants.
    """
    return items(DutyRow.listed.filter(OPEN, for_staff_id__in=[staff_id, *covers]), limit, offset)


def work_of_team(team_id: UUID, limit: int = 200, offset: int = 0) -> list[WorkItem]:
    """The open duties that name a team, in the same order."""
    return items(DutyRow.listed.filter(OPEN, for_team_id=team_id), limit, offset)


def work_of_roles(team_ids: Iterable[UUID], who: Iterable[str], limit: int = 200) -> list[WorkItem]:
    """The open duties of these roles in these teams that are nobody's in person, in the same order."""
    return items(DutyRow.listed.filter(OPEN, of_roles(team_ids, who)), limit, 0)


def of_roles(team_ids: Iterable[UUID], who: Iterable[str]) -> Q:
    """The duties of these roles in these teams; those of a child's worker only where nobody is the worker."""
    wanted = set(who)
    answered_for = Q(who__in=sorted(wanted - WORKERS))
    nobodys = Q(who__in=sorted(wanted & WORKERS), for_staff_id__isnull=True)
    return Q(for_team_id__in=list(team_ids)) & (answered_for | nobodys)


def cases_of_staff(staff_id: UUID, covers: Iterable[UUID] = ()) -> list[CaseLine]:
    """The open cases allocated to a person and to those they cover for, by name."""
    held = RecordSummary.listed.filter(worker_id__in=[staff_id, *covers], episode_closed_at__isnull=True)
    return cases(held)


def cases_at(stage: str, team_ids: Iterable[UUID]) -> list[CaseLine]:
    """The open cases of these teams that stand at one stage, by name."""
    found = RecordSummary.listed.filter(team_id__in=list(team_ids), episode_closed_at__isnull=True)
    return cases(found.filter(stage=stage))


def items(duties: QuerySet[DutyRow], limit: int, offset: int) -> list[WorkItem]:
    """Duties with the record each belongs to, the soonest due first, undated last."""
    ordered = duties.order_by(F("due_latest").asc(nulls_last=True), "started_at", "id")
    rows = ordered.values_list(*ABOUT, *DUTY_COLUMNS)[offset : offset + limit]
    return [WorkItem(_about(row[: len(ABOUT)]), duty_from(row[len(ABOUT) :])) for row in rows]


def _about(values: Iterable[Any]) -> About:
    record, number, kind, name, known_as, born, expected, restricted, worker, worker_name, team = values
    return About(
        record_id=record,
        number=number,
        kind=kind,
        name=name or "",
        known_as=known_as or "",
        born=born,
        expected=expected,
        restricted=bool(restricted),
        worker_id=worker,
        worker_name=worker_name or "",
        team_id=team,
    )


def cases(found: QuerySet[RecordSummary], limit: int = 500, offset: int = 0) -> list[CaseLine]:
    """Records as lines of a case list, by name."""
    rows = found.order_by("name", "record_id").values_list(*CASE_COLUMNS)[offset : offset + limit]
    return [_case(row) for row in rows]


def cases_with(found: QuerySet[RecordSummary], what: Func) -> list[tuple[CaseLine, list[dict[str, str]]]]:
    """Records as lines of a case list, each with what an expression finds on it; those where it finds nothing left out."""
    rows = found.annotate(what=what).exclude(what=[]).values_list("what", *CASE_COLUMNS)
    return [(_case(row), what) for what, *row in rows]


def _case(row: Sequence[Any]) -> CaseLine:
    record, number, kind, worker, team, *values = row
    return CaseLine(record, number, kind, worker or "", team or "", summary_from(values))
