"""A transfer: proposed to a team, agreed at an allocation meeting, complete when the child is the other team's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

KIND = "transfer"
AGREED, COMPLETED, DECLINED = "transfer.agreed", "transfer.completed", "transfer.declined"
VERIFIED = "record.verified"
Stage = Literal["proposed", "agreed", "completed", "ended"]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer as its record has it. `proposed` is read with its corrections; `from_team` is an id, or ''.

    `ended` is what ended it without its being complete: it was not agreed, or the case was closed.
    """

    strand: Strand
    proposed: Event
    from_team: str
    agreed: Event | None
    verified: Event | None
    completed: Event | None
    ended: Event | None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.completed is not None:
            return "completed"
        if self.ended is not None:
            return "ended"
        return "agreed" if self.agreed is not None else "proposed"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be agreed or completed."""
        return self.stage in ("proposed", "agreed")

    @property
    def to_team(self) -> str:
        """The id of the team that may take over, or ''."""
        return _text(self.proposed, "to_team_id")

    @property
    def to_name(self) -> str:
        """What that team is called."""
        return _text(self.proposed, "to_team")

    @property
    def meeting(self) -> date | None:
        """The day of the allocation meeting it was agreed at, else of the one it is proposed for (Peterborough 9.4)."""
        return (_day(self.agreed, "agreed_on") if self.agreed else None) or _day(
            self.proposed, "allocation_meeting"
        )

    @property
    def attended(self) -> tuple[str, ...]:
        """Who was at the allocation meeting that agreed it."""
        said = self.agreed.data.get("attended") if self.agreed else None
        return tuple(str(one) for one in said) if isinstance(said, list | tuple) else ()


def transfers(view: View) -> tuple[Transfer, ...]:
    """Every transfer of a record, the first proposed first. One whose proposal was withdrawn is none."""
    found = (strand for strand in view.standing.strands.values() if strand.kind == KIND)
    return tuple(_transfer(view, strand) for strand in found)


def open_transfer(view: View) -> Transfer | None:
    """The transfer that is to be agreed or completed, or None; of several the one proposed last."""
    return next((one for one in reversed(transfers(view)) if one.is_open), None)


def _transfer(view: View, strand: Strand) -> Transfer:
    scope = list(view.standing.scope(strand))
    last = {event.type: event for event in scope}
    proposed = next((event for event in scope if event.id == strand.id), strand.opener)
    completed = last.get(COMPLETED)
    ended = None if completed is not None else strand.ended
    return Transfer(
        strand, proposed, _team_before(view, strand), last.get(AGREED), last.get(VERIFIED), completed, ended
    )


def _team_before(view: View, strand: Strand) -> str:
    """The team that had the child when the transfer was proposed, by the last allocation before it."""
    place_of = view.standing.place_of
    here = place_of.get(strand.id, len(place_of))
    made = view.standing.by_type().get("allocation.made", ())
    before = [_text(event, "team_id") for event in made if place_of[event.id] < here]
    return before[-1] if before else ""


def as_line(one: Transfer) -> dict[str, Any]:
    """A transfer as lists keep it: plain values, nothing of the child."""
    return {
        "id": one.strand.id,
        "stage": one.stage,
        "from": one.from_team,
        "to": one.to_team,
        "to_name": one.to_name,
        "tier": _text(one.proposed, "tier"),
        "meeting": one.meeting.isoformat() if one.meeting else "",
        "attended": list(one.attended),
    }


def _text(event: Event, field: str) -> str:
    return str(event.data.get(field) or "")


def _day(event: Event, field: str) -> date | None:
    said = event.data.get(field)
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
