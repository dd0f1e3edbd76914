"""Duties and notices: what must be done by when, for whom, whether it was, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cairn.core.calendar.deadline import Deadline, deadline
from cairn.core.calendar.moment import LONDON, start_of_london_day
from cairn.core.engine.applies import application
from cairn.core.engine.clocks import Clock, Course, Departed, course
from cairn.core.engine.departures import DEPARTED
from cairn.core.engine.instants import OPEN_STATES, Instants, State, is_late, state_of
from cairn.core.engine.intervals import Occurrence, occurrence_due
from cairn.core.engine.truth import matches_any
from cairn.core.engine.world import World
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.protocol.model import Duty, Source
from cairn.core.protocol.versions import NoRuleInForce, begins_by, version_on

__all__ = ["DEPARTED", "AlsoDue", "Departed", "DutyView", "duties", "london_day"]


@dataclass(frozen=True, slots=True)
class AlsoDue:
    """Another figure of the source for the same duty, with its own date."""

    within: str
    due: datetime
    source: Source


@dataclass(frozen=True, slots=True)
class DutyView:
    """One duty on one clock, with all that explains it.

    `key` names it for good: the provision, the event that started it all and, of a repeating
    duty, the act that this occurrence is counted from (which is `started_by`).
    `late` says that its time ran out before it was met or ended, whatever was recorded as the reason.
    `about` tells it from others of its kind, in the words of the record: which agency, which service; or ''.
    It may be personal, so it is worked out when it is read and kept nowhere.
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
    occurrence: int
    late: bool
    about: str

    @property
    def title(self) -> str:
        """What is to be done, and about which of several."""
        return f"{self.rule.title}: {self.about}" if self.about else self.rule.title

    @property
    def is_open(self) -> bool:
        """Still to be done, whether or not its time has passed or a reason was given."""
        return self.state in OPEN_STATES and self.met_by is None and self.ended_by is None

    @property
    def due(self) -> datetime | None:
        """The latest second (UTC) it is due, or None where no figure is given."""
        return self.instants.due[1] if self.instants.due else None

    def at(self, moment: datetime) -> DutyView:
        """The same duty with its state read at another time (UTC)."""
        state, missing = state_of(self.instants, moment)
        return replace(self, state=state, missing=missing, late=is_late(self.instants, moment))


def duties(world: World) -> list[DutyView]:
    """Every duty and notice of the record, the soonest due first; undated ones last."""
    found = [view for versions in world.protocol.duties.values() for view in _of_rule(versions, world)]
    return sorted(found, key=lambda view: (view.due is None, view.due or world.as_at, view.key))


def _of_rule(versions: Sequence[Duty], world: World) -> Iterator[DutyView]:
    during = versions[0].during
    for strand in world.standing.strands.values():
        if strand.kind == during:
            yield from _repeated(versions, strand, world)
    for kind in dict.fromkeys(start.event for version in versions for start in version.starts):
        for event in world.standing.by_type().get(kind, ()):
            view = _governed(versions, event, world, _Once(event, world).view)
            if view is not None:
                yield view


Build = Callable[[Duty, str], DutyView | None]


def _governed(versions: Sequence[Duty], since: Event, world: World, build: Build) -> DutyView | None:
    """The duty on one clock under the version that governs it; None where none does.

    Where the protocol has no version for the day, it can't be told what was due, and the view says so.
    """
    first = version_on(versions, since.happened_at.day)
    chosen = build(first, "") if isinstance(first, Duty) else None
    for version in versions:
        if begins_by(version, since.happened_at.day) or not _governs_open_clocks(version, world):
            continue
        taken = build(version, "")
        running = chosen or taken
        if running is not None and _running_on(running, version):
            chosen = taken
    if chosen is None and isinstance(first, NoRuleInForce):
        return build(versions[0], str(first))
    return chosen


def _governs_open_clocks(version: Duty, world: World) -> bool:
    return version.governs == "every open clock" and _begins(version) <= world.as_at


def _begins(version: Duty) -> datetime:
    return start_of_london_day(version.in_force_from or date.min)


def _running_on(view: DutyView, version: Duty) -> bool:
    """Whether a clock still ran, in time, on the version's first day: what is late stays late."""
    begins, instants = _begins(version), view.instants
    over = (instants.met.earliest if instants.met else None, instants.ended, view.due)
    return all(end is None or end >= begins for end in over)


