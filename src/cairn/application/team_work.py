"""A team's work: who holds what, what is late, what waits and what comes; and for each number the list behind it.

A number and its list come from one definition (`records.figures`), so that the list is as long as the number says. What
is shown is written into the access log as a list; numbers alone show no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.around_work import around
from cairn.application.door import write_access
from cairn.application.holders import DriftLine, Holders, Load, WorkerLine, bands, drift_lines, holders, marks
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.work import (
    PAGE,
    UNNAMED,
    CaseRow,
    GroupBy,
    WorkPage,
    WorkRow,
    case_row,
    names_of,
    noted,
    page_of,
    rows_of,
)
from cairn.core.access.decide import decide_team
from cairn.core.access.facts import Decision
from cairn.core.calendar.moment import Moment
from cairn.records import figures, staff, work_lists
from cairn.records.figures import Part, WaitItem, Who
from cairn.records.staff import TeamRow
from cairn.records.tallies import Tally

FEW = 8
NOBODY, ELSEWHERE = "nobody", "elsewhere"
NOT_YOURS = Refused(
    "not found",
    "There is no such team, or it is not one of yours",
    "Ask the team's manager what you need to know.",
)
NO_LIST = Refused("not found", "There is no such list", "Every number on Team work leads to its list.")
NO_WORKER = Refused("not found", "Nobody of that name holds children of this team")


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One booking, or one thing that waits for a signature, for a child; `worker` is who works with them."""

    record: UUID
    number: str
    name: str
    worker: str
    sort: str
    id: str
    what: str
    act: str
    when: Moment
    by: str
    place: str


@dataclass(frozen=True)
class TeamPage:
    """A team's work, or one worker's part of it (`chosen` is how the address names it, '' for everybody).

    `load` are the numbers of that part; `approvals`, `coming` and `due` the first of their lists.
    """

    at: datetime
    id: UUID
    team: str
    teams: tuple[TeamRow, ...]
    page: WorkPage
    holders: Holders
    chosen: str
    load: Load
    approvals: tuple[WaitLine, ...]
    booked: tuple[WaitLine, ...]
    due: tuple[WorkRow, ...]
    drift: tuple[DriftLine, ...]

    @property
    def chosen_worker(self) -> WorkerLine | None:
        """The member whose part is shown, or None."""
        return next((one for one in self.holders.workers if str(one.id) == self.chosen), None)


@dataclass(frozen=True, slots=True)
class ListWanted:
    """Which list: the figure, of which team, whose part (an id, `nobody`, `elsewhere` or ''), which kind, which page."""

    figure: str
    team: UUID | None = None
    who: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True)
