"""The one door: nobody gets a record except through here. It decides, and writes the view into the access log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from cairn.application.actors import Actor
from cairn.application.alerts import raise_alert
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.access.decide import (
    CONFLICT,
    THROUGH_GLASS,
    decide_act,
    decide_add,
    decide_break_glass,
    decide_here,
    decide_view,
)
from cairn.core.access.facts import Decision, RecordFacts
from cairn.core.access.fields import cut
from cairn.core.engine.view import View, derive_present
from cairn.core.history.event import Event
from cairn.records import access_log, ledger, projections, register, staff
from cairn.records.sight import barred, seen_by

FRONT_DOOR_STAGES = frozenset({"", "contact", "referral", "to be allocated", "allocated, new contact"})
# What the front door may add to any record that it found (docs/adr/0007).
FRONT_DOOR_ADDS = frozenset({"record-contact", "record-referral", "open-sibling-referral"})
# The page on which a part of an assessment is written, which is no act yet.
SECTION = "assessment-section"
# A family is followed from the child over everybody it shares, and once more from those.
STEPS = 2
NOT_FOUND = Refused("not found", "There is no such record, or it is not one you may know of")


@dataclass(frozen=True)
class OpenRecord:
    """A record that was opened: its register row, its view now, and the relationship relied on.

    `view` is without the texts that this person may not see; for an act that is written it is `whole`. By `whole` one
    judges what may go where: nothing of it is shown.
    """

    row: register.RecordRow
    view: View
    summary: projections.SummaryRow
    relied_on: str
    stream: Sequence[Event]

    @cached_property
    def whole(self) -> View:
        """The record with every text of it."""
        return derive_present(self.stream, in_use(), at=now())

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
        return not_there(actor, record_id, page=page)
    summary = projections.summary(record_id)
    decision = _decided(actor, record_id, summary, adding=adding)
    if decision.hidden:
        return not_there(actor, record_id, page=page)
    if decision.allowed and not adding and (what == "act" or page == SECTION):
        decision = decide_here(decision.relied_on, page.removeprefix("act:"))
    write_access(actor, [record_id], decision, page=page, what=what, purpose=purpose)
    if not decision.allowed or summary is None:
        return refused_with(actor, record_id, summary, decision)
    if decision.alert:
        raise_alert(actor, decision.alert, record_id)
    stream = ledger.read_stream(record_id)
    writes = lock and what == "act"
    view = derive_present(stream, in_use(), at=now()) if writes else _as_seen(actor, stream)
    return OpenRecord(row, view, summary, decision.relied_on, stream)


def _as_seen(actor: Actor, stream: Sequence[Event]) -> View:
    """A record as this person may see it."""
    return derive_present(cut(stream, in_use().vocabulary, actor.rights), in_use(), at=now())


def refused_with(
    actor: Actor, record_id: UUID, line: projections.SummaryRow | None, decision: Decision
) -> Refused:
    """Why a record was not opened, and whether it may be opened in an emergency."""
    may = decide_break_glass(actor.facts, facts_of(record_id, line)).allowed
    return Refused("not allowed", decision.reason, decision.how_to_ask, glass=record_id if may else None)


def not_there(actor: Actor, record_id: UUID, *, page: str) -> Refused:
    """There is no such record, or for this person there is none: that they asked is then logged, and told to others."""
    if record_id in barred() or str(record_id) in actor.facts.barred:
        conflict_met(actor, record_id, page=page)
    return NOT_FOUND


def conflict_met(actor: Actor, record_id: UUID, *, page: str) -> None:
    """Somebody asked for a record that for them does not exist: it is in the log, and those who guard access are told."""
    refused = Decision(allowed=False, reason=CONFLICT, hidden=True)
    write_access(actor, [record_id], refused, page=page, what="refused")
    raise_alert(actor, CONFLICT, record_id)


def decisions_on(actor: Actor, records: Iterable[UUID]) -> dict[UUID, Decision]:
    """Whether this person may open each of these records, for pages that offer them. It opens none.

    Those that for this person do not exist are left out.
    """
    wanted = list(dict.fromkeys(records))
    there = projections.summaries(wanted) if wanted else {}
    return decided_on(actor, wanted, there)


def decided_on(
    actor: Actor, records: Iterable[UUID], lines: Mapping[UUID, projections.SummaryRow]
) -> dict[UUID, Decision]:
    """The same from the records' lines in the lists, which were read already."""
    facts = actor.facts
    decisions = {one: decide_view(facts, facts_of(one, lines.get(one))) for one in records}
    return {one: decision for one, decision in decisions.items() if not decision.hidden}


