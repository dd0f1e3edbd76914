"""Cover for absence: somebody does a worker's work from day to day, with the access this needs, and it ends by itself.

A worker sets it for themselves, and whoever allocates in a team for its workers. Nothing moves: the children stay with
the worker who is away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.allocating import ACT, HOLD_CASES
from cairn.application.doing import may_do
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.team_work import teams_of
from cairn.core.access.decide import decide_team
from cairn.core.calendar.london import say_date, say_range
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.check import DataFault
from cairn.records import covers, staff
from cairn.records.covers import CoverRow, NewCover
from cairn.records.staff import StaffRow

State = Literal["now", "to come", "ended", "not able"]
NOT_THERE = Refused("not found", "There is no such cover, or it is not one of yours")
FOR_OTHERS = Refused(
    "not allowed",
    "You may set cover for yourself only, if you hold children, or for the workers of a team in which you allocate",
    "Ask the team's manager.",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be chosen: by name, role and team."""

    id: UUID
    name: str
    role: str
    team: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One cover as lists show it: who is away, who does their work, on which days, why, and how it stands."""

    id: UUID
    worker: UUID
    name: str
    by: UUID
    by_name: str
    from_day: date
    until_day: date
    reason: str
    set_by: str
    state: State
    ended_by: str
    may_end: bool


@dataclass(frozen=True)
class CoverPage:
    """Who may be covered and by whom, as far as the reader may set it; and the covers that concern them."""

    today: date
    away: tuple[Person, ...]
    able: tuple[Person, ...]
    covers: tuple[CoverLine, ...]


@dataclass(frozen=True, slots=True)
class CoverWanted:
    """A cover to be set: who is away, who does their work, the first and the last day, and why."""

    worker: UUID
    by: UUID
    from_day: date
    until_day: date
    reason: str


def today() -> date:
    """The London day."""
    return now().astimezone(LONDON).date()


def cover_page(actor: Actor) -> CoverPage | Refused:
    """What the page of covers shows; refused for whoever could set none."""
    able = _able(actor)
    away = [one for one in able if _may_set(actor, one.id, one.role, one.team_id)]
    if not away:
        return FOR_OTHERS
    shown = [one.id for one in away]
    lines = tuple(_line(actor, one) for one in covers.of_people(shown, today()))
    return CoverPage(today(), tuple(map(_person, away)), tuple(map(_person, able)), lines)


def covers_of(actor: Actor) -> tuple[CoverLine, ...]:
    """Who does this person's work now or in days to come, and whose work they do now: for their My work."""
    found = [_line(actor, one) for one in covers.of_people([actor.id], today())]
    return tuple(
        one
        for one in found
        if one.state == "now" or (one.worker == actor.id and one.state in ("to come", "not able"))
    )


