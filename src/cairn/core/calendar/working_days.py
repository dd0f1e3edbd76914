"""Which days are working days, as known on a day; adding and counting them.

Whole answers stand in a plain table, built once for each state of what had been
announced: for every day how many working days there were up to it, and for every
working day which day it is. Adding and counting are each two look-ups.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import accumulate, compress

from cairn.core.calendar.holidays import Holiday, HolidayTable
from cairn.core.calendar.statute import statutory_holidays

FIRST_YEAR, LAST_YEAR = 1900, 2299
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_BASE = FIRST_DAY.toordinal()
_LENGTH = LAST_DAY.toordinal() - _BASE + 1
_WEEK = b"\1\1\1\1\1\0\0"  # 1 January 1900 was a Monday


class _Table:
    """The working days of every year, for one set of days off."""

    __slots__ = ("_before", "_working")

    def __init__(self, days_off: Iterable[date]) -> None:
        working = bytearray(_WEEK * (_LENGTH // 7 + 1))[:_LENGTH]
        for day in days_off:
            working[_place(day)] = 0
        self._before = array("i", accumulate(working, initial=0))
        self._working = tuple(compress(_every_day(), working))

    def is_working(self, day: date) -> bool:
        place = _place(day)
        return self._before[place + 1] > self._before[place]

    def add(self, day: date, number: int) -> date:
        """The working day that many after the day, or before it where the number is negative."""
        if number == 0:
            return day
        place = _place(day)
        wanted = self._before[place + 1] + number - 1 if number > 0 else self._before[place] + number
        if not 0 <= wanted < len(self._working):
            raise ValueError(_outside(f"{number} working days from {day}"))
        return self._working[wanted]

    def between(self, a: date, b: date) -> int:
        """How many working days come after one day, up to another and with it."""
        return self._before[_place(b) + 1] - self._before[_place(a) + 1]


def _place(day: date) -> int:
    place = day.toordinal() - _BASE
    if 0 <= place < _LENGTH:
        return place
    raise ValueError(_outside(str(day)))


@cache
def _every_day() -> tuple[date, ...]:
    """Made once and shared by all tables, so that an answer is looked up and not made."""
    return tuple(map(date.fromordinal, range(_BASE, _BASE + _LENGTH)))


def _outside(what: str) -> str:
    return f"{what} is outside the calendar, {FIRST_YEAR} to {LAST_YEAR}"


class Calendar:
    """The working days of England and Wales, with an authority's own closed days.

    All days are London dates. `known_on` is the day whose knowledge counts: a holiday
    takes a working day away only from the day it was announced. Years that the table
    does not reach are computed from the statute. Days before 1900 or after 2299 raise
    ValueError.
    """

    __slots__ = ("_by_day", "_by_state", "_changes", "_computed", "_listed", "closed_days", "table")

    def __init__(self, table: HolidayTable, closed_days: Iterable[date] = ()) -> None:
        self.table = table
        self.closed_days = frozenset(closed_days)
        self._listed = {h.date: h for h in table.holidays}
        self._computed = _computed_holidays(table)
        dates = (day for h in table.holidays for day in (h.announced_on, h.withdrawn_on) if day)
        self._changes = sorted(set(dates))
        self._by_state: dict[int, _Table] = {}
        self._by_day: dict[date, _Table] = {}

    def is_working_day(self, day: date, known_on: date) -> bool:
        """Whether the day is neither weekend, bank holiday nor closed day."""
        return self._known(known_on).is_working(day)

    def add_working_days(self, day: date, n: int, known_on: date) -> date:
        """The n-th working day after the day (before it where n is negative; itself where 0)."""
        return (self._by_day.get(known_on) or self._known(known_on)).add(day, n)

    def working_days_between(self, a: date, b: date, known_on: date) -> int:
        """How many working days come after `a`, up to `b` and with it; negative where `b` is earlier."""
        return (self._by_day.get(known_on) or self._known(known_on)).between(a, b)

    def next_working_day(self, day: date, known_on: date) -> date:
        """The first working day after the day."""
        return self._known(known_on).add(day, 1)

    def holiday_on(self, day: date, known_on: date) -> Holiday | None:
        """The bank holiday on a day, announced or computed; None where there is none."""
        listed = self._listed.get(day)
        if listed:
            return listed if listed.was_known(known_on) else None
        return self._computed.get(day)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any of these days lies in a year that the table of announced holidays does not reach."""
        return first.year < self.table.first_year or last.year > self.table.last_announced_year

    def changed_between(self, known_then: date, known_now: date) -> tuple[Holiday, ...]:
        """The holidays announced or withdrawn between two days of knowledge, in order of date."""
        return tuple(h for h in self.table.holidays if h.was_known(known_then) != h.was_known(known_now))

    def _known(self, known_on: date) -> _Table:
        """The table of a day of knowledge; days between two announcements share one."""
        table = self._by_day.get(known_on)
        if table is None:
            state = bisect_right(self._changes, known_on)
            table = self._by_state.get(state) or self._build(known_on)
            self._by_state[state] = self._by_day[known_on] = table
        return table

    def _build(self, known_on: date) -> _Table:
        announced = (h.date for h in self.table.holidays if h.was_known(known_on))
        return _Table({*self._computed, *announced, *self.closed_days})


def _computed_holidays(table: HolidayTable) -> dict[date, Holiday]:
    years = (*range(FIRST_YEAR, table.first_year), *range(table.last_announced_year + 1, LAST_YEAR + 1))
    return {day: Holiday(day, title) for year in years for day, title in statutory_holidays(year)}
