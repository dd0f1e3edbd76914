"""Samples for auditors: drawn at random by those who guard access, who see how many records there are and none of them.

A sample is the ties that were given together. Each ends by itself; all of it can be ended before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import write_access
from cairn.application.guarding import RIGHT, refused_guard
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.rights import role_book
from cairn.application.ties import ENDED, PAGES, last_day
from cairn.core.access.facts import Decision
from cairn.core.access.roles import Right
from cairn.core.calendar.moment import end_of_london_day
from cairn.core.vocabulary.check import DataFault
from cairn.records import samples, staff, submissions, ties
from cairn.records.ties import TieRow

PAGE, DRAWN = "audits", "audit sample"
AUDITS: Final[Right] = "audits"
MOST, LONGEST_AGO = 50, 1830
# So long ones that are over stay in the list.
SHOWN_FOR = timedelta(days=366)
OF: Final = {
    "open": "All open cases",
    "plan": "Open cases with a child protection or child in need plan",
    "closed": "Cases closed lately",
    "team": "The open cases of one team",
}
ALLOWED: Final = Decision(allowed=True, relied_on=RIGHT)
NOT_THERE = Refused("not found", "There is no such sample", "It may have ended already.")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: for whom, of how many records, why, from when until when (UTC), by whom drawn, and by whom ended or ''.

    `tie` is one of its ties, by which it is named; `is_over` says that it ended.
    """

    tie: UUID
    auditor: str
    number: int
    reason: str
    since: datetime
    until: datetime
    drawn_by: str
    ended_by: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Named:
    """An auditor or a team that may be chosen."""

    id: UUID
    name: str


@dataclass(frozen=True)
class AuditsPage:
    """The samples that run, those of the last year that are over, and what may be chosen for a new one."""

    running: tuple[Sample, ...]
    over: tuple[Sample, ...]
    auditors: tuple[Named, ...]
    teams: tuple[Named, ...]
    latest: date


@dataclass(frozen=True, slots=True)
class SampleWanted:
    """A sample to be drawn: for whom, how many records, of which, why, until the end of which day (London).

    `days` says how lately closed, `team` of which team, where that is asked. `key` is that of the form.
    """

    auditor: UUID
    number: int
    of: str
    reason: str
    until: date
    key: UUID
    days: int | None = None
    team: UUID | None = None


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """What was drawn: for whom and how many. `again` says that the same form was sent before, and nothing drawn now."""

    auditor: str
    number: int
    again: bool = False


def audits_page(actor: Actor) -> AuditsPage | Refused:
    """The samples, for those who guard access: numbers of records, and no record."""
    refused = refused_guard(actor, page=PAGE)
    if refused is not None:
        return refused
    found = _samples(ties.of_kinds(("auditor",), since=now() - SHOWN_FOR))
    return AuditsPage(
        running=tuple(one for one in found if not one.is_over),
        over=tuple(one for one in found if one.is_over),
        auditors=_auditors(),
        teams=tuple(Named(one.id, one.name) for one in staff.teams()),
        latest=last_day("auditor"),
    )


def draw_sample(actor: Actor, wanted: SampleWanted) -> DrawnSample | Refused:
    """Draw a sample at random, and open its records to the auditor until its day; fewer where there are no more.

    Restricted records, those the auditor has a conflict with, and those of a sample of theirs that runs are left out.
    Sent twice it is drawn once. Refused without the right, and at its question for what cannot be.
    """
    with transaction.atomic():
        refused = refused_guard(actor, page=PAGE)
        if refused is not None:
            return refused
        faults = tuple(_faults(wanted))
        if faults:
            return Refused("not taken", "Something is missing", faults=faults)
        auditor = staff.hold([wanted.auditor])[wanted.auditor]
        earlier = submissions.look(wanted.key, actor.id)
        if earlier is not None:
            return _again(earlier, auditor.name)
        there = _there_are(wanted)
        if not there:
            return _at("of", f"There are no such records that {auditor.name} could be given")
        taken = submissions.take(wanted.key, actor.id, now(), {"auditor": str(auditor.id)})
        if not isinstance(taken, submissions.First):
            return _again(taken, auditor.name)
        number = min(wanted.number, len(there))
        _give(actor, wanted, SystemRandom().sample(there, number))
        return DrawnSample(auditor.name, number)


