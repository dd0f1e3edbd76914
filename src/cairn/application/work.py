"""My work and team work: what is due for whom, from the tables of instants; states are worked out here, when read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.around_work import (
    Around,
    AssessmentLine,
    BookingLine,
    ClosingLine,
    WaitingLine,
    around,
)
from cairn.application.door import write_access
from cairn.application.holders import marks
from cairn.application.line_notes import notes_on
from cairn.application.one_letter import joined
from cairn.application.ports import now
from cairn.application.shared_documents import SharedLine, shared_with
from cairn.core.access.facts import Decision
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.instants import Instants, State, state_of
from cairn.core.people.names import age_in_words
from cairn.core.roles import WORKERS
from cairn.records import drafts, figures, tallies, work_lists
from cairn.records.projections import DutyRowData

GroupBy = Literal["date", "child", "family", "kind"]
GROUPINGS: tuple[GroupBy, ...] = ("date", "child", "family", "kind")
PAGE = 100
UNNAMED = "Name not known"
ALLOCATES = frozenset({"team manager", "duty manager", "service manager"})


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do: the act, for whom, when it is due and the state that it is in now; `closed` when it was done or ended.

    `covering` is whose work it is, where the reader does it while they are away.
    """

    record: UUID
    number: str
    name: str
    age: str
    title: str
    act: str
    key: str
    who: str
    worker: str
    worker_id: UUID | None
    state: State
    due: datetime | None
    missing: str
    also: tuple[str, ...] = ()
    letter_does: tuple[str, ...] = ()
    departed_why: str = ""
    closed: datetime | None = None
    covering: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Rows under one heading: a stretch of time, a child, or a kind of work."""

    heading: str
    tone: Literal["late", "soon", "plain"]
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Something begun and not sent."""

    id: UUID
    act: str
    record: UUID | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A child somebody works with, or who waits for somebody."""

    record: UUID
    number: str
    name: str
    age: str
    stage: str
    worker: str
    worker_id: UUID | None
    since: datetime | None
    open_work: str = ""
    plan_made: datetime | None = None
    allocated: datetime | None = None
    covering: str = ""


Covered = TypeVar("Covered", WorkRow, CaseRow)


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work list: its groups, what waits for others, drafts, and the sentence's numbers."""

    at: datetime
    title: str
    grouped_by: GroupBy
    groups: tuple[WorkGroup, ...]
    overdue: int
    due_today: int
    to_allocate: tuple[CaseRow, ...]
    drafts: tuple[DraftLine, ...] = ()
    shared: tuple[SharedLine, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    bookings: tuple[BookingLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    assessments: tuple[AssessmentLine, ...] = ()
    closings: tuple[ClosingLine, ...] = ()
    more: bool = False


def my_work(actor: Actor, grouped_by: GroupBy = "date") -> WorkPage:
    """What this person has to do: their own duties, and those of their role in their team. Logged as a list."""
    with transaction.atomic():
        at = now()
        items = _unique(
            [
                *work_lists.work_of_staff(actor.id, limit=PAGE + 1, covers=_covered(actor)),
                *work_lists.work_of_roles(_teams(actor), _roles(actor), limit=PAGE + 1),
            ]
        )
        cases = work_lists.cases_of_staff(actor.id, _covered(actor))
        waiting = _to_allocate(actor)
        shared = shared_with(actor)
        shown = {item.about.record_id for item in items} | {case.record_id for case in (*cases, *waiting)}
        theirs = _log_covered(actor, items, cases)
        log_list(actor, (shown - theirs) | {one.record for one in shared}, "my-work")
        rows = noted(_covering(row, actor) for row in rows_of(items, at))
        tally = _tally(actor, at)
        beside = around(names_of(rows, cases), at, actor.role)
        page = page_of("My work", rows, tally, grouped_by, at, waiting, beside)
        begun = tuple(_draft(one) for one in drafts.list_of(actor.id))
        held = tuple(_covering(case_row(one, at), actor) for one in cases)
        return replace(page, drafts=begun, shared=shared, cases=held)


def _covered(actor: Actor) -> tuple[UUID, ...]:
    """Those whose work the actor does today, while they are away."""
    return tuple(one.worker for one in actor.covers)


def _tally(actor: Actor, at: datetime) -> tallies.Tally:
    return tallies.tally_of_person(actor.id, _teams(actor), _roles(actor), marks(at), _covered(actor))


def _covering(row: Covered, actor: Actor) -> Covered:
    """The row with the name of whom the actor covers for, where the child is theirs."""
    name = next((one.name for one in actor.covers if one.worker == row.worker_id), "")
    return replace(row, covering=name) if name else row


def _log_covered(
    actor: Actor, items: Sequence[work_lists.WorkItem], cases: Sequence[work_lists.CaseLine]
) -> set[UUID]:
    """Write the records shown because somebody is covered into the access log, with whom; gives them all."""
    held = {one.about.record_id: one.about.worker_id for one in items}
    held |= {one.record_id: one.summary.worker_id for one in cases}
    for one in actor.covers:
        shown = [record for record, worker in held.items() if worker == one.worker]
        decision = Decision(allowed=True, relied_on=one.words)
        if shown:
            write_access(actor, sorted(shown), decision, page="my-work", what="list")
    return {record for record, worker in held.items() if worker in _covered(actor)}


def _teams(actor: Actor) -> tuple[UUID, ...]:
    own = (actor.team,) if actor.team else ()
    return (*own, *sorted(actor.manages - set(own)))


def _roles(actor: Actor) -> tuple[str, ...]:
    """Whose work falls to this person where it is nobody's: their own role's; and a worker's, for a child
    who has no worker yet, falls to whoever manages the team and not to every worker in it.
    """
    if actor.role in ALLOCATES:
        return (actor.role, *sorted(WORKERS))
    return () if actor.role in WORKERS else (actor.role,)


def _to_allocate(actor: Actor) -> list[work_lists.CaseLine]:
    """Children without a worker, for whoever allocates in their team."""
    if actor.role not in ALLOCATES:
        return []
    return work_lists.cases_at(figures.TO_ALLOCATE, _teams(actor))


def _unique(items: Iterable[work_lists.WorkItem]) -> list[work_lists.WorkItem]:
    seen: dict[tuple[UUID, str], work_lists.WorkItem] = {}
    for item in items:
        seen.setdefault((item.about.record_id, item.duty.key), item)
    return list(seen.values())


def log_list(actor: Actor, shown: Iterable[UUID], page: str) -> None:
    """Write into the access log that somebody was shown these records in a list."""
    decision = Decision(allowed=True, relied_on="own work")
    write_access(actor, sorted(shown), decision, page=page, what="list")


def rows_of(items: Sequence[work_lists.WorkItem], at: datetime) -> list[WorkRow]:
    """The lines of a work list, each with its state at a time (UTC), the soonest due first."""
    rows = [_row(item, at) for item in items]
    return joined(sorted(rows, key=lambda row: (row.due is None, row.due or at, row.name, row.title)))


def noted(rows: Iterable[WorkRow]) -> list[WorkRow]:
    """The rows with what was said of them: that they were seen, or when they are looked at again."""
    listed = list(rows)
    said = notes_on((row.record, row.key) for row in listed)
    return [replace(row, notes=said.get((row.record, row.key), ())) for row in listed]


def names_of(rows: Iterable[WorkRow], cases: Iterable[work_lists.CaseLine] = ()) -> dict[UUID, str]:
    """The children of a list by name: those one works with first."""
    held = {case.record_id: case.summary.name or UNNAMED for case in cases}
    return held | {row.record: row.name for row in rows}


def _row(item: work_lists.WorkItem, at: datetime) -> WorkRow:
    state, missing = state_of(instants_of(item.duty), at)
    about = item.about
    return WorkRow(
        record=about.record_id,
        number=about.number,
        name=about.name or UNNAMED,
        age=age_in_words(about.born, at.astimezone(LONDON).date(), about.expected),
        title=item.duty.title,
        act=item.duty.act,
        key=item.duty.key,
        who=item.duty.who,
        worker=about.worker_name,
        worker_id=about.worker_id,
        state=state,
        due=item.duty.due_latest,
        missing=missing,
        also=tuple(str(one.get("due")) for one in item.duty.also),
        departed_why=item.duty.departed_why
        if state == "departed" or item.duty.met_at or item.duty.ended_at
        else "",
        closed=item.duty.met_at or item.duty.ended_at,
    )


def instants_of(duty: DutyRowData) -> Instants:
    """A duty's instants as its row holds them."""
    due = (duty.due_earliest, duty.due_latest) if duty.due_earliest and duty.due_latest else None
    met = Moment(duty.met_earliest or duty.met_at, duty.met_at) if duty.met_at else None
    return Instants(duty.started_at, due, met, duty.departed_at, duty.ended_at, duty.cannot_tell)


def page_of(
    title: str,
    rows: list[WorkRow],
    tally: tallies.Tally,
    grouped_by: GroupBy,
    at: datetime,
    waiting: Iterable[work_lists.CaseLine],
    beside: Around,
) -> WorkPage:
    """A work list as it is shown: the first rows in groups, and the numbers of all of it."""
    return WorkPage(
        at=at,
        title=title,
        grouped_by=grouped_by,
        groups=tuple(_grouped(rows[:PAGE], grouped_by, at, beside)),
        overdue=tally.overdue,
        due_today=tally.due_today,
        to_allocate=tuple(case_row(one, at) for one in waiting),
        bookings=beside.bookings,
        waiting=beside.waiting,
        assessments=beside.assessments,
        closings=beside.closings,
        more=len(rows) > PAGE,
    )


def _draft(found: drafts.DraftRow) -> DraftLine:
    return DraftLine(found.id, found.act, found.record_id, found.saved_at)


def case_row(found: work_lists.CaseLine, at: datetime) -> CaseRow:
    """A line of a list of children."""
    summary = found.summary
    return CaseRow(
        record=found.record_id,
        number=found.number,
        name=summary.name or UNNAMED,
        age=age_in_words(summary.born, at.astimezone(LONDON).date(), summary.expected),
        stage=summary.stage,
        worker=found.worker_name,
        worker_id=summary.worker_id,
        since=summary.episode_opened_at,
        open_work=summary.open_work,
        plan_made=summary.plan_made_at,
        allocated=summary.allocated_at,
    )


def _grouped(rows: list[WorkRow], grouped_by: GroupBy, at: datetime, beside: Around) -> list[WorkGroup]:
    if grouped_by == "date":
        return _by_date(rows, at)
    named: dict[str, list[WorkRow]] = {}
    for row in rows:
        named.setdefault(_heading_of(row, grouped_by, beside), []).append(row)
    return [WorkGroup(heading, _tone(found), tuple(found)) for heading, found in sorted(named.items())]


def _heading_of(row: WorkRow, grouped_by: GroupBy, beside: Around) -> str:
    if grouped_by == "family":
        return beside.family_of.get(row.record, row.name)
    return row.name if grouped_by == "child" else row.title


def _tone(rows: Iterable[WorkRow]) -> Literal["late", "soon", "plain"]:
    states = {row.state for row in rows}
    if "overdue" in states:
        return "late"
    return "soon" if "due_today" in states else "plain"


def _by_date(rows: list[WorkRow], at: datetime) -> list[WorkGroup]:
    today = at.astimezone(LONDON).date()
    week_ends = today + timedelta(days=6 - today.weekday())
    headed: dict[str, list[WorkRow]] = {heading: [] for heading in _HEADINGS}
    for row in rows:
        headed[_heading(row, week_ends)].append(row)
    return [
        WorkGroup(heading, _HEADINGS[heading], tuple(found)) for heading, found in headed.items() if found
    ]


_HEADINGS: dict[str, Literal["late", "soon", "plain"]] = {
    "Overdue": "late",
    "Due today": "soon",
    "As soon as possible": "soon",
    "Due this week": "plain",
    "Later": "plain",
    "Departed from, still to be done": "plain",
    "Cannot be told": "plain",
}


def _heading(row: WorkRow, week_ends: date) -> str:
    fixed = {
        "overdue": "Overdue",
        "due_today": "Due today",
        "undated": "As soon as possible",
        "departed": "Departed from, still to be done",
        "cannot_tell": "Cannot be told",
    }.get(row.state)
    if fixed or row.due is None:
        return fixed or "Later"
    return "Due this week" if row.due.astimezone(LONDON).date() <= week_ends else "Later"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the navigation shows beside My work: overdue or due today."""

    mine: int


def counts(actor: Actor) -> Counts:
    """How much is due by the end of today. A number only: no record is shown."""
    tally = _tally(actor, now())
    return Counts(tally.overdue + tally.due_today)
