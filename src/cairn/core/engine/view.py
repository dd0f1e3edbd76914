"""Deriving: one pure function from a history and a protocol to everything a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from cairn.core.calendar.moment import LONDON
from cairn.core.calendar.working_days import Calendar
from cairn.core.engine.bearing import bearing
from cairn.core.engine.duties import DutyView, duties
from cairn.core.engine.gates import RecordedWithout, Refusal, by_its_time, recorded_without, refusals
from cairn.core.engine.lateness import LatenessGone, lateness_gone
from cairn.core.engine.next_steps import OpenStep, Position, open_steps, positions
from cairn.core.engine.world import World
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand, Subject, standing
from cairn.core.history.impossible import NAMES, before_their_strand, mending_faults
from cairn.core.history.mending import CORRECTED, corrected_by, root_of
from cairn.core.people.possible import JUDGED, impossible_since
from cairn.core.protocol.model import Protocol
from cairn.core.vocabulary.model import Vocabulary


@dataclass(frozen=True)
class Procedures:
    """What histories are read under: the vocabulary, an authority's protocol and the calendar."""

    vocabulary: Vocabulary
    protocol: Protocol
    calendar: Calendar

    @cached_property
    def bearing(self) -> Mapping[str, frozenset[str]]:
        """For each duty, by its provision, the types of events that may change what becomes of it."""
        return bearing(self.protocol, self.vocabulary)


@dataclass(frozen=True)
class View:
    """A record as it stood at `as_at` and was known at `known_at` (UTC), with all that follows from it.

    `given` is what was said of the child beside the stream (a case file's `child`).
    Each part is worked out when it is first asked for, and never changes after.
    """

    world: World
    procedures: Procedures
    stream: tuple[Event, ...]
    given: Subject | None = None

    @property
    def standing(self) -> Standing:
        """The events that stand, and their strands."""
        return self.world.standing

    @cached_property
    def duties(self) -> tuple[DutyView, ...]:
        """Every duty and notice, the soonest due first."""
        return tuple(duties(self.world))

    @cached_property
    def open_duties(self) -> tuple[DutyView, ...]:
        """The duties still to be done."""
        return tuple(duty for duty in self.duties if duty.is_open)

    @cached_property
    def recorded_without(self) -> tuple[RecordedWithout, ...]:
        """What stands although a rule was not kept."""
        return tuple(recorded_without(self.world, self.procedures.vocabulary))

    @cached_property
    def next_steps(self) -> tuple[OpenStep, ...]:
        """What may or must come next."""
        return tuple(open_steps(self.world))

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Where the case stands on each flow chart."""
        return positions(self.world)

    @cached_property
    def lateness_gone(self) -> tuple[LatenessGone, ...]:
        """Each lateness that is no longer shown, and the correction, withdrawal, fact or holiday that took it."""
        return tuple(lateness_gone(self))

    @cached_property
    def open_strands(self) -> tuple[Strand, ...]:
        """The processes that have not ended."""
        return tuple(strand for strand in self.standing.strands.values() if strand.ended is None)

    def at(
        self,
        *,
        as_at: datetime | None = None,
        known_at: datetime | None = None,
        stream: Iterable[Event] | None = None,
    ) -> View:
        """The same stream at other times (UTC), or another stream of the same child."""
        return derive(
            self.stream if stream is None else stream,
            self.procedures,
            as_at=as_at or self.world.as_at,
            known_at=known_at or self.world.known_at,
            # As it was given: what is derived of the child may rest on what was not known then.
            subject=self.given,
        )


def derive(
    stream: Iterable[Event],
    procedures: Procedures,
    *,
    as_at: datetime,
    known_at: datetime | None = None,
    subject: Subject | None = None,
) -> View:
    """Derive a record's view. `as_at` and `known_at` are UTC; known-at defaults to as-at.

    Pure: at a fixed `known_at` nothing recorded later changes any answer.
    """
    events = tuple(stream)
    known = known_at or as_at
    stood = standing(events, procedures.vocabulary, as_at=as_at, known_at=known, subject=subject)
    world = World(stood, procedures.protocol, procedures.calendar, as_at, known, procedures.vocabulary)
    return View(world, procedures, events, subject)


def derive_present(stream: Iterable[Event], procedures: Procedures, *, at: datetime) -> View:
    """A record as it stands at present; `at` is what the clock says, in UTC.

    Where that is before its last entry was written, by another server's clock or by this one before it was set back,
    that instant is the present: nothing that was written is out of sight for as long as the clocks differ.
    """
    events = tuple(stream)
    return derive(events, procedures, as_at=max((at, *(event.recorded_at for event in events))))


def gates(view: View, candidate: Event) -> list[Refusal]:
    """Why the candidate would be refused on this record; empty where it would be taken."""
    vocabulary = view.procedures.vocabulary
    refused = [*refusals(view.world, candidate, vocabulary), *_mending(view, candidate)]
    return refused or list(_impossible(view, candidate))


def _impossible(view: View, candidate: Event) -> Iterator[Refusal]:
    """What would then be said of the child or those around them and cannot be: a second birth, an end before its start."""
    if candidate.type not in JUDGED:
        return
    known = max(view.world.known_at, candidate.recorded_at)
    before = view.at(as_at=known, known_at=known).standing
    # It comes last of all that is said of one instant, as it will once it is written.
    last = replace(candidate, number=len(view.stream) + 1)
    after = view.at(as_at=known, known_at=known, stream=(*view.stream, last)).standing
    title = view.procedures.vocabulary.events[candidate.type].title
    for fault in impossible_since(before.events, after.events, known.astimezone(LONDON).date()):
        yield Refusal("impossible", "", title, fault.sentence.rstrip("."), field=fault.field)


def _mending(view: View, candidate: Event) -> Iterator[Refusal]:
    """Why a correction or withdrawal cannot be: what it names is not there, or what it leaves could not be."""
    vocabulary, title = view.procedures.vocabulary, view.procedures.vocabulary.events[candidate.type].title
    known = {event.id: event for event in view.stream if event.recorded_at <= view.world.known_at}
    faults = list(mending_faults(candidate, known, vocabulary))
    for fault in faults:
        said = f"{fault.problem}; expected {fault.expected}"
        yield Refusal("impossible", "", title, said, field=fault.place)
    if candidate.type not in NAMES or faults:
        return
    mended = view.at(
        known_at=max(view.world.known_at, candidate.recorded_at), stream=(*view.stream, candidate)
    )
    before = {event.id for event, _ in before_their_strand(view.standing)}
    for event, strand in before_their_strand(mended.standing):
        if event.id not in before:
            said = f"{vocabulary.events[event.type].title} would then have happened before its {strand.kind}"
            yield Refusal("impossible", "", title, said, field="at")
    yield from _mended_by_its_time(view, mended, candidate)


def _mended_by_its_time(view: View, mended: View, candidate: Event) -> Iterator[Refusal]:
    """What the entry's own time would make impossible of what it then says, where that did not stand so before."""
    corrects = {one.id: corrected_by(one) for one in mended.stream if one.type == CORRECTED}
    target = root_of(candidate.id, corrects)
    said = [
        {
            refusal.missing: refusal
            for event in one.standing.events
            if event.id == target
            for refusal in by_its_time(
                one.standing.subject, event, view.procedures.vocabulary.events[event.type]
            )
        }
        for one in (view, mended)
    ]
    yield from (refusal for missing, refusal in said[1].items() if missing not in said[0])