@dataclass(frozen=True)
class OpenTogether:
    """A record that was opened, and those of its family that the reader may open too, in the order they were found.

    `closed` are the records of the family that may not be opened: nothing of them was read.
    """

    first: OpenRecord
    others: tuple[OpenRecord, ...]
    closed: frozenset[UUID]


def open_together(
    actor: Actor, record_id: UUID, reach: Callable[[Mapping[UUID, View]], set[UUID]], *, page: str
) -> OpenTogether | Refused:
    """Open a record and those that belong with it: one row of the access log, however many they are.

    `reach` gives the records that some opened ones lead to, told from what is written on those. It is asked twice, so
    that a half-brother's own half-sister is found; what may not be opened leads no further. The number of queries
    does not grow with the family.
    """
    row, line = register.record(record_id), projections.summary(record_id)
    if row is None:
        return not_there(actor, record_id, page=page)
    decision = decide_view(actor.facts, facts_of(record_id, line))
    if decision.hidden:
        return not_there(actor, record_id, page=page)
    if not decision.allowed or line is None:
        write_access(actor, [record_id], decision, page=page, what="view")
        return refused_with(actor, record_id, line, decision)
    if decision.alert:
        raise_alert(actor, decision.alert, record_id)
    first = _opened(actor, row, ledger.read_stream(record_id), line, decision)
    others, closed = _reached(actor, first, reach)
    write_access(actor, [record_id, *(one.row.id for one in others)], decision, page=page, what="view")
    return OpenTogether(first, tuple(others), frozenset(closed))


def _reached(
    actor: Actor, first: OpenRecord, reach: Callable[[Mapping[UUID, View]], set[UUID]]
) -> tuple[list[OpenRecord], set[UUID]]:
    others: list[OpenRecord] = []
    closed: set[UUID] = set()
    newest = [first]
    for _ in range(STEPS):
        known = {first.row.id, *closed, *(one.row.id for one in others)}
        found = sorted(reach({one.row.id: one.view for one in newest}) - known)
        lines, rows = projections.summaries(found), register.records(found)
        decisions = decided_on(actor, rows, lines)
        allowed = [one for one in found if one in decisions and decisions[one].allowed]
        streams = ledger.read_streams(allowed)
        newest = [_opened(actor, rows[one], streams[one], lines[one], decisions[one]) for one in allowed]
        others += newest
        closed |= decisions.keys() - set(allowed)
    return others, closed


def _opened(
    actor: Actor,
    row: register.RecordRow,
    stream: Sequence[Event],
    line: projections.SummaryRow,
    decision: Decision,
) -> OpenRecord:
    return OpenRecord(row, _as_seen(actor, stream), line, decision.relied_on, stream)


@dataclass(frozen=True)
class OpenBeside:
    """A record that was opened beside another, for a line about it: its line in lists, and its view now."""

    summary: projections.SummaryRow
    view: View


def open_beside(
    actor: Actor, records: Iterable[UUID], *, page: str, relied_on: str
) -> tuple[dict[UUID, OpenBeside], set[UUID]]:
    """Open what belongs beside a record that is open already: those that may be opened, and the ids of the others.

    All that was read is in the access log; of the others nothing was. The number of queries does not grow.
    """
    wanted = sorted(set(records))
    lines = projections.summaries(wanted) if wanted else {}
    decisions = decided_on(actor, lines, lines)
    may = [one for one, decision in decisions.items() if decision.allowed]
    if may:
        write_access(actor, may, Decision(allowed=True, relied_on=relied_on), page=page, what="view")
    streams = ledger.read_streams(may) if may else {}
    opened = {one: OpenBeside(lines[one], _as_seen(actor, streams[one])) for one in may}
    return opened, decisions.keys() - set(may)


