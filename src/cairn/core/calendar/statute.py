"""The bank holidays of England and Wales that the statute and custom fix, for any year.

Banking and Financial Dealings Act 1971, section 1 and schedule 1: Easter Monday, the
last Mondays of May and August, 26 December, and the days put in their place. Good
Friday and Christmas Day are common law holidays. New Year's Day, the first Monday of
May and the other substitute days are proclaimed each year under section 1(3), always
by the same pattern. What is proclaimed once (a jubilee, a funeral) can't be foreseen.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
SUBSTITUTE = " (observed)"


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Calendar (New Style) Act 1750, schedule)."""
    century = year // 100
    # The age of the moon, corrected for dropped leap days and for the moon's own drift.
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * (year % 19) + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - year % 19) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)


@lru_cache(maxsize=512)
def statutory_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The weekdays of a year that are bank holidays by rule, in order, with their titles."""
    easter = easter_sunday(year)
    return (
        _new_year(year),
        (easter - timedelta(days=2), "Good Friday"),
        (easter + timedelta(days=1), "Easter Monday"),
        (_monday_from(date(year, 5, 1)), "May Day"),
        (_monday_from(date(year, 5, 25)), "Spring Bank Holiday"),
        (_monday_from(date(year, 8, 25)), "Late Summer Bank Holiday"),
        *_christmas(year),
    )


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _new_year(year: int) -> tuple[date, str]:
    first = date(year, 1, 1)
    if first.weekday() in (SATURDAY, SUNDAY):
        return _monday_from(first), "New Year's Day" + SUBSTITUTE
    return first, "New Year's Day"


def _christmas(year: int) -> tuple[tuple[date, str], ...]:
    """Christmas Day and Boxing Day; the second to fall on a weekend takes the next free weekday."""
    christmas, boxing = (date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")
    match christmas[0].weekday():
        case 4:
            return christmas, (date(year, 12, 28), "Boxing Day" + SUBSTITUTE)
        case 5:
            return (
                (date(year, 12, 27), "Christmas Day" + SUBSTITUTE),
                (date(year, 12, 28), "Boxing Day" + SUBSTITUTE),
            )
        case 6:
            return boxing, (date(year, 12, 27), "Christmas Day" + SUBSTITUTE)
        case _:
            return christmas, boxing
