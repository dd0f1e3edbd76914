"""What is being written together: the assessments somebody has written in, or that are about a child they work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.door import decided_on
from cairn.core.assessing.stage import APPROVED
from cairn.core.planning.parts import PLAN_PARTS
from cairn.records import projections, sections


@dataclass(frozen=True, slots=True)
class SharedLine:
    """An assessment that is being written: about whom, and when who saved it last (UTC)."""

    record: UUID
    strand: UUID
    name: str
    saved_at: datetime
    saved_by: str


def shared_with(actor: Actor) -> tuple[SharedLine, ...]:
    """What is being written and is shared with this person, the last saved first, of records they may open now.

    The caller writes the records into the access log, in its transaction.
    """
    found = sections.open_documents(actor.id, APPROVED, PLAN_PARTS)
    summaries = projections.summaries({one.record for one in found}) if found else {}
    decisions = decided_on(actor, summaries, summaries)
    return tuple(
        SharedLine(
            one.record, one.strand, summaries[one.record].name, one.saved_at,
            "you" if one.saved_by == actor.id else one.saved_by_name,
        )
        for one in found
        if one.record in decisions and decisions[one.record].allowed
    )  # fmt: skip
