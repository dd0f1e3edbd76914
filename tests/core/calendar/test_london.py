"""Times as they are written and read in England."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.london import (
    TimeFault,
    parse_moment,
    parse_roughly,
    say_date,
    say_moment,
    say_range,
    say_time,
    text_of,
)
from cairn.core.calendar.moment import LONDON, Moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-12-24T16:45", datetime(2025, 12, 24, 16, 45, tzinfo=UTC)),
        ("2026-07-01T16:45", datetime(2026, 7, 1, 15, 45, tzinfo=UTC)),
        ("2026-07-01T16:45:30", datetime(2026, 7, 1, 15, 45, 30, tzinfo=UTC)),
        ("2026-07-01T16:45:30.999999", datetime(2026, 7, 1, 15, 45, 30, tzinfo=UTC)),
        ("2026-07-01T16:45:30.123456789Z", datetime(2026, 7, 1, 16, 45, 30, tzinfo=UTC)),
        ("2026-07-01T16:45Z", datetime(2026, 7, 1, 16, 45, tzinfo=UTC)),
        ("2026-07-01T16:45+05:30", datetime(2026, 7, 1, 11, 15, tzinfo=UTC)),
        # Both sides of the hour that is skipped, and both readings of the one that comes twice.
        ("2026-03-29T00:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T02:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25T00:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25T02:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-10-25T01:30+01:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_london_time_unless_it_has_an_offset(text, expected):
    assert parse_moment(text) == Moment.exact(expected)


def test_a_bare_date_has_day_precision():
    assert parse_moment("2026-03-29") == Moment.on_day(date(2026, 3, 29))


@pytest.mark.parametrize(
    ("text", "when"),
    [("2026-03-29T01:00", "1am on 29 March 2026"), ("2027-03-28T01:30", "1:30am on 28 March 2027")],
)
def test_a_time_that_the_clocks_skip_is_refused(text, when):
    assert parse_moment(text) == TimeFault(
        f"{when} does not exist in London: the clocks go forward over it",
        "a time before or after the hour that is skipped",
    )


@pytest.mark.parametrize(
    ("text", "when"),
    [("2026-10-25T01:30", "1:30am on 25 October 2026"), ("2027-10-31T01:00", "1am on 31 October 2027")],
)
def test_a_time_that_comes_twice_needs_its_offset(text, when):
    assert parse_moment(text) == TimeFault(
        f"{when} comes twice in London: the clocks go back",
        f"its offset: {text}+01:00 or {text}+00:00",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "24/12/2025",
        "2025-12-24 16:45",
        "2025-12-24T4:45",
        "2025-12-24T24:30",
        "2025-12-24T16:45+25:00",
        "2025-12-24T16:45+0000",
        "2025-02-29",
        "20251224",
        "2025-W52-3",
        "0001-01-01",
        "9999-12-31T23:59-05:00",
        "0000-01-01",
        "٢٠٢٥-12-24",
        "2025-12-24\n",
    ],
)
def test_anything_else_is_refused_as_a_value(text):
    fault = parse_moment(text)
    assert isinstance(fault, TimeFault)
    assert repr(text) in fault.reason
    assert "expected" not in fault.reason
    assert fault.expected


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01T00:00", "1066-10-14"])
def test_a_year_beyond_reason_is_refused(text):
    assert parse_moment(text) == TimeFault(f"{text!r} is outside the calendar", "a year from 1900 to 2199")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(0, 200))
def test_the_order_of_instants_survives_being_written_with_an_offset(local, minutes):
    first = local.replace(microsecond=0, tzinfo=UTC)
    second = first + timedelta(minutes=minutes)
    read = [parse_moment(t.astimezone(LONDON).isoformat()) for t in (first, second)]
    assert read == [Moment.exact(first), Moment.exact(second)]
    assert read[0].day <= read[1].day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_a_london_time_is_one_instant_or_is_refused(local):
    text = local.replace(microsecond=0).isoformat()
    read = parse_moment(text)
    if isinstance(read, Moment):
        assert read.earliest.astimezone(LONDON).isoformat()[:19] == text
    else:
        assert local.month in (3, 10)
        assert local.hour == 1


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (14, 30, "2:30pm"),
        (14, 0, "2pm"),
        (9, 5, "9:05am"),
        (0, 0, "midnight"),
        (0, 1, "12:01am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_times_in_the_house_style(hour, minute, expected):
    assert say_time(datetime(2026, 7, 1, hour, minute, tzinfo=LONDON)) == expected


def test_times_are_said_in_london_time():
    assert say_time(datetime(2026, 7, 1, 13, 30, tzinfo=UTC)) == "2:30pm"


def test_dates_in_the_house_style():
    assert say_date(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (parse_moment("2026-11-10T14:00"), "10 November 2026, 2pm"),
        (parse_moment("2026-11-10"), "10 November 2026"),
        (parse_roughly("2026-11"), "November 2026"),
        (parse_roughly("2026-02"), "February 2026"),
        (parse_roughly("2026"), "2026"),
        (
            Moment(parse_moment("2026-11-10T14:00").earliest, parse_moment("2026-11-11T15:30").latest),
            "between 10 November 2026, 2pm and 11 November 2026, 3:30pm",
        ),
    ],
)
def test_a_moment_is_said_as_exactly_as_it_is_known(moment, expected):
    assert say_moment(moment) == expected


@pytest.mark.parametrize("text", ["2026", "2024-02", "2026-10", "2026-10-25", "2026-10-25T14:00:00+00:00"])
def test_what_is_known_roughly_is_written_as_it_was_read(text):
    assert text_of(parse_roughly(text)) == text


def test_a_month_is_all_of_its_days_and_a_year_all_of_its_months():
    month, year = parse_roughly("2024-02"), parse_roughly("2024")
    assert (month.earliest, month.latest) == (
        parse_moment("2024-02-01").earliest,
        parse_moment("2024-02-29").latest,
    )
    assert (year.earliest, year.latest) == (
        parse_moment("2024-01-01").earliest,
        parse_moment("2024-12-31").latest,
    )


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "1899", "2200-01", "24", "2024-1", "202", ""])
def test_what_is_no_month_or_year_is_refused(text):
    assert isinstance(parse_roughly(text), TimeFault)


@pytest.mark.parametrize("text", ["2024", "2024-02"])
def test_a_month_or_a_year_is_no_time_where_the_day_has_to_be_known(text):
    assert isinstance(parse_moment(text), TimeFault)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 22), date(2026, 11, 26), "22 to 26 November 2026"),
        (date(2026, 11, 11), date(2026, 12, 31), "11 November to 31 December 2026"),
        (date(2025, 12, 24), date(2026, 1, 12), "24 December 2025 to 12 January 2026"),
        (date(2026, 11, 22), date(2026, 11, 22), "22 November 2026"),
    ],
)
def test_ranges_say_the_same_parts_once(first, last, expected):
    assert say_range(first, last) == expected
