"""Durations are read from the words of a protocol, and given back in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.duration import LONGEST, Duration, Unit, months_after


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("10 working days", 10, Unit.WORKING_DAY),
        ("1 working day", 1, Unit.WORKING_DAY),
        ("6 weeks", 6, Unit.WEEK),
        ("3 months", 3, Unit.MONTH),
        ("24 hours", 24, Unit.HOUR),
        ("7 days", 7, Unit.DAY),
        ("12 months", 12, Unit.MONTH),
        ("1 year", 1, Unit.YEAR),
        ("same day", 0, Unit.DAY),
    ],
)
def test_plain_words_are_read_and_given_back(text, amount, unit):
    duration = Duration.parse(text)
    assert duration == Duration(amount, unit)
    assert str(duration) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "ten working days",
        "10 workingdays",
        "10 working day",
        "1 days",
        "0 days",
        "-1 days",
        "1.5 hours",
        "10  days",
        " 10 days",
        "10 days ",
        "10 Days",
        "05 days",
        "10 fortnights",
        "10000 days",
        "١٠ days",
        "10 days\n",
    ],
)
def test_anything_else_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match=r'expected a whole number and "hours".*"10 working days"'):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (0, Unit.WORKING_DAY, "from 1 to 9999"),
        (0, Unit.HOUR, "from 1 to 9999"),
        (-1, Unit.DAY, "from 0 to 9999"),
        (101, Unit.YEAR, "from 1 to 100"),
        (1201, Unit.MONTH, "from 1 to 1200"),
    ],
)
def test_amounts_out_of_reason_are_refused(amount, unit, expected):
    with pytest.raises(ValueError, match=expected):
        Duration(amount, unit)


@pytest.mark.parametrize("text", ["101 years", "1201 months", "5201 weeks"])
def test_a_protocol_cannot_ask_for_more_than_a_hundred_years(text):
    with pytest.raises(ValueError, match="expected an amount from 1 to"):
        Duration.parse(text)


@given(st.sampled_from(Unit), st.data())
def test_every_duration_survives_being_written_down(unit, data):
    least = 0 if unit is Unit.DAY else 1
    duration = Duration(data.draw(st.integers(least, LONGEST[unit])), unit)
    assert Duration.parse(str(duration)) == duration


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 9, 22), 6, date(2027, 3, 22)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 15), -12, date(2025, 12, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_months_last(day, months, expected):
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("same day", date(2026, 12, 19), date(2026, 12, 19)),
        ("7 days", date(2026, 12, 26), date(2026, 12, 12)),
        ("6 weeks", date(2027, 1, 30), date(2026, 11, 7)),
        ("3 months", date(2027, 3, 19), date(2026, 9, 19)),
        ("1 year", date(2027, 12, 19), date(2025, 12, 19)),
    ],
)
def test_calendar_time_counts_weekends_both_ways(text, after, before):
    saturday = date(2026, 12, 19)
    assert Duration.parse(text).calendar_days_after(saturday) == after
    assert Duration.parse(text).calendar_days_before(saturday) == before


@pytest.mark.parametrize("text", ["24 hours", "1 working day"])
def test_hours_and_working_days_are_not_calendar_days(text):
    with pytest.raises(ValueError, match="not counted in calendar days"):
        Duration.parse(text).calendar_days_after(date(2026, 12, 19))
