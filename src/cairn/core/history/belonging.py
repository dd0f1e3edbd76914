"""To which strand something about to be recorded belongs: named, told by what is open, or refused with the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cairn.core.history.event import Event
from cairn.core.history.strands import Strand, open_for
from cairn.core.vocabulary.model import EventType


def in_its_strand(event: Event, kind: EventType, strands: Mapping[str, Strand]) -> Event:
    """The event with its strand named, where it can be told; else as it is.

    What is recorded should name its strand: a referral typed in late must not change where an
    event belonged.
    """
    if event.strand is not None:
        return event
    found = open_for(kind, strands, event.happened_at)
    return replace(event, strand=found[0].id) if len(found) == 1 else event


def strand_fault(event: Event, kind: EventType, strands: Mapping[str, Strand]) -> tuple[str, str] | None:
    """Why an event's strand cannot be told, and what was expected; None where it can.

    An event that opens a strand may stand alone; one that belongs to a strand must have one.
    """
    others = {key: one for key, one in strands.items() if key != event.id}
    if event.strand is not None:
        return _named_strand_fault(event.strand, kind, others)
    if not kind.within:
        return None
    found = open_for(kind, others, event.happened_at)
    if len(found) == 1 or (not found and kind.opens):
        return None
    if found:
        choice = ", ".join(one.id for one in found)
        return (f"several strands of kind {found[0].kind} are open", f'"for" naming one of {choice}')
    return _none_open(event, kind, others)


def _none_open(event: Event, kind: EventType, strands: Mapping[str, Strand]) -> tuple[str, str]:
    wanted = " or ".join(kind.within)
    begun = [
        one.id
        for one in strands.values()
        if one.kind in kind.within and one.opener.happened_at.earliest <= event.happened_at.latest
    ]
    if begun:
        return (f"no {wanted} was open then", f'"for" naming one of {", ".join(begun)}')
    return (f"no {wanted} is open for {event.type}", f"an earlier event that opens a {wanted}")


def _named_strand_fault(named: str, kind: EventType, strands: Mapping[str, Strand]) -> tuple[str, str] | None:
    strand = strands.get(named)
    if strand is not None and (not kind.within or strand.kind in kind.within):
        return None
    wanted = " or ".join(kind.within) or "strand"
    right = [one.id for one in strands.values() if not kind.within or one.kind in kind.within]
    return (
        f"{named!r} opened no {wanted}",
        f"one of {', '.join(right)}" if right else f"an event that opens a {wanted}",
    )
