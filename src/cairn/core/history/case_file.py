"""The case file: a case written down in one JSON document, read or refused with the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cairn.core.calendar.london import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    TimeFault,
    parse_moment,
    parse_roughly,
    say_moment,
)
from cairn.core.calendar.moment import Moment
from cairn.core.history.belonging import in_its_strand, strand_fault
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Standing, Subject, standing
from cairn.core.history.impossible import before_their_strand, mending_faults
from cairn.core.history.mending import WITHDRAWN
from cairn.core.history.strands import Strand, open_for
from cairn.core.roles import ROLES
from cairn.core.vocabulary.check import DataFault, check_data
from cairn.core.vocabulary.model import EventType, Vocabulary

CHILD_FIELDS = ("born", "expected")
EVENT_FIELDS = ("id", "type", "for", "at", "recorded_at", "by", "data")
A_TIME = "a time such as 2025-12-24T16:45 (London) or a date"
AN_AUTHOR = '{"name": ..., "role": ...}'
THE_ACT = "the-act"
# Stands in for a time that could not be read; what has it is refused.
NO_MOMENT = Moment.on_day(date(EARLIEST_YEAR, 1, 1))


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as written down: whose it is, and its events in the order of the file, each with its strand."""

    subject: Subject
    events: tuple[Event, ...]