def _decided(
    actor: Actor, record_id: UUID, summary: projections.SummaryRow | None, *, adding: bool
) -> Decision:
    if not adding:
        return decide_view(actor.facts, facts_of(record_id, summary))
    return decide_add(actor.facts, facts_of(record_id, summary), was_found=was_found(actor, record_id))


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


def facts_of(record_id: UUID, summary: projections.SummaryRow | None) -> RecordFacts:
    """What a decision on a record rests on, from its line in the lists."""
    if summary is None:
        return RecordFacts(None, None, at_front_door=False, id=str(record_id), is_open=False)
    return RecordFacts(
        worker=str(summary.worker_id) if summary.worker_id else None,
        team=str(summary.team_id) if summary.team_id else None,
        at_front_door=summary.stage in FRONT_DOOR_STAGES and not _waits_again(summary),
        id=str(record_id),
        transfer_to=str(summary.transfer_to_id) if summary.transfer_to_id else None,
        restricted=bool(summary.restriction),
        is_open=summary.stage not in ("", "closed"),
    )


def _waits_again(summary: projections.SummaryRow) -> bool:
    """Whether a worker had the child and left: such a child waits in their team, not at the front door."""
    return summary.worker_id is None and summary.allocated_at is not None


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
    line = access_log.AccessLine(
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
    lines = _lines_of_request.get()
    if lines is None:
        access_log.write(line)
        return
    lines.append(line)
    if decision.allowed and decision.relied_on.startswith(THROUGH_GLASS):
        _through_glass.set(_through_glass.get() | frozenset(records))


def opened_through_glass() -> frozenset[UUID]:
    """The records that this request opened because their glass was broken."""
    return _through_glass.get()


class NotLogged(Exception):
    """The access log could not be written: nothing was recorded, and nothing may be shown."""


class OutcomeUnknown(Exception):
    """The database went away just as it was asked to keep what a request did: whether it did is not known here.

    The same form sent again tells, for its key is taken with what it recorded.
    """


_lines_of_request: ContextVar[list[access_log.AccessLine] | None] = ContextVar("lines", default=None)
_through_glass: ContextVar[frozenset[UUID]] = ContextVar("through_glass", default=frozenset())


@contextmanager
def one_request(actor: Actor | None = None) -> Iterator[None]:
    """All that one request opens and records, in one transaction with its rows of the access log.

    What is out of this person's sight is in no query of it.

    They are written last, each record once: where that fails (NotLogged) nothing is recorded, and nothing is
    answered. OutcomeUnknown where the connection broke at the end of the transaction.
    """
    at_the_end = False
    try:
        with transaction.atomic(), seen_by(actor.sight if actor else None):
            lines: list[access_log.AccessLine] = []
            before, glass = _lines_of_request.set(lines), _through_glass.set(frozenset())
            try:
                yield
            finally:
                _lines_of_request.reset(before)
                _through_glass.reset(glass)
            _write_all(lines)
            at_the_end = True
    except (OperationalError, InterfaceError) as fault:
        if at_the_end:
            raise OutcomeUnknown from fault
        raise


def log_so_far() -> None:
    """Write what the request opened up to here: for who reads the log and must find themselves in it."""
    lines = _lines_of_request.get()
    if lines:
        _write_all(lines)
        lines.clear()


def _write_all(lines: Iterable[access_log.AccessLine]) -> None:
    try:
        for line in access_log.merged(lines):
            access_log.write(line)
    except (DatabaseError, InterfaceError) as fault:
        raise NotLogged from fault


def was_found(actor: Actor, record_id: UUID) -> bool:
    """Whether a search showed this record to this person before, in this request too."""
    here = _lines_of_request.get() or ()
    if any(line.what == "search" and record_id in line.records for line in here):
        return True
    return access_log.was_shown(actor.id, record_id, "search")
