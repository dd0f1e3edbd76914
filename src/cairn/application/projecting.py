"""What follows from a record's stream, written into the tables that lists are read from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cairn.application import names
from cairn.application.procedures import in_use, in_use_hash
from cairn.core.engine.duties import AlsoDue, DutyView
from cairn.core.engine.lateness import next_change
from cairn.core.engine.summary import Summary, summarise
from cairn.core.engine.view import View, derive
from cairn.records import ledger, projections, staff

WORKERS = frozenset({"social worker", "consultant social worker", "social work assistant"})


def project(record_id: UUID, view: View, last_number: int) -> projections.SummaryRow:
    """Write a record's summary, duties and look-up keys as the view stands; rows that stay equal are not rewritten."""
    summary = summarise(view)
    row = _summary_row(view, summary, last_number)
    projections.replace(record_id, row, [_duty_row(duty, row) for duty in view.duties])
    names.index(record_id, view)
    return row


def project_again(record_id: UUID, at: datetime) -> projections.SummaryRow:
    """Derive a record from its stream alone and write what follows; what `cairn rebuild` and `cairn tick` do."""
    stream = ledger.read_stream(record_id)
    view = derive(stream, in_use(), as_at=at)
    return project(record_id, view, stream[-1].number if stream else 0)


def _summary_row(view: View, summary: Summary, last_number: int) -> projections.SummaryRow:
    return projections.SummaryRow(
        name=summary.name,
        known_as=summary.known_as,
        born=summary.born,
        expected=summary.expected,
        sex=summary.sex,
        address=summary.address,
        restricted=summary.restricted,
        worker_id=UUID(summary.worker) if summary.worker else None,
        team_id=_team(summary),
        episode_opened_at=summary.episode_opened,
        episode_closed_at=summary.episode_closed,
        stage=summary.stage,
        next_change_at=next_change(view.duties, view.world.as_at),
        derived_at=view.world.as_at,
        last_number=last_number,
        procedures_hash=in_use_hash(),
    )


def _team(summary: Summary) -> UUID | None:
    """The team of the allocation; before that the team of the service the referral is meant for."""
    if summary.team:
        return UUID(summary.team)
    by_kind = {team.kind: team.id for team in reversed(staff.teams())}
    return by_kind.get(summary.service) or by_kind.get("referral_and_assessment")


def _duty_row(duty: DutyView, row: projections.SummaryRow) -> projections.DutyRowData:
    instants = duty.instants
    return projections.DutyRowData(
        key=duty.key,
        provision=duty.rule.id,
        title=duty.rule.title,
        act=duty.rule.act,
        who=duty.rule.who,
        for_staff_id=row.worker_id if duty.rule.who in WORKERS else None,
        for_team_id=row.team_id,
        started_at=instants.started,
        due_earliest=instants.due[0] if instants.due else None,
        due_latest=instants.due[1] if instants.due else None,
        met_earliest=instants.met.earliest if instants.met else None,
        met_at=instants.met.latest if instants.met else None,
        ended_at=instants.ended,
        departed_at=instants.departed,
        waiting=False,
        cannot_tell=duty.missing,
        also=tuple(_also(reading) for reading in duty.also),
    )


def _also(reading: AlsoDue) -> dict[str, str]:
    return {
        "within": reading.within,
        "due": reading.due.isoformat(),
        "document": reading.source.document,
        "paragraph": reading.source.paragraph,
    }
