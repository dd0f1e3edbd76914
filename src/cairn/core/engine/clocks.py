"""What became of one clock: the act that met it, what ended it, who departed from it, and what can't be told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import groupby

from cairn.core.calendar.deadline import Deadline
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import Moment, end_of_london_day
from cairn.core.engine.departures import departures
from cairn.core.engine.facts import Facts
from cairn.core.engine.instants import HOUR_UNKNOWN
from cairn.core.engine.truth import matches_any
from cairn.core.history.event import Event
from cairn.core.protocol.model import Duty

Due = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Departed:
    """A recorded departure: why, by whom, when, and the new date where the rule let it move."""

    reason: str
    by: str
    at: Moment
    event: str
    new_day: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """One running of a duty: `start` is the event that began it all, `since` the act it is counted from.

    They differ in a repeating duty after its first occurrence. `ended` is what ended it from without:
    the end of its strand, or of its conditions.
    """

    key: str
    rule: Duty
    start: Event
    since: Event
    facts: Facts
    occurrence: int
    due: Deadline | None
    doubt: str
    ended: Event | None


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a clock. `cannot_tell` names the missing fact, or is empty."""

    met: Event | None
    ended: Event | None
    departed: Departed | None
    due: Due | None
    cannot_tell: str

    @property
    def date_moved(self) -> bool:
        """Whether the departure gave a new date."""
        return self.departed is not None and self.departed.new_day is not None


def time_set(rule: Duty, start: Event) -> datetime | None:
    """The last second (UTC) of the time that people set in the event that started a clock; None where they set none."""
    given = start.data.get(rule.set_in)
    moment = parse_moment(given) if isinstance(given, str) else None
    return moment.latest if isinstance(moment, Moment) else None


def _first_due(clock: Clock) -> Due | None:
    """When it is due before anybody departs from it: as people set it, but no later than the figure."""
    figure = (clock.due.due_earliest, clock.due.due_latest) if clock.due else None
    chosen = time_set(clock.rule, clock.start)
    if chosen is None or (figure is not None and figure[1] <= chosen):
        return figure
    return (chosen, chosen)


def course(clock: Clock) -> Course:
    """Follow a clock from its start to where the record leaves it."""
    ended = _ended(clock)
    met, unsure = _met(clock, ended)
    departed, due = _departed(clock, met)
    missing = clock.doubt or _missing(clock, met, ended, unsure, due)
    # What ended after it was done has no bearing on it.
    return Course(met, None if met else ended, departed, due, missing)


def surely_before(first: Event, second: Event) -> bool:
    """Whether every second in which the first may have happened comes before the second."""
    return first.happened_at.latest < second.happened_at.earliest


def _comes_after(clock: Clock, event: Event) -> bool:
    """Not surely before the clock started; after an act that met it, what stands later in the record."""
    if event.id == clock.start.id:
        return False
    if clock.occurrence > 1:
        place_of = clock.facts.standing.place_of
        return place_of[event.id] > place_of[clock.since.id]
    return not surely_before(event, clock.since)


def _in_order(clock: Clock, events: Iterable[Event]) -> list[Event]:
    place_of = clock.facts.standing.place_of
    later = {event.id: event for event in events if _comes_after(clock, event)}
    return sorted(later.values(), key=lambda event: place_of[event.id])


def _met(clock: Clock, ended: Event | None) -> tuple[Event | None, list[tuple[Event, str]]]:
    """The first act that meets the duty before it ended, and those before it of which it can't be told."""
    unsure: list[tuple[Event, str]] = []
    for event in _acts(clock):
        if ended is not None and surely_before(ended, event):
            break
        answer = matches_any(clock.rule.met_by, event, clock.start, clock.facts.subject)
        if answer.truth == "yes":
            return event, unsure
        if answer.truth == "unknown":
            unsure.append((event, answer.missing))
    return None, unsure


def _acts(clock: Clock) -> Iterator[Event]:
    """What may meet the duty, in the order it happened.

    Of a repeating one what stands before the act that met the last is not even looked at: there may be years of it.
    """
    place_of = clock.facts.standing.place_of
    since = place_of[clock.since.id] if clock.occurrence > 1 else -1

    def place(event: Event) -> int:
        return place_of[event.id]

    kinds = {(one.event, one.anywhere_in) for one in clock.rule.met_by}
    of_kind = [clock.facts.of_type(*kind) for kind in kinds]
    after = [acts[bisect_right(acts, since, key=place) :] for acts in of_kind]
    for _, same in groupby(merge(*after, key=place), key=place):
        event = next(same)
        if _comes_after(clock, event):
            yield event


