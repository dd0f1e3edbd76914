"""The figures of a team's work: one definition each, from which both its number and its list come.

A number is counted in the database by the child's worker; its list is read by the same condition, so that the list is
as long as the number says, however much there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, F, Func, IntegerField, JSONField, Max, Q, QuerySet, Sum, Value

from cairn.records import work_lists
from cairn.records.models import DutyRow, RecordSummary
from cairn.records.work_lists import OPEN, CaseLine, WorkItem

# What is departed from is held to its date no more, and what cannot be told is neither late nor in time.
HELD_TO_ITS_DATE = Q(departed_at__isnull=True, cannot_tell="")
NEW, COMING, LOOKED_BACK = timedelta(days=7), timedelta(days=14), timedelta(days=28)
VISIT = "record-visit"
TO_ALLOCATE = "to be allocated"
Who = Literal["everybody", "one", "nobody", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Marks:
    """The instants (UTC) counted from: now, the last second of today in London, and how far soon reaches."""

    at: datetime
    day_ends: datetime
    soon_ends: datetime


@dataclass(frozen=True, slots=True)
class Band:
    """What has run since before one instant and not since before an earlier one (UTC): for drift. None has no end."""

    name: str
    of: Literal["episode", "plan"]
    before: datetime
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """A team's work, or that part of it of one worker, of nobody, or of workers who are not of the team (any more)."""

    team: UUID
    who: Who = "everybody"
    worker: UUID | None = None


@dataclass(frozen=True, slots=True)
class KindLine:
    """How many duties of one kind are overdue, with one worker (None: with nobody); the longest since when."""

    provision: str
    title: str
    worker: UUID | None
    number: int


@dataclass(frozen=True, slots=True)
class WaitItem:
    """One booking, or one thing that waits for a signature, with the line of the child it is for."""

    case: CaseLine
    wait: Mapping[str, str]


def _overdue(marks: Marks) -> Q:
    return HELD_TO_ITS_DATE & Q(due_latest__lt=marks.at)


def _to_come(marks: Marks, until: datetime) -> Q:
    return HELD_TO_ITS_DATE & Q(due_earliest__gte=marks.at, due_latest__lte=until)


def _missed(marks: Marks) -> Q:
    """Visits whose time ran out in the weeks looked back on: made too late, or not made while they were due."""
    in_time = Q(due_latest__gte=marks.at - LOOKED_BACK, due_latest__lt=marks.at)
    too_late = Q(met_earliest__gt=F("due_latest")) | Q(met_at__isnull=True, ended_at__gt=F("due_latest"))
    return Q(act=VISIT, cannot_tell="") & in_time & too_late


# As `core.engine.instants.state_of` has them; an hour that is not known is neither overdue nor to come.
DUTIES: Mapping[str, Callable[[Marks], Q]] = {
    "due": lambda _: OPEN,
    "overdue": lambda marks: OPEN & _overdue(marks),
    "today": lambda marks: OPEN & _to_come(marks, marks.day_ends),
    "week": lambda marks: OPEN & _to_come(marks, marks.soon_ends),
    "coming": lambda marks: OPEN & _to_come(marks, marks.at + COMING),
    "visits-overdue": lambda marks: OPEN & _overdue(marks) & Q(act=VISIT),
    "visits-missed": _missed,
}
OPEN_CASE = Q(episode_closed_at__isnull=True) & ~Q(stage="closed")
# Each open case is in one of these.
WORK: Mapping[str, tuple[str, ...]] = {
    "child-protection-plan": ("child_protection_plan",),
    "child-in-need-plan": ("child_in_need_plan",),
    "enquiry": ("enquiry",),
    "assessment": ("assessment",),
    "other": ("referral", "contact", ""),
}


def _always(which: Q) -> Callable[[Marks], Q]:
    """The same children at any time."""
    return lambda _: which


CHILDREN: Mapping[str, Callable[[Marks], Q]] = {
    "children": _always(OPEN_CASE),
    "new": lambda marks: OPEN_CASE & Q(worker__isnull=False, allocated_at__gte=marks.at - NEW),
    "to-allocate": _always(OPEN_CASE & Q(stage=TO_ALLOCATE)),
    **{name: _always(OPEN_CASE & Q(open_work__in=kinds)) for name, kinds in WORK.items()},
}
# Instants stand in the lines as text of one form in UTC, so that their order is that of time.
WAITS: Mapping[str, str] = {
    "approvals": '$[*] ? (@.sort == "approval")',
    "asking": '$[*] ? (@.sort != "approval" && @.latest < $at)',
    "booked": '$[*] ? (@.sort != "approval" && @.latest >= $at && @.latest <= $until)',
}


def is_duties(name: str) -> bool:
    """Whether the figure counts duties."""
    return name in DUTIES


def is_waits(name: str) -> bool:
    """Whether the figure counts bookings or what waits for a signature."""
    return name in WAITS


def duties_by_worker(team: UUID, marks: Marks) -> dict[UUID | None, dict[str, int]]:
    """Every figure of duties that name a team, by the worker of the child; under None those without one."""
    counts = {_column(name): Count("pk", filter=where(marks)) for name, where in DUTIES.items()}
    # What is looked back on is the one thing counted that is not open.
    rows = DutyRow.listed.filter(OPEN | _missed(marks), for_team_id=team).values("record__summary__worker_id")
    return _by_worker(rows.annotate(**counts), "record__summary__worker_id", DUTIES)


def children_by_worker(team: UUID, marks: Marks, bands: Sequence[Band]) -> dict[UUID | None, dict[str, int]]:
    """Every figure of a team's open cases, drift among them, by worker."""
    named = _children(bands)
    counts = {_column(name): Count("pk", filter=where(marks)) for name, where in named.items()}
    rows = RecordSummary.listed.filter(OPEN_CASE, team_id=team).values("worker_id")
    return _by_worker(rows.annotate(**counts), "worker_id", named)