def _again(earlier: submissions.Already | submissions.SomebodyElses, auditor: str) -> DrawnSample | Refused:
    if isinstance(earlier, submissions.SomebodyElses):
        return Refused("not taken", "This form was sent by somebody else", "Open the page again.")
    return DrawnSample(auditor, 0, again=True)


def end_sample(actor: Actor, tie: UUID) -> Sample | Refused:
    """End all of a sample now: the auditor's next request is refused."""
    with transaction.atomic():
        refused = refused_guard(actor, page=PAGE)
        if refused is not None:
            return refused
        found = ties.tie(tie)
        together = ties.of_kinds(("auditor",)) if found is not None and found.kind == "auditor" else []
        ended = [
            one
            for one in together
            if found is not None
            and _together(one) == _together(found)
            and one.is_in_force(now())
            and ties.end(one.id, actor.id, now())
        ]
        if not ended:
            return NOT_THERE
        write_access(actor, sorted(one.record for one in ended), ALLOWED, page=PAGES["auditor"], what=ENDED)
        return _sample(ended)


def _faults(wanted: SampleWanted) -> Iterator[DataFault]:
    if wanted.auditor not in {one.id for one in _auditors()}:
        yield DataFault("auditor", "Choose an auditor", "")
    if not 1 <= wanted.number <= MOST:
        yield DataFault("number", f"Enter a number from 1 to {MOST}", "")
    if wanted.of not in OF:
        yield DataFault("of", "Choose of which records", "")
    if wanted.of == "closed" and not 1 <= (wanted.days or 0) <= LONGEST_AGO:
        yield DataFault("days", f"Enter a number of days from 1 to {LONGEST_AGO}", "")
    if wanted.of == "team" and (wanted.team is None or staff.team(wanted.team) is None):
        yield DataFault("team", "Choose a team", "")
    yield from _late_or_empty(wanted)


def _late_or_empty(wanted: SampleWanted) -> Iterator[DataFault]:
    if not wanted.reason.strip():
        yield DataFault("reason", "Enter what the audit is about", "")
    if end_of_london_day(wanted.until) <= now():
        yield DataFault("until", "The last day is over already", "")
    elif wanted.until > last_day("auditor"):
        yield DataFault("until", "It lasts no longer than the day given here. Choose an earlier one", "")


def _there_are(wanted: SampleWanted) -> list[UUID]:
    """All records of that kind which this auditor may be given: whatever stands between them bars, or is given already."""
    without = {one.record for one in ties.in_force_for(wanted.auditor, now())}
    if wanted.of == "plan":
        return samples.with_plan(without)
    if wanted.of == "closed":
        return samples.closed_since(now() - timedelta(days=wanted.days or 0), without)
    return samples.open_cases(without, wanted.team if wanted.of == "team" else None)


def _give(actor: Actor, wanted: SampleWanted, records: list[UUID]) -> None:
    at, until = now(), end_of_london_day(wanted.until)
    for record in records:
        ties.add(
            ties.NewTie(
                wanted.auditor, record, "auditor", at, until, wanted.reason.strip(), actor.id, given_at=at
            )
        )
    write_access(actor, sorted(records), ALLOWED, page=PAGE, what=DRAWN)


def _auditors() -> tuple[Named, ...]:
    roles = role_book().with_right(AUDITS)
    return tuple(Named(one.id, one.name) for one in staff.active_staff() if one.role in roles)


def _together(one: TieRow) -> tuple[object, ...]:
    """What the ties of one sample have in common."""
    return one.staff, one.given_by, one.since, one.until, one.reason


def _samples(found: Iterable[TieRow]) -> list[Sample]:
    groups: dict[tuple[object, ...], list[TieRow]] = defaultdict(list)
    for one in found:
        groups[(*_together(one), one.ended_at)].append(one)
    return [_sample(group) for group in groups.values()]


def _sample(group: list[TieRow]) -> Sample:
    first = min(group, key=lambda one: one.id)
    return Sample(
        tie=first.id,
        auditor=first.staff_name,
        number=len(group),
        reason=first.reason,
        since=first.since,
        until=first.ended_at or first.until or first.since,
        drawn_by=first.given_by_name,
        ended_by=first.ended_by_name,
        is_over=not first.is_in_force(now()),
    )


def _at(field: str, reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault(field, reason, ""),))
