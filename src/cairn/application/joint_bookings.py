"""A booking made once for several children is moved or called off for all of them at once, unless one is left out.

Each of them holds a booking of its own. Those that were booked with it and stand as it does are offered, and each
that is chosen gets an entry of its own; nothing is done to one that was moved or ended by itself before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.acting import ActPage, send_act
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import decisions_on
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.core.engine.bookings import Booking, open_bookings
from cairn.core.engine.view import View
from cairn.records import ledger, register


@dataclass(frozen=True)
class OtherBooking:
    """The booking of the same act on another child's record, which is to be at the same time."""

    page: ChildPage
    booking: Booking

    @property
    def record(self) -> UUID:
        """The id of that child's record."""
        return self.page.identity.record


def booked_with(actor: Actor, page: ActPage, booking: str) -> tuple[OtherBooking, ...]:
    """The other children's bookings that stand as this one does. Each record shown is in the access log.

    Only records that the actor may open are looked at; one that was moved, called off or held by itself is left out.
    """
    mine = _open(page.page.view, booking)
    if mine is None or mine.event.act is None:
        return ()
    with transaction.atomic():
        return tuple(_others(actor, page, mine))


def _others(actor: Actor, page: ActPage, mine: Booking) -> Iterator[OtherBooking]:
    there = ledger.of_act(UUID(str(mine.event.act)), mine.event.type)
    here = page.page.identity.record
    for record, decision in decisions_on(actor, there).items():
        if record == here or not decision.allowed:
            continue
        found = open_child(actor, record, page=f"act:{page.act.name}")
        theirs = _open(found.view, str(there[record])) if isinstance(found, ChildPage) else None
        if theirs is not None and isinstance(found, ChildPage) and theirs.when == mine.when:
            yield OtherBooking(found, theirs)


def _open(view: View, booking: str) -> Booking | None:
    return next((one for one in open_bookings(view) if one.id == booking), None)


@dataclass(frozen=True)
class ForOthers:
    """What came of it on the other records, by the child's name."""

    done: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def send_for_all(
    actor: Actor, wanted: Request, draft: UUID, others: Collection[OtherBooking]
) -> tuple[Recorded | Refused, ForOthers]:
    """Record a move or an end on the record itself and for the others chosen, in one transaction and as one act.

    Where the record itself is refused, nothing is done for the others; one of them that is refused holds up nobody.
    Sent twice, each is taken once.
    """
    joined = replace(wanted, act_id=uuid5(wanted.key, "for all")) if others else wanted
    with transaction.atomic():
        register.lock([one.record for one in others] + ([wanted.record] if wanted.record else []))
        done = send_act(actor, joined, draft)
        if isinstance(done, Refused):
            return done, ForOthers()
        tried = {
            one.page.identity.name: record_within(actor, _for(joined, one))
            for one in sorted(others, key=lambda one: one.record)
        }
    return done, ForOthers(
        tuple(name for name, one in tried.items() if isinstance(one, Recorded)),
        tuple(name for name, one in tried.items() if isinstance(one, Refused)),
    )


def _for(wanted: Request, other: OtherBooking) -> Request:
    answers = {**wanted.answers, "booking": other.booking.id}
    key = uuid5(wanted.key, str(other.record))
    return replace(
        wanted, answers=answers, record=other.record, key=key, seen=None, strand=None, departures={}
    )
