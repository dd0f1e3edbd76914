"""How a record came to be known: the times at which what is known changed, and what was shown before each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from cairn.core.calendar.moment import LONDON, end_of_london_day, start_of_london_day
from cairn.core.engine.departures import DEPARTED
from cairn.core.history.event import Event
from cairn.core.history.history import BORN, CORRECTED, DESCRIBED, WITHDRAWN
from cairn.core.history.mending import root_of

if TYPE_CHECKING:
    from cairn.core.engine.view import View

EVER, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
JUST_BEFORE = timedelta(microseconds=1)
MENDS = frozenset({CORRECTED, WITHDRAWN})
# What is true of days before it happened, or gives what was due another date.
REACHES_BACK = MENDS | {DESCRIBED, BORN, DEPARTED}


def steps_to_look_at(view: View) -> dict[datetime, View]:
    """The steps of knowledge that may take lateness away, in order, each with the record as shown just before it.

    What bears on no duty takes none away, whenever it was recorded. What was recorded at the end of the history takes
    none away unless something that it bears on fell due between its happening and its recording, and was not over
    before: until it happened the record was the same, and time takes none away.
    """
    announced, bears = _announced(view), _bears_on(view)
    appended = {step: first for step, first in _appended(view, bears).items() if step not in announced}
    others = sorted((announced | {step for step, duties in bears.items() if duties}) - appended.keys())
    shown = {step: _just_before(view, step) for step in others}
    wanted = set(others)
    for since, until in zip((EVER, *others), (*others, None), strict=True):
        dues = _dues(shown[until] if until else view)
        wanted |= {
            step
            for step, happened in appended.items()
            if since < step and (until is None or step < until)
            if any(_fell_due(dues.get(duty, ()), happened, step) for duty in bears[step])
        }
    return {step: shown.get(step) or _just_before(view, step) for step in sorted(wanted)}


def _bears_on(view: View) -> dict[datetime, set[str]]:
    """The duties, by their provision, that what was recorded at each step may change.

    A correction or withdrawal bears on what the entry does that it is about in the end.
    """
    known = {event.id: event for event in _known(view)}
    mends = {event.id: _mended_by(event) for event in known.values() if event.type in MENDS}
    found: dict[datetime, set[str]] = {}
    for event in known.values():
        about = known.get(root_of(event.id, mends), event)
        found.setdefault(event.recorded_at, set()).update(
            duty for duty, types in view.procedures.bearing.items() if about.type in types
        )
    return found


def _mended_by(event: Event) -> str:
    return str(event.data.get("corrects") or event.data.get("withdraws"))


def _just_before(view: View, step: datetime) -> View:
    known = step - JUST_BEFORE
    return view.at(as_at=min(known, view.world.as_at), known_at=known)


# When a duty was or is due, and when it was over: in order.
Dues = Sequence[tuple[datetime, datetime]]


def _dues(view: View) -> Mapping[str, Dues]:
    """The dues of every duty, by its provision, whether or not a departure has moved the date."""
    found: dict[str, set[tuple[datetime, datetime]]] = {}
    for duty in view.duties:
        met, ended = duty.instants.met, duty.instants.ended
        over = min(met.latest if met else NEVER, ended or NEVER)
        dues = found.setdefault(duty.rule.id, set())
        dues.update((due, over) for due in duty.instants.due or ())
        if duty.deadline:
            dues.update((due, over) for due in (duty.deadline.due.earliest, duty.deadline.due.latest))
    return {provision: sorted(dues) for provision, dues in found.items()}


def _fell_due(dues: Dues, happened: datetime, step: datetime) -> bool:
    """Whether something fell due between the two that was not over before the first."""
    between = dues[bisect_left(dues, (happened, EVER)) : bisect_left(dues, (step, EVER))]
    return any(over >= happened for _, over in between)


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


def _appended(view: View, bears: Mapping[datetime, set[str]]) -> dict[datetime, datetime]:
    """The steps at which only the end of the history grew, each with the earliest happening of what was recorded.

    The history is here what bears on any duty: a note typed in of last month leaves it as it was.
    """
    found: dict[datetime, datetime] = {}
    end: datetime | None = None
    named: set[str] = set()
    bearing = sorted((event for event in _known(view) if bears[event.recorded_at]), key=_recorded)
    for step, group in groupby(bearing, key=_recorded):
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
    return event.type not in REACHES_BACK and event.id not in named


def _names(event: Event) -> Iterator[str]:
    if event.strand is not None:
        yield event.strand
    if event.type in MENDS:
        yield _mended_by(event)


def _ends(events: Iterable[Event]) -> Iterator[datetime]:
    """Up to when the history reaches with these events; a correction may move one to any time of its own day."""
    for event in events:
        yield event.happened_at.latest
        if event.type in MENDS:
            yield end_of_london_day(event.recorded_at.astimezone(LONDON).date())
