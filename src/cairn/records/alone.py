"""Being the only one: work that must not be done by two at once."""

from __future__ import annotations

from django.db import connection


def only_one(work: str) -> bool:
    """Whether nobody else is at this work now; if so, nobody else will be until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [work])
        (taken,) = cursor.fetchone()
    return bool(taken)