def covers_in(staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Who does whose work today, by name: for a team's table."""
    day = today()
    return {
        one.worker: f"{one.by_name} covers until {say_date(one.until_day)}"
        for one in covers.of_people(staff_ids, day)
        if one.is_in_force(day)
    }


def set_cover(actor: Actor, wanted: CoverWanted) -> CoverLine | Refused:
    """Set a cover. Refused, with the question it is about, where either may not be chosen, or the days cannot be.

    Both people are held, so that of two covers that overlap only one can be set.
    """
    with transaction.atomic():
        people = staff.hold([wanted.worker, wanted.by])
        worker, by = people.get(wanted.worker), people.get(wanted.by)
        refused = _who_cannot(actor, worker, by) or _days_cannot(wanted)
        if refused is not None or worker is None or by is None or by.team_id is None:
            return refused or FOR_OTHERS
        there = covers.overlapping([worker.id, by.id], wanted.from_day, wanted.until_day)
        for one in there:
            # Sent twice, it is set once.
            if (one.worker, one.by, one.from_day, one.until_day) == _what(wanted):
                return _line(actor, one)
        clash = next(_clashes(there, worker, by), None)
        if clash is not None:
            return clash
        new = NewCover(
            wanted.worker,
            wanted.by,
            by.team_id,
            wanted.from_day,
            wanted.until_day,
            wanted.reason.strip(),
            actor.id,
            now(),
        )
        made = covers.cover(covers.add(new))
        if made is None:
            raise TypeError("a cover that was set is there")
        return _line(actor, made)


def end_cover(actor: Actor, cover: UUID) -> CoverLine | Refused:
    """End a cover before its last day: by whoever is away, whoever does their work, or who may set it."""
    with transaction.atomic():
        found = covers.cover(cover)
        if found is None or not _line(actor, found).may_end:
            return NOT_THERE
        if not covers.end(cover, actor.id, now()):
            return Refused("not taken", f"It was ended already, by {found.ended_by}")
        ended = covers.cover(cover)
        return NOT_THERE if ended is None else _line(actor, ended)


def _able(actor: Actor) -> list[StaffRow]:
    """Who may do somebody's work: of the reader's teams, in a role that holds children or allocates them."""
    allocate = in_use().vocabulary.acts[ACT].roles
    found = staff.members([team.id for team in teams_of(actor)])
    return [one for one in found if one.role in HOLD_CASES or one.role in allocate]


def _may_set(actor: Actor, worker: UUID, role: str, team: UUID | None) -> bool:
    """For oneself, and as whoever allocates for the workers of a team of one's own: those who hold children."""
    if role not in HOLD_CASES or team is None:
        return False
    return worker == actor.id or (may_do(actor, ACT) and decide_team(actor.facts, str(team)).allowed)


def _who_cannot(actor: Actor, worker: StaffRow | None, by: StaffRow | None) -> Refused | None:
    may = worker is not None and _may_set(actor, worker.id, worker.role, worker.team_id)
    if worker is None or not worker.is_active or not may:
        return _at("worker", "Choose who is away: yourself, or a worker of a team in which you allocate")
    if by is None or by.id == worker.id:
        return _at("by", "Choose somebody else to do the work")
    if not by.is_active:
        return _at("by", f"{by.name} has left. Choose somebody who is here")
    if by.id not in {one.id for one in _able(actor)}:
        return _at(
            "by", f"{by.name} is not of your team. Ask the manager of their team to take the children on"
        )
    return None


def _days_cannot(wanted: CoverWanted) -> Refused | None:
    if wanted.from_day < today():
        return _at(
            "covered_from", "Cover begins today or later: what was opened before cannot be covered after"
        )
    if wanted.until_day < wanted.from_day:
        return _at("covered_until", "The last day is before the first")
    if not wanted.reason.strip():
        return _at("reason", "Enter why cover is needed")
    return None


def _what(wanted: CoverWanted) -> tuple[UUID, UUID, date, date]:
    return wanted.worker, wanted.by, wanted.from_day, wanted.until_day


def _clashes(there: Iterable[CoverRow], worker: StaffRow, by: StaffRow) -> Iterator[Refused]:
    """What stands against the days: somebody covers already, or whoever is to cover, or is covered, does other work then."""
    for one in there:
        days = say_range(one.from_day, one.until_day)
        if one.worker == worker.id:
            yield _at(
                "covered_from",
                f"{one.by_name} covers for {worker.name} then ({days}). End that first, or choose other days",
            )
        elif one.worker == by.id:
            yield _at(
                "by", f"{by.name} is away then ({days}), and {one.by_name} covers. Choose somebody else"
            )
        elif one.by == worker.id:
            yield _at(
                "worker",
                f"{worker.name} covers for {one.worker_name} then ({days}). End that first, or choose other days",
            )


def _at(field: str, reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault(field, reason, ""),))


def _line(actor: Actor, row: CoverRow) -> CoverLine:
    own = actor.id in (row.worker, row.by)
    state = _state(row)
    return CoverLine(
        id=row.id,
        worker=row.worker,
        name=row.worker_name,
        by=row.by,
        by_name=row.by_name,
        from_day=row.from_day,
        until_day=row.until_day,
        reason=row.reason,
        set_by=row.set_by,
        state=state,
        ended_by=row.ended_by,
        may_end=state != "ended" and (own or _may_set(actor, row.worker, row.worker_role, row.worker_team)),
    )


def _state(row: CoverRow) -> State:
    if row.ended_at is not None or row.until_day < today():
        return "ended"
    if not row.is_able:
        return "not able"
    return "now" if row.from_day <= today() else "to come"


def _person(row: StaffRow) -> Person:
    return Person(row.id, row.name, row.role, row.team_name)
