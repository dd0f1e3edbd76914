"""A clock of hours as a sum: how many fall on each day, so that they can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from cairn.core.calendar.deadline import Deadline
from cairn.core.calendar.moment import LONDON, start_of_london_day
from cairn.interfaces.web import words
from cairn.interfaces.web.components import SumRow

MINUTE = 60


def hours_sum(deadline: Deadline) -> tuple[SumRow, ...]:
    """One line for each day the hours run over, then all of them; empty where days are counted or the hour is unknown."""
    if not deadline.within.in_hours or deadline.start.is_day:
        return ()
    rows = tuple(_days(deadline.start.latest, deadline.due_latest))
    return (*rows, SumRow("Hours", str(deadline.within.amount)))


def _days(start: datetime, end: datetime) -> Iterator[SumRow]:
    at = start
    while at < end:
        day = at.astimezone(LONDON).date()
        # Instants are compared and subtracted in UTC: a day may have 23 or 25 hours.
        midnight = start_of_london_day(day + timedelta(days=1))
        until = min(midnight, end).astimezone(UTC)
        yield SumRow(f"{words.weekday_words(day)}, {_from_to(at, until, end)}", _clock(until - at))
        at = until


def _from_to(at: datetime, until: datetime, end: datetime) -> str:
    last = words.time_words(until) if until == end else "midnight"
    return f"{words.time_words(at)} to {last}"


def _clock(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds() / MINUTE), MINUTE)
    return f"{hours}:{minutes:02}"
