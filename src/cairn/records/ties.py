"""What stands between a member of staff and a record beside allocation: rows are added and ended, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q

from cairn.core.access.facts import BARS, TieKind
from cairn.records.models import Tie


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie: whose, to which record, of which kind, from when until when (UTC), why, and who gave and ended it."""

    id: UUID
    staff: UUID
    staff_name: str
    record: UUID
    number: str
    kind: TieKind
    since: datetime
    until: datetime | None
    reason_kind: str
    reason: str
    given_by: UUID
    given_by_name: str
    ended_at: datetime | None
    ended_by_name: str

    def is_in_force(self, at: datetime) -> bool:
        """Whether it holds at an instant (UTC)."""
        return self.ended_at is None and self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class NewTie:
    """A tie to be made, with who makes it and when (UTC). `reason_kind` is one of a short list, where there is one."""

    staff: UUID
    record: UUID
    kind: TieKind
    since: datetime
    until: datetime | None
    reason: str
    given_by: UUID
    given_at: datetime
    reason_kind: str = ""


COLUMNS = (
    "id",
    "staff_id",
    "staff__name",
    "record_id",
    "record__number",
    "kind",
    "since",
    "until",
    "reason_kind",
    "reason",
    "given_by_id",
    "given_by__name",
    "ended_at",
    "ended_by__name",
)
NOT_ENDED = Q(ended_at__isnull=True)


def in_force_for(staff_id: UUID, at: datetime) -> list[TieRow]:
    """The ties of a person that hold at an instant (UTC), or will, in the order they were given."""
    lasts = Q(until__isnull=True) | Q(until__gt=at)
    return _rows(NOT_ENDED & lasts & Q(staff_id=staff_id), "given_at", "id")


def of_record(record_id: UUID, kinds: Iterable[TieKind] = ()) -> list[TieRow]:
    """The ties to a record, of these kinds or of any, the newest first; those that ended too."""
    wanted = Q(kind__in=list(kinds)) if kinds else Q()
    return _rows(wanted & Q(record_id=record_id), "-given_at", "id")


def of_kinds(kinds: Iterable[TieKind], since: datetime | None = None) -> list[TieRow]:
    """All ties of some kinds that are not ended, or that were given since an instant (UTC), the newest first."""
    lately = Q(given_at__gte=since) if since else NOT_ENDED
    return _rows(lately & Q(kind__in=list(kinds)), "-given_at", "id")


@dataclass(frozen=True, slots=True)
class WithoutWorker:
    """A child whose worker has a conflict of interest with the record, and so cannot open it."""

    record: UUID
    number: str
    name: str
    worker_name: str


def without_worker(team_ids: Iterable[UUID], at: datetime) -> list[WithoutWorker]:
    """The children of these teams whose worker may not open their record at an instant (UTC), by number."""
    theirs = Q(record__summary__worker_id=F("staff_id"), record__summary__team_id__in=list(team_ids))
    found = Tie.objects.filter(_bars(at) & theirs).order_by("record__number").distinct()
    columns = ("record_id", "record__number", "record__summary__name", "staff__name")
    return [WithoutWorker(*row) for row in found.values_list(*columns)]


def barred_from(record_id: UUID, at: datetime) -> frozenset[UUID]:
    """Those for whom a record does not exist at an instant (UTC)."""
    return frozenset(Tie.objects.filter(_bars(at), record_id=record_id).values_list("staff_id", flat=True))


def _bars(at: datetime) -> Q:
    lasts = Q(until__isnull=True) | Q(until__gt=at)
    return NOT_ENDED & lasts & Q(kind__in=sorted(BARS), since__lte=at)


def tie(tie_id: UUID) -> TieRow | None:
    """One tie, or None."""
    return next(iter(_rows(Q(pk=tie_id))), None)


def add(new: NewTie) -> UUID:
    """Make a tie."""
    return Tie.objects.create(
        id=uuid4(),
        staff_id=new.staff,
        record_id=new.record,
        kind=new.kind,
        since=new.since,
        until=new.until,
        reason_kind=new.reason_kind,
        reason=new.reason,
        given_by_id=new.given_by,
        given_at=new.given_at,
    ).pk


def end(tie_id: UUID, by: UUID, at: datetime) -> bool:
    """End a tie before its time (`at` in UTC); False where it was ended already."""
    return bool(Tie.objects.filter(NOT_ENDED, pk=tie_id).update(ended_at=at, ended_by_id=by))


def _rows(where: Q, *order: str) -> list[TieRow]:
    return [_row(values) for values in Tie.objects.filter(where).order_by(*order).values_list(*COLUMNS)]


def _row(values: tuple[Any, ...]) -> TieRow:
    *said, ended_by = values
    return TieRow(*[*said, ended_by or ""])
