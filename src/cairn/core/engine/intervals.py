"""How long one occurrence of a repeating duty may take: as the rule says, or as often as people have set it to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.core.calendar.deadline import Deadline, deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.moment import Moment
from cairn.core.engine.world import World
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.protocol.model import Duty


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence in a strand: the act it is counted from, its number from 1, and the act that met it, if one did."""

    strand: Strand
    since: Event
    number: int
    met: Event | None = None


def occurrence_due(rule: Duty, of: Occurrence, world: World) -> Deadline | None:
    """When an occurrence of a repeating duty is due; None where no figure is given.

    Where people set a shorter interval (`as_often_as`), it runs from the act that the occurrence is counted from, or
    from the day on which it was set, if that is later; never past the rule's own figure. What is set once the time
    has run out, or once it was done, moves nothing: what is late stays late.
    """
    longest = rule.within if of.number == 1 and rule.within is not None else rule.every
    if longest is None:
        return None
    since = of.since.happened_at
    last = due = _deadline(since, longest, world)
    for event in _that_count(rule, of, world):
        later = _is_later(event, of)
        if later and event.happened_at.surely_after(due.due_latest):
            break
        interval = Duration.parse(event.data[rule.as_often_as])
        chosen = _deadline(event.happened_at if later else since, interval, world)
        due = chosen if chosen.due_latest < last.due_latest else last
    return due


def _deadline(start: Moment, within: Duration, world: World) -> Deadline:
    return deadline(start, within, world.calendar, world.known_on)


def _is_later(event: Event, of: Occurrence) -> bool:
    return event.happened_at.earliest > of.since.happened_at.latest


def _that_count(rule: Duty, of: Occurrence, world: World) -> Sequence[Event]:
    """The events of the strand that say how often, in order, up to the act that met it.

    Of those before the act that it is counted from only the last counts, so that a long plan takes no longer.
    """
    said = world.standing.saying(rule.as_often_as, of.strand) if rule.as_often_as else ()
    if of.met is not None:
        place_of, met = world.standing.place_of, world.standing.place_of[of.met.id]
        said = tuple(event for event in said if place_of[event.id] < met)
    first = next((place for place, event in enumerate(said) if _is_later(event, of)), len(said))
    return said[max(0, first - 1) :]
