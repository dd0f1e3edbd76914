"""Duties and notices: what must be done by when, for whom, whether it was, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cairn.core.calendar.deadline import Deadline, deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.moment import LONDON, Moment, end_of_london_day
from cairn.core.engine.facts import Facts
from cairn.core.engine.instants import OPEN_STATES, Instants, State, state_of
from cairn.core.engine.truth import Answer, matches_any
from cairn.core.engine.world import World, holds
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.protocol.model import Duty, Source

DEPARTED = "departure.recorded"


@dataclass(frozen=True, slots=True)
class AlsoDue:
    """Another figure of the source for the same duty, with its own date."""

    within: str
    due: datetime
    source: Source


@dataclass(frozen=True, slots=True)
class Departed:
    """A recorded departure: why, by whom, when, and the new date where the rule lets it move."""

    reason: str
    by: str
    at: Moment
    event: str
    new_day: date | None


@dataclass(frozen=True, slots=True)
class DutyView:
    """One duty on one clock, with all that explains it.

    `key` names it for good: the provision, the event that started the clock and, of a
    repeating duty, the occurrence (from 1).
    """

    key: str
    rule: Duty
    state: State
    instants: Instants
    started_by: Event
    strand: Strand | None
    deadline: Deadline | None
    also: tuple[AlsoDue, ...]
    met_by: Event | None
    ended_by: Event | None
    departed: Departed | None
    missing: str
    occurrence: int = 0

    @property
    def is_open(self) -> bool:
        """Still to be done, whether or not its time has passed."""
        return self.state in OPEN_STATES

    @property
    def due(self) -> datetime | None:
        """The latest second (UTC) it is due, or None where no figure is given."""
        return self.instants.due[1] if self.instants.due else None

    def at(self, moment: datetime) -> DutyView:
        """The same duty with its state read at another time (UTC)."""
        state, missing = state_of(self.instants, moment)
        return replace(self, state=state, missing=missing)


def duties(world: World) -> list[DutyView]:
    """Every duty and notice of the record, the soonest due first; undated ones last."""
    found = [view for versions in world.protocol.duties.values() for view in _of_rule(versions, world)]
    return sorted(found, key=lambda view: (view.due is None, view.due or world.as_at, view.key))


def _of_rule(versions: Sequence[Duty], world: World) -> Iterator[DutyView]:
    if any(version.during for version in versions):
        for strand in world.standing.strands.values():
            yield from _repeated(versions, strand, world)
        return
    for event in world.standing.events:
        view = _once(versions, event, world)
        if view is not None:
            yield view


def _once(versions: Sequence[Duty], start: Event, world: World) -> DutyView | None:
    """The duty on the clock that `start` starts, under the version that governs it; None where none does."""
    governing = [version for version in versions if matches_any(version.starts, start).truth != "no"]
    chosen: DutyView | None = None
    for version in governing:
        begun = _begins_by(version, start.happened_at.day)
        if begun or (chosen is not None and _takes_over(version, chosen, world)):
            chosen = _clock(version, start, world)
    return chosen


def _begins_by(version: Duty, day: date) -> bool:
    return version.in_force_from is None or version.in_force_from <= day


def _takes_over(version: Duty, running: DutyView, world: World) -> bool:
    """A version that governs every open clock takes over those still open on its first day."""
    if version.governs != "every open clock" or version.in_force_from is None:
        return False
    begins = Moment.on_day(version.in_force_from).earliest
    return begins <= world.as_at and _open_at(running, begins)


def _open_at(view: DutyView, instant: datetime) -> bool:
    over = [view.instants.met.earliest if view.instants.met else None, view.instants.ended]
    return all(end is None or end >= instant for end in over)


def _clock(rule: Duty, start: Event, world: World) -> DutyView | None:
    facts = world.facts(start)
    applies = holds(rule, facts)
    begun = matches_any(rule.starts, start)
    if applies.truth == "no":
        return None
    doubt = begun.missing or applies.missing
    within = rule.within
    due = deadline(start.happened_at, within, world.calendar, world.known_on) if within else None
    return _view(rule, start, facts, due, world, doubt=doubt)


def _view(
    rule: Duty,
    start: Event,
    facts: Facts,
    due: Deadline | None,
    world: World,
    *,
    doubt: str = "",
    after: Event | None = None,
    occurrence: int = 0,
) -> DutyView:
    """Put one clock together. `after` is the act the clock is counted from where it is not the start."""
    since = after or start
    met, unsure = _first(rule, _following(facts, since))
    ended = _end(rule, facts, since)
    if met and ended and ended.happened_at.surely_by(met.happened_at.earliest) and _before(ended, met):
        met = None
    departed = _departure(rule, facts, since)
    silent = "" if met else facts.not_known(pattern.event for pattern in rule.met_by)
    instants = Instants(
        started=since.happened_at.earliest,
        due=_due(due, departed, rule),
        met=met.happened_at if met else None,
        departed=departed.at.latest if departed else None,
        ended=ended.happened_at.earliest if ended else None,
        cannot_tell=doubt or ("" if met else unsure or silent),
    )
    if rule.departure and rule.departure.moves_date and departed and not met:
        instants = replace(instants, departed=None)
    state, missing = state_of(instants, world.as_at)
    key = f"{rule.id}:{start.id}" + (f":{occurrence}" if occurrence else "")
    return DutyView(
        key=key,
        rule=rule,
        state=state,
        instants=instants,
        started_by=since,
        strand=facts.strand,
        deadline=due,
        also=_also(rule, since, world),
        met_by=met,
        ended_by=ended,
        departed=departed,
        missing=missing,
        occurrence=occurrence,
    )


def _before(first: Event, second: Event) -> bool:
    return first.happened_at.latest < second.happened_at.earliest


def _following(facts: Facts, since: Event) -> list[Event]:
    """The events in scope that did not surely happen before the clock started."""
    return [
        event
        for event in facts.events()
        if event.id != since.id and event.happened_at.latest >= since.happened_at.earliest
    ]


def _first(rule: Duty, events: Iterable[Event]) -> tuple[Event | None, str]:
    """The first event that meets the duty; failing one, the fact that is missing about the first that may."""
    unsure = ""
    for event in events:
        answer: Answer = matches_any(rule.met_by, event)
        if answer.truth == "yes":
            return event, ""
        unsure = unsure or answer.missing
    return None, unsure


def _end(rule: Duty, facts: Facts, since: Event) -> Event | None:
    for event in _following(facts, since):
        if matches_any(rule.ends, event).truth == "yes":
            return event
    return None


def _departure(rule: Duty, facts: Facts, since: Event) -> Departed | None:
    """The latest departure recorded for this rule by a role that may; the reason stays with the duty."""
    if rule.departure is None:
        return None
    found: Departed | None = None
    for event in _following(facts, since):
        if event.type != DEPARTED or event.data.get("provision") != rule.id:
            continue
        if event.author.role in rule.departure.by and event.data.get("reason"):
            new_day = event.data.get("new_date")
            found = Departed(
                reason=str(event.data["reason"]),
                by=f"{event.author.name}, {event.author.role}",
                at=event.happened_at,
                event=event.id,
                new_day=date.fromisoformat(new_day) if isinstance(new_day, str) else None,
            )
    return found


def _due(due: Deadline | None, departed: Departed | None, rule: Duty) -> tuple[datetime, datetime] | None:
    moves = rule.departure is not None and rule.departure.moves_date
    if moves and departed and departed.new_day:
        end = end_of_london_day(departed.new_day)
        return (end, end)
    return (due.due_earliest, due.due_latest) if due else None


def _also(rule: Duty, since: Event, world: World) -> tuple[AlsoDue, ...]:
    return tuple(
        AlsoDue(
            str(reading.within),
            deadline(since.happened_at, reading.within, world.calendar, world.known_on).due_latest,
            reading.source,
        )
        for reading in rule.also
    )


def _repeated(versions: Sequence[Duty], strand: Strand, world: World) -> Iterator[DutyView]:
    """Every closed occurrence and the open one, each counted from the act that met the last, as held."""
    start = strand.opener
    since = start
    occurrence = 0
    while True:
        rule = _version_on(versions, since.happened_at.day)
        if rule is None or rule.during != strand.kind:
            return
        facts = world.facts(start)
        applies = holds(rule, facts)
        if applies.truth == "no":
            return
        occurrence += 1
        due = _repeat_due(rule, since, occurrence, world)
        view = _view(
            rule, start, facts, due, world, doubt=applies.missing, after=since, occurrence=occurrence
        )
        yield _with_strand_end(view, strand, world)
        if view.met_by is None:
            return
        since = view.met_by


def _version_on(versions: Sequence[Duty], day: date) -> Duty | None:
    begun = [version for version in versions if _begins_by(version, day)]
    return begun[-1] if begun else None


def _repeat_due(rule: Duty, since: Event, occurrence: int, world: World) -> Deadline | None:
    """`within` is the first interval where the rule gives one; `every` the rest."""
    interval: Duration | None = rule.within if occurrence == 1 and rule.within else rule.every
    if interval is None:
        return None
    return deadline(since.happened_at, interval, world.calendar, world.known_on)


def _with_strand_end(view: DutyView, strand: Strand, world: World) -> DutyView:
    """A duty that lasts as long as its strand ends with it."""
    if strand.ended is None or view.met_by is not None or view.ended_by is not None:
        return view
    instants = replace(view.instants, ended=strand.ended.happened_at.earliest)
    state, missing = state_of(instants, world.as_at)
    return replace(view, instants=instants, ended_by=strand.ended, state=state, missing=missing)


def london_day(instant: datetime) -> date:
    """The London date of an instant."""
    return instant.astimezone(LONDON).date()
