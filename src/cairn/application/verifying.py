"""Comparing what stands in the tables with what the streams say, and the streams with their digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application.projecting import Consequences
from cairn.application.upkeep import Progress, batches, derived
from cairn.core.history.event import Event
from cairn.records import documents, ledger, projections, register, search

# When it was derived says nothing of what was.
NOT_COMPARED = frozenset({"derived_at"})


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the stream says: where, and how; never what it says, for that is personal."""

    record: UUID
    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.record}: {self.where}: {self.problem}"


@dataclass(frozen=True)
class _Standing:
    """What the tables hold of a batch of records."""

    rows: Mapping[UUID, register.RecordRow]
    streams: Mapping[UUID, Sequence[Event]]
    summaries: Mapping[UUID, projections.SummaryRow]
    duties: Mapping[UUID, Mapping[str, projections.DutyRowData]]
    filings: Mapping[UUID, search.Filing]


def verify(at: datetime, progress: Progress = lambda _: None) -> Iterator[Difference]:
    """Every difference between what stands and what derivation gives at one instant (UTC); nothing is written.

    Each batch of records is held while it is read, so that it is compared as at one moment.
    """
    for ids in batches():
        with transaction.atomic():
            found = list(_differences(ids, at))
        yield from found
        progress(len(ids))


def _differences(ids: Sequence[UUID], at: datetime) -> Iterator[Difference]:
    standing = _read(ids)
    ours, failed = derived(standing.streams, at)
    for record, event in ledger.broken_digests(ids):
        yield Difference(record, f"event {event}", "does not fit its digest")
    for record, document in documents.broken(ids):
        yield Difference(record, f"document {document}", "does not fit its digest")
    for record in failed:
        yield Difference(record, "stream", "cannot be derived")
    for each in ours:
        record = each.derived.record_id
        yield from _stream_differences(standing.rows[record], standing.streams[record])
        yield from _row_differences(each, standing, at)


def _read(ids: Sequence[UUID]) -> _Standing:
    return _Standing(
        rows=register.lock(ids),
        streams=ledger.read_streams(ids),
        summaries=projections.summaries(ids),
        duties=projections.duties_by_record(ids),
        filings=search.filings(ids),
    )


def _stream_differences(row: register.RecordRow, stream: Sequence[Event]) -> Iterator[Difference]:
    if [event.number for event in stream] != list(range(1, row.version + 1)):
        yield Difference(row.id, "stream", "its numbers have gaps, or do not end at the record's version")


def _row_differences(ours: Consequences, standing: _Standing, at: datetime) -> Iterator[Difference]:
    record = ours.derived.record_id
    yield from _summary_differences(ours.derived, standing.summaries.get(record), at)
    yield from _duty_differences(ours.derived, standing.duties.get(record, {}))
    filed = standing.filings[record]
    for where in ("names", "keys"):
        if getattr(filed, where) != getattr(ours.filing, where):
            yield Difference(record, where, "differ from those it should be found under")


def _summary_differences(
    ours: projections.Derived, theirs: projections.SummaryRow | None, at: datetime
) -> Iterator[Difference]:
    if theirs is None:
        yield Difference(ours.record_id, "summary", "missing")
        return
    for name in _unequal(ours.summary, theirs):
        if name == "next_change_at" and _has_passed(theirs.next_change_at, at):
            continue
        yield Difference(ours.record_id, f"summary, {name}", "differs")


def _has_passed(instant: datetime | None, at: datetime) -> bool:
    """The next tick sees to it; until then nothing is wrong, for lists read instants."""
    return instant is not None and instant <= at


def _duty_differences(
    ours: projections.Derived, theirs: Mapping[str, projections.DutyRowData]
) -> Iterator[Difference]:
    wanted = {duty.key: duty for duty in ours.duties}
    for key in sorted(wanted.keys() - theirs.keys()):
        yield Difference(ours.record_id, f"duty {key}", "missing")
    for key in sorted(theirs.keys() - wanted.keys()):
        yield Difference(ours.record_id, f"duty {key}", "does not follow from the stream")
    for key in sorted(wanted.keys() & theirs.keys()):
        for name in _unequal(wanted[key], theirs[key]):
            yield Difference(ours.record_id, f"duty {key}, {name}", "differs")


def _unequal(
    ours: projections.SummaryRow | projections.DutyRowData,
    theirs: projections.SummaryRow | projections.DutyRowData,
) -> Iterable[str]:
    return [
        field.name
        for field in fields(ours)
        if field.name not in NOT_COMPARED and getattr(ours, field.name) != getattr(theirs, field.name)
    ]
