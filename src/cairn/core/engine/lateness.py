"""Lateness is kept: it goes only by a correction, a withdrawal, a fact that happened in time or a changed calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from cairn.core.calendar.deadline import deadline, moved_by_announcement
from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.moment import LONDON, start_of_london_day
from cairn.core.engine.duties import DutyView
from cairn.core.engine.instants import LATE_STATES, state_of
from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED, WITHDRAWN

if TYPE_CHECKING:
    from cairn.core.engine.view import View

Cause = Literal["correction", "withdrawal", "a fact that happened in time", "a changed calendar"]
JUST_BEFORE = timedelta(microseconds=1)


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
    """Every lateness that was shown once and is not now, the view's own times kept."""
    now = {duty.key: duty for duty in view.duties}
    yield from _by_late_recording(view, now)
    yield from _by_calendar(view, now)
    yield from _by_mending(view, now)


def _by_late_recording(view: View, now: Mapping[str, DutyView]) -> Iterator[LatenessGone]:
    """Met in time, but written down only after it was due: until then it was overdue as known."""
    for duty in now.values():
        if duty.state == "met" and duty.met_by and duty.due and duty.met_by.recorded_at > duty.due:
            yield LatenessGone(
                duty.key, duty.rule.title, duty.due, "a fact that happened in time", event=duty.met_by
            )


def _by_calendar(view: View, now: Mapping[str, DutyView]) -> Iterator[LatenessGone]:
    """Late by the holidays known when the clock started, in time by those announced since."""
    for duty in now.values():
        if duty.deadline is None or duty.state in LATE_STATES:
            continue
        started = duty.started_by.recorded_at.astimezone(LONDON).date()
        moved = moved_by_announcement(
            duty.deadline.start, duty.deadline.within, view.world.calendar, started, view.world.known_on
        )
        if not moved:
            continue
        before = deadline(duty.deadline.start, duty.deadline.within, view.world.calendar, started)
        announced = [start_of_london_day(one.announced_on) for one in moved if one.announced_on]
        was_known_late = max(announced, default=view.world.known_at) > before.due_latest
        if was_known_late:
            yield LatenessGone(
                duty.key, duty.rule.title, before.due_latest, "a changed calendar", holidays=moved
            )


def _by_mending(view: View, now: Mapping[str, DutyView]) -> Iterator[LatenessGone]:
    """Late just before a correction or withdrawal was recorded, and not late after it."""
    mended = [
        event
        for event in view.stream
        if event.type in (CORRECTED, WITHDRAWN) and event.recorded_at <= view.world.known_at
    ]
    for event in mended:
        before = event.recorded_at - JUST_BEFORE
        then = view.at(as_at=min(before, view.world.as_at), known_at=before)
        for duty in then.duties:
            if duty.state in LATE_STATES and duty.due and not _still_late(now.get(duty.key)):
                cause: Cause = "correction" if event.type == CORRECTED else "withdrawal"
                yield LatenessGone(duty.key, duty.rule.title, duty.due, cause, event=event)


def _still_late(duty: DutyView | None) -> bool:
    return duty is not None and duty.state in LATE_STATES


def next_change(duties: tuple[DutyView, ...], after: datetime) -> datetime | None:
    """The next instant (UTC) at which an open duty's state changes by time alone."""
    soon = [
        instant
        for duty in duties
        if duty.is_open and duty.instants.due
        for instant in duty.instants.due
        if instant > after and state_of(duty.instants, after)[0] != "met"
    ]
    return min(soon, default=None)
