"""When something happened: an exact instant, or a day whose hour is not known."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)


# Kept: every deadline asks for one, and the days in use are few.
@lru_cache(maxsize=32768)
def end_of_london_day(day: date) -> datetime:
    """The last second of a day in London, in UTC."""
    return datetime.combine(day, END_OF_DAY, LONDON).astimezone(UTC)


def start_of_london_day(day: date) -> datetime:
    """Midnight at the start of a day in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC, known to the second, or (day precision) only to the London day, the month or the year.

    A moment of day precision is the whole day: it is before another only where every
    second of it is, so that nothing is read into an hour that nobody wrote down.
    """

    earliest: datetime
    latest: datetime

    @classmethod
    def exact(cls, instant: datetime) -> Moment:
        """A known instant; it must carry an offset. Parts of a second are dropped.

        (A day ends at 23:59:59, so that half a second later would be read as late.)
        """
        if instant.tzinfo is None:
            raise ValueError("an instant needs an offset")
        in_utc = instant.astimezone(UTC).replace(microsecond=0)
        return cls(in_utc, in_utc)

    @classmethod
    def on_day(cls, day: date) -> Moment:
        """Some time on a London day."""
        return cls(start_of_london_day(day), end_of_london_day(day))

    @classmethod
    def in_month(cls, year: int, month: int) -> Moment:
        """Some time in a London month."""
        last = date(year, month, monthrange(year, month)[1])
        return cls(start_of_london_day(date(year, month, 1)), end_of_london_day(last))

    @classmethod
    def in_year(cls, year: int) -> Moment:
        """Some time in a London year."""
        return cls(start_of_london_day(date(year, 1, 1)), end_of_london_day(date(year, 12, 31)))

    @property
    def is_day(self) -> bool:
        """Whether no hour is known: only the day, or less."""
        return self.earliest != self.latest

    @property
    def day(self) -> date:
        """The London date."""
        return self.latest.astimezone(LONDON).date()

    def surely_by(self, deadline: datetime) -> bool:
        """Certainly at or before the deadline."""
        return self.latest <= deadline

    def surely_after(self, deadline: datetime) -> bool:
        """Certainly after the deadline."""
        return self.earliest > deadline
