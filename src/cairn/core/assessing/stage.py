"""How far an assessment has come: being written, handed in, returned or approved; and what the last one said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

ASSESSMENT = "assessment"
SUBMITTED, RETURNED, APPROVED = "assessment.submitted", "assessment.returned", "assessment.approved"
Stage = Literal["writing", "handed in", "returned", "approved"]
_STAGES: Mapping[str, Stage] = {SUBMITTED: "handed in", RETURNED: "returned", APPROVED: "approved"}


@dataclass(frozen=True, slots=True)
class Stood:
    """The stage of an assessment, and the event that brought it there (None while it is first written)."""

    stage: Stage
    event: Event | None = None

    @property
    def may_write(self) -> bool:
        """Whether its sections may be written in."""
        return self.stage in ("writing", "returned")


def assessments(view: View) -> tuple[Strand, ...]:
    """The assessments of a record, the latest begun first."""
    found = [strand for strand in view.standing.strands.values() if strand.kind == ASSESSMENT]
    return tuple(reversed(found))


def stood(view: View, strand: Strand) -> Stood:
    """How far an assessment has come by the events that stand. One that ended otherwise counts as approved."""
    steps = [event for event in _of(view, strand) if event.type in _STAGES]
    if steps:
        return Stood(_STAGES[steps[-1].type], steps[-1])
    return Stood("approved", strand.ended) if strand.ended else Stood("writing")


def _of(view: View, strand: Strand) -> Iterator[Event]:
    return (event for event in view.standing.events if strand.id in view.standing.path_of[event.id])


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier, approved assessment said in one section: its row, whose it was, and when it was approved.

    `event` is the id of the handing-in in which it stands whole; `on` the London day of the approval.
    """

    section: str
    data: Mapping[str, Any]
    event: str
    on: date
    author: str
    approved_by: str


def last_time(view: View, strand: Strand) -> Mapping[str, Before]:
    """By section, what the last approved assessment before this one said; empty where there is none."""
    for earlier in assessments(view):
        if earlier.id == strand.id or earlier.opener.happened_at.latest > strand.opener.happened_at.latest:
            continue
        approved = next((event for event in _of(view, earlier) if event.type == APPROVED), None)
        handed_in = _approved_text(view, earlier, approved) if approved else None
        if approved and handed_in:
            return {one.section: one for one in _rows(handed_in, approved)}
    return {}


def _approved_text(view: View, strand: Strand, approved: Event) -> Event | None:
    """The handing-in that was approved: the one named, else the last before it."""
    handed_in = [
        event for event in _of(view, strand) if event.type == SUBMITTED and event.data.get("sections")
    ]
    named = [event for event in handed_in if event.id == approved.data.get("approves")]
    return next(reversed(named or handed_in), None)


def _rows(handed_in: Event, approved: Event) -> Iterator[Before]:
    rows = handed_in.data["sections"]
    for row in rows if isinstance(rows, list | tuple) else ():
        yield Before(
            section=str(row.get("section")),
            data=row,
            event=handed_in.id,
            on=approved.happened_at.day,
            author=handed_in.author.name,
            approved_by=approved.author.name,
        )


def not_seen_yet(view: View, strand: Strand) -> bool:
    """Whether an assessment that is not approved waits for the child to be seen, or for a manager to agree why not.

    Only what happened in the assessment counts (Peterborough 4.12).
    """
    of_type = view.standing.by_type(strand)
    agreed = (one.data.get("agreed_by") == "team manager" for one in of_type.get("child.not_seen", ()))
    open_ = strand.ended is None and stood(view, strand).stage != "approved"
    return open_ and not of_type.get("child.seen") and not any(agreed)