def waits_by_worker(team: UUID, marks: Marks) -> dict[UUID | None, dict[str, int]]:
    """The bookings of a team's children, and what waits for a signature, by worker."""
    counts = {_column(name): Sum(_length(_found(name, marks))) for name in WAITS}
    rows = RecordSummary.listed.filter(OPEN_CASE, team_id=team).exclude(waits=[]).values("worker_id")
    return _by_worker(rows.annotate(**counts), "worker_id", WAITS)


def overdue_by_kind(team: UUID, marks: Marks) -> list[KindLine]:
    """What is overdue in a team by the rule that it is due under, and by the child's worker."""
    rows = DutyRow.listed.filter(DUTIES["overdue"](marks), for_team_id=team)
    grouped = rows.values("provision", "record__summary__worker_id").annotate(
        number=Count("pk"), called=Max("title")
    )
    columns = ("provision", "called", "record__summary__worker_id", "number")
    return [KindLine(*values) for values in grouped.values_list(*columns).order_by("provision")]


def number_of(name: str, part: Part, marks: Marks, bands: Sequence[Band] = (), kind: str = "") -> int:
    """How long the list of a figure is; of duties, of one `kind` where it names the rule they are due under."""
    if is_duties(name):
        return _duties(name, part, marks, kind).count()
    if is_waits(name):
        found = _waiting(part).aggregate(number=Sum(_length(_found(name, marks))))
        return int(found["number"] or 0)
    return _cases(name, part, marks, bands).count()


def duties(
    name: str, part: Part, marks: Marks, kind: str = "", limit: int = 100, offset: int = 0
) -> list[WorkItem]:
    """The list of a figure of duties, the soonest due first."""
    return work_lists.items(_duties(name, part, marks, kind), limit, offset)


def children(
    name: str, part: Part, marks: Marks, bands: Sequence[Band] = (), limit: int = 100, offset: int = 0
) -> list[CaseLine]:
    """The list of a figure of open cases, by name."""
    return work_lists.cases(_cases(name, part, marks, bands), limit, offset)


def waits(name: str, part: Part, marks: Marks, limit: int = 100, offset: int = 0) -> list[WaitItem]:
    """The list of bookings, or of what waits for a signature, the earliest first."""
    lines = work_lists.cases_with(_waiting(part), _found(name, marks))
    found = [WaitItem(case, wait) for case, some in lines for wait in some]
    found.sort(key=lambda one: (one.wait["latest"], one.case.summary.name, one.wait["id"]))
    return found[offset : offset + limit]


def _duties(name: str, part: Part, marks: Marks, kind: str) -> QuerySet[DutyRow]:
    held = _held_by(part, "record__summary__worker")
    rows = DutyRow.listed.filter(DUTIES[name](marks), held, for_team_id=part.team)
    return rows.filter(provision=kind) if kind else rows


def _cases(name: str, part: Part, marks: Marks, bands: Sequence[Band]) -> QuerySet[RecordSummary]:
    return RecordSummary.listed.filter(
        _children(bands)[name](marks), _held_by(part, "worker"), team_id=part.team
    )


def _waiting(part: Part) -> QuerySet[RecordSummary]:
    return RecordSummary.listed.filter(OPEN_CASE, _held_by(part, "worker"), team_id=part.team).exclude(
        waits=[]
    )


def names(bands: Sequence[Band] = ()) -> set[str]:
    """The name of every figure."""
    return {*DUTIES, *_children(bands), *WAITS}


def _children(bands: Sequence[Band]) -> Mapping[str, Callable[[Marks], Q]]:
    return {**CHILDREN, **{band.name: _always(OPEN_CASE & _in_band(band)) for band in bands}}


def _in_band(band: Band) -> Q:
    column = {"episode": "episode_opened_at", "plan": "plan_made_at"}[band.of]
    run = Q(**{f"{column}__lt": band.before})
    return run & Q(**{f"{column}__gte": band.not_before}) if band.not_before else run


def _held_by(part: Part, worker: str) -> Q:
    """The condition on the child's worker."""
    if part.who == "one":
        return Q(**{f"{worker}_id": part.worker})
    if part.who == "nobody":
        return Q(**{f"{worker}__isnull": True})
    if part.who == "elsewhere":
        another = ~Q(**{f"{worker}__team_id": part.team}) | Q(**{f"{worker}__team__isnull": True})
        return Q(**{f"{worker}__isnull": False}) & (another | Q(**{f"{worker}__is_active": False}))
    return Q()


def _found(name: str, marks: Marks) -> Func:
    """Those of a line's waits that a figure counts."""
    told = {"at": _text(marks.at), "until": _text(marks.at + COMING)}
    path = Func(Value(WAITS[name]), function="CAST", template="%(function)s(%(expressions)s AS jsonpath)")
    return Func(
        F("waits"),
        path,
        Value(told, JSONField()),
        function="jsonb_path_query_array",
        output_field=JSONField(),
    )


def _text(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def _length(found: Func) -> Func:
    return Func(found, function="jsonb_array_length", output_field=IntegerField())


def _column(name: str) -> str:
    return f"n_{name.replace('-', '_')}"


def _by_worker(
    rows: QuerySet[Any, Any], worker: str, named: Iterable[str]
) -> dict[UUID | None, dict[str, int]]:
    listed = list(named)
    columns = [_column(name) for name in listed]
    return {
        who: dict(zip(listed, (number or 0 for number in numbers), strict=True))
        for who, *numbers in rows.values_list(worker, *columns).order_by()
    }