def read_case(document: Any, vocabulary: Vocabulary) -> CaseFile | list[DataFault]:
    """Read a case file (parsed JSON). Returns every fault with its place; nothing is guessed.

    `at` without an offset is London time, a bare date has day precision; `recorded_at` may be
    given, else it is the end of `at`. A birth that is not known is `"born": null`. An event may name
    its strand in `for`; left out, it belongs to the only strand of its kind that was open, and where
    there are several it is refused with the choice.
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
    faults += _twice(rows)
    if faults:
        return faults
    found = tuple(event for event in events if event is not None)
    faults = [*_names(found), *_mendings(found, vocabulary)]
    return faults or _with_strands(CaseFile(subject, found), vocabulary)


def read_event(document: Any, vocabulary: Vocabulary) -> Event | list[DataFault]:
    """Read one event written as in a case file, such as an act to be tried; or its faults."""
    faults: list[DataFault] = []
    event = _read_event(document, 0, vocabulary, faults, place="the event")
    if event is None or faults:
        return faults
    # Without an id of its own it must not be taken for the first event of a case.
    return event if "id" in document else replace(event, id=THE_ACT)


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
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        day = None
    # Only the one spelling: Python also reads 20160504 and 2016-W18-3.
    if day is None or day.isoformat() != value:
        faults.append(DataFault(place, f"{value!r} is no date", "a date such as 2016-05-04"))
        return None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        faults.append(
            DataFault(
                place, f"{value!r} is outside the calendar", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
            )
        )
    return day


def _read_event(
    row: Any, number: int, vocabulary: Vocabulary, faults: list[DataFault], place: str = ""
) -> Event | None:
    place = place or f"events[{number}]"
    if not isinstance(row, Mapping):
        faults.append(DataFault(place, "no event", "an object"))
        return None
    before = len(faults)
    faults += _unknown(row, EVENT_FIELDS, place)
    kind = _type(row.get("type"), vocabulary, place, faults)
    roughly = kind is not None and kind.dated_roughly
    at = _moment(row.get("at"), f"{place}.at", faults, parse_roughly if roughly else parse_moment)
    recorded = _moment(row["recorded_at"], f"{place}.recorded_at", faults) if "recorded_at" in row else at
    event = Event(
        id=_text(row, "id", f"event-{number + 1}", place, faults),
        type=kind.name if kind else "",
        happened_at=at,
        recorded_at=recorded.latest,
        author=_author(row.get("by"), f"{place}.by", faults),
        data=_data(row.get("data", {}), kind, f"{place}.data", faults),
        strand=_text(row, "for", "", place, faults) or None,
        number=number + 1,
    )
    if len(faults) == before and event.happened_at.earliest > event.recorded_at:
        faults.append(
            DataFault(f"{place}.recorded_at", "recorded before it happened", f"a time from {row['at']}")
        )
    return event if len(faults) == before else None


def _type(name: Any, vocabulary: Vocabulary, place: str, faults: list[DataFault]) -> EventType | None:
    kind = vocabulary.events.get(name) if isinstance(name, str) else None
    if kind is None:
        known = ", ".join(sorted(vocabulary.events))
        faults.append(DataFault(f"{place}.type", f"{name!r} is no event type", f"one of {known}"))
    return kind


def _text(row: Mapping[str, Any], name: str, default: str, place: str, faults: list[DataFault]) -> str:
    if name not in row:
        return default
    value = row[name]
    if not isinstance(value, str) or not value:
        faults.append(DataFault(f"{place}.{name}", f"{value!r} is no id", "a text, or leave it out"))
        return default
    return value


def _moment(
    value: Any,
    place: str,
    faults: list[DataFault],
    reads: Callable[[str], Moment | TimeFault] = parse_moment,
) -> Moment:
    if not isinstance(value, str):
        faults.append(DataFault(place, "missing" if value is None else f"{value!r} is no time", A_TIME))
        return NO_MOMENT
    read = reads(value)
    if isinstance(read, TimeFault):
        faults.append(DataFault(place, read.reason, read.expected))
        return NO_MOMENT
    return read


def _data(value: Any, kind: EventType | None, place: str, faults: list[DataFault]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        faults.append(DataFault(place, "no object", "an object of fields"))
        return {}
    if kind is not None:
        faults += check_data(kind, value, place)
    return value


def _author(value: Any, place: str, faults: list[DataFault]) -> Author:
    if not isinstance(value, Mapping):
        faults.append(DataFault(place, "missing" if value is None else f"{value!r} is no author", AN_AUTHOR))
        return Author("", "")
    faults += _unknown(value, ("name", "role"), place)
    name, role = value.get("name"), value.get("role")
    if not isinstance(name, str) or not name.strip():
        faults.append(DataFault(f"{place}.name", f"{name!r} is no name", "the name of who recorded it"))
    if role not in ROLES:
        faults.append(DataFault(f"{place}.role", f"{role!r} is no role", "one of " + ", ".join(ROLES)))
    return Author(str(name), str(role))


def _twice(rows: Sequence[Any]) -> list[DataFault]:
    """Ids that stand twice, an id left out included (it is event-1, event-2, ... by its place)."""
    ids = [_id(row, number) for number, row in enumerate(rows)]
    several = {one for one, times in Counter(filter(None, ids)).items() if times > 1}
    return [
        DataFault(f"events[{number}].id", f"{one!r} stands at events[{ids.index(one)}] too", "its own id")
        for number, one in enumerate(ids)
        if one in several and ids.index(one) != number
    ]


def _id(row: Any, number: int) -> str:
    identity = row.get("id", f"event-{number + 1}") if isinstance(row, Mapping) else None
    return identity if isinstance(identity, str) else ""


def _names(events: Sequence[Event]) -> list[DataFault]:
    """Names of strands that are not there."""
    ids = {event.id for event in events}
    return [
        DataFault(
            f"events[{number}].for",
            f"no event has the id {event.strand!r}",
            "the id of an event in this file",
        )
        for number, event in enumerate(events)
        if event.strand is not None and event.strand not in ids
    ]


def _mendings(events: Sequence[Event], vocabulary: Vocabulary) -> list[DataFault]:
    """Faults of corrections and withdrawals against what they mend."""
    by_id = {event.id: event for event in events}
    return [
        replace(fault, place=f"events[{number}].data.{fault.place}")
        for number, event in enumerate(events)
        for fault in mending_faults(event, by_id, vocabulary)
    ]


def _with_strands(case: CaseFile, vocabulary: Vocabulary) -> CaseFile | list[DataFault]:
    """Each event in its strand, told by what was open as known when it was recorded; or every doubt."""
    placing = _Placing(case, vocabulary)
    placed: dict[str, Event] = {}
    faults: dict[int, DataFault] = {}
    for event in sorted(case.events, key=lambda one: (one.recorded_at, one.number)):
        found = placing.place(event, placed.values())
        placed[event.id] = found if isinstance(found, Event) else event
        if not isinstance(found, Event):
            faults[event.number] = DataFault(f"events[{event.number - 1}].for", *found)
    if faults:
        return [faults[number] for number in sorted(faults)]
    read = replace(case, events=tuple(placed[event.id] for event in case.events))
    return _too_early(read, vocabulary) or read


def _too_early(case: CaseFile, vocabulary: Vocabulary) -> list[DataFault]:
    return [
        DataFault(
            f"events[{event.number - 1}].at",
            f"{event.id!r} happened before the {strand.kind} it belongs to",
            f"a time from that of {strand.id!r}, {say_moment(strand.opener.happened_at)}",
        )
        for event, strand in before_their_strand(_stood(case.events, vocabulary))
    ]


class _Placing:
    """The strands of a case as its events may name them, and as they may be told."""

    def __init__(self, case: CaseFile, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._in_the_end = self._strands(case.events)
        # A name holds although what it names was withdrawn since.
        self._ever = self._strands(event for event in case.events if event.type != WITHDRAWN)

    def place(self, event: Event, before: Iterable[Event]) -> Event | tuple[str, str]:
        kind = self._vocabulary.events[event.type]
        strands = self._ever
        if event.strand is None and kind.within:
            strands = self._strands(before)
            # What opened the strand may have been typed in after what belongs to it.
            if not open_for(kind, strands, event.happened_at):
                strands = {key: one for key, one in self._in_the_end.items() if key != event.id}
        return strand_fault(event, kind, strands) or in_its_strand(event, kind, strands)

    def _strands(self, events: Iterable[Event]) -> Mapping[str, Strand]:
        return _stood(events, self._vocabulary).strands


def _stood(events: Iterable[Event], vocabulary: Vocabulary) -> Standing:
    """The events as they stand in the end."""
    known = tuple(events)
    end = max((max(one.happened_at.latest, one.recorded_at) for one in known), default=NO_MOMENT.latest)
    return standing(known, vocabulary, as_at=end, known_at=end)
