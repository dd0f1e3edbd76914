"""From the drafts of a census return to events of this installation, with ids that are always the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event
from cairn.core.returns.draft import DraftEvent
from cairn.core.returns.reasons import NOT_TAKEN, NOTED, Finding, Reason
from cairn.core.returns.take_over import TakenChild
from cairn.core.vocabulary.check import check_data
from cairn.core.vocabulary.model import EventType, Vocabulary
from cairn.records.digest import plain

NAMESPACE = UUID("5f1c1f0e-3d0b-5c1e-8f63-0d1f7d9e2b41")

_BY_HAND = "Keep the return; record it in the case by hand where it matters."
NO_EVENT = Reason("no-event", "step", NOT_TAKEN, "The records have no event for this", _BY_HAND)
NO_PLACE = Reason("no-place", "value", NOTED, "The records have no place for this; it is left out", _BY_HAND)
NO_ANSWER = Reason(
    "no-answer", "value", NOTED, "The records do not take this answer; it is left out", _BY_HAND
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A child's events, ready to be recorded in this order, and what of the return they have no place for."""

    events: tuple[Event, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """What all events of one import have in common; `recorded_at` in UTC."""

    authority: str
    author: Author
    recorded_at: datetime


def place(child: TakenChild, origin: Origin, vocabulary: Vocabulary) -> Placed:
    """The child's events. What the vocabulary cannot hold is left out of them and said."""
    lost: set[str] = set()
    events: list[Event] = []
    findings: list[Finding] = []
    for draft in child.events:
        kind = vocabulary.events.get(draft.type)
        if kind is None or draft.for_key in lost:
            lost.add(draft.key)
            findings.append(_finding(child, draft.type, NO_EVENT))
            continue
        data = _data(draft, kind)
        left_out = dict(_left_out(draft, data, kind))
        findings += [_finding(child, f"{draft.type}, {name}", why) for name, why in left_out.items()]
        kept = {name: value for name, value in data.items() if name not in left_out}
        events.append(_event(child, draft, kept, origin))
    return Placed(tuple(events), tuple(findings))


def event_id(authority: str, number: str, key: str) -> str:
    """The id of an event that comes from a return: the same whenever it comes in."""
    return str(uuid5(NAMESPACE, f"{authority}/{number}/{key}"))


def _event(child: TakenChild, draft: DraftEvent, data: Mapping[str, Any], origin: Origin) -> Event:
    def name(key: str) -> str:
        return event_id(origin.authority, child.authority_number, key)

    return Event(
        id=name(draft.key),
        type=draft.type,
        happened_at=Moment.on_day(draft.on),
        recorded_at=origin.recorded_at,
        author=origin.author,
        data=data,
        strand=name(draft.for_key) if draft.for_key else None,
    )


def _data(draft: DraftEvent, kind: EventType) -> dict[str, Any]:
    """What the draft says, and of what the return says beyond it whatever the event has a field for."""
    beyond = {name: value for name, value in draft.also.items() if kind.field(name)}
    data: dict[str, Any] = plain({**draft.data, **beyond})
    return data


def _left_out(draft: DraftEvent, data: Mapping[str, Any], kind: EventType) -> Iterator[tuple[str, Reason]]:
    """The names of what the event can't hold. A field that it should have and the return doesn't know is no fault."""
    yield from ((name, NO_PLACE) for name in draft.also if name not in data)
    for name, value in data.items():
        if kind.field(name) is None:
            yield name, NO_PLACE
        elif any(fault.place.startswith(f"data.{name}") for fault in check_data(kind, {name: value})):
            yield name, NO_ANSWER


def _finding(child: TakenChild, element: str, why: Reason) -> Finding:
    number = child.authority_number
    return Finding(number, element, None, why.says, why.remedy, why.severity, why.code, why.of)
