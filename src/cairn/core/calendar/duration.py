"""How long something may take, in the words a practitioner writes: "10 working days"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a duration is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


# A longer time is a slip of the pen, and would run past the calendar.
LONGEST = {
    Unit.HOUR: 9999,
    Unit.DAY: 9999,
    Unit.WORKING_DAY: 9999,
    Unit.WEEK: 5200,
    Unit.MONTH: 1200,
    Unit.YEAR: 100,
}
EXPECTED = (
    'a whole number and "hours", "days", "working days", "weeks", "months" or "years", '
    'such as "10 working days" or "1 month"; or "same day"'
)
SAME_DAY = "same day"
_WORDS = re.compile(r"([1-9][0-9]{0,3}) (hour|day|working day|week|month|year)(s?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of one unit: at least 1, and no longer than a hundred years.

    The one exception is 0 days, "same day": by the end of the day that it starts on.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        least = 0 if self.unit is Unit.DAY else 1
        if not least <= self.amount <= LONGEST[self.unit]:
            raise ValueError(
                f"{self.amount} {self.unit}s: expected an amount from {least} to {LONGEST[self.unit]}",
            )

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read "10 working days"; ValueError says what was expected of any other text."""
        if text == SAME_DAY:
            return cls(0, Unit.DAY)
        found = _WORDS.fullmatch(text)
        if found is None or (found[1] == "1") is bool(found[3]):
            raise ValueError(f"{text!r} is not a duration: expected {EXPECTED}")
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        if self.amount == 0:
            return SAME_DAY
        return f"{self.amount} {self.unit}" if self.amount == 1 else f"{self.amount} {self.unit}s"

    @property
    def in_hours(self) -> bool:
        """Whether it is elapsed time, counted to the second."""
        return self.unit is Unit.HOUR

    @property
    def in_working_days(self) -> bool:
        """Whether weekends and bank holidays are passed over."""
        return self.unit is Unit.WORKING_DAY

    def calendar_days_after(self, day: date) -> date:
        """The day that many days, weeks, months or years later, weekends counted.

        A month ends on the same day of a later month, or on that month's last day
        where it is shorter: 1 month from 31 January is 28 or 29 February.
        Hours and working days are refused (ValueError): they need a clock or a calendar.
        """
        return self._calendar_days(day, self.amount)

    def calendar_days_before(self, day: date) -> date:
        """The day that long before, by the same rules."""
        return self._calendar_days(day, -self.amount)

    def _calendar_days(self, day: date, amount: int) -> date:
        match self.unit:
            case Unit.DAY:
                return day + timedelta(days=amount)
            case Unit.WEEK:
                return day + timedelta(weeks=amount)
            case Unit.MONTH:
                return months_after(day, amount)
            case Unit.YEAR:
                return months_after(day, 12 * amount)
            case _:
                raise ValueError(f"{self} is not counted in calendar days")


def months_after(day: date, months: int) -> date:
    """The same day of a later month, clipped to that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
