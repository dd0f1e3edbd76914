"""Alerts: what those who guard access are told, and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q

from cairn.records.models import Alert

NEXT_NUMBER = "SELECT 'A-' || nextval('records_alert_number')"
# Somebody who asks for the same record again is one matter, for a day.
ONE_MATTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert: its number, its kind, about whom and which record, when it was raised (UTC), and how it was answered."""

    id: UUID
    number: str
    kind: str
    about: UUID
    about_name: str
    about_role: str
    about_team: UUID | None
    record: UUID
    record_number: str
    tie: UUID | None
    raised_at: datetime
    closed_at: datetime | None
    closed_by_name: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to be raised at an instant (UTC), in one request."""

    kind: str
    about: UUID
    record: UUID
    raised_at: datetime
    request_id: UUID
    tie: UUID | None = None


COLUMNS = (
    "id",
    "number",
    "kind",
    "about_id",
    "about__name",
    "about__role",
    "about__team_id",
    "record_id",
    "record__number",
    "tie_id",
    "raised_at",
    "closed_at",
    "closed_by__name",
    "verdict",
    "words",
)
OPEN = Q(closed_at__isnull=True)


def add(new: NewAlert) -> AlertRow | None:
    """Raise an alert; None where one of the same kind about the same person and record is open from the last day."""
    same = Q(kind=new.kind, about_id=new.about, record_id=new.record, tie_id=new.tie)
    if Alert.objects.filter(OPEN & same, raised_at__gt=new.raised_at - ONE_MATTER).exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER)
        (number,) = cursor.fetchone()
    made = Alert.objects.create(
        id=uuid4(),
        number=number,
        kind=new.kind,
        about_id=new.about,
        record_id=new.record,
        tie_id=new.tie,
        request_id=new.request_id,
        raised_at=new.raised_at,
    )
    return alert(made.pk)


def alert(alert_id: UUID) -> AlertRow | None:
    """One alert, or None."""
    return next(iter(_rows(Q(pk=alert_id))), None)


def open_alerts() -> list[AlertRow]:
    """Those that nobody has answered yet, the oldest first."""
    return _rows(OPEN, "raised_at", "number")


def answered(limit: int = 100) -> list[AlertRow]:
    """Those answered, the last one first."""
    return _rows(~OPEN, "-closed_at", "number")[:limit]


def close(alert_id: UUID, by: UUID, at: datetime, verdict: str, words: str) -> bool:
    """Answer an alert (`at` in UTC) with a verdict and words; False where it was answered already."""
    standing = Alert.objects.filter(OPEN, pk=alert_id)
    return bool(standing.update(closed_at=at, closed_by_id=by, verdict=verdict, words=words))


def _rows(where: Q, *order: str) -> list[AlertRow]:
    return [_row(values) for values in Alert.objects.filter(where).order_by(*order).values_list(*COLUMNS)]


def _row(values: tuple[Any, ...]) -> AlertRow:
    told = dict(zip(COLUMNS, values, strict=True))
    return AlertRow(
        id=told["id"],
        number=told["number"],
        kind=told["kind"],
        about=told["about_id"],
        about_name=told["about__name"],
        about_role=told["about__role"],
        about_team=told["about__team_id"],
        record=told["record_id"],
        record_number=told["record__number"],
        tie=told["tie_id"],
        raised_at=told["raised_at"],
        closed_at=told["closed_at"],
        closed_by_name=told["closed_by__name"] or "",
        verdict=told["verdict"],
        words=told["words"],
    )
