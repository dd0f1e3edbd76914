"""What cannot be as it is written: corrections of what is not there, and events before what they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cairn.core.calendar.london import TimeFault, parse_moment, parse_roughly
from cairn.core.history.event import Event
from cairn.core.history.history import Standing
from cairn.core.history.mending import CORRECTED, WITHDRAWN, corrected_by, root_of
from cairn.core.history.strands import Strand
from cairn.core.vocabulary.check import DataFault, check_data
from cairn.core.vocabulary.model import Vocabulary

NAMES = {CORRECTED: "corrects", WITHDRAWN: "withdraws"}


def mending_faults(event: Event, known: Mapping[str, Event], vocabulary: Vocabulary) -> Iterator[DataFault]:
    """Why a correction or withdrawal cannot be taken, each with the field; nothing for any other event.

    `known` is the rest of the stream by id. What a correction leaves must be data that could have been
    recorded at first; a withdrawal is not corrected but withdrawn.
    """
    field = NAMES.get(event.type)
    if field is None:
        return
    target = known.get(str(event.data.get(field)))
    if target is None:
        named = event.data.get(field)
        yield DataFault(field, f"no event has the id {named!r}", "the id of an event of this record")
    elif event.recorded_at < target.recorded_at:
        yield DataFault(field, f"recorded before {target.id!r}, which it mends", "a later time")
    elif event.type == CORRECTED:
        yield from _correction(event, known, vocabulary)


def _correction(event: Event, known: Mapping[str, Event], vocabulary: Vocabulary) -> Iterator[DataFault]:
    corrects = {one.id: corrected_by(one) for one in (*known.values(), event) if one.type == CORRECTED}
    root = known.get(root_of(event.id, corrects))
    if root is None or root.type in NAMES:
        yield DataFault(
            "corrects", f"{event.data.get('corrects')!r} cannot be corrected", "withdraw it instead"
        )
        return
    whole = {**root.data, **(event.data.get("data") or {})}
    yield from check_data(vocabulary.events[root.type], whole, "data")
    at = event.data.get("at")
    read = parse_roughly if vocabulary.events[root.type].dated_roughly else parse_moment
    moment = read(at) if at else None
    if isinstance(moment, TimeFault):
        yield DataFault("at", moment.reason, moment.expected)
    elif moment is not None and moment.earliest > event.recorded_at:
        yield DataFault("at", "it cannot have happened after it was recorded", "an earlier time")


def before_their_strand(standing: Standing) -> list[tuple[Event, Strand]]:
    """The events that surely happened before their strand was opened."""
    found = ((event, _holder(standing, event)) for event in standing.events)
    return [
        (event, strand)
        for event, strand in found
        if strand is not None and event.happened_at.latest < strand.opener.happened_at.earliest
    ]


def _holder(standing: Standing, event: Event) -> Strand | None:
    """The strand an event belongs to; of an opener the one that holds its own."""
    path = [one for one in standing.path_of[event.id] if one != event.id]
    return standing.placed.get(path[-1]) if path else None
