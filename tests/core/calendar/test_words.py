"""The sentence that says how a date was reached."""

from datetime import date

import pytest

from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.words import sum_in_words
from cairn.core.calendar.working_days import Calendar

KNOWN = date(2026, 1, 1)


def words(calendar, start, within):
    return sum_in_words(deadline(parse_moment(start), Duration.parse(within), calendar, KNOWN))


@pytest.mark.parametrize(
    ("start", "within", "expected"),
    [
        (
            "2025-12-24T16:45",
            "10 working days",
            (
                "10 working days from 24 December 2025 (day 0), passing over 3 weekends, Christmas Day "
                "(25 December 2025), Boxing Day (26 December 2025) and New Year's Day (1 January 2026): "
                "12 January 2026"
            ),
        ),
        (
            "2026-12-24",
            "1 working day",
            (
                "1 working day from 24 December 2026 (day 0), passing over 1 weekend, Christmas Day "
                "(25 December 2026) and the substitute day for Boxing Day (28 December 2026): 29 December 2026"
            ),
        ),
        ("2025-11-19", "1 working day", "1 working day from 19 November 2025 (day 0): 20 November 2025"),
        (
            "2025-11-21",
            "1 working day",
            "1 working day from 21 November 2025 (day 0), passing over 1 weekend: 24 November 2025",
        ),
        (
            "2025-11-22",
            "1 working day",
            "1 working day from 22 November 2025 (day 0), passing over 1 Sunday: 24 November 2025",
        ),
        (
            "2025-12-31",
            "1 working day",
            (
                "1 working day from 31 December 2025 (day 0), passing over New Year's Day (1 January 2026): "
                "2 January 2026"
            ),
        ),
        ("2026-11-09", "6 weeks", "6 weeks from 9 November 2026 (day 0): 21 December 2026"),
        (
            "2026-01-31",
            "1 month",
            "1 month from 31 January 2026 (day 0), the last day of that month: 28 February 2026",
        ),
        ("2026-12-24", "same day", "By the end of the same day: 24 December 2026"),
        ("2026-11-10T13:00", "24 hours", "24 hours from 10 November 2026, 1pm: 11 November 2026, 1pm"),
        (
            "2026-03-28T13:00",
            "24 hours",
            (
                "24 hours from 28 March 2026, 1pm: 29 March 2026, 2pm "
                "(the clocks change in between; each hour is counted once)"
            ),
        ),
        (
            "2026-11-10",
            "24 hours",
            "24 hours from 10 November 2026: 11 November 2026",
        ),
        (
            "2026-11-10",
            "2 hours",
            "2 hours from 10 November 2026: between 10 November 2026, 2am and 11 November 2026, 1:59am",
        ),
        (
            "2031-12-31",
            "1 working day",
            (
                "1 working day from 31 December 2031 (day 0), passing over New Year's Day (1 January 2032): "
                "2 January 2032. Provisional: bank holidays after 2027 are not announced yet"
            ),
        ),
        (
            "2004-12-30",
            "1 working day",
            (
                "1 working day from 30 December 2004 (day 0): 31 December 2004. "
                "Provisional: bank holidays before 2005 are computed from the statute"
            ),
        ),
    ],
)
def test_the_sentence(calendar, start, within, expected):
    assert words(calendar, start, within) == expected


def test_a_closed_day_and_a_special_substitute_are_named():
    table = HolidayTable.from_csv("date,title,announced_on\n2026-06-16,Founders' Day (substitute day),\n")
    calendar = Calendar(table, closed_days=[date(2026, 6, 17)])
    result = deadline(parse_moment("2026-06-15"), Duration.parse("1 working day"), calendar, KNOWN)
    assert sum_in_words(result) == (
        "1 working day from 15 June 2026 (day 0), passing over the substitute day for Founders' Day "
        "(16 June 2026) and a closed day (17 June 2026): 18 June 2026"
    )
    assert result.sum[1].label == "Less the substitute day for Founders' Day, Tuesday 16 June"
