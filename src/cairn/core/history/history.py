"""A record's stream read at a day and as known on a day: its events in order, whose it is, and its strands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from cairn.core.history.event import Event
from cairn.core.history.mending import CORRECTED, WITHDRAWN, mended
from cairn.core.history.strands import Placing, Strand, open_for
from cairn.core.vocabulary.model import Vocabulary

__all__ = [
    "BORN",
    "CORRECTED",
    "DESCRIBED",
    "WITHDRAWN",
    "Standing",
    "Strand",
    "Subject",
    "open_for",
    "standing",
]

DESCRIBED = "person.described"
BORN = "child.born"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose record it is: born on a day, or expected on one; both None where neither is known."""

    born: date | None = None
    expected: date | None = None

    def is_unborn(self, day: date) -> bool:
        """Whether the child was not born on a day as far as the record says: born later, or expected and no birth told."""
        return self.expected is not None if self.born is None else day < self.born


@dataclass(frozen=True)
class Standing:
    """The events that stand at a day as known on a day, in the order they happened, with their strands.

    `strands` are those that had begun, by the id of their opener; `placed` has those too that were yet
    to begin, so that where an event belongs does not change with the day that is looked at. `path_of`
    gives for each event the ids of its strands' openers, from the outermost. An event whose strand does
    not stand (its opener was withdrawn) is lost: its path names what is not there.
    """

    events: tuple[Event, ...]
    strands: Mapping[str, Strand]
    path_of: Mapping[str, tuple[str, ...]]
    subject: Subject
    placed: Mapping[str, Strand]
    # What this is a part of, so that a part need not look through everything again.
    whole: Standing | None = field(default=None, compare=False, repr=False)

    def only(self, events: tuple[Event, ...]) -> Standing:
        """The same with some of its events alone, in their order; each belongs where it did."""
        return replace(self, events=events, whole=self.whole or self)

    def strand_of(self, event: Event) -> Strand | None:
        """The innermost strand the event opens or belongs to."""
        path = self.path_of[event.id]
        return self.placed.get(path[-1]) if path else None

    def is_lost(self, event: Event) -> bool:
        """Whether the event belongs to a strand that does not stand: no rule follows from it."""
        path = self.path_of[event.id]
        return bool(path) and path[0] not in self.placed

    def scope(self, strand: Strand | None) -> tuple[Event, ...]:
        """What a rule of this strand sees: its own events, those of strands within it, and those
        of no strand that happened while it was open (so a child seen two years ago opens no gate).
        A rule of no strand sees all but what is lost.
        """
        key = strand.id if strand else None
        found = self._scopes.get(key)
        if found is None:
            found = self._scopes[key] = self._scope(strand)
        return found

    def _scope(self, strand: Strand | None) -> tuple[Event, ...]:
        if self.whole is not None:
            return self._of(self.whole.scope(strand))
        return tuple(event for event in self.events if self.sees(strand, event))

    def _of(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Those of the whole's events that this part has."""
        return tuple([event for event in events if event.id in self.place_of])

    def sees(self, strand: Strand | None, event: Event) -> bool:
        """Whether the event is in the scope of the strand."""
        if strand is None:
            return not self.is_lost(event)
        path = self.path_of[event.id]
        return strand.id in path if path else strand.was_open(event.happened_at)

    def by_type(self, strand: Strand | None = None) -> Mapping[str, tuple[Event, ...]]:
        """The events of each type in the scope of the strand, in the order they happened."""
        key = strand.id if strand else None
        found = self._types.get(key)
        if found is None:
            found = self._types[key] = _by_type(self.scope(strand))
        return found

    def of_type(self, name: str, strand: Strand | None = None) -> tuple[Event, ...]:
        """The events of one type in the scope of the strand, in the order they happened."""
        if self.whole is not None:
            return self._of(self.whole.of_type(name, strand))
        return self.by_type(strand).get(name, ())

    def saying(self, answer: str, strand: Strand | None) -> tuple[Event, ...]:
        """The events in the scope of the strand that give an answer as a text, in the order they happened."""
        key = (answer, strand.id if strand else None)
        found = self._saying.get(key)
        if found is None:
            answered = (event for event in self.scope(strand) if isinstance(event.data.get(answer), str))
            found = self._saying[key] = tuple(event for event in answered if event.data[answer])
        return found

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """The place of each event in the order they happened."""
        return {event.id: place for place, event in enumerate(self.events)}

    # Kept, because every rule of a strand asks for the same; each is worked out once and never changes.
    @cached_property
    def _scopes(self) -> dict[str | None, tuple[Event, ...]]:
        return {}

    @cached_property
    def _saying(self) -> dict[tuple[str, str | None], tuple[Event, ...]]:
        return {}

    @cached_property
    def _types(self) -> dict[str | None, Mapping[str, tuple[Event, ...]]]:
        return {}


def _by_type(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.type, []).append(event)
    return {kind: tuple(of_kind) for kind, of_kind in found.items()}


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
    true = sorted(mended(known), key=_order)
    stood = [event for event in true if event.happened_at.earliest <= as_at]
    placing = Placing(true, vocabulary)
    placed = {key: _by(as_at, strand) for key, strand in placing.strands.items()}
    return Standing(
        events=tuple(stood),
        strands={key: one for key, one in placed.items() if one.opener.happened_at.earliest <= as_at},
        path_of=placing.path_of,
        subject=_subject_in(true, subject),
        placed=placed,
    )


def _by(as_at: datetime, strand: Strand) -> Strand:
    """The strand as it stood on a day: what ends it later has not ended it yet."""
    if strand.ended is None or strand.ended.happened_at.earliest <= as_at:
        return strand
    return replace(strand, ended=None)


def _order(event: Event) -> tuple[datetime, datetime, int, str]:
    # At one instant the order of recording decides: the second of two decisions is the later one.
    return (event.happened_at.latest, event.recorded_at, event.number, event.id)


def _subject_in(events: Iterable[Event], given: Subject | None) -> Subject:
    """A birth is true whenever it is asked about, so the day that is looked at plays no part."""
    subject = given or Subject()
    for event in events:
        if event.type == DESCRIBED:
            subject = Subject(
                _day(event.data.get("born")) or subject.born,
                _day(event.data.get("expected")) or subject.expected,
            )
        elif event.type == BORN:
            subject = Subject(_day(event.data.get("born")) or event.happened_at.day, subject.expected)
    return subject


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
