"""What those who guard access read and answer: alerts, each with what was done, by whom, and by when somebody has to look.

They see the number of a record, and never what is in it. An alert is answered by somebody who is neither the person it
is about nor of their team; there is one list of them for the whole authority, and no manager answers for their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.breaking_glass import reason_words
from cairn.application.door import write_access
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.rights import limits, role_book
from cairn.core.access.decide import decide_right
from cairn.core.access.facts import Decision
from cairn.core.access.roles import Right
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.check import DataFault
from cairn.records import access_log, alerts, staff, ties
from cairn.records.alerts import ONE_MATTER, AlertRow
from cairn.records.sight import barred

RIGHT: Final[Right] = "guards access"
VERDICTS: Final = {
    "in_order": "In order",
    "not_in_order": "Not in order",
    "look_into": "To be looked into further",
}
NOT_THERE = Refused("not found", "There is no such alert, or it is not one you may answer")
# Rows of the log are written just before the alert that is raised in the same request.
BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert: its kind, about whom, on which record, by when it is to be answered, and how it was."""

    id: UUID
    number: str
    kind: str
    raised_at: datetime
    name: str
    role: str
    team: str
    record_number: str
    due: date
    is_overdue: bool
    closed_at: datetime | None
    closed_by: str
    verdict: str
    words: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that the person did with the record, from the access log: when (UTC), what, on which page."""

    at: datetime
    what: str
    page: str
    allowed: bool
    reason: str
    relied_on: str


@dataclass(frozen=True)
class AlertsPage:
    """Those that wait for an answer, the oldest first, and those answered, the last one first."""

    waiting: tuple[AlertLine, ...]
    answered: tuple[AlertLine, ...]


@dataclass(frozen=True)
class AlertPage:
    """One alert, with the reason that was given and everything the person did with that record meanwhile."""

    line: AlertLine
    reason: str
    words: str
    until: datetime | None
    closed_early: datetime | None
    done: tuple[Done, ...]


def guards(actor: Actor) -> bool:
    """Whether this person's role answers alerts."""
    return RIGHT in actor.rights


def waiting(actor: Actor) -> int:
    """How many alerts wait for an answer, for the navigation of those who give it."""
    return sum(1 for _ in _visible(actor, alerts.open_alerts()))


def alerts_page(actor: Actor) -> AlertsPage | Refused:
    """All alerts, for those who guard access. That their numbers were read is in each record's log."""
    refused = refused_guard(actor, page="alerts")
    if refused is not None:
        return refused
    standing, answered = (list(_visible(actor, found)) for found in (alerts.open_alerts(), alerts.answered()))
    with transaction.atomic():
        shown = list(dict.fromkeys(one.record for one in standing))
        write_access(actor, shown, Decision(allowed=True, relied_on=RIGHT), page="alerts", what="list")
    return AlertsPage(_lines(actor, standing), _lines(actor, answered))


def alert_page(actor: Actor, alert: UUID) -> AlertPage | Refused:
    """One alert with what was done. Logged on the record it is about."""
    refused = refused_guard(actor, page="alert")
    if refused is not None:
        return refused
    found = next(iter(_visible(actor, filter(None, [alerts.alert(alert)]))), None)
    if found is None:
        return NOT_THERE
    with transaction.atomic():
        allowed = Decision(allowed=True, relied_on=RIGHT)
        write_access(actor, [found.record], allowed, page="alert", what="list")
        return _page(actor, found)


