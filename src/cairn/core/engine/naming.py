"""How a named condition is declared: what it asks and reads, an example of each answer, and who judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cairn.core.engine.facts import Facts
from cairn.core.engine.truth import NO, YES, Answer, unknown
from cairn.core.history.event import Event

Judge = Callable[[Facts], Answer]
Step = tuple[str, str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition of a protocol: what it asks, the events and fields it reads, and an example of each answer.

    An example is a small case file; the event whose id is "here" is where it is judged from.
    """

    name: str
    asks: str
    reads: tuple[str, ...]
    judge: Judge
    examples: Mapping[str, Mapping[str, object]]


CONDITIONS: dict[str, NamedCondition] = {}


def named(
    asks: str, reads: tuple[str, ...], examples: Mapping[str, Mapping[str, object]]
) -> Callable[[Judge], Judge]:
    """Register a function under its own name. `reads` are events, or fields of events such as child.seen.seen_by."""

    def register(judge: Judge) -> Judge:
        name = judge.__name__
        CONDITIONS[name] = NamedCondition(name, asks, reads, judge, examples)
        return judge

    return register


def example(child: Mapping[str, str], *events: Step) -> Mapping[str, object]:
    """An example: events as (id, type, data), an hour apart on 5 January 2026."""
    by = {"name": "A Worker", "role": "team manager"}
    return {
        "child": child,
        "events": [
            {"id": key, "type": kind, "at": f"2026-01-05T{9 + hour:02}:00", "by": by, "data": data}
            for hour, (key, kind, data) in enumerate(events)
        ],
    }


BORN = {"born": "2016-05-04"}
REFERRED: Step = ("r1", "referral.received", {"source": "school"})
DECIDED: Step = ("d1", "referral.decided", {"outcome": ["assessment"]})
HERE: Step = ("here", "referral.received", {"source": "school"})


def on_one_day(case: Mapping[str, object]) -> Mapping[str, object]:
    """The example with every time known only to the day."""
    events = case["events"]
    if not isinstance(events, list):
        raise TypeError("an example has a list of events")
    return {**case, "events": [{**event, "at": "2026-01-05"} for event in events]}


def came_before(one: Event, other: Event, facts: Facts) -> Answer:
    """Whether one event came before another; of two at one instant, the order of recording decides."""
    if one.happened_at.latest < other.happened_at.earliest:
        return YES
    if one.happened_at.earliest > other.happened_at.latest:
        return NO
    if one.happened_at.is_day or other.happened_at.is_day:
        return unknown("which came first, as the hour was not recorded")
    place = facts.standing.place_of
    return YES if place.get(one.id, -1) < place.get(other.id, len(place)) else NO
