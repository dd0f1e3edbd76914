"""Which records a sample for an auditor is drawn from: never a restricted one, nor any that is left out by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cairn.records.models import RecordSummary

OPEN = Q(episode_opened_at__isnull=False, episode_closed_at__isnull=True)
PLANS = ("child_protection_plan", "child_in_need_plan")


def open_cases(without: Iterable[UUID], team: UUID | None = None) -> list[UUID]:
    """The open cases, of one team or of all, in the order of their ids."""
    return _ids(OPEN & Q(team_id=team) if team else OPEN, without)


def with_plan(without: Iterable[UUID]) -> list[UUID]:
    """The open cases with a child protection or child in need plan."""
    return _ids(OPEN & Q(open_work__in=PLANS), without)


def closed_since(since: datetime, without: Iterable[UUID]) -> list[UUID]:
    """The cases that were closed at an instant (UTC) or after it."""
    return _ids(Q(episode_closed_at__gte=since), without)


def _ids(where: Q, without: Iterable[UUID]) -> list[UUID]:
    found = RecordSummary.objects.filter(where, restriction="").exclude(record_id__in=list(without))
    return list(found.order_by("record_id").values_list("record_id", flat=True))