def answer(actor: Actor, alert: UUID, verdict: str, words: str) -> AlertLine | Refused:
    """Answer an alert. Refused for the person it is about, for their team, without a verdict or words, and twice."""
    with transaction.atomic():
        refused = refused_guard(actor, page="alert")
        if refused is not None:
            return refused
        found = next(iter(_visible(actor, filter(None, [alerts.alert(alert)]))), None)
        if found is None:
            return NOT_THERE
        why_not = _why_not(actor, found)
        if why_not:
            denied = Decision(allowed=False, reason=why_not)
            write_access(actor, [found.record], denied, page="alert", what="refused")
            return Refused("not allowed", why_not, "Leave it to somebody else who guards access.")
        faults = _faults(verdict, words)
        if faults:
            return Refused("not taken", "Something is missing", faults=faults)
        if not alerts.close(alert, actor.id, now(), verdict, words.strip()):
            return Refused("not taken", f"{found.number} was answered already, by {found.closed_by_name}")
        allowed = Decision(allowed=True, relied_on=RIGHT)
        write_access(actor, [found.record], allowed, page="alert", what="alert answered")
        closed = alerts.alert(alert)
        return _lines(actor, [closed or found])[0]


def refused_guard(actor: Actor, *, page: str) -> Refused | None:
    """Why this person does not guard access; None where they do. That they tried is in the access log."""
    decision = decide_right(actor.facts, RIGHT, tuple(role_book().with_right(RIGHT)))
    if decision.allowed:
        return None
    write_access(actor, [], decision, page=page, what="refused")
    return Refused("not allowed", decision.reason, decision.how_to_ask)


def due_of(raised_at: datetime) -> date:
    """The last day for an answer: so many working days after it was raised, by London's day."""
    day = raised_at.astimezone(LONDON).date()
    return in_use().calendar.add_working_days(day, limits().break_glass.reviewed_within_working_days, day)


def _visible(actor: Actor, found: Iterable[AlertRow]) -> Iterable[AlertRow]:
    """Without those about the reader, and about records that for the reader do not exist."""
    out_of_sight = barred() | frozenset(map(UUID, actor.facts.barred))
    return (one for one in found if one.about != actor.id and one.record not in out_of_sight)


def _why_not(actor: Actor, found: AlertRow) -> str:
    if found.about == actor.id:
        return "An alert about oneself is answered by somebody else"
    if actor.team is not None and found.about_team == actor.team:
        return f"{found.about_name} is of your team: somebody outside it answers"
    return ""


def _faults(verdict: str, words: str) -> tuple[DataFault, ...]:
    missing = (
        ("verdict", verdict not in VERDICTS, "Choose what you found"),
        ("words", not words.strip(), "Say what you looked at and what you found"),
    )
    return tuple(DataFault(field, said, "") for field, is_missing, said in missing if is_missing)


def _lines(actor: Actor, found: Iterable[AlertRow]) -> tuple[AlertLine, ...]:
    rows, today = list(found), now().astimezone(LONDON).date()
    people = staff.people({one.about for one in rows}) if rows else {}
    return tuple(
        AlertLine(
            id=one.id,
            number=one.number,
            kind=one.kind,
            raised_at=one.raised_at,
            name=one.about_name,
            role=one.about_role,
            team=people[one.about].team_name,
            record_number=one.record_number,
            due=due_of(one.raised_at),
            is_overdue=one.closed_at is None and today > due_of(one.raised_at),
            closed_at=one.closed_at,
            closed_by=one.closed_by_name,
            verdict=VERDICTS.get(one.verdict, one.verdict),
            words=one.words,
            why_not=_why_not(actor, one),
        )
        for one in rows
    )


def _page(actor: Actor, found: AlertRow) -> AlertPage:
    tie = ties.tie(found.tie) if found.tie else None
    until = (tie.ended_at or tie.until) if tie and tie.until else found.raised_at + ONE_MATTER
    rows = access_log.of_actor(found.about, found.raised_at - BEFORE, until)
    return AlertPage(
        line=_lines(actor, [found])[0],
        reason=reason_words(tie.reason_kind) if tie else "",
        words=tie.reason if tie else "",
        until=tie.until if tie else None,
        closed_early=tie.ended_at if tie else None,
        done=tuple(
            Done(
                one.line.at,
                one.line.what,
                one.line.page,
                one.line.allowed,
                one.line.reason,
                one.line.relied_on,
            )
            for one in rows
            if found.record in one.line.records
        ),
    )
