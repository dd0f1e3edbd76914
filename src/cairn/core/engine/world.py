"""What the engine derives from: a standing record, a protocol, a calendar, and the two times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.core.calendar.working_days import Calendar
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.facts import Facts, happened
from cairn.core.engine.truth import Answer, Unanswered, compare, every
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand
from cairn.core.protocol.model import Condition, Gate, Protocol, Rule
from cairn.core.vocabulary.model import EventType, Vocabulary


@dataclass(frozen=True)
class World:
    """Everything an answer may rest on; `as_at` and `known_at` are UTC."""

    standing: Standing
    protocol: Protocol
    calendar: Calendar
    as_at: datetime
    known_at: datetime
    vocabulary: Vocabulary

    def words(self, missing: str) -> str:
        """A missing fact as people ask for it: “May a crime have been committed?” (Referral received, 24 May 2026)."""
        if not isinstance(missing, Unanswered):
            return missing
        kind = self.vocabulary.events[missing.event.type]
        field = kind.field(missing.field)
        day = say_date(missing.event.happened_at.day)
        return f"“{field.label}” ({kind.title}, {day})" if field else missing

    def answer(self, kind: EventType, name: str, value: object) -> str:
        """An answer in words: the label of an option, or the text that was written; '' where there is none."""
        field = kind.field(name)
        options = field.options if field else ()
        label = next((option.label for option in options if option.value == value), value)
        return label.strip() if isinstance(label, str) else ""

    @cached_property
    def known_on(self) -> date:
        """The London day up to which bank holidays count as announced."""
        return self.known_at.astimezone(LONDON).date()

    def facts(self, start: Event, strand: Strand | None = None) -> Facts:
        """The record seen from an event of it, or from an act about to be recorded in a strand."""
        if start.id in self.standing.path_of:
            strand = self.standing.strand_of(start)
        return Facts(self.standing, start, strand)

    @cached_property
    def gates_before(self) -> Mapping[str, Sequence[Sequence[Gate]]]:
        """The gates before each type of event, every version of each."""
        found: dict[str, list[Sequence[Gate]]] = {}
        for versions in self.protocol.gates.values():
            for kind in dict.fromkeys(one.event for gate in versions for one in gate.before):
                found.setdefault(kind, []).append(versions)
        return found

    def until(self, place: int) -> Standing:
        """The record without the events from that place on, in the order they happened."""
        found = self._until.get(place)
        if found is None:
            found = self._until[place] = self.standing.only(self.standing.events[:place])
        return found

    @cached_property
    def _until(self) -> dict[int, Standing]:
        return {}


def holds(rule: Rule, facts: Facts) -> Answer:
    """Whether a rule applies: every condition of its `when`."""
    return every(judge(condition, facts) for condition in rule.when)


def judge(condition: Condition, facts: Facts) -> Answer:
    """One condition's answer."""
    if condition.event is not None:
        answer = happened(condition.event, facts)
    elif condition.start is not None:
        answer = compare(facts.start, condition.start)
    else:
        answer = CONDITIONS[str(condition.function)].judge(facts)
    return answer.turned() if condition.is_not else answer
