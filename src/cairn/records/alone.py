"""Being the only one: work that must not be done by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection


@contextmanager
def only_one_at_a_time(work: str) -> Iterator[bool]:
    """Whether nobody else is at this work; if so, nobody else will be within, over as many transactions as it takes.

    Whoever is killed at it lets go of it with their connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [work])
        (taken,) = cursor.fetchone()
    try:
        yield bool(taken)
    finally:
        # Where the connection broke, the server has let go of it by itself.
        with suppress(InterfaceError, OperationalError):
            if taken:
                _let_go(work)


def _let_go(work: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [work])
