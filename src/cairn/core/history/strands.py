"""Strands: which process each event belongs to, what opened it and what ended it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import EventType, Vocabulary


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

    def was_open(self, at: Moment) -> bool:
        """Whether it may have been open at that time: it was neither surely over nor surely yet to open."""
        if at.latest < self.opener.happened_at.earliest:
            return False
        return self.ended is None or at.earliest <= self.ended.happened_at.latest


class Placing:
    """Places each of a record's events (in the order they happened) in its strand."""

    def __init__(self, events: Iterable[Event], vocabulary: Vocabulary) -> None:
        self.strands: dict[str, Strand] = {}
        self.path_of: dict[str, tuple[str, ...]] = {}
        self._types = vocabulary.events
        ordered = list(events)
        self._openers = {event.id: event for event in ordered if self._type(event).opens}
        # One whose hour is not known stands at the end of its day, after what it opened the way for.
        self._of_a_day = [event for event in self._openers.values() if event.happened_at.is_day]
        for event in ordered:
            self._place(event)

    def _type(self, event: Event) -> EventType:
        kind = self._types.get(event.type)
        if kind is None:
            raise ValueError(f"the vocabulary has no event type {event.type}")
        return kind

    def _place(self, event: Event) -> None:
        if event.id in self.path_of:
            return
        # Set at once, for two openers may each name the other.
        self.path_of[event.id] = ()
        for opener in self._opened_before(event):
            self._place(opener)
        kind = self._type(event)
        path = self._belongs_to(event, kind)
        self._end(event, kind, path)
        if kind.opens and (not path or path[0] in self.strands):
            path = (*path, event.id)
            self.strands[event.id] = Strand(kind.opens, event, path)
        self.path_of[event.id] = path

    def _opened_before(self, event: Event) -> Iterator[Event]:
        if event.strand in self._openers:
            yield self._openers[event.strand]
        for opener in self._of_a_day:
            if opener.happened_at.earliest <= event.happened_at.latest and not self._hangs_on(opener, event):
                yield opener

    def _hangs_on(self, opener: Event, event: Event) -> bool:
        """Whether an opener says that it belongs to the event, or to what does: it can only be placed after it."""
        seen: set[str] = set()
        named = opener.strand
        while named in self._openers and named not in seen:
            if named == event.id:
                return True
            seen.add(named)
            named = self._openers[named].strand
        return False

    def _belongs_to(self, event: Event, kind: EventType) -> tuple[str, ...]:
        if event.strand is not None:
            strand = self.strands.get(event.strand)
            return strand.path if strand else (event.strand,)
        found = open_for(kind, self.strands, event.happened_at)
        return found[0].path if len(found) == 1 else ()

    def _end(self, event: Event, kind: EventType, path: tuple[str, ...]) -> None:
        if not kind.ends or not _ends_here(event, kind):
            return
        for wanted in kind.ends:
            for strand in self._ended_by(wanted, path):
                self.strands[strand.id] = replace(strand, ended=event)

    def _ended_by(self, wanted: str, path: tuple[str, ...]) -> list[Strand]:
        """The open strands of a kind that an event ends: its own; else those within the nearest of its
        strands that holds any; an event of no strand ends them all.
        """
        still_open = [one for one in self.strands.values() if one.kind == wanted and one.ended is None]
        if not path:
            return still_open
        for holder in reversed(path):
            if holder in self.strands and self.strands[holder].kind == wanted:
                return [one for one in still_open if one.id == holder]
        for holder in reversed(path):
            inside = [one for one in still_open if holder in one.path]
            if inside:
                return inside
        return []


def _ends_here(event: Event, kind: EventType) -> bool:
    return all(
        event.data.get(field) is not None and _values(event.data.get(field)) <= set(allowed)
        for field, allowed in (kind.ends_where or {}).items()
    )


def _values(value: object) -> set[object]:
    return set(value) if isinstance(value, list | tuple) else {value}


def open_for(kind: EventType, strands: Mapping[str, Strand], at: Moment) -> list[Strand]:
    """The strands an event of this type and time may belong to.

    Those of the nearest kind of which one was open then; where none was, the only one there had been.
    """
    for wanted in kind.within:
        found = [one for one in _begun(wanted, strands, at) if one.was_open(at)]
        if found:
            return found
    for wanted in kind.within:
        found = _begun(wanted, strands, at)
        if found:
            return found if len(found) == 1 else []
    return []


def _begun(kind: str, strands: Mapping[str, Strand], at: Moment) -> list[Strand]:
    return [
        one for one in strands.values() if one.kind == kind and one.opener.happened_at.earliest <= at.latest
    ]
