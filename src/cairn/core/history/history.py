"""A record's stream read at a day and as known on a day: corrections, order, strands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import EventType, Vocabulary

CORRECTED = "event.corrected"
WITHDRAWN = "event.withdrawn"
DESCRIBED = "person.described"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose record it is: born on a day, or expected on one; both None where neither is known."""

    born: date | None = None
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """A process inside an episode: opened by an event, ended by another or still open.

    `path` holds the ids of the openers from the outermost to this one.
    """

    kind: str
    opener: Event
    path: tuple[str, ...]
    ended: Event | None = None

    @property
    def id(self) -> str:
        """The id of the event that opened it."""
        return self.opener.id


@dataclass(frozen=True)
class Standing:
    """The events that stand at a day as known on a day, in the order they happened, with their strands."""

    events: tuple[Event, ...]
    strands: Mapping[str, Strand]
    path_of: Mapping[str, tuple[str, ...]]
    subject: Subject

    def strand_of(self, event: Event) -> Strand | None:
        """The innermost strand the event opens or belongs to."""
        path = self.path_of[event.id]
        return self.strands[path[-1]] if path else None

    def scope(self, strand: Strand | None) -> tuple[Event, ...]:
        """What a rule of this strand sees: its own events, those of strands within it, and those
        of no strand that happened while it was open (so a child seen two years ago opens no gate).
        """
        if strand is None:
            return self.events
        return tuple(event for event in self.events if self._within(event, strand))

    def _within(self, event: Event, strand: Strand) -> bool:
        path = self.path_of[event.id]
        if path:
            return strand.id in path
        since = strand.opener.happened_at.earliest
        until = strand.ended.happened_at.latest if strand.ended else None
        return event.happened_at.latest >= since and (until is None or event.happened_at.earliest <= until)


def standing(
    events: Iterable[Event],
    vocabulary: Vocabulary,
    *,
    as_at: datetime,
    known_at: datetime,
    subject: Subject | None = None,
) -> Standing:
    """Read a stream as it stood at `as_at` and was known at `known_at` (both UTC).

    Nothing recorded after `known_at` has any part in the answer. Corrections replace what they
    correct, the latest recorded last; a withdrawn event is gone. Events of day precision count
    as happened once their day has begun.
    """
    known = [event for event in events if event.recorded_at <= known_at]
    whole = _subject_in(known, subject)
    stood = [event for event in _mended(known) if event.happened_at.earliest <= as_at]
    stood.sort(key=_order)
    strands, path_of = _strands(stood, vocabulary)
    return Standing(tuple(stood), strands, path_of, whole)


def _order(event: Event) -> tuple[datetime, datetime, int, str]:
    return (event.happened_at.latest, event.recorded_at, event.number, event.id)


def _mended(known: list[Event]) -> list[Event]:
    """The events with corrections put in and withdrawn ones left out.

    A correction or withdrawal may itself be withdrawn; then what it did is undone.
    """
    gone: set[str] = set()
    for event in sorted(known, key=lambda one: (one.recorded_at, one.number), reverse=True):
        if event.type == WITHDRAWN and event.id not in gone:
            gone.add(str(event.data.get("withdraws")))
    corrections = sorted(
        (event for event in known if event.type == CORRECTED and event.id not in gone),
        key=lambda one: (one.recorded_at, one.number),
    )
    by_target: dict[str, list[Event]] = {}
    for correction in corrections:
        by_target.setdefault(str(correction.data.get("corrects")), []).append(correction)
    return [
        _corrected(event, by_target.get(event.id, ()))
        for event in known
        if event.id not in gone and event.type not in (CORRECTED, WITHDRAWN)
    ]


def _corrected(event: Event, corrections: Iterable[Event]) -> Event:
    for correction in corrections:
        data = {**event.data, **(correction.data.get("data") or {})}
        at = correction.data.get("at")
        moment = parse_moment(at) if isinstance(at, str) else event.happened_at
        if isinstance(moment, TimeFault):
            raise ValueError(f"correction {correction.id} holds an impossible time: {moment.reason}")
        event = replace(event, data=data, happened_at=moment)
    return event


def _subject_in(known: list[Event], given: Subject | None) -> Subject:
    subject = given or Subject()
    for event in sorted(_mended(known), key=_order):
        if event.type == DESCRIBED:
            subject = Subject(
                _day(event.data.get("born")) or subject.born,
                _day(event.data.get("expected")) or subject.expected,
            )
        elif event.type == "child.born":
            subject = Subject(_day(event.data.get("born")) or event.happened_at.day, subject.expected)
    return subject


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _strands(
    events: list[Event], vocabulary: Vocabulary
) -> tuple[dict[str, Strand], dict[str, tuple[str, ...]]]:
    strands: dict[str, Strand] = {}
    path_of: dict[str, tuple[str, ...]] = {}
    for event in events:
        kind = vocabulary.events.get(event.type)
        if kind is None:
            raise ValueError(f"the vocabulary has no event type {event.type}")
        parent = _belongs_to(event, kind, strands)
        path = parent.path if parent else ()
        if kind.opens:
            path = (*path, event.id)
            strands[event.id] = Strand(kind.opens, event, path)
        path_of[event.id] = path
        _end(event, kind, strands, path)
    return strands, path_of


def _belongs_to(event: Event, kind: EventType, strands: Mapping[str, Strand]) -> Strand | None:
    if event.strand is not None:
        return strands.get(event.strand)
    found = open_for(kind, strands, event.happened_at)
    return found[0] if len(found) == 1 else None


def open_for(kind: EventType, strands: Mapping[str, Strand], at: Moment) -> list[Strand]:
    """The strands an event of this type and time may belong to: those of the nearest kind there is."""
    for wanted in kind.within:
        found = candidates(wanted, strands, at)
        if found:
            return found
    return []


def candidates(kind: str, strands: Mapping[str, Strand], at: Moment) -> list[Strand]:
    """The strands an event of this time may belong to: the open ones, or else the only one there was."""
    of_kind = [
        one for one in strands.values() if one.kind == kind and one.opener.happened_at.earliest <= at.latest
    ]
    still_open = [
        one for one in of_kind if one.ended is None or not one.ended.happened_at.surely_by(at.earliest)
    ]
    return still_open or (of_kind if len(of_kind) == 1 else [])


def _end(event: Event, kind: EventType, strands: dict[str, Strand], path: tuple[str, ...]) -> None:
    if not kind.ends or not _ends_here(event, kind):
        return
    for strand in list(strands.values()):
        if strand.kind in kind.ends and strand.ended is None and _is_ended_by(event, strand, path):
            strands[strand.id] = replace(strand, ended=event)


def _ends_here(event: Event, kind: EventType) -> bool:
    return all(
        _values(event.data.get(field)) <= set(allowed) and event.data.get(field) is not None
        for field, allowed in (kind.ends_where or {}).items()
    )


def _values(value: object) -> set[object]:
    return set(value) if isinstance(value, list | tuple) else {value}


def _is_ended_by(event: Event, strand: Strand, path: tuple[str, ...]) -> bool:
    """An event of a strand ends its own strand and those within it; one of no strand ends them all."""
    return event.id != strand.id and (not path or bool(set(path) & set(strand.path)))
