"""Each form carries a key of its own: sent twice, it is taken once and answered alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from cairn.records.models import Submission

TAKE = """
INSERT INTO records_submission (key, actor_id, result, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO NOTHING RETURNING key
"""


@dataclass(frozen=True, slots=True)
class First:
    """Nobody has sent this key before: do the work, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Already:
    """It was sent before: give the same answer again. `result` holds ids only."""

    result: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class SomebodyElses:
    """The key was used by another person: refused, and nothing of theirs is told."""


def take(
    key: UUID, actor_id: UUID, at: datetime, result: Mapping[str, Any]
) -> First | Already | SomebodyElses:
    """Take a submission by its key, in the transaction of the work that leads to `result` (ids only).

    Of many sent at once one is First; the others wait for its transaction and then get its answer,
    or, where it was rolled back, the next of them is First.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key, actor_id, json.dumps(dict(result)), at])
        if cursor.fetchone():
            return First()
    earlier = look(key, actor_id)
    if earlier is None:
        raise LookupError("a key that could not be taken must exist")
    return earlier


def look(key: UUID, actor_id: UUID) -> Already | SomebodyElses | None:
    """Whether a key was taken before, without taking it."""
    earlier = Submission.objects.filter(pk=key).first()
    if earlier is None:
        return None
    if earlier.actor_id != actor_id:
        return SomebodyElses()
    return Already(earlier.result or {}, earlier.at)
