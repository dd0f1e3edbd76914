"""A made-up assessment for tests: begun by its page's act, handed in and approved as the past has it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.assessing import written
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event
from cairn.records import authorisations, ledger


class WhoActs(Protocol):
    """Members of staff by name: those of a test, or of a benchmark’s installation."""

    def actor(self, name: str) -> Actor:
        """That person, for one request."""
        ...


def begin(people: WhoActs, child: UUID, kind: str = "child_and_family", who: str = "Priya Shah") -> str:
    """Begin an assessment; its id."""
    done = record_act(
        people.actor(who), Request(act="start-assessment", answers={"kind": kind}, record=child)
    )
    assert isinstance(done, Recorded), done
    return done.events[0]


def hand_in(people: WhoActs, child: UUID, strand: str, who: str = "Priya Shah") -> str:
    """Put what is written into the ledger, whole, whatever is missing; how a page hands it in is its own test."""
    found = written(people.actor(who), child, strand)
    assert not isinstance(found, Refused), found
    rows = [dict(one.row) for one in found.sections]
    passages = [dict(row) for one in found.sections for row in one.passages]
    data = {"kind": found.assessment.kind, "sections": rows, "passages": passages}
    return past(people, child, strand, "assessment.submitted", data, who)


def approve(people: WhoActs, child: UUID, strand: str, submitted: str, who: str = "Joanne Whitlock") -> str:
    """Approve what was handed in, whatever the gates say."""
    data = {"kind": "child_and_family", "approves": submitted}
    return past(people, child, strand, "assessment.approved", data, who)


def past(
    people: WhoActs, child: UUID, strand: str | None, kind: str, data: dict[str, Any], who: str = "Priya Shah"
) -> str:
    """An event straight into the stream, without its act; its id."""
    actor = people.actor(who)
    event = Event(
        id=str(ledger.event_id(now())),
        type=kind,
        happened_at=Moment.exact(now()),
        recorded_at=now(),
        author=Author(actor.name, actor.role, str(actor.id)),
        data=data,
        strand=strand,
    )
    with transaction.atomic():
        if "approves" in data:
            authorisations.sign(
                [authorisations.Signed(UUID(event.id), UUID(data["approves"]), actor.id, b"shown")]
            )
        ledger.append(child, [ledger.NewEvent.of(event)], expected_version=None)
    return event.id
