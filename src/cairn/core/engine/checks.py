"""Agency checks (Peterborough 4.4, 4.9): each agency that was asked, how often, since when it is silent, what it said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import View
from cairn.core.history.event import Event

ASKED, CHASED, ANSWERED = "check.requested", "check.chased", "check.answered"


@dataclass(frozen=True, slots=True)
class Check:
    """One agency and what was asked of it.

    `asked` is None where it told us unasked. `again` holds every time it was asked after the first.
    """

    agency: str
    label: str
    name: str
    asked: Event | None
    again: tuple[Event, ...] = ()
    answers: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        """The entry that the check is known by: the first request, or what was told unasked."""
        return self.asked.id if self.asked else self.answers[0].id

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.asked is not None and not self.answers

    @property
    def times(self) -> int:
        """How often it was asked."""
        return len(self.again) + 1 if self.asked else 0

    @property
    def last_asked(self) -> Event | None:
        """The last time it was asked."""
        return self.again[-1] if self.again else self.asked

    @property
    def who(self) -> str:
        """The agency, with the person's or surgery's name where there is one."""
        return f"{self.label}, {self.name}" if self.name else self.label

    def silent_days(self, at: datetime) -> int:
        """How many days (of London) it has been silent at a time in UTC; 0 where nothing is waited for."""
        if self.asked is None or not self.is_open:
            return 0
        return max((at.astimezone(LONDON).date() - self.asked.happened_at.day).days, 0)

    def tells_of(self, section: str) -> bool:
        """Whether an answer is about a part of the assessment."""
        return any(section in (one.data.get("about") or ()) for one in self.answers)


@dataclass
class _Gathered:
    agency: str
    name: str
    asked: Event | None
    again: list[Event] = field(default_factory=list)
    answers: list[Event] = field(default_factory=list)


def checks(view: View, strand: str | None = None) -> tuple[Check, ...]:
    """Every check of a record, the one first asked first; with `strand`, those of that process and of what is in it."""
    standing = view.standing
    events = [
        event
        for event in standing.events
        if event.type in (ASKED, CHASED, ANSWERED)
        and (strand is None or strand in standing.path_of[event.id])
    ]
    return tuple(_check(view, one) for one in _gathered(events))


def open_checks(view: View) -> tuple[Check, ...]:
    """Those that are waited for, the longest silent first."""
    found = [
        (check.asked.happened_at.latest, check) for check in checks(view) if check.asked and check.is_open
    ]
    return tuple(check for _, check in sorted(found, key=lambda one: one[0]))


def _gathered(events: Iterable[Event]) -> list[_Gathered]:
    found: list[_Gathered] = []
    for event in events:
        mine = _belonging(found, event)
        if mine is None:
            mine = _Gathered(
                _said(event, "agency"), _said(event, "name"), event if event.type == ASKED else None
            )
            found.append(mine)
        elif event.type in (ASKED, CHASED):
            mine.again.append(event)
        if event.type == ANSWERED:
            mine.answers.append(event)
    return [one for one in found if one.asked or one.answers]


def _belonging(found: list[_Gathered], event: Event) -> _Gathered | None:
    """The check an event belongs to: the one it names; else the open one of the same agency and name, or agency."""
    named = _said(event, "check")
    if named:
        return next((one for one in found if _is_of(one, named)), None)
    waiting = [one for one in found if one.asked and not one.answers and one.agency == _said(event, "agency")]
    same = [one for one in waiting if one.name.casefold() == _said(event, "name").casefold()]
    if event.type == ASKED:
        return next(iter(same), None)
    return next(iter([*same, *waiting]), None)


def _is_of(one: _Gathered, named: str) -> bool:
    return any(event.id == named for event in (one.asked, *one.again) if event)


def _check(view: View, one: _Gathered) -> Check:
    kind = view.procedures.vocabulary.events[ASKED].field("agency")
    options = kind.options if kind else ()
    label = next((option.label for option in options if option.value == one.agency), one.agency)
    return Check(one.agency, label, one.name, one.asked, tuple(one.again), tuple(one.answers))


def _said(event: Event, name: str) -> str:
    return str(event.data.get(name) or "").strip()
