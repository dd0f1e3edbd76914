"""Mending the record: correct an entry, withdraw one, or move one that went on the wrong child. Nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.descent import descent_refused
from cairn.application.document_lines import FIELD as DOCUMENTS
from cairn.application.door import OpenRecord, open_record
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_within, store
from cairn.application.refused import Refused
from cairn.core.access.fields import cut, holds_a_mark, unmarked
from cairn.core.calendar.london import parse_roughly, say_date, text_of
from cairn.core.calendar.moment import Moment
from cairn.core.engine.four_eyes import OWN_WORK, wrote
from cairn.core.engine.view import View, derive, gates
from cairn.core.history.event import Author, Event
from cairn.core.history.together import (
    GoesWith,
    Together,
    answers_anew,
    asked_anew,
    goes_with,
    written_together,
)
from cairn.core.vocabulary.check import check_data
from cairn.core.vocabulary.model import Field
from cairn.records import documents, ledger


@dataclass(frozen=True, slots=True)
class Correction:
    """What stands wrong in an entry and what is right: answers by field, and the time where it was wrong.

    `besides` are the answers to what the act asks for entries that it yields only now; None where nobody was asked.
    """

    entry: str
    answers: Mapping[str, Any]
    reason: str
    at: str = ""
    besides: Mapping[str, Any] | None = None


def correct_entry(actor: Actor, record: UUID, correction: Correction, key: UUID) -> Recorded | Refused:
    """Correct an entry: the old answers stay in the history beside the new. Dates are worked out again at once.

    What hangs on the corrected answers among the entries of the same act goes with it: withdrawn where it is no
    longer yielded, corrected where it holds a copy, recorded where it is yielded only now and was asked. Either all
    of it is written or nothing is.
    """
    with transaction.atomic():
        opened = open_record(actor, record, page="act:correct-entry", what="act", lock=True)
        if isinstance(opened, Refused):
            return opened
        entry = _entry(opened, correction.entry)
        if entry is None:
            return _no_entry()
        kind = in_use().vocabulary.events[entry.type]
        never = (
            final([entry]) or withheld_from(actor, opened, entry) or _own_approval(actor, opened.view, entry)
        )
        if never is not None:
            return never
        faults = check_data(kind, {**entry.data, **correction.answers})
        if faults:
            return Refused("not taken", "Some answers cannot be taken", faults=tuple(faults))
        goes = what_goes_with(opened.view, entry, correction)
        wanted = [_correcting(correction), *_going_with(goes, correction)]
        return _as_one(actor, record, [*wanted, *_anew(opened.view, entry, correction, goes)], key)


def what_goes_with(view: View, entry: Event, correction: Correction) -> GoesWith:
    """What a correction changes besides, among the other entries of the act that wrote the entry."""
    at = parse_roughly(correction.at) if correction.at else None
    moved = at if isinstance(at, Moment) else None
    return goes_with(in_use().vocabulary, others_of_act(view, entry), correction.answers, moved)


def others_of_act(view: View, entry: Event) -> Together:
    """The entries that still stand of the act that wrote this one."""
    return written_together(in_use().vocabulary, view.stream, view.standing.events, entry)


def what_it_asks(view: View, entry: Event, goes: GoesWith) -> tuple[Field, ...]:
    """What has to be asked before the entries can be recorded that a correction makes the act yield."""
    return asked_anew(in_use().vocabulary, others_of_act(view, entry), goes)


def _anew(view: View, entry: Event, correction: Correction, goes: GoesWith) -> Iterator[Request]:
    """The entries that the act yields only now: of the same act and time as the one that is corrected."""
    found = others_of_act(view, entry)
    if correction.besides is None or not goes.to_record or found.act is None:
        return
    yield Request(
        found.act.name,
        answers_anew(found, correction.answers, correction.besides),
        at=correction.at or _as_text(entry.happened_at),
        act_id=UUID(entry.act) if entry.act else None,
        only=frozenset(goes.to_record),
    )


def _as_text(at: Moment) -> str:
    return text_of(at)


def _correcting(correction: Correction) -> Request:
    answers = {
        "corrects": correction.entry,
        "data": dict(correction.answers),
        "reason": correction.reason,
        "at": correction.at or None,
    }
    return Request("correct-entry", answers)


def _withdrawing(entry: Event, reason: str) -> Request:
    return Request("withdraw-entry", {"withdraws": entry.id, "reason": reason})


def _going_with(found: GoesWith, correction: Correction) -> Iterator[Request]:
    for gone in found.withdrawn:
        yield _withdrawing(gone, correction.reason)
    for one in found.corrected:
        at = correction.at if one.moved else ""
        yield _correcting(Correction(one.event.id, one.answers, correction.reason, at))


def _as_one(actor: Actor, record: UUID, wanted: Sequence[Request], key: UUID) -> Recorded | Refused:
    """Several requests as one act: the first carries the form's key, and a refusal takes all of them back."""
    act, written = uuid4(), list[str]()
    for number, one in enumerate(wanted):
        own = uuid5(key, str(number)) if number else key
        done = record_within(actor, replace(one, record=record, key=own, act_id=one.act_id or act))
        if isinstance(done, Refused):
            transaction.set_rollback(True)
            return done
        if done.again:
            return done
        written += done.events
    return Recorded(record, tuple(written))


def withdraw_entry(
    actor: Actor, record: UUID, entry: str, reason: str, key: UUID, *, others: bool = False
) -> Recorded | Refused:
    """Withdraw an entry that should never have been made. It stays to be read, with the reason, and counts no more.

    With `others` the entries that the same act wrote besides are withdrawn with it, for the same reason.
    """
    with transaction.atomic():
        opened = open_record(actor, record, page="act:withdraw-entry", what="act", lock=True)
        if isinstance(opened, Refused):
            return opened
        found = _entry(opened, entry)
        if found is None:
            return _no_entry()
        gone = [found, *(others_of_act(opened.view, found).others if others else ())]
        never = final(gone)
        if never is not None:
            return never
        return _as_one(actor, record, [_withdrawing(one, reason) for one in gone], key)


