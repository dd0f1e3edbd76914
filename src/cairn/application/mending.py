"""Mending an entry from its page: what it asks, and which dates changed after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import refused_by_role
from cairn.application.entries import (
    Correction,
    correct_entry,
    final,
    move_entry,
    others_of_act,
    resting_on,
    withdraw_entry,
    withheld_from,
)
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.application.timeline import TECHNICAL, Entry, kept_back
from cairn.core.access.fields import unmarked
from cairn.core.engine.duties import DutyView
from cairn.core.engine.view import derive_present
from cairn.core.history.event import Event
from cairn.core.history.together import Together
from cairn.core.vocabulary.model import EventType, Field
from cairn.records import ledger, submissions


@dataclass(frozen=True)
class EntryPage:
    """An entry to be mended: as it reads, as it stands, its fields that people fill in, and what rests on it.

    `together` are the other entries of the act that wrote it.
    """

    page: ChildPage
    entry: Entry
    event: Event
    kind: EventType
    fields: tuple[Field, ...]
    resting: tuple[Event, ...]
    together: Together


@dataclass(frozen=True, slots=True)
class DateChanged:
    """A date that is another one now: None where there was, or is, none.

    With `again` what was done stands open once more; `overdue` says that its time has passed.
    """

    title: str
    was: datetime | None
    now: datetime | None
    again: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """What a correction, withdrawal or move did to the record's dates."""

    recorded: Recorded
    changed: tuple[DateChanged, ...]


def open_to_mend(actor: Actor, record: UUID, entry: str, act: str) -> EntryPage | Refused:
    """Open an entry that still stands, for `act`: correct-entry, withdraw-entry or move-entry. Logged."""
    refused = refused_by_role(actor, act, record)
    if refused is not None:
        return refused
    found = open_child(actor, record, page=f"act:{act}")
    if isinstance(found, Refused):
        return found
    shown = found.entry(entry)
    event = next((one for one in found.view.standing.events if one.id == entry), None)
    if shown is None or event is None:
        return Refused(
            "not found", "There is no such entry on this record", "It may have been withdrawn already."
        )
    kind, stays = in_use().vocabulary.events[event.type], final([event])
    if stays is None and act == "correct-entry":
        stays = withheld_from(actor, found.opened, event)
    if stays is not None:
        return stays
    # Who does not wish to be named is asked for anew, and left as it is where nothing is typed.
    event = replace(event, data=unmarked(event.data))
    never = TECHNICAL | kept_back(found.view, event)
    fields = tuple(_to_correct(found, event, kind, never))
    resting, together = resting_on(found.view, event), others_of_act(found.view, event)
    return EntryPage(found, shown, event, kind, fields, resting, together)


def _to_correct(found: ChildPage, event: Event, kind: EventType, never: frozenset[str]) -> Iterator[Field]:
    """The fields that people fill in; of a child not born at that time none that only a child who is born can answer."""
    unborn = found.view.standing.subject.is_unborn(event.happened_at.day)
    for field in kind.fields:
        asked = not (unborn and field.asked_of and "unborn" not in field.asked_of) or field.name in event.data
        if asked and field.name not in never:
            yield field


def is_done(actor: Actor, key: UUID) -> bool:
    """Whether a form of this person's with that key was taken already: it is answered alike, not refused."""
    return isinstance(submissions.look(key, actor.id), submissions.Already)


def correct(actor: Actor, record: UUID, correction: Correction, key: UUID) -> Mended | Refused:
    """Correct an entry, and say which dates are others after it."""
    with transaction.atomic():
        before = _dates(record)
        return _told(correct_entry(actor, record, correction, key), before)


def withdraw(
    actor: Actor, record: UUID, entry: str, reason: str, key: UUID, *, others: bool = False
) -> Mended | Refused:
    """Withdraw an entry, and the others of its act where wished, and say which dates are others after it."""
    with transaction.atomic():
        before = _dates(record)
        return _told(withdraw_entry(actor, record, entry, reason, key, others=others), before)


def move(
    actor: Actor, record: UUID, entry: str, to: UUID, reason: str, key: UUID, *, others: bool = False
) -> Mended | Refused:
    """Move an entry to the right child, with the others of its act where wished; which dates of this one are others then."""
    with transaction.atomic():
        before = _dates(record)
        return _told(move_entry(actor, record, entry, to, reason, key, others=others), before)


def _told(done: Recorded | Refused, before: Mapping[str, DutyView]) -> Mended | Refused:
    if isinstance(done, Refused):
        return done
    return Mended(done, changed_dates(before, _dates(done.record)))


def _dates(record: UUID) -> dict[str, DutyView]:
    """The record's duties by key. Nothing of it is shown before the door has opened it."""
    view = derive_present(ledger.read_stream(record), in_use(), at=now())
    return {duty.key: duty for duty in view.duties}


def changed_dates(before: Mapping[str, DutyView], after: Mapping[str, DutyView]) -> tuple[DateChanged, ...]:
    """Every duty whose date is another one, that came or went, or that is open again, the soonest first as it was."""
    found = (_change(before.get(key), after.get(key)) for key in {**before, **after})
    return tuple(one for one in found if one is not None)


def _change(was: DutyView | None, now_is: DutyView | None) -> DateChanged | None:
    duty = now_is or was
    again = was is not None and now_is is not None and now_is.is_open and not was.is_open
    due = (was.due if was else None, now_is.due if now_is else None)
    if duty is None or (due[0] == due[1] and not again):
        return None
    overdue = now_is is not None and now_is.state == "overdue"
    return DateChanged(duty.rule.title, *due, again=again, overdue=overdue)
