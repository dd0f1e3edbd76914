"""Four eyes: what is approved was written by somebody else, and is what the approver was shown.

Which type of event approves which is data (`approves` of the event type). Whoever recorded what is approved
wrote it, and so did everybody whom its data names in a list `writer_ids`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cairn.core.history.event import Author, Event
from cairn.core.history.history import Standing, Strand
from cairn.core.history.shown import digest_of
from cairn.core.vocabulary.model import EventType

OWN_WORK = "Nobody approves their own work, and you wrote part of this. Ask another manager to decide"
STANDS_IN = "You cover for somebody who wrote part of this, so it is not yours to approve. Ask another manager to decide"
WRITERS = "writer_ids"

# Code, what is missing, and the field, as a refusal has them.
Fault = tuple[str, str, str]


def to_approve(standing: Standing, approves: str, strand: Strand | None) -> Event | None:
    """What an approval in this strand would be about: the last of its type there, or None."""
    return next(reversed(standing.by_type(strand).get(approves, ())), None)


def writers_of(event: Event) -> frozenset[str]:
    """The ids of everybody who wrote part of it, and of who recorded it."""
    return frozenset({event.author.id, *_writers(event.data)} - {""})


def _writers(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from map(str, data.get(WRITERS) or ())
        for value in data.values():
            yield from _writers(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _writers(value)


def wrote(author: Author, event: Event) -> bool:
    """Whether this author (a name, with an id where there is one) wrote part of the event."""
    if author.id:
        return author.id in writers_of(event)
    return bool(author.name) and author.name == event.author.name


def stands_in_for_a_writer(covers: Iterable[str], event: Event) -> bool:
    """Whether somebody who does these people's work while they are away would approve what one of them wrote."""
    return not writers_of(event).isdisjoint(covers)


def four_eyes(
    standing: Standing, candidate: Event, kind: EventType, strand: Strand | None
) -> Iterator[Fault]:
    """Why an approval is refused: its own author's, of nothing that is there, or of another text than was shown.

    An approval that names nothing is of the last one handed in; where none was, the door says so, for a case
    file may leave it out.
    """
    if kind.approves is None:
        return
    last, named = to_approve(standing, kind.approves, strand), candidate.data.get("approves")
    if last is None:
        if named:
            yield "changed", "What you were shown does not stand any more", "approves"
        return
    if wrote(candidate.author, last):
        yield "own work", OWN_WORK, ""
    if _is_another(last, candidate.data):
        yield "changed", "It was changed since it was shown to you. Read what changed, then sign", "approves"


def _is_another(last: Event, data: Mapping[str, Any]) -> bool:
    named, shown = data.get("approves"), data.get("shown")
    return bool(named and named != last.id) or bool(shown and shown != digest_of(last))
