"""A made-up case that was worked on and is about to close: in order, with its closing summary handed in, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.cases import open_to_priya, record
from tests.people import Staff

from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.core.engine.view import derive
from cairn.records import ledger

PRIYA, EWAN, JOANNE = "Priya Shah", "Ewan Marsh", "Joanne Whitlock"
SUMMARY: dict[str, Any] = {
    "reason": "Ifeoma has breakfast every day.",
    "decided_in": "consultation",
    "decided_on": "2026-11-20",
    "decided_by": "Priya Shah with the school",
    "family_part": "there",
    "agree": "both",
    "agencies": [{"agency": "Made-up Primary School", "agrees": "yes"}],
    "agencies_agree": True,
    "other_help": "nobody",
    "summary": "She came without breakfast. Her aunt now brings her. She says that she likes it.",
}
SIGNED: dict[str, Any] = {
    "audit": ["record", "chronology"],
    "involvements": [{"who": PRIYA, "as_what": "Social worker", "reason": "No longer in need"}],
    "comment": "The record is complete.",
    "reason": "RC7",
    "explanation": "No longer in need.",
}


def worked_on(people: Staff) -> UUID:
    """A child of Priya's with an assessment, whose particulars are there and who had both leaflets."""
    mother = {"name": "Ngozi Made-up", "relation": "parent_mother", "household": "same", "person": "ngozi"}
    return record(
        people,
        (PRIYA, "start-assessment", {"kind": "child_and_family"}),
        (PRIYA, "record-background", {"ethnicity": "BAFR"}),
        (PRIYA, "record-relationship", mother),
        (PRIYA, "give-leaflet", {"leaflet": "access_to_records", "to": "Ngozi Made-up"}),
        (PRIYA, "give-leaflet", {"leaflet": "comments_compliments_complaints", "to": "Ngozi Made-up"}),
        on=open_to_priya(people),
    )


def handed_in(people: Staff, child: UUID | None = None, **more: Any) -> tuple[UUID, str]:
    """The same with its closing summary handed in, and the decision in the chronology; the id of the summary."""
    child = child or worked_on(people)
    record(people, (PRIYA, "propose-closure", {**SUMMARY, **more}), on=child)
    closing = ledger.read_stream(child)[-1].id
    entry = {"what": "We agreed to close.", "significance": "She is safe."}
    record(people, (PRIYA, "enter-chronology", entry), on=child)
    return child, closing


def sign(people: Staff, child: UUID, closing: str, who: str = JOANNE, **more: Any) -> Recorded | Refused:
    """Sign and close at the door."""
    return record_act(people.actor(who), Request("sign-closure", SIGNED, child, strand=closing, **more))


def closed(people: Staff) -> UUID:
    """The same, closed."""
    child, closing = handed_in(people)
    done = sign(people, child, closing)
    assert isinstance(done, Recorded), done
    return child


def view(child: UUID) -> Any:
    """The record as it stands now."""
    return derive(ledger.read_stream(child), in_use(), as_at=now())
