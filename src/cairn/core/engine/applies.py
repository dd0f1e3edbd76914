"""Whether a duty applies, and since when it no longer does: a condition that changes takes no lateness away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cairn.core.calendar.deadline import Deadline
from cairn.core.engine.bearing import types_judged
from cairn.core.engine.facts import Facts
from cairn.core.engine.world import World, holds, judge
from cairn.core.history.event import Event
from cairn.core.protocol.model import Condition, Duty


@dataclass(frozen=True, slots=True)
class Application:
    """That a duty applies or did: the fact that is missing to tell, or the event from which it no longer did."""

    doubt: str = ""
    ceased: Event | None = None


def application(rule: Duty, facts: Facts, due: Deadline | None, world: World) -> Application | None:
    """Whether the conditions hold, or held until something happened; None where they never did.

    What was surely due until its time had run out stays so, whatever can't be told since.
    """
    now = holds(rule, facts)
    if now.truth == "yes":
        return Application()
    ceased = _ceased(rule, facts, world)
    if now.truth == "no":
        return Application(ceased=ceased) if ceased else None
    if ceased and due and ceased.happened_at.surely_after(due.due_latest):
        return Application()
    return Application(doubt=now.missing)


def _ceased(rule: Duty, facts: Facts, world: World) -> Event | None:
    """The event by which conditions that had held until then no longer did."""
    if any(_is_steady(one) and judge(one, facts).truth == "no" for one in rule.when):
        return None
    read = types_judged(rule)
    for event in reversed(facts.events("history")):
        # What came at the same instant left no time in which the conditions held.
        if event.happened_at.latest <= facts.start.happened_at.latest:
            break
        if event.type in read and _held_before(event, rule, facts, world):
            return event
    return None


def _held_before(event: Event, rule: Duty, facts: Facts, world: World) -> bool:
    earlier = world.until(world.standing.place_of[event.id])
    return holds(rule, replace(facts, standing=earlier)).truth == "yes"


def _is_steady(condition: Condition) -> bool:
    """Whether the answer, once yes, can't be taken back by what happens after: so that no was always no."""
    if condition.event is not None:
        return not condition.is_not and not condition.event.latest
    return condition.start is not None
