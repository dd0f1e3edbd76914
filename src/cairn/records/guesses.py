"""Wrong answers at signing in, counted in the database, so that every process counts the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from cairn.records.models import Guess

# The first half of a digest as a number that PostgreSQL can lock.
LOCK = "SELECT pg_advisory_xact_lock(('x' || left(encode(%s, 'hex'), 16))::bit(64)::bigint)"


@dataclass(frozen=True, slots=True)
class Limit:
    """What is tried on (a digest of 32 bytes), and how many answers are taken on it."""

    tried_on: bytes
    most: int


def note(limits: Sequence[Limit], at: datetime, within: timedelta) -> tuple[int, ...] | None:
    """Count one answer on each before it is looked at; None, with nothing counted, where one of them is full.

    Whoever tries at the same moment waits: of two that are tried at once the second counts the first. What is too old
    to count goes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for limit in sorted(limits, key=lambda one: one.tried_on):
            cursor.execute(LOCK, [limit.tried_on])
        forget_before(at - within)
        if any(Guess.objects.filter(tried_on=one.tried_on).count() >= one.most for one in limits):
            return None
        return tuple(Guess.objects.create(tried_on=one.tried_on, at=at).pk for one in limits)


def forget(noted: Sequence[int]) -> None:
    """These answers were right."""
    Guess.objects.filter(pk__in=noted).delete()


def forget_before(at: datetime) -> None:
    """What was tried up to an instant (UTC) no longer counts."""
    Guess.objects.filter(at__lte=at).delete()


def forget_all(tried_on: bytes) -> None:
    """Whatever was tried on this before no longer counts."""
    Guess.objects.filter(tried_on=tried_on).delete()
