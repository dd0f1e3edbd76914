"""What is derived, written beside the events it is derived from. Instants only; a state is worked out when read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from cairn.records.models import DutyRow, RecordSummary

ROWS_A_STATEMENT = 2_000


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """The line of a record in lists, as derived at `derived_at` (UTC) from its first `last_number` events.

    `procedures_hash` names the compiled procedures it was derived under; `next_change_at` is when
    something in it changes by the passing of time alone. `open_work` is the weightiest process that runs,
    `waits` what is booked and what waits for a signature, as plain maps with instants as ISO text in UTC. `transfers`
    are all that were proposed, as plain maps; `transfer_to_id` is the team that the open one is meant for. `restriction`
    is the kind of reason for which the record is restricted, or empty.
    """

    name: str
    derived_at: datetime
    last_number: int
    procedures_hash: str
    known_as: str = ""
    born: date | None = None
    expected: date | None = None
    sex: str = ""
    address: str = ""
    restricted: bool = False
    worker_id: UUID | None = None
    team_id: UUID | None = None
    episode_opened_at: datetime | None = None
    episode_closed_at: datetime | None = None
    stage: str = ""
    next_change_at: datetime | None = None
    open_work: str = ""
    plan_made_at: datetime | None = None
    allocated_at: datetime | None = None
    transfer_to_id: UUID | None = None
    transfers: tuple[Mapping[str, Any], ...] = ()
    waits: tuple[Mapping[str, str], ...] = ()
    restriction: str = ""
    restriction_review_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class DutyRowData:
    """One occurrence of a duty of a record; `key` names it and is the same whenever it is derived.

    Instants are UTC. Due and met have an earliest and a latest (`met_at`), which differ where an hour
    is not known. `departed_why` is the reason that was recorded for a departure, or empty. `act` is the act that meets it, `who` the role; `also` other readings, as plain maps.
    """

    key: str
    provision: str
    title: str
    who: str
    started_at: datetime
    act: str = ""
    for_staff_id: UUID | None = None
    for_team_id: UUID | None = None
    due_earliest: datetime | None = None
    due_latest: datetime | None = None
    met_earliest: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    departed_at: datetime | None = None
    departed_why: str = ""
    waiting: bool = False
    cannot_tell: str = ""
    also: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """All that was derived from one record's stream."""

    record_id: UUID
    summary: SummaryRow
    duties: tuple[DutyRowData, ...]


SUMMARY_COLUMNS = tuple(field.name for field in fields(SummaryRow))
DUTY_COLUMNS = tuple(field.name for field in fields(DutyRowData))
SUMMARY_FIELDS = [name.removesuffix("_id") for name in SUMMARY_COLUMNS]
DUTY_FIELDS = [name.removesuffix("_id") for name in DUTY_COLUMNS if name != "key"]


def replace(record_id: UUID, summary: SummaryRow, duties: Sequence[DutyRowData]) -> None:
    """Put a record's derived rows in place of those there; rows that say the same are left alone.

    At most four statements. The caller holds the record's lock (see `register.lock`), so that an
    older derivation can't overtake a newer.
    """
    replace_many([Derived(record_id, summary, tuple(duties))])


def replace_many(derived: Sequence[Derived]) -> None:
    """The same for many records (some hundreds at a time), in the same number of statements."""
    with transaction.atomic(savepoint=False):
        _put_summaries(derived)
        there = duties_by_record([each.record_id for each in derived])
        _remove(derived, there)
        _put_duties(derived, there)


def _put_summaries(derived: Sequence[Derived]) -> None:
    rows = [
        RecordSummary(
            record_id=each.record_id,
            **{
                **_values(each.summary, SUMMARY_COLUMNS),
                "transfers": list(each.summary.transfers),
                "waits": list(each.summary.waits),
            },
        )
        for each in derived
    ]
    RecordSummary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["record"], update_fields=SUMMARY_FIELDS
    )


def _remove(derived: Sequence[Derived], there: Mapping[UUID, Mapping[str, DutyRowData]]) -> None:
    gone = Q(pk__in=())
    for each in derived:
        keys = there[each.record_id].keys() - {duty.key for duty in each.duties}
        if keys:
            gone |= Q(record_id=each.record_id, key__in=keys)
    if gone != Q(pk__in=()):
        DutyRow.objects.filter(gone).delete()


def _put_duties(derived: Sequence[Derived], there: Mapping[UUID, Mapping[str, DutyRowData]]) -> None:
    rows = [
        DutyRow(record_id=each.record_id, **{**_values(duty, DUTY_COLUMNS), "also": list(duty.also)})
        for each in derived
        for duty in each.duties
        if there[each.record_id].get(duty.key) != duty
    ]
    DutyRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["record", "key"],
        update_fields=DUTY_FIELDS,
        batch_size=ROWS_A_STATEMENT,
    )


def _values(row: SummaryRow | DutyRowData, columns: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns}


def summary(record_id: UUID) -> SummaryRow | None:
    """The line of a record, or None where nothing was derived yet."""
    return summaries([record_id]).get(record_id)


def summaries(record_ids: Iterable[UUID]) -> dict[UUID, SummaryRow]:
    """The lines of many records, in one query; those without one are left out."""
    found = RecordSummary.objects.filter(record_id__in=list(record_ids))
    return {
        record_id: summary_from(values)
        for record_id, *values in found.values_list("record_id", *SUMMARY_COLUMNS)
    }


def duties_of(record_id: UUID) -> list[DutyRowData]:
    """All duties of a record, closed ones too, the soonest due first and undated ones last."""
    rows = DutyRow.objects.filter(record_id=record_id)
    ordered = rows.order_by(F("due_latest").asc(nulls_last=True), "started_at", "key")
    return [duty_from(values) for values in ordered.values_list(*DUTY_COLUMNS)]


def duties_by_record(record_ids: Iterable[UUID]) -> Mapping[UUID, dict[str, DutyRowData]]:
    """All duties of many records by their keys, in one query."""
    found: defaultdict[UUID, dict[str, DutyRowData]] = defaultdict(dict)
    rows = DutyRow.objects.filter(record_id__in=list(record_ids))
    for record_id, *values in rows.values_list("record_id", *DUTY_COLUMNS):
        duty = duty_from(values)
        found[record_id][duty.key] = duty
    return found


def summary_from(values: Sequence[Any]) -> SummaryRow:
    """A line from the values of SUMMARY_COLUMNS."""
    told = dict(zip(SUMMARY_COLUMNS, values, strict=True))
    return SummaryRow(**{**told, "transfers": tuple(told["transfers"]), "waits": tuple(told["waits"])})


def duty_from(values: Sequence[Any]) -> DutyRowData:
    """A duty from the values of DUTY_COLUMNS."""
    return DutyRowData(*[*values[:-1], tuple(values[-1])])


def due_for_change(before: datetime, limit: int = 500) -> list[UUID]:
    """Records whose next change has passed by `before` (UTC), the longest past first."""
    found = RecordSummary.objects.filter(next_change_at__lte=before).order_by("next_change_at", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


def derived_under_others(procedures_hash: str, limit: int = 500) -> list[UUID]:
    """Records last derived under other procedures than these."""
    found = RecordSummary.objects.exclude(procedures_hash=procedures_hash).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])
