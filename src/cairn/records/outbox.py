"""The outbox: what is to be sent or done, delivered again until it is acknowledged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from cairn.records.models import Outbox

IDENTIFIER = re.compile(r"[0-9a-z_.:-]{1,128}")
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be sent or done. The payload holds identifiers only, so that nothing personal waits in it.

    Of two with one `deduplication` key only the first is kept. `not_before` (UTC) is `made_at` where not given.
    """

    kind: str
    deduplication: str
    made_at: datetime
    record_id: UUID | None = None
    payload: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An errand handed to a worker; `attempts` counts this one."""

    id: int
    attempts: int
    errand: Errand


def put(*errands: Errand) -> None:
    """Add errands in the transaction of what they follow from. ValueError where a payload is more than ids."""
    Outbox.objects.bulk_create([_row(errand) for errand in errands], ignore_conflicts=True)


def _row(errand: Errand) -> Outbox:
    for name, value in errand.payload.items():
        if not IDENTIFIER.fullmatch(value):
            raise ValueError(f"the outbox takes identifiers only; {name} is none")
    return Outbox(
        kind=errand.kind,
        record_id=errand.record_id,
        payload=dict(errand.payload),
        made_at=errand.made_at,
        not_before=errand.not_before or errand.made_at,
        deduplication=errand.deduplication,
    )


def claim(batch: int, now: datetime, kinds: Sequence[str] = (), lease: timedelta = LEASE) -> list[Claimed]:
    """Take up to `batch` errands that are due at `now`; no other worker gets them until the lease is over.

    A worker that dies acknowledges nothing, and they are handed out again. Call outside any transaction
    that waits for the work itself.
    """
    with transaction.atomic():
        waiting = Outbox.objects.select_for_update(skip_locked=True).filter(
            acknowledged_at__isnull=True, not_before__lte=now
        )
        if kinds:
            waiting = waiting.filter(kind__in=kinds)
        rows = list(waiting.order_by("not_before", "id")[:batch])
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
            attempts=F("attempts") + 1, not_before=now + lease
        )
    return [_claimed(row) for row in rows]


def _claimed(row: Outbox) -> Claimed:
    errand = Errand(
        kind=row.kind,
        deduplication=row.deduplication,
        made_at=row.made_at,
        record_id=row.record_id,
        payload=row.payload,
        not_before=row.not_before,
    )
    return Claimed(row.pk, row.attempts + 1, errand)


def acknowledge(errand_id: int, at: datetime) -> bool:
    """Say that it is done: for good, and only once; False where somebody had said so before.

    Called in the transaction that holds the effect, it makes the effect happen once: roll back on False.
    """
    waiting = Outbox.objects.filter(pk=errand_id, acknowledged_at__isnull=True)
    return waiting.update(acknowledged_at=at) == 1


def fail(errand_id: int, again_at: datetime) -> None:
    """Say that it could not be done; it is handed out again from `again_at` (UTC)."""
    Outbox.objects.filter(pk=errand_id, acknowledged_at__isnull=True).update(not_before=again_at)


def waiting_since(now: datetime) -> tuple[int, datetime | None]:
    """How many errands are due and not done, and since when the oldest waits."""
    due = Outbox.objects.filter(acknowledged_at__isnull=True, not_before__lte=now)
    oldest = due.order_by("made_at").values_list("made_at", flat=True).first()
    return due.count(), oldest
