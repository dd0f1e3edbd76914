"""Lateness is kept: it goes only by a correction, a withdrawal, a fact that happened in time or a changed calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Literal

from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.moment import LONDON, start_of_london_day
from cairn.core.engine.duties import DutyView
from cairn.core.engine.instants import state_of
from cairn.core.engine.knowledge import JUST_BEFORE, steps_to_look_at
from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED, DESCRIBED, WITHDRAWN

if TYPE_CHECKING:
    from cairn.core.engine.view import View

Cause = Literal["correction", "withdrawal", "a fact that happened in time", "a changed calendar"]
ONE_SECOND = timedelta(seconds=1)
# To describe a person anew is to correct what was known of them.
CAUSES: Mapping[str, Cause] = {CORRECTED: "correction", DESCRIBED: "correction", WITHDRAWN: "withdrawal"}


@dataclass(frozen=True, slots=True)
class LatenessGone:
    """A duty that was late as known before, and what took the lateness away."""

    key: str
    title: str
    was_due: datetime
    cause: Cause
    event: Event | None = None
    holidays: tuple[Holiday, ...] = ()


def lateness_gone(view: View) -> Iterator[LatenessGone]:
    """Every lateness that was shown once and is not now, with what took it away last.

    The record is read as it was shown just before each time at which something was recorded or a
    holiday announced. Between two such times only time passes, and time takes no lateness away.
    """
    now = _late(view)
    found: dict[str, LatenessGone] = {}
    for (_, before), (step, after) in pairwise(_as_shown(view)):
        for key in before.keys() - after.keys() - now.keys():
            found[key] = _gone(view, key, before[key], step)
    yield from sorted(found.values(), key=lambda gone: (gone.was_due, gone.key))


# By the duty's key, its title and when it had been due.
Late = Mapping[str, tuple[str, datetime]]


def _as_shown(view: View) -> Iterator[tuple[datetime, Late]]:
    """Each step that may take lateness away, with what was late just before the next (after the last: now)."""
    shown = steps_to_look_at(view)
    for step, following in zip_longest(shown, list(shown)[1:]):
        yield step, _late(shown[following] if following else view)


def _late(view: View) -> Late:
    return {
        duty.key: (duty.rule.title, duty.due) for duty in view.duties if duty.late and duty.due is not None
    }


def _gone(view: View, key: str, was: tuple[str, datetime], step: datetime) -> LatenessGone:
    event = _taken_away_by(view, key, step)
    if event is not None:
        return LatenessGone(key, *was, CAUSES.get(event.type, "a fact that happened in time"), event)
    days = [at.astimezone(LONDON).date() for at in (step - JUST_BEFORE, step)]
    holidays = view.world.calendar.changed_between(*days)
    return LatenessGone(key, *was, "a changed calendar", holidays=holidays)


def _taken_away_by(view: View, key: str, step: datetime) -> Event | None:
    """Of what was recorded at one time, the event with which the lateness is gone; None for the calendar."""
    earlier = [event for event in view.stream if event.recorded_at < step]
    together = [event for event in view.stream if event.recorded_at == step]
    together.sort(key=lambda event: (event.number, event.id))
    as_at = min(step, view.world.as_at)

    def still_late(number: int) -> bool:
        then = view.at(as_at=as_at, known_at=step, stream=(*earlier, *together[:number]))
        return key in _late(then)

    number = next((n for n in range(len(together)) if not still_late(n)), len(together))
    return together[number - 1] if number else None


def next_change(duties: tuple[DutyView, ...], after: datetime) -> datetime | None:
    """The next instant (UTC) at which an open duty's state changes by time alone.

    It becomes due today as its day begins, and overdue a second after its last.
    """
    soon = [
        instant
        for duty in duties
        if duty.is_open
        for instant in _changes(duty)
        if instant > after and state_of(duty.instants, instant) != state_of(duty.instants, after)
    ]
    return min(soon, default=None)


def _changes(duty: DutyView) -> Iterator[datetime]:
    if duty.instants.due is None:
        return
    earliest, latest = duty.instants.due
    yield start_of_london_day(latest.astimezone(LONDON).date())
    yield earliest + ONE_SECOND
    yield latest + ONE_SECOND
