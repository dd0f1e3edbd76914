"""What is over: in a case that closed nothing more is done, and what an authorisation ended is not ended again."""

from __future__ import annotations

from cairn.core.calendar.london import say_moment
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand
from cairn.core.vocabulary.model import EventType

CLOSED = "case.closed"
NEW_CONTACT = (
    "What happened after that is a new contact: choose New contact, look the child up and record it there"
)


def is_over(standing: Standing, candidate: Event, kind: EventType, strand: Strand | None) -> str:
    """Why something comes too late for what it belongs to; '' where it does not.

    Judged by when it happened, never by when it was typed: a visit made before a case closed may be recorded after.
    A letter, a notice, a complaint, the place of the file, and the reason for a lateness belong to a closed case too.
    """
    if strand is None:
        return _nothing_to_end(standing, candidate, kind)
    ended = strand.ended
    if ended is None or ended.happened_at.latest > candidate.happened_at.earliest:
        return ""
    if ended.type == CLOSED and _is_work(kind):
        return f"The case was closed by {_whom(ended)}. {NEW_CONTACT}"
    if ended.type != CLOSED and _decides_it(kind, strand):
        return f"It is over: {_whom(ended)} decided it already. Open the record to see what was decided"
    return ""


def closed_by_then(standing: Standing, candidate: Event, kind: EventType) -> str:
    """Why an event of the work belongs to no process any more; '' where no case had closed by then, or it is none."""
    if not _is_work(kind) or any(one.was_open(candidate.happened_at) for one in standing.strands.values()):
        return ""
    before = [one for one in standing.events if one.type == CLOSED]
    before = [one for one in before if one.happened_at.latest <= candidate.happened_at.earliest]
    return f"The case was closed by {_whom(before[-1])}. {NEW_CONTACT}" if before else ""


def _is_work(kind: EventType) -> bool:
    """Whether an event is of the work itself, not of what is owed after it."""
    return kind.sort == "authorisation" or kind.opens is not None or kind.while_open


def _decides_it(kind: EventType, strand: Strand) -> bool:
    """Whether an event decides a process that a decision before it ended. One that may replace another says so itself."""
    return kind.sort == "authorisation" and kind.within == (strand.kind,) and kind.field("supersedes") is None


def _nothing_to_end(standing: Standing, candidate: Event, kind: EventType) -> str:
    """An end of all that is open, of which nothing is: it was closed before."""
    if kind.within or not kind.ends:
        return ""
    if any(one.ended is None or one.ended is candidate for one in standing.strands.values()):
        return ""
    last = next((one for one in reversed(standing.events) if one.type == kind.name), None)
    if last is None:
        return "Nothing is open on this record, so there is nothing to close"
    return f"It was closed by {_whom(last)}. Nothing is open on this record any more"


def _whom(event: Event) -> str:
    return f"{event.author.name} on {say_moment(event.happened_at)}"
