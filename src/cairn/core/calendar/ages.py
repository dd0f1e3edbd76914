"""Birthdays and ages, in one place: whoever needs an age asks here."""

from __future__ import annotations

from datetime import date


def birthday(born: date, age: int) -> date:
    """The day on which a person reaches an age, from the start of that day.

    Family Law Reform Act 1969, section 9. One born on 29 February reaches it, in a
    year without that day, on 1 March: on 28 February the anniversary has not come.
    """
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not _has_leap_day(year):
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def age_on(born: date, day: date) -> int | None:
    """A person's age in whole years on a day; None before the birth."""
    if day < born:
        return None
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
