"""A correction of what several children share, offered to the others' records, and never forced on them.

Each of them holds a copy of its own of the shared part. What is each child's own is never offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import decisions_on, refused_by_role
from cairn.application.entries import Correction, correct_entry
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.calendar.london import parse_roughly
from cairn.core.history.event import Event
from cairn.records import ledger, register

CORRECT = "correct-entry"
REASON = "What this entry shares with those of other children was put right on the record of one of them."
NOTHING = Refused(
    "not found", "There is no correction of a shared part to offer", "It may have been taken over."
)


@dataclass(frozen=True)
class OtherEntry:
    """The entry of the same act on another child's record, as it stands: it reads otherwise than the corrected one."""

    page: ChildPage
    event: Event

    @property
    def record(self) -> UUID:
        """The id of that child's record."""
        return self.page.identity.record


@dataclass(frozen=True)
class Offer:
    """A correction that others may take over: the answers of the shared part, the time where it was wrong, and whom."""

    page: ChildPage
    event: Event
    correction: Event
    shared: Mapping[str, Any]
    at: str
    others: tuple[OtherEntry, ...]


def offer_of(actor: Actor, record: UUID, entry: str) -> Offer | Refused:
    """Whose records may take over the last correction of an entry. Each record shown is in the access log.

    Only records that the actor may open are offered; refused where there is none, or nothing shared was corrected.
    """
    refused = refused_by_role(actor, CORRECT, record)
    if refused is not None:
        return refused
    with transaction.atomic():
        page = open_child(actor, record, page=f"act:{CORRECT}")
        if isinstance(page, Refused):
            return page
        event = _standing(page, entry)
        correction = _last_correction(page, entry)
        if event is None or correction is None or event.act is None:
            return NOTHING
        shared, at = _shared(event, correction), _at(event, correction)
        offer = Offer(page, event, correction, shared, at, ())
        others = tuple(_others(actor, offer)) if shared or at else ()
        return Offer(page, event, correction, shared, at, others) if others else NOTHING


def correct_others(
    actor: Actor, record: UUID, entry: str, chosen: Sequence[UUID]
) -> Mapping[UUID, Recorded | Refused] | Refused:
    """Take a correction over on the records chosen, each by an entry of its own; those not chosen stay as they are.

    A record is taken or refused for itself. Sent twice, each is corrected once.
    """
    with transaction.atomic():
        offer = offer_of(actor, record, entry)
        if isinstance(offer, Refused):
            return offer
        wanted = [one for one in offer.others if one.record in set(chosen)]
        register.lock(one.record for one in wanted)
        return {one.record: _correct(actor, offer, one) for one in wanted}


def _correct(actor: Actor, offer: Offer, other: OtherEntry) -> Recorded | Refused:
    """Once for as the entry stands: sent twice nothing is added, and what was changed back since is taken over anew."""
    last = _last_correction(other.page, other.event.id)
    key = uuid5(UUID(offer.correction.id), f"{other.record} {last.id if last else ''}")
    return correct_entry(actor, other.record, Correction(other.event.id, offer.shared, REASON, offer.at), key)


def _standing(page: ChildPage, entry: str) -> Event | None:
    return next((event for event in page.view.standing.events if event.id == entry), None)


def _last_correction(page: ChildPage, entry: str) -> Event | None:
    found = [
        event
        for event in page.view.stream
        if event.type == "event.corrected" and event.data.get("corrects") == entry
    ]
    return found[-1] if found else None


def _shared(event: Event, correction: Event) -> dict[str, Any]:
    """What was corrected of the part that is not each child's own, and still reads so."""
    kind = in_use().vocabulary.events[event.type]
    own = {field.name for field in kind.fields if field.own}
    corrected = correction.data.get("data") or {}
    return {
        name: value for name, value in corrected.items() if name not in own and event.data.get(name) == value
    }


def _at(event: Event, correction: Event) -> str:
    at = str(correction.data.get("at") or "")
    return at if at and event.happened_at == parse_roughly(at) else ""


def _others(actor: Actor, offer: Offer) -> Iterator[OtherEntry]:
    """The entries of the act on records that may be opened, where they do not read as corrected already."""
    event = offer.event
    there = ledger.of_act(UUID(str(event.act)), event.type)
    mine = offer.page.identity.record
    may = [one for one, found in decisions_on(actor, there).items() if found.allowed and one != mine]
    for page in _opened(actor, may):
        other = _standing(page, str(there[page.identity.record]))
        if other is not None and _differs(other, offer):
            yield OtherEntry(page, other)


def _opened(actor: Actor, records: Iterable[UUID]) -> Iterator[ChildPage]:
    for record in records:
        page = open_child(actor, record, page=f"act:{CORRECT}")
        if isinstance(page, ChildPage):
            yield page


def _differs(other: Event, offer: Offer) -> bool:
    answers = any(other.data.get(name) != value for name, value in offer.shared.items())
    return answers or (bool(offer.at) and other.happened_at != parse_roughly(offer.at))