class TeamList:
    """The list behind a number: `total` is how long it is, the rows are those of this page, from the `first` on."""

    at: datetime
    wanted: ListWanted
    team: TeamRow
    whose: str
    total: int
    first: int
    duties: tuple[WorkRow, ...] = ()
    children: tuple[CaseRow, ...] = ()
    waits: tuple[WaitLine, ...] = ()
    drift: DriftLine | None = None

    @property
    def shown(self) -> int:
        """How many rows this page has."""
        return len(self.duties) + len(self.children) + len(self.waits)

    @property
    def pages(self) -> int:
        """How many pages there are: at least one."""
        return max(1, -(-self.total // PAGE))


def teams_of(actor: Actor) -> tuple[TeamRow, ...]:
    """The teams whose work somebody may see: their own first, then those they manage, by name."""
    own = staff.team(actor.team) if actor.team else None
    managed = staff.managed_by(actor.id) if actor.manages else []
    found = {one.id: one for one in ([own] if own else []) + managed}
    return tuple(one for one in found.values() if decide_team(actor.facts, str(one.id)).allowed)


def team_work(
    actor: Actor, grouped_by: GroupBy = "date", team: UUID | None = None, who: str = ""
) -> TeamPage | Refused | None:
    """The work of a team of the actor's (the first, where none is named); None where they have none. Logged."""
    with transaction.atomic():
        teams = teams_of(actor)
        if not teams and team is None:
            return None
        chosen = next((one for one in teams if team in (None, one.id)), None)
        if chosen is None:
            return NOT_YOURS
        at = now()
        held = holders(chosen.id, at)
        part = _part(chosen.id, who, held)
        return part if isinstance(part, Refused) else _page(actor, grouped_by, chosen, teams, held, part, who)


def _page(
    actor: Actor,
    grouped_by: GroupBy,
    team: TeamRow,
    teams: tuple[TeamRow, ...],
    held: Holders,
    part: Part,
    who: str,
) -> TeamPage:
    at = now()
    when, load = marks(at), _load(held, part)
    items = figures.duties("due", part, when, limit=PAGE + 1)
    waiting = figures.children("to-allocate", part, when, limit=PAGE)
    approvals, booked = (figures.waits(name, part, when, limit=FEW) for name in ("approvals", "booked"))
    coming = figures.duties("coming", part, when, limit=FEW)
    rows = noted(rows_of(items, at))
    shown = {item.about.record_id for item in (*items, *coming)} | {one.record_id for one in waiting}
    _log(actor, team, shown | {one.case.record_id for one in (*approvals, *booked)}, "team-work")
    tally = Tally(load["overdue"], load["today"], load["week"])
    beside = around(names_of(rows), at, actor.role)
    return TeamPage(
        at=at,
        id=team.id,
        team=team.name,
        teams=teams,
        page=page_of(team.name, rows, tally, grouped_by, at, waiting, beside),
        holders=held,
        chosen=who,
        load=load,
        approvals=tuple(map(_wait, approvals)),
        booked=tuple(map(_wait, booked)),
        due=tuple(rows_of(coming, at)),
        drift=drift_lines(),
    )


def team_list(actor: Actor, wanted: ListWanted) -> TeamList | Refused:
    """The list behind one number of a team's work, a hundred at a time. Logged: the records of this page."""
    with transaction.atomic():
        team = next((one for one in teams_of(actor) if wanted.team in (None, one.id)), None)
        if team is None:
            return NOT_YOURS
        at = now()
        if wanted.figure not in figures.names(bands(at)) or wanted.page < 1:
            return NO_LIST
        part = _named_part(team.id, wanted.who)
        return part if isinstance(part, Refused) else _list(actor, team, part, wanted, at)


def _list(actor: Actor, team: TeamRow, part: Part, wanted: ListWanted, at: datetime) -> TeamList:
    when, first = marks(at), (wanted.page - 1) * PAGE
    duties: Sequence[work_lists.WorkItem] = ()
    children: Sequence[work_lists.CaseLine] = ()
    waits: Sequence[WaitItem] = ()
    if figures.is_duties(wanted.figure):
        duties = figures.duties(wanted.figure, part, when, wanted.kind, PAGE, first)
    elif figures.is_waits(wanted.figure):
        waits = figures.waits(wanted.figure, part, when, PAGE, first)
    else:
        children = figures.children(wanted.figure, part, when, bands(at), PAGE, first)
    shown = [one.about.record_id for one in duties] + [one.record_id for one in children]
    _log(actor, team, [*shown, *(one.case.record_id for one in waits)], f"team-list:{wanted.figure}")
    return TeamList(
        at=at,
        wanted=wanted,
        team=team,
        whose=_whose(part),
        total=figures.number_of(wanted.figure, part, when, bands(at), wanted.kind),
        first=first + 1,
        duties=tuple(noted(rows_of(duties, at))),
        children=tuple(case_row(one, at) for one in children),
        waits=tuple(map(_wait, waits)),
        drift=next((one for one in drift_lines() if one.name == wanted.figure), None),
    )


def _part(team: UUID, who: str, held: Holders) -> Part | Refused:
    """The part of a team's work that an address names; a worker has to be of the team."""
    part = _named_part(team, who)
    if isinstance(part, Part) and part.who == "one" and part.worker not in {one.id for one in held.workers}:
        return NO_WORKER
    return part


def _named_part(team: UUID, who: str) -> Part | Refused:
    fixed: Mapping[str, Who] = {"": "everybody", NOBODY: "nobody", ELSEWHERE: "elsewhere"}
    if who in fixed:
        return Part(team, fixed[who])
    try:
        return Part(team, "one", UUID(who))
    except ValueError:
        return NO_WORKER


def _load(held: Holders, part: Part) -> Load:
    if part.who == "one":
        return next(one.load for one in held.workers if one.id == part.worker)
    return {"everybody": held.whole, "nobody": held.nobody, "elsewhere": held.elsewhere}[part.who]


def _whose(part: Part) -> str:
    """Whose part it is, in words; '' for the whole team."""
    if part.who == "one" and part.worker:
        person = staff.person(part.worker)
        return person.name if person else ""
    return {"nobody": "nobody yet", "elsewhere": "workers who are not of this team"}.get(part.who, "")


def _wait(item: WaitItem) -> WaitLine:
    case, wait = item.case, item.wait
    earliest, latest = (datetime.fromisoformat(wait[name]) for name in ("earliest", "latest"))
    return WaitLine(
        record=case.record_id,
        number=case.number,
        name=case.summary.name or UNNAMED,
        worker=case.worker_name,
        sort=wait["sort"],
        id=wait["id"],
        what=wait["what"],
        act=wait["act"],
        when=Moment(earliest, latest),
        by=wait["by"],
        place=wait["place"],
    )


def _log(actor: Actor, team: TeamRow, shown: Iterable[UUID], page: str) -> None:
    """In the access log as a list, by the relationship to the team."""
    decision = decide_team(actor.facts, str(team.id))
    relied_on = Decision(allowed=True, relied_on=decision.relied_on)
    write_access(actor, sorted(set(shown)), relied_on, page=page, what="list")
