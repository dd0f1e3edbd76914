"""What follows from a record's stream, written into the tables that lists are read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cairn.application import names
from cairn.application.procedures import in_use, in_use_edition, in_use_hash
from cairn.application.restrictions import restriction_of
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.duties import AlsoDue, DutyView
from cairn.core.engine.lateness import next_change
from cairn.core.engine.summary import Summary, summarise
from cairn.core.engine.view import View, derive_present
from cairn.core.history.event import Event
from cairn.core.roles import WORKERS
from cairn.core.transfer.transfers import as_line, open_transfer, transfers
from cairn.core.work.waits import Wait, waits
from cairn.records import editions, projections, search, staff

# A role whose work stays with its own team, whichever team has the child.
OWN_TEAM = {"contact centre": "contact_centre"}


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that follows from one record's stream: what its lists show, and what it is filed under."""

    derived: projections.Derived
    filing: search.Filing


def project(record_id: UUID, view: View, last_number: int) -> projections.SummaryRow:
    """Write what follows from one record as the view stands; rows that stay equal are not rewritten."""
    found = consequences(record_id, view, last_number, teams_by_kind())
    write([found], view.world.known_at)
    return found.derived.summary


def write(found: Sequence[Consequences], at: datetime) -> None:
    """Write what follows from many records (some hundreds at a time), their locks held by the caller.

    The procedures they were derived under are kept by their hash, since `at` (UTC) where they are new.
    """
    keep_edition(at)
    projections.replace_many([each.derived for each in found])
    search.file_many([each.filing for each in found])


def consequences(record_id: UUID, view: View, last_number: int, teams: Mapping[str, UUID]) -> Consequences:
    """What follows from a record as the view stands; `teams` by the kind of work they do."""
    row = _summary_row(view, last_number, teams)
    duties = tuple(_duty_row(duty, row, teams) for duty in view.duties)
    return Consequences(projections.Derived(record_id, row, duties), names.filing(record_id, view))


def consequences_of(
    record_id: UUID, stream: Sequence[Event], at: datetime, teams: Mapping[str, UUID]
) -> Consequences:
    """The same, derived from the stream alone at an instant (UTC)."""
    view = derive_present(stream, in_use(), at=at)
    return consequences(record_id, view, stream[-1].number if stream else 0, teams)


def teams_by_kind() -> dict[str, UUID]:
    """The team that takes each kind of work: of several the first by name."""
    return {team.kind: team.id for team in reversed(staff.teams())}


def keep_edition(at: datetime) -> None:
    """Keep the procedures and the calendar in use, the first time that anything is derived under them."""
    edition = in_use_edition()
    if editions.is_kept(edition.hash):
        return
    editions.keep_calendar(editions.Calendar(edition.calendar_hash, edition.calendar, at))
    adopted = at.astimezone(LONDON).date()
    editions.keep_procedures(editions.Procedures(edition.hash, edition.name, edition.compiled, adopted, at))


def _summary_row(view: View, last_number: int, teams: Mapping[str, UUID]) -> projections.SummaryRow:
    summary = summarise(view)
    going, team = open_transfer(view), team_of(summary, teams)
    restricted = restriction_of(view)
    return projections.SummaryRow(
        name=summary.name,
        known_as=summary.known_as,
        born=summary.born,
        expected=summary.expected,
        sex=summary.sex,
        address=summary.address,
        restricted=summary.restricted,
        worker_id=UUID(summary.worker) if summary.worker else None,
        team_id=team,
        episode_opened_at=summary.episode_opened,
        episode_closed_at=summary.episode_closed,
        stage=summary.stage,
        open_work=summary.open_work,
        plan_made_at=summary.plan_made,
        allocated_at=summary.allocated,
        transfer_to_id=UUID(going.to_team) if going and going.to_team else None,
        transfers=tuple(_from(as_line(one), team) for one in transfers(view)),
        waits=tuple(_wait(one) for one in waits(view)),
        restriction=restricted.reason if restricted else "",
        restriction_review_by=restricted.review_by if restricted else None,
        next_change_at=_next_change(view),
        derived_at=view.world.as_at,
        last_number=last_number,
        procedures_hash=in_use_hash(),
    )


def _from(line: dict[str, Any], team: UUID | None) -> dict[str, Any]:
    """One proposed before anybody was allocated comes from the team that has the record."""
    return line if line["from"] else {**line, "from": str(team or "")}


def _wait(one: Wait) -> dict[str, str]:
    return {
        "id": one.id,
        "sort": one.sort,
        "what": one.what,
        "act": one.act,
        "earliest": one.when.earliest.isoformat(),
        "latest": one.when.latest.isoformat(),
        "by": one.by,
        "place": one.place,
    }


def team_of(summary: Summary, teams: Mapping[str, UUID]) -> UUID | None:
    """The team of the allocation; before that the team of the service the referral is meant for."""
    if summary.team:
        return UUID(summary.team)
    return teams.get(summary.service) or teams.get("referral_and_assessment")


def _next_change(view: View) -> datetime | None:
    """When something changes by time alone: an open duty's state, or a new version that takes open clocks over."""
    soonest = next_change(view.duties, view.world.as_at)
    taken_over = [begins for begins in _take_overs(view) if begins > view.world.as_at]
    return min([soonest, *taken_over] if soonest else taken_over, default=None)


def _take_overs(view: View) -> Iterator[datetime]:
    versions_of = view.procedures.protocol.duties
    for provision in {duty.rule.id for duty in view.open_duties}:
        for version in versions_of[provision]:
            if version.governs == "every open clock" and version.in_force_from:
                yield Moment.on_day(version.in_force_from).earliest


def _duty_row(
    duty: DutyView, row: projections.SummaryRow, teams: Mapping[str, UUID]
) -> projections.DutyRowData:
    instants = duty.instants
    return projections.DutyRowData(
        key=duty.key,
        provision=duty.rule.id,
        title=duty.rule.title,
        act=duty.rule.act,
        who=duty.rule.who,
        for_staff_id=row.worker_id if {duty.rule.who, duty.rule.also_for} & WORKERS else None,
        for_team_id=teams.get(OWN_TEAM.get(duty.rule.who, ""), row.team_id),
        started_at=instants.started,
        due_earliest=instants.due[0] if instants.due else None,
        due_latest=instants.due[1] if instants.due else None,
        met_earliest=instants.met.earliest if instants.met else None,
        met_at=instants.met.latest if instants.met else None,
        ended_at=instants.ended,
        departed_at=instants.departed,
        departed_why=duty.departed.reason if duty.departed and instants.departed else "",
        waiting=False,
        cannot_tell=instants.cannot_tell,
        also=tuple(_also(reading) for reading in duty.also),
    )


def _also(reading: AlsoDue) -> dict[str, str]:
    return {
        "within": reading.within,
        "due": reading.due.isoformat(),
        "document": reading.source.document,
        "paragraph": reading.source.paragraph,
    }
