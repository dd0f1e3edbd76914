"""How a record came to be known: the times at which what is known changed, and what was shown before each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from cairn.core.calendar.moment import LONDON, end_of_london_day, start_of_london_day
from cairn.core.engine.departures import DEPARTED
from cairn.core.history.event import Event
from cairn.core.history.history import BORN, CORRECTED, DESCRIBED, WITHDRAWN

if TYPE_CHECKING:
    from cairn.core.engine.view import View

JUST_BEFORE = timedelta(microseconds=1)
MENDS = frozenset({CORRECTED, WITHDRAWN})
# What is true of days before it happened, or gives what was due another date.
REACHES_BACK = MENDS | {DESCRIBED, BORN, DEPARTED}


def steps_to_look_at(view: View) -> dict[datetime, View]:
    """The steps of knowledge that may take lateness away, in order, each with the record as shown just before it.

    What was recorded at the end of the history takes none away unless something fell due between its
    happening and its recording: until it happened the record was the same, and time takes none away.
    """
    announced = _announced(view)
    appended = {step: first for step, first in _appended(view).items() if step not in announced}
    others = sorted((announced | {event.recorded_at for event in _known(view)}) - appended.keys())
    shown = {step: _just_before(view, step) for step in others}
    wanted = set(others)
    for since, until in zip_longest(others, others[1:]):
        dues = _dues(shown[until] if until else view)
        for step, happened in appended.items():
            if (
                since < step
                and (until is None or step < until)
                and any(happened <= due < step for due in dues)
            ):
                wanted.add(step)
    return {step: shown.get(step) or _just_before(view, step) for step in sorted(wanted)}


def _just_before(view: View, step: datetime) -> View:
    known = step - JUST_BEFORE
    return view.at(as_at=min(known, view.world.as_at), known_at=known)


def _dues(view: View) -> set[datetime]:
    """When duties were or are due, whether or not a departure has moved the date."""
    found = {due for duty in view.duties if duty.instants.due for due in duty.instants.due}
    return found | {
        due
        for duty in view.duties
        if duty.deadline
        for due in (duty.deadline.due.earliest, duty.deadline.due.latest)
    }


def _announced(view: View) -> set[datetime]:
    """The times, since the first recording, at which a holiday was announced or withdrawn."""
    first = min((event.recorded_at for event in _known(view)), default=view.world.known_at)
    found = {
        start_of_london_day(day)
        for holiday in view.world.calendar.table.holidays
        for day in (holiday.announced_on, holiday.withdrawn_on)
        if day is not None
    }
    return {at for at in found if first < at <= view.world.known_at}


def _known(view: View) -> list[Event]:
    return [event for event in view.stream if event.recorded_at <= view.world.known_at]


def _appended(view: View) -> dict[datetime, datetime]:
    """The steps at which only the end of the history grew, each with the earliest happening of what was recorded."""
    found: dict[datetime, datetime] = {}
    end: datetime | None = None
    named: set[str] = set()
    for step, group in groupby(sorted(_known(view), key=_recorded), key=_recorded):
        together = list(group)
        first = min(event.happened_at.earliest for event in together)
        if end is not None and first > end and all(_only_grows(event, named) for event in together):
            found[step] = first
        end = max(_ends(together) if end is None else (end, *_ends(together)))
        named.update(name for event in together for name in _names(event))
    return found


def _recorded(event: Event) -> datetime:
    return event.recorded_at


def _only_grows(event: Event, named: set[str]) -> bool:
    """Whether an event leaves all before it as it was: what was named before it was recorded may not."""
    return event.type not in REACHES_BACK and not event.happened_at.is_day and event.id not in named


def _names(event: Event) -> Iterator[str]:
    if event.strand is not None:
        yield event.strand
    if event.type in MENDS:
        yield str(event.data.get("corrects") or event.data.get("withdraws"))


def _ends(events: Iterable[Event]) -> Iterator[datetime]:
    """Up to when the history reaches with these events; a correction may move one to any time of its own day."""
    for event in events:
        yield event.happened_at.latest
        if event.type in MENDS:
            yield end_of_london_day(event.recorded_at.astimezone(LONDON).date())
