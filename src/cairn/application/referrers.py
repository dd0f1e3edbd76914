"""Who got in touch and does not wish to be named: taken out at the door in, kept apart, and opened by right with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import OpenRecord, open_record, write_access
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.rights import role_book
from cairn.core.access.decide import decide_right
from cairn.core.access.facts import Decision
from cairn.core.access.fields import IDENTITIES, SEES_WHO_REFERRED, is_withheld, unmarked
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED
from cairn.core.vocabulary.model import IDENTITY, EventType
from cairn.records import identities

PAGE: Final = "referrer"
NOBODY: Final = Refused(
    "not found",
    "Nothing is kept of who this was",
    "An anonymous caller gave no name: nobody knows who it was.",
)


@dataclass(frozen=True, slots=True)
class Apart:
    """An event without who it was, and what is kept apart of it for the event `of`; nothing where there is nothing."""

    event: Event
    identity: Mapping[str, str]
    of: str = ""


def apart(actor: Actor, view: View, event: Event) -> Apart | Refused:
    """An event that is about to be written, without who it was that does not wish to be named.

    A correction changes what is kept apart, or puts it apart from now on. Where somebody may be named after all, only who
    may see their name may say so.
    """
    types = in_use().vocabulary.events
    if event.type == CORRECTED:
        told = next((one for one in view.standing.events if one.id == event.data.get("corrects")), None)
        kind = types[told.type] if told is not None else None
        return _correction(actor, event, told, kind) if told and kind and kind.apart else Apart(event, {})
    kind = types[event.type]
    if not kind.apart or not is_withheld(kind, event.data):
        return Apart(event, {})
    identity, rest = _split(kind, event.data)
    if not identity:
        return Apart(replace(event, data=rest), {})
    return Apart(replace(event, data={**rest, IDENTITY: event.id}), identity, event.id)


def _split(kind: EventType, data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    said = {name: str(value) for name, value in data.items() if name in kind.apart}
    identity = {name: value for name, value in said.items() if value.strip() and value not in IDENTITIES}
    return identity, {name: value for name, value in data.items() if name not in kind.apart}


def _correction(actor: Actor, event: Event, told: Event, kind: EventType) -> Apart | Refused:
    answers = dict(event.data.get("data") or {})
    after = {**told.data, **answers}
    if is_withheld(kind, after):
        given, rest = _split(kind, answers)
        emptied = [name for name in kind.apart if name in answers and name not in given]
        clear, _ = _split(kind, told.data)
        if not given and not emptied and (not clear or told.data.get(IDENTITY)):
            return Apart(_corrected(event, rest), {})
        kept = {**_kept(told), **clear, **given}
        whole = {name: value for name, value in kept.items() if name not in emptied}
        return Apart(_corrected(event, {**rest, IDENTITY: told.id}), whole, told.id)
    if not is_withheld(kind, told.data) or not told.data.get(IDENTITY):
        return Apart(event, {})
    refused = _may_not_see(actor)
    return refused or Apart(_corrected(event, {**_kept(told), **unmarked(answers)}), {})


def _corrected(event: Event, answers: Mapping[str, Any]) -> Event:
    return replace(event, data={**event.data, "data": dict(answers)})


def _kept(event: Event) -> dict[str, str]:
    """What is kept apart for an entry, in the words of its own type."""
    named = str(event.data.get(IDENTITY) or "")
    return _of_type(event, identities.of_event(UUID(named))) if named else {}


def _of_type(event: Event, identity: Mapping[str, str]) -> dict[str, str]:
    """A caller's name is a referrer's name: field by field, in the order in which the types have them."""
    known = [kind.apart for kind in in_use().vocabulary.events.values() if kind.apart]
    wanted = in_use().vocabulary.events[event.type].apart
    places = {name: place for names in known for place, name in enumerate(names)}
    return {wanted[places[name]]: value for name, value in identity.items() if name in places}


def keep(actor: Actor, kept: Iterable[Apart]) -> None:
    """Write what was taken out, sealed, once its events are in the ledger and in their transaction."""
    for one in kept:
        if one.of:
            identities.add(UUID(one.of), one.identity, actor.id, now())


def is_kept_apart(event: Event) -> bool:
    """Whether an entry comes from somebody who does not wish to be named, and who they are is kept."""
    return bool(event.data.get(IDENTITY)) and is_withheld(in_use().vocabulary.events[event.type], event.data)


def may_see(actor: Actor) -> bool:
    """Whether this person's role may see who referred, on a record that they may open."""
    return SEES_WHO_REFERRED in actor.rights


def _may_not_see(actor: Actor) -> Refused | None:
    decision = decide_right(actor.facts, SEES_WHO_REFERRED, tuple(role_book().with_right(SEES_WHO_REFERRED)))
    return None if decision.allowed else Refused("not allowed", decision.reason, decision.how_to_ask)


@dataclass(frozen=True)
class Referrer:
    """Who it was, in the words of the entry's own fields: label and answer."""

    lines: tuple[tuple[str, str], ...]
    said: Mapping[str, str]

    def named(self, name: str) -> str:
        """One answer; '' where nothing is kept of it."""
        return self.said.get(name, "")


def ask_who(actor: Actor, record: UUID, entry: str) -> OpenRecord | Refused:
    """Whether this person may open who an entry came from, before a reason is given. The view is logged, no identity is read."""
    opened = open_record(actor, record, page=PAGE)
    if isinstance(opened, Refused):
        return opened
    event = _entry(opened, entry)
    if event is None or not event.data.get(IDENTITY):
        return NOBODY
    refused = _may_not_see(actor)
    if refused is not None:
        _logged(actor, record, Decision(allowed=False, reason=refused.reason), "")
    return refused or opened


def open_who(actor: Actor, record: UUID, entry: str, reason: str) -> Referrer | Refused:
    """Who an entry came from, for those with the right and a relationship to its record; in the access log with the reason."""
    with transaction.atomic():
        opened = ask_who(actor, record, entry)
        if isinstance(opened, Refused):
            return opened
        event = _entry(opened, entry)
        if event is None:
            return NOBODY
        allowed = Decision(allowed=True, relied_on=opened.relied_on)
        _logged(actor, record, allowed, reason)
        return _referrer(event)


def _referrer(event: Event) -> Referrer:
    said, kind = _kept(event), in_use().vocabulary.events[event.type]
    return Referrer(tuple((one.label, said[one.name]) for one in kind.fields if one.name in said), said)


def _entry(opened: OpenRecord, entry: str) -> Event | None:
    return next((one for one in opened.view.standing.events if one.id == entry), None)


def _logged(actor: Actor, record: UUID, decision: Decision, reason: str) -> None:
    write_access(actor, [record], decision, page=PAGE, what="identity", purpose=reason)
