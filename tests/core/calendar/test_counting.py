"""The sum behind a date, as a page can show it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.counting import CountedDay, DayKind, PassedOver, SumLine
from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.duration import Duration, Unit
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.calendar.working_days import Calendar

KNOWN = date(2026, 1, 1)


def work_out(calendar, start, within):
    return deadline(parse_moment(start), Duration.parse(within), calendar, KNOWN)


def test_the_sum_of_35_working_days_over_christmas_2026(calendar):
    assert work_out(calendar, "2026-11-10T14:00", "35 working days").sum == (
        SumLine("Days from 11 November to 31 December 2026", 51),
        SumLine("Less 7 weekends, Saturdays and Sundays", -14),
        SumLine("Less Christmas Day, Friday 25 December", -1),
        SumLine(
            "Less the substitute day for Boxing Day, Monday 28 December. Boxing Day itself falls on a Saturday.",
            -1,
        ),
        SumLine("Working days", 35),
    )


def test_the_sum_over_a_new_year_says_the_years(calendar):
    assert work_out(calendar, "2025-12-24T16:45", "10 working days").sum == (
        SumLine("Days from 25 December 2025 to 12 January 2026", 19),
        SumLine("Less 3 weekends, Saturdays and Sundays", -6),
        SumLine("Less Christmas Day, Thursday 25 December 2025", -1),
        SumLine("Less Boxing Day, Friday 26 December 2025", -1),
        SumLine("Less New Year's Day, Thursday 1 January 2026", -1),
        SumLine("Working days", 10),
    )


@pytest.mark.parametrize(
    ("start", "within", "labels"),
    [
        ("2025-11-19", "1 working day", ["Day counted, 20 November 2025", "Working days"]),
        (
            "2025-11-21",
            "1 working day",
            ["Days from 22 to 24 November 2025", "Less 1 weekend, Saturday and Sunday", "Working days"],
        ),
        (
            "2025-11-22",
            "1 working day",
            ["Days from 23 to 24 November 2025", "Less 1 Sunday", "Working days"],
        ),
        (
            "2025-11-22",
            "6 working days",
            ["Days from 23 November to 1 December 2025", "Less 1 Saturday and 2 Sundays", "Working days"],
        ),
        (
            "2026-11-09",
            "6 weeks",
            ["Days from 10 November to 21 December 2026, weekends and bank holidays counted"],
        ),
        ("2026-11-09", "same day", []),
        ("2026-11-09T10:00", "24 hours", []),
        (
            "2033-12-23",
            "1 working day",
            [
                "Days from 24 to 28 December 2033",
                "Less 1 weekend, Saturday and Sunday",
                "Less Boxing Day, Monday 26 December",
                (
                    "Less the substitute day for Christmas Day, Tuesday 27 December. "
                    "Christmas Day itself falls on a Sunday."
                ),
                "Working days",
            ],
        ),
    ],
)
def test_the_lines_of_other_sums(calendar, start, within, labels):
    assert [line.label for line in work_out(calendar, start, within).sum] == labels


def test_a_closed_day_is_a_line_of_its_own(table):
    calendar = Calendar(table, closed_days=[date(2025, 12, 29)])
    result = work_out(calendar, "2025-12-27", "1 working day")
    assert SumLine("Less a closed day, Monday 29 December", -1) in result.sum
    assert result.passed_over == (
        PassedOver(date(2025, 12, 28), "Sunday", DayKind.WEEKEND),
        PassedOver(date(2025, 12, 29), "closed day", DayKind.CLOSED),
    )


def test_a_holiday_not_yet_announced_is_counted(calendar):
    start, within = parse_moment("2022-09-16"), Duration.parse("1 working day")
    before = deadline(start, within, calendar, date(2022, 9, 9))
    after = deadline(start, within, calendar, date(2022, 9, 10))
    assert {each.kind for each in before.passed_over} == {DayKind.WEEKEND}
    assert after.passed_over[-1].why == "State Funeral of Queen Elizabeth II"


def test_the_picture_of_a_count(calendar):
    assert work_out(calendar, "2025-12-24T16:45", "2 working days").counted_days() == (
        CountedDay(date(2025, 12, 24), 0, DayKind.START),
        CountedDay(date(2025, 12, 25), None, DayKind.HOLIDAY, "Christmas Day"),
        CountedDay(date(2025, 12, 26), None, DayKind.HOLIDAY, "Boxing Day"),
        CountedDay(date(2025, 12, 27), None, DayKind.WEEKEND, "Saturday"),
        CountedDay(date(2025, 12, 28), None, DayKind.WEEKEND, "Sunday"),
        CountedDay(date(2025, 12, 29), 1, DayKind.COUNTED),
        CountedDay(date(2025, 12, 30), 2, DayKind.DUE),
    )


def test_the_picture_of_calendar_days_counts_each(calendar):
    days = work_out(calendar, "2025-12-24T16:45", "3 days").counted_days()
    assert [(day.count, day.kind) for day in days] == [
        (0, DayKind.START),
        (1, DayKind.COUNTED),
        (2, DayKind.COUNTED),
        (3, DayKind.DUE),
    ]


def test_the_same_day_is_start_and_due_at_once(calendar):
    assert work_out(calendar, "2025-12-24T16:45", "same day").counted_days() == (
        CountedDay(date(2025, 12, 24), 0, DayKind.DUE),
    )


STARTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 12, 31), timezones=st.just(LONDON))


@given(start=STARTS, number=st.integers(1, 60))
def test_the_sum_adds_up_and_the_picture_agrees_with_it(calendar, start, number):
    result = deadline(Moment.exact(start), Duration(number, Unit.WORKING_DAY), calendar, KNOWN)
    *lines, total = result.sum
    assert sum(line.days for line in lines) == total.days == number
    last = result.counted_days()[-1]
    assert (last.day, last.count, last.kind) == (result.due_day, number, DayKind.DUE)
