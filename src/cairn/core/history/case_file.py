"""The case file: a case written down in one JSON document, read or refused with the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event
from cairn.core.history.history import CORRECTED, WITHDRAWN, Strand, Subject, open_for, standing
from cairn.core.roles import ROLES
from cairn.core.vocabulary.check import DataFault, check_data
from cairn.core.vocabulary.model import EventType, Vocabulary

CHILD_FIELDS = ("born", "expected")
EVENT_FIELDS = ("id", "type", "for", "at", "recorded_at", "by", "data")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as written down: whose it is, and its events in the order of the file."""

    subject: Subject
    events: tuple[Event, ...]


def read_case(document: Any, vocabulary: Vocabulary) -> CaseFile | list[DataFault]:
    """Read a case file (parsed JSON). Returns every fault with its place; nothing is guessed.

    `at` without an offset is London time, a bare date has day precision; `recorded_at` may be
    given, else it is the end of `at`. An event may name its strand in `for`; left out, it belongs to
    the only open strand of its kind, and where there are several it is refused with the choice.
    """
    if not isinstance(document, Mapping):
        return [DataFault("the file", "not a case file", 'an object with "child" and "events"')]
    faults = _unknown(document, ("child", "events"), "the file")
    subject = _read_subject(document.get("child"), faults)
    rows = document.get("events")
    if not isinstance(rows, list):
        faults.append(DataFault("events", "missing or no list", "a list of events"))
        return faults
    events = [_read_event(row, number, vocabulary, faults) for number, row in enumerate(rows)]
    if faults:
        return faults
    found = tuple(event for event in events if event is not None)
    faults = _across(found, vocabulary, subject)
    return faults or CaseFile(subject, found)


def read_event(document: Any, vocabulary: Vocabulary) -> Event | list[DataFault]:
    """Read one event written as in a case file, such as an act to be tried; or its faults."""
    faults: list[DataFault] = []
    event = _read_event(document, 0, vocabulary, faults, place="the event")
    return event if event is not None and not faults else faults


def _unknown(row: Mapping[str, Any], known: tuple[str, ...], place: str) -> list[DataFault]:
    return [
        DataFault(f"{place}: {name}", "unknown", "one of " + ", ".join(known))
        for name in row
        if name not in known
    ]


def _read_subject(child: Any, faults: list[DataFault]) -> Subject:
    if not isinstance(child, Mapping) or not set(child) & set(CHILD_FIELDS):
        faults.append(DataFault("child", "missing", 'an object with "born" or "expected"'))
        return Subject()
    faults += _unknown(child, CHILD_FIELDS, "child")
    return Subject(*(_date(child.get(name), f"child.{name}", faults) for name in CHILD_FIELDS))


def _date(value: Any, place: str, faults: list[DataFault]) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        faults.append(DataFault(place, f"{value!r} is no date", "a date such as 2016-05-04"))
        return None


def _read_event(
    row: Any, number: int, vocabulary: Vocabulary, faults: list[DataFault], place: str = ""
) -> Event | None:
    place = place or f"events[{number}]"
    if not isinstance(row, Mapping):
        faults.append(DataFault(place, "no event", "an object"))
        return None
    before = len(faults)
    faults += _unknown(row, EVENT_FIELDS, place)
    kind = vocabulary.events.get(row.get("type", ""))
    if kind is None:
        known = ", ".join(sorted(vocabulary.events))
        faults.append(DataFault(f"{place}.type", f"{row.get('type')!r} is no event type", f"one of {known}"))
        return None
    identity = _identity(row, number, place, faults)
    at = _moment(row.get("at"), f"{place}.at", faults)
    recorded = _moment(row["recorded_at"], f"{place}.recorded_at", faults) if "recorded_at" in row else at
    author = _author(row.get("by"), f"{place}.by", faults)
    data = row.get("data", {})
    if not isinstance(data, Mapping):
        faults.append(DataFault(f"{place}.data", "no object", "an object of fields"))
    else:
        faults += check_data(kind, data, f"{place}.data")
    if len(faults) > before or at is None or recorded is None:
        return None
    return Event(
        id=identity,
        type=kind.name,
        happened_at=at,
        recorded_at=recorded.latest,
        author=author,
        data=data,
        strand=row.get("for"),
        number=number + 1,
    )


def _identity(row: Mapping[str, Any], number: int, place: str, faults: list[DataFault]) -> str:
    identity = row.get("id", f"event-{number + 1}")
    if not isinstance(identity, str) or not identity:
        faults.append(DataFault(f"{place}.id", f"{identity!r} is no id", "a text, or leave it out"))
        return ""
    return identity


