"""Departures from a rule: recorded by a role that may, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cairn.core.engine.facts import Facts
from cairn.core.engine.truth import is_answered, matches_any
from cairn.core.history.event import Event
from cairn.core.protocol.model import Departure

DEPARTED = "departure.recorded"


def of_its_rule(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a departure says, with the provision where only the duty was named: a duty's key begins with it."""
    duty = data.get("duty")
    if data.get("provision") or not isinstance(duty, str) or not duty:
        return dict(data)
    return {**data, "provision": duty.partition(":")[0]}


def departures(provision: str, departure: Departure | None, facts: Facts) -> list[Event]:
    """The recorded departures from a rule in its episode, in the order they happened.

    It is told by the provision what a departure is from; only one that was recorded in another
    strand of the same kind (of two plans, the other) is from that one's.
    """
    if departure is None:
        return []
    named = [one for one in facts.of_type(DEPARTED, "episode") if one.data.get("provision") == provision]
    given = [
        event
        for pattern in departure.given_by
        for event in facts.of_type(pattern.event, "episode")
        if matches_any((pattern,), event).truth == "yes"
    ]
    return [event for event in (*named, *given) if _is_good(event, departure, facts)]


def _is_good(event: Event, departure: Departure, facts: Facts) -> bool:
    allowed = event.author.role in departure.by and is_answered(event.data.get("reason"))
    return allowed and not _of_another(event, facts)


def _of_another(event: Event, facts: Facts) -> bool:
    theirs = facts.standing.strand_of(event)
    if theirs is None or facts.strand is None:
        return False
    return theirs.kind == facts.strand.kind and theirs.id != facts.strand.id
