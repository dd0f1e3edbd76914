"""The sum behind a date: which days were counted, which were passed over, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cairn.core.calendar.duration import Duration
from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.london import say_date, say_day_month, say_range
from cairn.core.calendar.statute import SATURDAY, SUNDAY
from cairn.core.calendar.working_days import Calendar

CLOSED = "closed day"
_SUBSTITUTE = re.compile(r"(?P<title>.+?) \((?:observed|substitute day)\)")
_FIXED_DAYS = {"New Year's Day": (1, 1), "Christmas Day": (12, 25), "Boxing Day": (12, 26)}


class DayKind(StrEnum):
    """What a day is in a count."""

    START = "start"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sum; days taken away are negative. The last line is what is left."""

    label: str
    days: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day that was not counted, and why: "Saturday", "Sunday", the holiday's title or "closed day"."""

    day: date
    why: str
    kind: DayKind


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day from the start to the due day: its count (0 for the start) or None where passed over."""

    day: date
    count: int | None
    kind: DayKind
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A count of days from a start (day 0) to the day due, by what was known on a day."""

    start: date
    due: date
    within: Duration
    calendar: Calendar
    known_on: date

    def passed_over(self) -> tuple[PassedOver, ...]:
        """The days after the start that were not counted; none for calendar days."""
        if not self.within.in_working_days:
            return ()
        return tuple(filter(None, map(self._why_not, days_after(self.start, self.due))))

    def counted_days(self) -> Iterator[CountedDay]:
        """Every day from the start to the due day, in order; none where hours are counted."""
        if self.within.in_hours:
            return
        passed = {each.day: each for each in self.passed_over()}
        yield CountedDay(self.start, 0, DayKind.DUE if self.start == self.due else DayKind.START)
        count = 0
        for day in days_after(self.start, self.due):
            if day in passed:
                yield CountedDay(day, None, passed[day].kind, passed[day].why)
                continue
            count += 1
            yield CountedDay(day, count, DayKind.DUE if day == self.due else DayKind.COUNTED)

    def sum(self) -> tuple[SumLine, ...]:
        """The days between, less each weekend, holiday and closed day; empty where hours are counted."""
        days = (self.due - self.start).days
        if self.within.in_hours or not days:
            return ()
        span = say_range(self.start + timedelta(days=1), self.due)
        if not self.within.in_working_days:
            return (SumLine(f"Days from {span}, weekends and bank holidays counted", days),)
        passed = self.passed_over()
        first = SumLine(f"Days from {span}" if days > 1 else f"Day counted, {span}", days)
        total = SumLine("Working days", days - len(passed))
        return (first, *self._less(passed), total)

    def _less(self, passed: tuple[PassedOver, ...]) -> Iterator[SumLine]:
        weekends = [each for each in passed if each.kind is DayKind.WEEKEND]
        if weekends:
            yield SumLine(f"Less {weekends_in_words(weekends, full=True)}", -len(weekends))
        for each in passed:
            if each.kind is not DayKind.WEEKEND:
                yield SumLine(f"Less {self._day_off_in_full(each)}", -1)

    def _day_off_in_full(self, off: PassedOver) -> str:
        """As in "Christmas Day, Friday 25 December", and why a substitute day is one."""
        one_year = self.start.year == self.due.year
        date_words = say_day_month(off.day) if one_year else say_date(off.day)
        words = f"{name_day_off(off.why)}, {off.day:%A} {date_words}"
        replaced = _replaced_day(off)
        if replaced is None:
            return words
        title, day = replaced
        return f"{words}. {title} itself falls on a {day:%A}."

    def _why_not(self, day: date) -> PassedOver | None:
        if day.weekday() >= SATURDAY:
            return PassedOver(day, f"{day:%A}", DayKind.WEEKEND)
        holiday = self.calendar.holiday_on(day, self.known_on)
        if holiday:
            return PassedOver(day, holiday.title, DayKind.HOLIDAY)
        return PassedOver(day, CLOSED, DayKind.CLOSED) if day in self.calendar.closed_days else None


def days_after(start: date, last: date) -> Iterator[date]:
    """The days after the start up to the last, it included."""
    return (start + timedelta(days=n) for n in range(1, (last - start).days + 1))


def weekends_in_words(days: list[PassedOver], *, full: bool = False) -> str:
    """As in "7 weekends" (in full "7 weekends, Saturdays and Sundays"), or the days where they are no pairs."""
    saturdays = sum(each.day.weekday() == SATURDAY for each in days)
    sundays = sum(each.day.weekday() == SUNDAY for each in days)
    if saturdays != sundays:
        parts = [_several(n, name) for n, name in ((saturdays, "Saturday"), (sundays, "Sunday")) if n]
        return " and ".join(parts)
    names = ", Saturday and Sunday" if saturdays == 1 else ", Saturdays and Sundays"
    return _several(saturdays, "weekend") + (names if full else "")


def name_day_off(title: str) -> str:
    """A holiday's name in a sentence: "Boxing Day", "the substitute day for Boxing Day", "a closed day"."""
    found = _SUBSTITUTE.fullmatch(title)
    if found:
        return f"the substitute day for {found['title']}"
    return f"a {title}" if title == CLOSED else title


def _several(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _replaced_day(off: PassedOver) -> tuple[str, date] | None:
    """The holiday that a substitute day stands for, and the day it would have been."""
    found = _SUBSTITUTE.fullmatch(off.why)
    if found is None or found["title"] not in _FIXED_DAYS:
        return None
    return found["title"], date(off.day.year, *_FIXED_DAYS[found["title"]])


def changed_within(
    calendar: Calendar, first: date, last: date, known_then: date, known_now: date
) -> tuple[Holiday, ...]:
    """The holidays after `first` up to `last` that were announced or withdrawn between two days."""
    changed = calendar.changed_between(known_then, known_now)
    return tuple(holiday for holiday in changed if first < holiday.date <= last)