def move_entry(
    actor: Actor, record: UUID, entry: str, to: UUID, reason: str, key: UUID, *, others: bool = False
) -> Recorded | Refused:
    """Move an entry that went on the wrong child: withdrawn there with the reason, written here as it was.

    With `others` what the same act wrote besides moves with it. All in one transaction. The other child's name is in neither record; each names the other record's
    number only through the act that joins them. The time it happened stays.
    """
    with transaction.atomic():
        source = open_record(actor, record, page="act:move-entry", what="act", lock=True)
        target = open_record(actor, to, page="act:move-entry", what="act", lock=True)
        if isinstance(source, Refused):
            return source
        if isinstance(target, Refused):
            return target
        refused = _move(actor, source, target, entry, others=others)
        if refused is not None:
            return refused
        why = f"Went on the wrong child. {reason}".strip()
        return withdraw_entry(actor, record, entry, why, key, others=others)


def withheld_from(actor: Actor, opened: OpenRecord, entry: Event) -> Refused | None:
    """Why somebody cannot correct an entry of which they may not see everything; None where they see all of it."""
    shown = cut(opened.stream, in_use().vocabulary, actor.rights)
    seen = next((one for one in shown if one.id == entry.id), entry)
    if not holds_a_mark(unmarked(seen.data)):
        return None
    return Refused("not allowed", "A part of this entry is withheld from you", MAY_SEE_IT)


def final(entries: Iterable[Event]) -> Refused | None:
    """Why these entries stay as they are; None where all of them may be mended."""
    kinds = (in_use().vocabulary.events[one.type] for one in entries)
    stays = next((kind.title for kind in kinds if kind.final), None)
    if stays is None:
        return None
    return Refused("not allowed", f"“{stays}” stays as it was recorded", FINAL)


def _own_approval(actor: Actor, view: View, entry: Event) -> Refused | None:
    """Nobody changes what was decided about their own work, by way of a correction either."""
    approved = next((one for one in view.stream if one.id == entry.data.get("approves")), None)
    me = Author(actor.name, actor.role, str(actor.id))
    if approved is not None and in_use().vocabulary.events[entry.type].approves and wrote(me, approved):
        return Refused("own work", f"{OWN_WORK}.", "Ask another manager to correct it.")
    return None


def _move(
    actor: Actor, source: OpenRecord, target: OpenRecord, entry: str, *, others: bool
) -> Refused | None:
    first = _entry(source, entry)
    if first is None:
        return _no_entry()
    moved = [first, *(others_of_act(source.view, first).others if others else ())]
    never = final(moved)
    if never is not None:
        return never
    if any(in_use().vocabulary.events[one.type].approves for one in moved):
        return Refused(
            "not taken", SIGNED_HERE, "Withdraw it here, and have it approved on the right record."
        )
    resting = {event.id: event for one in moved for event in resting_on(source.view, one)}
    if resting:
        return Refused("not taken", f"Other entries rest on this one: {_named(resting.values())}", MOVE_FIRST)
    return _write_moved(actor, target, moved)


MAY_SEE_IT = "Ask somebody who may see all of it, such as the manager of the child’s team, to correct it."
FINAL = "It decides who may open the record. Record a new decision, which takes its place."
SIGNED_HERE = "A signature is for what was shown, so it cannot be moved"
MOVE_FIRST = "Move or withdraw them first, the latest one before the others."


def resting_on(view: View, entry: Event) -> tuple[Event, ...]:
    """The entries that would lose their ground without this one: those of the process it opened, and those naming it."""
    return tuple(
        event
        for event in view.standing.events
        if event.id != entry.id
        and (entry.id in view.standing.path_of[event.id] or entry.id in map(str, event.data.values()))
    )


def _named(events: Iterable[Event]) -> str:
    titles = in_use().vocabulary.events
    return ", ".join(f"{titles[event.type].title} of {say_date(event.happened_at.day)}" for event in events)


def _write_moved(actor: Actor, target: OpenRecord, moved: Sequence[Event]) -> Refused | None:
    """Entries of one act on the right record, in the author's name of now, at the time they happened."""
    view, written, recorded_at, act = target.view, list[Event](), now(), str(uuid4())
    for one in moved:
        event = Event(
            id=str(ledger.event_id(recorded_at)),
            type=one.type,
            happened_at=one.happened_at,
            recorded_at=recorded_at,
            author=Author(actor.name, actor.role, str(actor.id)),
            data=one.data,
            act=act,
            number=target.row.version + len(written) + 1,
        )
        refusals = gates(view, event)
        if refusals:
            return Refused("gates", "It cannot go on the other record", refusals=tuple(refusals))
        view = derive((*view.stream, event), in_use(), as_at=max(recorded_at, view.world.as_at))
        written.append(event)
    refused = descent_refused(actor, target.row.id, target.view, view, page="act:move-entry")
    if refused is not None:
        return refused
    store(target.row.id, written, view)
    for event, one in zip(written, moved, strict=True):
        if one.data.get(DOCUMENTS):
            documents.hang_also(UUID(event.id), as_on=UUID(one.id))
    return None


def _entry(opened: OpenRecord, entry: str) -> Event | None:
    return next((event for event in opened.view.standing.events if event.id == entry), None)


def _no_entry() -> Refused:
    return Refused(
        "not found", "There is no such entry on this record", "It may have been withdrawn already."
    )
