"""Working-day sums across every bank holiday and weekend to 2035, against a table written by hand (TI-1).

`bank_holidays_to_2035.csv` was written from the Banking and Financial Dealings Act 1971 and the dates of Easter in the
Book of Common Prayer's tables, not by the program; the sums are made here by walking from day to day.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.core.calendar.conftest import calendar, table

from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.moment import LONDON, Moment

__all__ = ["calendar", "table"]
TABLE = Path(__file__).parent / "bank_holidays_to_2035.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
HOLIDAYS = {date.fromisoformat(row["date"]) for row in ROWS}
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
KNOWN_ON = date(2026, 11, 23)
# What the procedures count: to decide, to start, to a core group, to a conference, to assess, and three more.
NUMBERS = (1, 2, 3, 5, 7, 10, 15, 20, 35, 45)


def every_day():
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


WORKING = [day for day in every_day() if day.weekday() < 5 and day not in HOLIDAYS]


def test_the_table_is_written_right():
    """Each day is the weekday that is written beside it, and each year has its eight."""
    for row in ROWS:
        assert f"{date.fromisoformat(row['date']):%A}" == row["day"], row
    for year in range(2026, 2036):
        assert sum(day.year == year for day in HOLIDAYS) == 8, year


def test_every_day_is_a_working_day_or_none_as_written(calendar):
    wrong = [day for day in every_day() if calendar.is_working_day(day, KNOWN_ON) != (day in set(WORKING))]
    assert wrong == []


def test_every_sum_from_every_day_forwards_and_back(calendar):
    sums = 0
    for day in every_day():
        after, before = bisect_right(WORKING, day), bisect_left(WORKING, day)
        for number in NUMBERS:
            if after + number <= len(WORKING):
                due = WORKING[after + number - 1]
                assert calendar.add_working_days(day, number, KNOWN_ON) == due, (day, number)
                assert calendar.working_days_between(day, due, KNOWN_ON) == number, (day, number)
                sums += 2
            if before >= number:
                assert calendar.add_working_days(day, -number, KNOWN_ON) == WORKING[before - number], (
                    day,
                    number,
                )
                sums += 1
    assert sums > 100_000


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        # Friday 25 to the substitute Monday 28 December 2026: four days on which nobody works.
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 25), 1, date(2026, 12, 29)),
        (date(2026, 12, 27), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 4, date(2027, 1, 4)),
        (date(2026, 12, 1), 45, date(2027, 2, 5)),
        # Saturday 25 to the substitute Tuesday 28 December 2027.
        (date(2027, 12, 24), 1, date(2027, 12, 29)),
        (date(2027, 12, 27), 1, date(2027, 12, 29)),
        # Easter 2027, 26 to 29 March, in whose night the clocks go forward.
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2027, 3, 28), 1, date(2027, 3, 30)),
        (date(2027, 3, 18), 15, date(2027, 4, 12)),
        # A year that is worked out: New Year 2028 stands on Monday the 3rd, Christmas 2033 on Tuesday the 27th.
        (date(2027, 12, 31), 1, date(2028, 1, 4)),
        (date(2033, 12, 23), 1, date(2033, 12, 28)),
        (date(2033, 12, 30), 1, date(2034, 1, 3)),
    ],
)
def test_the_clusters(calendar, start, number, due):
    assert calendar.add_working_days(start, number, KNOWN_ON) == due
    within = Duration.parse(f"{number} working day{'s' if number > 1 else ''}")
    ends = deadline(Moment.on_day(start), within, calendar, known_on=KNOWN_ON)
    local = ends.due.latest.astimezone(LONDON)
    assert (local.date(), f"{local:%H:%M:%S}") == (due, "23:59:59")


def test_a_year_past_the_last_announced_is_marked_provisional_and_none_before(calendar):
    announced = {row["announced"] for row in ROWS if int(row["date"][:4]) <= 2027}
    assert announced == {"yes"}
    for day in every_day():
        due = WORKING[min(bisect_right(WORKING, day) + 44, len(WORKING) - 1)]
        assert calendar.is_provisional(day, due) == (due.year > 2027), day
