"""The days of a count as a calendar of weeks, and its sum, for the panel "Why is this due?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cairn.core.calendar import counting
from cairn.core.calendar.counting import CountedDay, SumLine
from cairn.interfaces.web.components import CountCalendar, CountDay, CountWeek, SumRow
from cairn.interfaces.web.components.why import DayKind

WEEK = 7
_KINDS: dict[counting.DayKind, DayKind] = {
    counting.DayKind.START: "start",
    counting.DayKind.COUNTED: "counted",
    counting.DayKind.WEEKEND: "off",
    counting.DayKind.HOLIDAY: "holiday",
    counting.DayKind.CLOSED: "off",
    counting.DayKind.DUE: "end",
}


def count_calendar(caption: str, days: Sequence[CountedDay], today: date) -> CountCalendar | None:
    """The whole weeks round the days of a count; None where no days are counted."""
    if not days:
        return None
    known = {each.day: each for each in days}
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((days[-1].day - monday).days // WEEK + 1)]
    return CountCalendar(
        caption=caption,
        weeks=tuple(_week(start, known, today) for start in weeks),
        today=known[today].count if today in known else None,
        passes_weekends=any(each.kind == counting.DayKind.WEEKEND for each in days),
        has_holidays=any(each.kind == counting.DayKind.HOLIDAY for each in days),
    )


def _week(monday: date, known: Mapping[date, CountedDay], today: date) -> CountWeek:
    days = [monday + timedelta(days=n) for n in range(WEEK)]
    return CountWeek(f"{monday.day} {monday:%b}", tuple(_day(day, known.get(day), today) for day in days))


def _day(day: date, counted: CountedDay | None, today: date) -> CountDay:
    if counted is None:
        return CountDay("none", day.day)
    return CountDay(_KINDS[counted.kind], day.day, counted.count, today=day == today)


def sum_rows(lines: Sequence[SumLine]) -> tuple[SumRow, ...]:
    """The sum as it is written: what is taken away has a minus sign."""
    return tuple(SumRow(line.label, f"− {-line.days}" if line.days < 0 else str(line.days)) for line in lines)
