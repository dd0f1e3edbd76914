"""Signing what somebody else wrote: the approval names what was approved, and the database is told who signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from cairn.application.procedures import in_use
from cairn.core.engine.four_eyes import STANDS_IN, stands_in_for_a_writer, to_approve
from cairn.core.engine.gates import Refusal
from cairn.core.engine.view import View
from cairn.core.history.belonging import in_its_strand
from cairn.core.history.event import Event
from cairn.core.history.shown import digest_of
from cairn.records import authorisations


def bound(view: View, event: Event) -> Event:
    """An approval with what it approves and its digest: as the page gave them, else what stands now."""
    kind = in_use().vocabulary.events[event.type]
    if kind.approves is None:
        return event
    strands = view.standing.strands
    named = in_its_strand(event, kind, strands).strand
    last = to_approve(view.standing, kind.approves, strands.get(named) if named else None)
    if last is None:
        return event
    return replace(event, data={"approves": last.id, "shown": digest_of(last), **event.data})


def nothing_to_sign(event: Event) -> list[Refusal]:
    """An approval of nothing: only a case file may leave out what was approved."""
    kind = in_use().vocabulary.events[event.type]
    if kind.approves is None or event.data.get("approves"):
        return []
    wanted = in_use().vocabulary.events[kind.approves].title.lower()
    return [
        Refusal("nothing to approve", "", kind.title, f"There is nothing to approve: no {wanted} is here")
    ]


def by_delegate(covers: Iterable[UUID], view: View, event: Event) -> list[Refusal]:
    """An approval by whoever does a writer's work while they are away: that is the writer's own work too."""
    kind = in_use().vocabulary.events[event.type]
    named = event.data.get("approves") if kind.approves else None
    approved = next((one for one in view.standing.events if one.id == named), None)
    if approved is None or not stands_in_for_a_writer(map(str, covers), approved):
        return []
    return [Refusal("own work", "", kind.title, STANDS_IN)]


def handed_in_empty(view: View, event: Event) -> list[Refusal]:
    """A document of a form of the procedures without a word in it: it is written section by section first."""
    for form in view.procedures.protocol.forms:
        concerned = form.handed_in == event.type and event.data.get("kind") in form.kinds
        if concerned and not event.data.get(form.into):
            title = in_use().vocabulary.events[event.type].title
            missing = "Nothing is written in it. Write its sections, then hand it in from its own page"
            return [Refusal("empty", "", title, missing, field=form.into)]
    return []


def sign(events: Iterable[Event]) -> None:
    """Tell the database who signed what, before the events are written, in their transaction."""
    vocabulary = in_use().vocabulary
    authorisations.sign(
        authorisations.Signed(
            event=UUID(event.id),
            approves=UUID(str(event.data["approves"])),
            approver=UUID(event.author.id),
            shown=bytes.fromhex(str(event.data["shown"])),
        )
        for event in events
        if vocabulary.events[event.type].approves
    )
