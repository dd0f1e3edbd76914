"""Mending an entry from its page: what it asks, and which dates changed after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import refused_by_role
from cairn.application.entries import Correction, correct_entry, move_entry, resting_on, withdraw_entry
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.application.timeline import TECHNICAL, Entry, kept_back
from cairn.core.engine.duties import DutyView
from cairn.core.engine.view import derive
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import EventType, Field
from cairn.records import ledger, submissions


@dataclass(frozen=True)
class EntryPage:
    """An entry to be mended: as it reads, as it stands, its fields that people fill in, and what rests on it."""

    page: ChildPage
    entry: Entry
    event: Event
    kind: EventType
    fields: tuple[Field, ...]
    resting: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DateChanged:
    """A date that is another one now: None where there was, or is, none."""

    title: str
    was: datetime | None
    now: datetime | None


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
    kind = in_use().vocabulary.events[event.type]
    never = TECHNICAL | kept_back(found.view, event)
    fields = tuple(field for field in kind.fields if field.name not in never)
    return EntryPage(found, shown, event, kind, fields, resting_on(found.view, event))


def is_done(actor: Actor, key: UUID) -> bool:
    """Whether a form of this person's with that key was taken already: it is answered alike, not refused."""
    return isinstance(submissions.look(key, actor.id), submissions.Already)


def correct(actor: Actor, record: UUID, correction: Correction, key: UUID) -> Mended | Refused:
    """Correct an entry, and say which dates are others after it."""
    with transaction.atomic():
        before = _dates(record)
        return _told(correct_entry(actor, record, correction, key), before)


def withdraw(actor: Actor, record: UUID, entry: str, reason: str, key: UUID) -> Mended | Refused:
    """Withdraw an entry, and say which dates are others after it."""
    with transaction.atomic():
        before = _dates(record)
        return _told(withdraw_entry(actor, record, entry, reason, key), before)


def move(actor: Actor, record: UUID, entry: str, to: UUID, reason: str, key: UUID) -> Mended | Refused:
    """Move an entry to the right child, and say which dates of this one are others after it."""
    with transaction.atomic():
        before = _dates(record)
        return _told(move_entry(actor, record, entry, to, reason, key), before)


def _told(done: Recorded | Refused, before: Mapping[str, DutyView]) -> Mended | Refused:
    if isinstance(done, Refused):
        return done
    return Mended(done, changed_dates(before, _dates(done.record)))


def _dates(record: UUID) -> dict[str, DutyView]:
    """The record's duties by key. Nothing of it is shown before the door has opened it."""
    view = derive(ledger.read_stream(record), in_use(), as_at=now())
    return {duty.key: duty for duty in view.duties}


def changed_dates(before: Mapping[str, DutyView], after: Mapping[str, DutyView]) -> tuple[DateChanged, ...]:
    """Every duty whose date is another one, or that came or went, the soonest first as it was."""
    both = {**before, **after}
    found = (
        DateChanged(duty.rule.title, _due(before.get(key)), _due(after.get(key)))
        for key, duty in both.items()
    )
    return tuple(one for one in found if one.was != one.now)


def _due(duty: DutyView | None) -> datetime | None:
    return duty.due if duty else None