def _ended(clock: Clock) -> Event | None:
    """The first of: what the rule says ends it, a decision that replaces the one it started with, its strand's end."""
    found = [event for event in _enders(clock) if matches_any(clock.rule.ends, event).truth == "yes"]
    found = [event for event in found if not _stood_before(event, clock)]
    found += [event for event in clock.facts.around(clock.start.type) if _replaces(event, clock)]
    ended = [event for event in found if _comes_after(clock, event)]
    if clock.ended is not None:
        ended.append(clock.ended)
    place_of = clock.facts.standing.place_of
    return min(ended, key=lambda event: place_of[event.id], default=None)


def _stood_before(event: Event, clock: Clock) -> bool:
    """Whether what would end the clock happened in the very second in which it started, and was recorded before."""
    place_of = clock.facts.standing.place_of
    same = event.happened_at == clock.since.happened_at and not event.happened_at.is_day
    return same and place_of[event.id] < place_of[clock.since.id]


def _enders(clock: Clock) -> Iterator[Event]:
    for pattern in clock.rule.ends:
        if pattern.anywhere_in == "strand":
            yield from clock.facts.around(pattern.event)
        else:
            yield from clock.facts.of_type(pattern.event, pattern.anywhere_in)


def _replaces(event: Event, clock: Clock) -> bool:
    """Whether a decision replaces the one that started the clock, and would not have started it."""
    if event.data.get("supersedes") != clock.start.id:
        return False
    return matches_any(clock.rule.starts, event).truth == "no"


def _departed(clock: Clock, met: Event | None) -> tuple[Departed | None, Due | None]:
    """The latest departure by a role that may, and the date as departures agreed in time moved it."""
    due = _first_due(clock)
    found: Departed | None = None
    for event in _departures(clock, met):
        new_day = _new_day(event, clock.rule, due)
        if new_day is not None:
            due = (end_of_london_day(new_day), end_of_london_day(new_day))
        found = Departed(
            reason=str(event.data["reason"]),
            by=f"{event.author.name}, {event.author.role}",
            at=event.happened_at,
            event=event.id,
            new_day=new_day,
        )
    return found, due


def _departures(clock: Clock, met: Event | None) -> Iterator[Event]:
    found = departures(clock.rule.id, clock.rule.departure, clock.facts)
    yield from (event for event in _in_order(clock, found) if _of_clock(event, clock, met))


def _of_clock(event: Event, clock: Clock, met: Event | None) -> bool:
    """A departure may name its duty; else, of a repeating one, it is from the occurrence that ran then."""
    named = event.data.get("duty")
    if named:
        return bool(named == clock.key)
    return not clock.occurrence or met is None or not surely_before(met, event)


def _new_day(event: Event, rule: Duty, due: Due | None) -> date | None:
    """The new date, where the rule lets it move and it was agreed before the old one had passed.

    Agreed later it says why, and the lateness stays.
    """
    given = event.data.get("new_date")
    if rule.departure is None or not rule.departure.moves_date or not isinstance(given, str) or not given:
        return None
    if due is not None and event.happened_at.surely_after(due[1]):
        return None
    return date.fromisoformat(given)


def _missing(
    clock: Clock, met: Event | None, ended: Event | None, unsure: list[tuple[Event, str]], due: Due | None
) -> str:
    """The fact without which it can't be told whether the duty was kept, or ''."""
    if met is not None and (due is None or met.happened_at.surely_by(due[0])):
        return ""
    in_time = [
        missing for event, missing in unsure if due is None or not event.happened_at.surely_after(due[1])
    ]
    in_time += _may_have_ended(clock, met, due)
    if in_time:
        return in_time[0]
    silent = clock.facts.not_known((pattern.event for pattern in clock.rule.met_by), clock.since)
    if silent:
        return silent
    return HOUR_UNKNOWN if met is None and ended is not None and _straddles(ended, due) else ""


def _may_have_ended(clock: Clock, met: Event | None, due: Due | None) -> Iterator[str]:
    """What is missing about events that may have ended the clock before its time had run out."""
    for event in _in_order(clock, _enders(clock)):
        answer = matches_any(clock.rule.ends, event)
        late = due is not None and event.happened_at.surely_after(due[1])
        if answer.truth == "unknown" and not late and (met is None or not surely_before(met, event)):
            yield answer.missing


def _straddles(ended: Event, due: Due | None) -> bool:
    """Whether it can't be told if the end came before the time had run out."""
    if due is None:
        return False
    at = ended.happened_at
    return not at.surely_by(due[0]) and not at.surely_after(due[1])
