"""Handing an assessment in: what is missing first, then the whole text goes to whoever signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.acting import close_draft, strand_in_words
from cairn.application.actors import Actor
from cairn.application.assessing import Assessment, Written, assessment_of, written
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, open_record, refused_by_role
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.core.assessing.sections import is_written
from cairn.core.assessing.stage import ASSESSMENT, RETURNED, SUBMITTED
from cairn.core.engine.truth import is_answered
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.records import submissions

ACT = "submit-assessment"
EMPTY = "Nothing is written yet, so there is nothing to hand in"
OPEN_A_SECTION = "Open a section of the assessment and write what you know."
NOT_OPEN = "No assessment on this record can be handed in now"


@dataclass(frozen=True)
class ToHandIn:
    """An assessment about to be handed in: as it stands, what was asked when it was returned, and the times before.

    `seen` is the number of the record's last event, which the page was made from.
    """

    assessment: Assessment
    handed_in: tuple[Event, ...]
    returned: Event | None
    seen: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not any(
            one.text is not None and is_written(one.section, one.text.data)
            for one in self.assessment.sections
        )

    @property
    def apart(self) -> tuple[str, ...]:
        """The sections in which two texts wait to be put together: nothing lets it be handed in before."""
        return tuple(
            one.section.title for one in self.assessment.sections if one.text is not None and one.text.apart
        )


@dataclass(frozen=True)
class WhichAssessment:
    """Several are open: which one is meant has to be said. Each with its id and words."""

    page: ChildPage
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HandIn:
    """What is sent: why it was cut short (4.7), what was done about what was asked, in a few words what it says."""

    synopsis: str = ""
    response: str = ""
    summary: str = ""


def to_hand_in(actor: Actor, record: UUID, strand: str | None) -> ToHandIn | WhichAssessment | Refused:
    """Open a record to hand an assessment in: the one named, or the only one that is being written. Logged."""
    with transaction.atomic():
        refused = refused_by_role(actor, ACT, record)
        if refused is not None:
            return refused
        opened = open_record(actor, record, page=f"act:{ACT}")
        if isinstance(opened, Refused):
            return opened
        named = strand or _only(_open(opened))
        if named is None:
            return _which(actor, opened)
        found = assessment_of(actor, opened, named)
        return found if isinstance(found, Refused) else _of(found, opened.row.version)


def _open(opened: OpenRecord) -> list[Strand]:
    strands = opened.view.standing.strands.values()
    return [one for one in strands if one.kind == ASSESSMENT and one.ended is None]


def _only(strands: list[Strand]) -> str | None:
    return strands[0].id if len(strands) == 1 else None


def _which(actor: Actor, opened: OpenRecord) -> WhichAssessment | Refused:
    choices = tuple((one.id, strand_in_words(one)) for one in _open(opened))
    if not choices:
        return Refused("not found", NOT_OPEN, "Start an assessment first, or open the one that is signed.")
    return WhichAssessment(page_of(actor, opened, opened.view), choices)


def _of(found: Assessment, seen: int) -> ToHandIn:
    view = found.page.view
    steps = [
        event
        for event in view.standing.events
        if event.type in (SUBMITTED, RETURNED) and found.strand.id in view.standing.path_of[event.id]
    ]
    returned = [event for event in steps if event.type == RETURNED]
    handed_in = tuple(event for event in steps if event.type == SUBMITTED)
    return ToHandIn(found, handed_in, returned[-1] if returned else None, seen)


def why_not(it: ToHandIn, sent: HandIn) -> Refused | None:
    """Why it cannot be handed in, with what to do; None where it can.

    An assessment that is cut short may leave sections out: its synopsis says why (Peterborough 4.6, 4.7). One in
    which nothing is written, or two texts of a section wait to be put together, is never taken.
    """
    found = it.assessment
    if not found.stood.may_write:
        return Refused("not found", _past(found), "Open it to read it, or ask the manager to return it.")
    if it.is_empty:
        return Refused("not taken", EMPTY, OPEN_A_SECTION)
    if it.apart:
        return Refused(
            "not taken", f"Two texts wait to be put together: {', '.join(it.apart)}", "Open the section."
        )
    if found.blocking and not sent.synopsis.strip():
        return Refused(
            "not taken",
            "The assessment is not complete",
            "Complete the sections named below, or say why a short assessment is enough (4.6, 4.7).",
        )
    return None


def _past(found: Assessment) -> str:
    said = {"handed in": "is handed in and waits for its decision", "approved": "is approved"}
    return f"This assessment {said.get(found.stood.stage, 'is closed')}"


def hand_in(
    actor: Actor, record: UUID, strand: str, sent: HandIn, key: UUID, draft: UUID | None = None
) -> Recorded | Refused:
    """Hand the assessment in, whole, as its sections stand now. Sent twice by one form, it is taken once."""
    with transaction.atomic():
        refused = refused_by_role(actor, ACT, record)
        if refused is not None:
            return refused
        whole = written(actor, record, strand)
        if isinstance(whole, Refused):
            return whole
        request = Request(ACT, answers_of(whole, sent), record, strand=strand, key=key)
        stopped = why_not(_of(whole.assessment, 0), sent)
        if stopped is not None and not _is_again(key, actor):
            return stopped
        done = record_within(actor, request)
        if isinstance(done, Recorded) and not done.again and draft is not None:
            close_draft(actor, draft)
        return done


def _is_again(key: UUID, actor: Actor) -> bool:
    return isinstance(submissions.look(key, actor.id), submissions.Already)


def answers_of(whole: Written, sent: HandIn) -> dict[str, Any]:
    """The answers of the act: the sections in the order of the form, and the passages with their origin."""
    rows = [dict(_filled(one.row)) for one in whole.sections]
    passages = [dict(one) for section in whole.sections for one in section.passages]
    return {
        "kind": whole.assessment.kind,
        "sections": rows,
        "passages": passages,
        "cut_short": bool(whole.assessment.blocking),
        "synopsis": sent.synopsis.strip(),
        "response": sent.response.strip(),
        "summary": sent.summary.strip(),
    }


def _filled(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, value in row.items() if is_answered(value))
