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
        if anywhere_in == "history" or self.strand is None:
            return self.standing.events
        if anywhere_in == "episode":
            return self.standing.scope(self.standing.strands[self.strand.path[0]])
        return self.standing.scope(self.strand)

    def of_type(self, name: str, anywhere_in: str = "strand") -> tuple[Event, ...]:
        """The events of one type in scope."""
        return tuple(event for event in self.events(anywhere_in) if event.type == name)

    def not_known(self, types: Iterable[str]) -> str:
        """Why events of these types may have happened unseen: what a source could not know, or ''."""
        wanted = set(types)
        for event in self._sources():
            silent = event.data.get("not_known") or ()
            if wanted and wanted <= set(silent):
                origin = event.data.get("imported_from") or "the source"
                return f"whether it was done: {origin} does not say"
        return ""

    def _sources(self) -> Iterable[Event]:
        yield self.start
        if self.strand is not None:
            for opener in self.strand.path:
                yield self.standing.strands[opener].opener


def happened(pattern: EventPattern, facts: Facts) -> Answer:
    """Whether an event of the pattern has happened in scope; unknown where a field or a source leaves it open."""
    found = _of(pattern, facts)
    result = NO
    for event in found:
        answer = matches(pattern, event)
        if answer.truth == "yes":
            return YES
        if answer.truth == "unknown":
            result = answer
    if result is NO and not found:
        silent = facts.not_known([pattern.event])
        return unknown(silent) if silent else NO
    return result


def _of(pattern: EventPattern, facts: Facts) -> Sequence[Event]:
    found = facts.of_type(pattern.event, pattern.anywhere_in)
    return found[-1:] if pattern.latest else found
