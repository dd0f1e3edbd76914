"""How far the closing of a referral has come: handed in, sent back, signed; and who disagrees and has an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cairn.core.engine.truth import is_answered
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

CLOSURE, REFERRAL = "closure", "referral"
PROPOSED, RETURNED, SIGNED, CLOSED = (
    "closure.proposed",
    "closure.returned",
    "closure.signed",
    "case.closed",
)
DISSENT, ANSWERED = "dissent.recorded", "dissent.answered"
Stage = Literal["handed in", "sent back", "signed"]


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing summary as it stands, and how it was decided: signed, or sent back with what has to be done first."""

    strand: Strand
    proposed: Event
    decided: Event | None
    stage: Stage

    @property
    def id(self) -> str:
        """The id of the summary, which is that of its strand."""
        return self.strand.id


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody's disagreement, and the answers they had; `is_answered` where one of them was in writing (10.7)."""

    event: Event
    answers: tuple[Event, ...]
    is_answered: bool


def open_referrals(view: View) -> tuple[Strand, ...]:
    """The referrals that may be closed, in the order they came."""
    return tuple(one for one in view.open_strands if one.kind == REFERRAL)


def closings(view: View, referral: Strand | None = None) -> tuple[Closing, ...]:
    """Every closing summary of a record, or of one referral, in the order they were handed in."""
    found = [
        one
        for one in view.standing.strands.values()
        if one.kind == CLOSURE and (referral is None or referral.id in one.path)
    ]
    found.sort(key=lambda one: view.standing.place_of[one.id])
    return tuple(_closing(view, one) for one in found)


def waiting(view: View, referral: Strand | None = None) -> tuple[Closing, ...]:
    """Those that wait for a manager."""
    return tuple(
        one for one in closings(view, referral) if one.stage == "handed in" and one.strand.ended is None
    )


def sent_back(view: View, referral: Strand) -> Closing | None:
    """The last closing summary of an open referral, where it was sent back and none was handed in since."""
    found = closings(view, referral)
    return found[-1] if found and found[-1].stage == "sent back" and referral.ended is None else None


def _closing(view: View, strand: Strand) -> Closing:
    its = view.standing.by_type(strand)
    standing = {event.id: event for event in its.get(PROPOSED, ())}
    decided = [*its.get(RETURNED, ()), *its.get(SIGNED, ())]
    last = max(decided, key=lambda one: view.standing.place_of[one.id], default=None)
    stage: Stage = "handed in" if last is None else "signed" if last.type == SIGNED else "sent back"
    return Closing(strand, standing.get(strand.id, strand.opener), last, stage)


def dissents(view: View, referral: Strand | None = None) -> tuple[Dissent, ...]:
    """Who disagreed with anything while a referral was open (of a record: ever), with the answers they had."""
    its = view.standing.by_type(referral)
    answers = its.get(ANSWERED, ())
    return tuple(_dissent(one, answers) for one in its.get(DISSENT, ()))


def _dissent(event: Event, answers: tuple[Event, ...]) -> Dissent:
    its = tuple(one for one in answers if one.data.get("dissent") == event.id)
    written = is_answered(event.data.get("reply")) or any(one.data.get("how") == "written" for one in its)
    return Dissent(event, its, written)


def disagreeing(proposed: Event) -> bool:
    """Whether a closing summary says that an agency, the child or a parent does not agree."""
    return proposed.data.get("agencies_agree") is False or proposed.data.get("agree") in (
        "parents_only",
        "child_only",
        "neither",
    )