@dataclass(frozen=True, slots=True)
class _Once:
    """Builds the duty on the clock that an event starts, under a version."""

    start: Event
    world: World

    def view(self, rule: Duty, fault: str) -> DutyView | None:
        begun = matches_any(rule.starts, self.start)
        if begun.truth == "no":
            return None
        within = None if fault else rule.within
        due = (
            deadline(self.start.happened_at, within, self.world.calendar, self.world.known_on)
            if within
            else None
        )
        clock = _clock(rule, self.start, self.start, due, fault or begun.missing, self.world)
        return _view(clock, self.world) if clock else None


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Builds one occurrence of a repeating duty, under a version."""

    strand: Strand
    since: Event
    number: int
    world: World

    def view(self, rule: Duty, fault: str) -> DutyView | None:
        built = self._until(rule, fault, None)
        if built is None or built.met_by is None or not rule.as_often_as:
            return built
        # How often it is to be done from then on has no bearing on what was done before.
        return self._until(rule, fault, built.met_by)

    def _until(self, rule: Duty, fault: str, met: Event | None) -> DutyView | None:
        occurrence = Occurrence(self.strand, self.since, self.number, met)
        due = None if fault else occurrence_due(rule, occurrence, self.world)
        clock = _clock(rule, self.strand.opener, self.since, due, fault, self.world, occurrence=self.number)
        return _view(clock, self.world) if clock else None


def _repeated(versions: Sequence[Duty], strand: Strand, world: World) -> Iterator[DutyView]:
    """Every closed occurrence and the open one, each counted from the act that met the last, as held."""
    since = strand.opener
    # Each act closes one occurrence, so there are never more than events.
    for number in range(1, len(world.standing.events) + 2):
        view = _governed(versions, since, world, _Occurrence(strand, since, number, world).view)
        if view is None:
            return
        yield view
        if view.met_by is None:
            return
        since = view.met_by


def _clock(
    rule: Duty,
    start: Event,
    since: Event,
    due: Deadline | None,
    doubt: str,
    world: World,
    *,
    occurrence: int = 0,
) -> Clock | None:
    """The clock, or None where its conditions never held."""
    facts = world.facts(start)
    applied = application(rule, facts, due, world)
    if applied is None:
        return None
    strand_end = facts.strand.ended if occurrence and facts.strand else None
    ends = [event for event in (applied.ceased, strand_end) if event is not None]
    return Clock(
        key=f"{rule.id}:{start.id}" + (f":{since.id}" if occurrence else ""),
        rule=rule,
        start=start,
        since=since,
        facts=facts,
        occurrence=occurrence,
        due=due,
        doubt=doubt or applied.doubt,
        ended=min(ends, key=lambda event: world.standing.place_of[event.id], default=None),
    )


def _view(clock: Clock, world: World) -> DutyView:
    became = course(clock)
    instants = _instants(clock, became, world)
    state, missing = state_of(instants, world.as_at)
    return DutyView(
        key=clock.key,
        rule=clock.rule,
        state=state,
        instants=instants,
        started_by=clock.since,
        strand=clock.facts.strand,
        deadline=clock.due,
        also=_also(clock, world),
        met_by=became.met,
        ended_by=became.ended,
        departed=became.departed,
        missing=missing,
        occurrence=clock.occurrence,
        late=is_late(instants, world.as_at),
        about=_about(clock, world),
    )


def _about(clock: Clock, world: World) -> str:
    """What the act that meets it must have in common with what started it."""
    names = dict.fromkeys(name for pattern in clock.rule.met_by for name in pattern.same)
    kind = world.vocabulary.events[clock.start.type]
    said = (world.answer(kind, name, clock.start.data.get(name)) for name in names)
    return ", ".join(filter(None, said))


def _instants(clock: Clock, became: Course, world: World) -> Instants:
    departed = None if became.date_moved else became.departed
    return Instants(
        started=clock.since.happened_at.earliest,
        due=became.due,
        met=became.met.happened_at if became.met else None,
        departed=departed.at.latest if departed else None,
        ended=became.ended.happened_at.earliest if became.ended else None,
        cannot_tell=world.words(became.cannot_tell),
    )


def _also(clock: Clock, world: World) -> tuple[AlsoDue, ...]:
    start = clock.since.happened_at
    return tuple(
        AlsoDue(
            str(reading.within),
            deadline(start, reading.within, world.calendar, world.known_on).due_latest,
            reading.source,
        )
        for reading in (clock.rule.also if clock.due else ())
    )


def london_day(instant: datetime) -> date:
    """The London date of an instant."""
    return instant.astimezone(LONDON).date()
