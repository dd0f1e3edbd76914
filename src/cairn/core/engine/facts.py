"""What a rule looks at: the standing record from the place of one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cairn.core.engine.truth import NO, YES, Answer, matches, unknown
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand, Subject
from cairn.core.protocol.model import EventPattern


@dataclass(frozen=True)
class Facts:
    """The record seen from `start`: the event that starts a clock, or an act about to be recorded."""

    standing: Standing
    start: Event
    strand: Strand | None

    @property
    def subject(self) -> Subject:
        """Whose record it is."""
        return self.standing.subject

    def events(self, anywhere_in: str = "strand") -> tuple[Event, ...]:
        """The events in scope, in the order they happened."""
        return self.standing.scope(self._scope(anywhere_in))

    def of_type(self, name: str, anywhere_in: str = "strand") -> tuple[Event, ...]:
        """The events of one type in scope."""
        return self.standing.of_type(name, self._scope(anywhere_in))

    def around(self, name: str) -> list[Event]:
        """The events of one type that bear on the strand: in its scope, or of the strands that hold it.

        So the end of a case ends what is due in each of its strands.
        """
        return [event for event in self.standing.of_type(name) if self._bears_on(event)]

    def _bears_on(self, event: Event) -> bool:
        if self.strand is None:
            return True
        path = self.standing.path_of[event.id]
        if path:
            return self.strand.id in path or path == self.strand.path[: len(path)]
        return self.standing.placed[self.strand.path[0]].was_open(event.happened_at)

    def _scope(self, anywhere_in: str) -> Strand | None:
        if self.strand is None or anywhere_in == "history":
            return None
        return self.standing.placed[self.strand.path[0]] if anywhere_in == "episode" else self.strand

    def not_known(self, types: Iterable[str], since: Event | None = None) -> str:
        """Why events of these types may have happened unseen: what a source could not know, or ''.

        A source is silent about what happened before it was taken over, not about what came after:
        nothing counted from a later event (`since`) is in doubt.
        """
        wanted = set(types)
        for event in self._sources():
            if since is not None and since.happened_at.earliest > event.recorded_at:
                continue
            silent = event.data.get("not_known") or ()
            if wanted and wanted <= set(silent):
                origin = event.data.get("imported_from") or "the source"
                return f"whether it was done: {origin} does not say"
        return ""

    def _sources(self) -> Iterable[Event]:
        yield self.start
        if self.strand is not None:
            for opener in self.strand.path:
                yield self.standing.placed[opener].opener


def happened(pattern: EventPattern, facts: Facts) -> Answer:
    """Whether an event of the pattern has happened in scope; unknown where a field or a source leaves it open."""
    result = NO
    for event in _of(pattern, facts):
        answer = matches(pattern, event)
        if answer.truth == "yes":
            return YES
        if answer.truth == "unknown":
            result = answer
    if result is NO:
        silent = facts.not_known([pattern.event])
        return unknown(silent) if silent else NO
    return result


def _of(pattern: EventPattern, facts: Facts) -> Sequence[Event]:
    found = facts.of_type(pattern.event, pattern.anywhere_in)
    return found[-1:] if pattern.latest else found