def _moment(value: Any, place: str, faults: list[DataFault]) -> Moment | None:
    if not isinstance(value, str):
        faults.append(DataFault(place, "missing" if value is None else f"{value!r} is no time", _A_TIME))
        return None
    read = parse_moment(value)
    if isinstance(read, TimeFault):
        faults.append(DataFault(place, read.reason, read.expected))
        return None
    return read


_A_TIME = "a time such as 2025-12-24T16:45 (London) or a date"


def _author(value: Any, place: str, faults: list[DataFault]) -> Author:
    if value is None:
        faults.append(DataFault(place, "missing", '{"name": ..., "role": ...}'))
        return Author("", "")
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        faults.append(DataFault(place, "no author", '{"name": ..., "role": ...}'))
        return Author("", "")
    faults += _unknown(value, ("name", "role"), place)
    if value.get("role") not in ROLES:
        faults.append(
            DataFault(f"{place}.role", f"{value.get('role')!r} is no role", "one of " + ", ".join(ROLES))
        )
    return Author(str(value["name"]), str(value.get("role")))


def _across(events: tuple[Event, ...], vocabulary: Vocabulary, subject: Subject) -> list[DataFault]:
    """Faults between events: ids given twice, names of events that are not there, a strand not named."""
    faults: list[DataFault] = []
    seen: dict[str, int] = {}
    for number, event in enumerate(events):
        if event.id in seen:
            faults.append(
                DataFault(
                    f"events[{number}].id",
                    f"{event.id!r} stands at events[{seen[event.id]}] too",
                    "its own id",
                )
            )
        seen[event.id] = number
    faults += [
        DataFault(
            f"events[{number}].{field}", f"no event has the id {target!r}", "the id of an event in this file"
        )
        for number, event in enumerate(events)
        for field, target in _named(event)
        if target not in seen
    ]
    faults += _corrections(events, vocabulary, seen)
    if not faults:
        faults = _strands_named(events, vocabulary, subject)
    return faults


def _named(event: Event) -> list[tuple[str, str]]:
    named = [("for", event.strand)] if event.strand is not None else []
    if event.type == CORRECTED:
        named.append(("data.corrects", str(event.data.get("corrects"))))
    if event.type == WITHDRAWN:
        named.append(("data.withdraws", str(event.data.get("withdraws"))))
    return named


def _corrections(
    events: tuple[Event, ...], vocabulary: Vocabulary, seen: Mapping[str, int]
) -> list[DataFault]:
    faults: list[DataFault] = []
    for number, event in enumerate(events):
        if event.type == CORRECTED and event.data.get("corrects") in seen:
            target = events[seen[str(event.data["corrects"])]]
            whole = {**target.data, **(event.data.get("data") or {})}
            faults += check_data(vocabulary.events[target.type], whole, f"events[{number}].data.data")
    return faults


def _strands_named(events: tuple[Event, ...], vocabulary: Vocabulary, subject: Subject) -> list[DataFault]:
    if not events:
        return []
    end = max(max(event.happened_at.latest, event.recorded_at) for event in events)
    stood = standing(events, vocabulary, as_at=end, known_at=end, subject=subject)
    place_of = {event.id: number for number, event in enumerate(events)}
    faults: list[DataFault] = []
    for event in stood.events:
        fault = strand_fault(event, vocabulary.events[event.type], stood.strands)
        if fault:
            faults.append(DataFault(f"events[{place_of[event.id]}].for", *fault))
    return faults


def strand_fault(event: Event, kind: EventType, strands: Mapping[str, Strand]) -> tuple[str, str] | None:
    """Why an event's strand cannot be told, and what was expected; None where it can.

    An event that opens a strand may stand alone; one that belongs to a strand must have one.
    """
    others = {key: one for key, one in strands.items() if key != event.id}
    if event.strand is not None:
        return _named_strand_fault(event, kind, others)
    if not kind.within:
        return None
    found = open_for(kind, others, event.happened_at)
    if len(found) == 1 or (not found and kind.opens):
        return None
    wanted = " or ".join(kind.within)
    if not found:
        return (f"no {wanted} is open for {event.type}", f"an earlier event that opens a {wanted}")
    choice = ", ".join(one.id for one in found)
    return (f"several strands of kind {found[0].kind} are open", f'"for" naming one of {choice}')


def _named_strand_fault(
    event: Event, kind: EventType, strands: Mapping[str, Strand]
) -> tuple[str, str] | None:
    strand = strands.get(str(event.strand))
    if strand is not None and (not kind.within or strand.kind in kind.within):
        return None
    wanted = " or ".join(kind.within) or "strand"
    right = [one.id for one in strands.values() if not kind.within or one.kind in kind.within]
    return (
        f"{event.strand!r} opened no {wanted}",
        f"one of {', '.join(right)}" if right else f"an event that opens a {wanted}",
    )
