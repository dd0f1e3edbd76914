"""The one door: nobody gets a record except through here. It decides, and writes the view into the access log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.access.decide import Decision, RecordFacts, decide_act, decide_add, decide_view
from cairn.core.engine.view import View, derive
from cairn.records import access_log, ledger, projections, register, staff

FRONT_DOOR_STAGES = frozenset({"", "contact", "referral", "to be allocated", "allocated, new contact"})
# What the front door may add to any record that it found (docs/adr/0007).
FRONT_DOOR_ADDS = frozenset({"record-contact", "record-referral", "open-sibling-referral"})
NOT_FOUND = Refused("not found", "There is no such record, or it is not one you may know of")


@dataclass(frozen=True)
class OpenRecord:
    """A record that was opened: its register row, its view now, and the relationship relied on."""

    row: register.RecordRow
    view: View
    summary: projections.SummaryRow
    relied_on: str

    @property
    def team_name(self) -> str:
        """The team that has the record, or ''."""
        team = staff.team(self.summary.team_id) if self.summary.team_id else None
        return team.name if team else ""


def open_record(
    actor: Actor,
    record_id: UUID,
    *,
    page: str,
    purpose: str = "",
    what: str = "view",
    lock: bool = False,
    adding: bool = False,
) -> OpenRecord | Refused:
    """Open a record for a use case, in its transaction. Every answer is in the access log, a refusal too.

    With `lock` the record is held against other writers until the transaction ends. `adding` is for what
    the front door may add to any record it found: nothing of the record is then shown to it.
    """
    row = register.lock([record_id]).get(record_id) if lock else register.record(record_id)
    if row is None:
        return NOT_FOUND
    summary = projections.summary(record_id)
    decision = _decided(actor, record_id, summary, adding=adding)
    write_access(actor, [record_id], decision, page=page, what=what, purpose=purpose)
    if not decision.allowed or summary is None:
        return Refused("not allowed", decision.reason, decision.how_to_ask)
    view = derive(ledger.read_stream(record_id), in_use(), as_at=now())
    return OpenRecord(row, view, summary, decision.relied_on)


def _decided(
    actor: Actor, record_id: UUID, summary: projections.SummaryRow | None, *, adding: bool
) -> Decision:
    if not adding:
        return decide_view(actor.facts, facts_of(summary))
    was_found = access_log.was_shown(actor.id, record_id, "search")
    return decide_add(actor.facts, facts_of(summary), was_found=was_found)


def refused_by_role(actor: Actor, act: str, record_id: UUID | None) -> Refused | None:
    """Why this person's role may not do an act of the vocabulary; None where it may.

    That they tried it on a record is in the access log, as every refusal is.
    """
    decision = decide_act(actor.role, in_use().vocabulary.acts[act].roles)
    if decision.allowed:
        return None
    if record_id is not None and register.record(record_id) is not None:
        write_access(actor, [record_id], decision, page=f"act:{act}", what="refused")
    return Refused("not allowed", decision.reason, decision.how_to_ask)


def facts_of(summary: projections.SummaryRow | None) -> RecordFacts:
    """What a decision on a record rests on, from its line in the lists."""
    if summary is None:
        return RecordFacts(None, None, at_front_door=False)
    return RecordFacts(
        worker=str(summary.worker_id) if summary.worker_id else None,
        team=str(summary.team_id) if summary.team_id else None,
        at_front_door=summary.stage in FRONT_DOOR_STAGES,
    )


def write_access(
    actor: Actor,
    records: Sequence[UUID],
    decision: Decision,
    *,
    page: str,
    what: str,
    purpose: str = "",
) -> None:
    """One row of the access log for one request: who, in which capacity, which records, by which relationship."""
    access_log.write(
        access_log.AccessLine(
            at=now(),
            actor=actor.id,
            capacity=actor.role,
            purpose=purpose,
            relied_on=decision.relied_on,
            what=what if decision.allowed else "refused",
            page=page,
            request_id=actor.request_id,
            records=tuple(records),
            allowed=decision.allowed,
            reason=decision.reason,
        )
    )
