"""Who covers for whom, and when: rows are added and ended, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q

from cairn.records.models import Cover


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One cover: who is away, who does their work, on which days (both included), why, and who set or ended it.

    `is_able` says that whoever covers still has an account and is still in the team they were in.
    """

    id: UUID
    worker: UUID
    worker_name: str
    by: UUID
    by_name: str
    from_day: date
    until_day: date
    reason: str
    set_by: str
    ended_at: datetime | None
    ended_by: str
    worker_role: str
    worker_team: UUID | None
    is_able: bool

    def is_in_force(self, today: date) -> bool:
        """Whether it holds on a London day."""
        return self.ended_at is None and self.is_able and self.from_day <= today <= self.until_day


COLUMNS = (
    "id",
    "worker_id",
    "worker__name",
    "covered_by_id",
    "covered_by__name",
    "from_day",
    "until_day",
    "reason",
    "set_by__name",
    "ended_at",
    "ended_by__name",
    "worker__role",
    "worker__team_id",
    "covered_by__is_active",
    "covered_by__team_id",
    "team_id",
)
NOT_ENDED = Q(ended_at__isnull=True)
ABLE = Q(covered_by__is_active=True, covered_by__team=F("team"))


def covered_by(staff_id: UUID, today: date) -> list[CoverRow]:
    """The covers by which somebody does others' work on a London day, by the name of who is away."""
    in_force = NOT_ENDED & ABLE & Q(from_day__lte=today, until_day__gte=today)
    return _rows(Q(covered_by_id=staff_id) & in_force, "worker__name", "id")


def of_people(staff_ids: Iterable[UUID], since: date) -> list[CoverRow]:
    """The covers of or by these people that last until a day or longer, the earliest first; ended ones too."""
    ids = list(staff_ids)
    about = Q(worker_id__in=ids) | Q(covered_by_id__in=ids)
    return _rows(about & Q(until_day__gte=since), "from_day", "until_day", "id")


def overlapping(staff_ids: Iterable[UUID], from_day: date, until_day: date) -> list[CoverRow]:
    """The covers of or by these people, not ended, that have a day among these."""
    ids = list(staff_ids)
    about = Q(worker_id__in=ids) | Q(covered_by_id__in=ids)
    return _rows(
        about & NOT_ENDED & ABLE & Q(from_day__lte=until_day, until_day__gte=from_day), "from_day", "id"
    )


def cover(cover_id: UUID) -> CoverRow | None:
    """One cover, or None."""
    return next(iter(_rows(Q(pk=cover_id))), None)


@dataclass(frozen=True, slots=True)
class NewCover:
    """A cover to be set: who is away, who covers and in which team they are, the days, why, by whom and when (UTC)."""

    worker: UUID
    by: UUID
    team: UUID
    from_day: date
    until_day: date
    reason: str
    set_by: UUID
    set_at: datetime


def add(new: NewCover) -> UUID:
    """Set a cover; the caller holds both people (`staff.hold`), so that two that overlap cannot be set at once."""
    return Cover.objects.create(
        id=uuid4(),
        worker_id=new.worker,
        covered_by_id=new.by,
        team_id=new.team,
        from_day=new.from_day,
        until_day=new.until_day,
        reason=new.reason,
        set_by_id=new.set_by,
        set_at=new.set_at,
    ).pk


def end(cover_id: UUID, by: UUID, at: datetime) -> bool:
    """End a cover before its last day (`at` in UTC); False where it was ended already."""
    return bool(Cover.objects.filter(NOT_ENDED, pk=cover_id).update(ended_at=at, ended_by_id=by))


def _rows(where: Q, *order: str) -> list[CoverRow]:
    found = Cover.objects.filter(where).order_by(*order).values_list(*COLUMNS)
    return [_row(values) for values in found]


def _row(values: tuple[Any, ...]) -> CoverRow:
    *said, ended_by, role, worker_team, is_active, team_now, team = values
    is_able = bool(is_active) and team_now == team
    return CoverRow(*[*said, ended_by or "", role, worker_team, is_able])
