"""Deadlines, worked by hand with a wall calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.deadline import deadline, due_day, latest_day_before, moved_by_announcement
from cairn.core.calendar.duration import Duration, Unit
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import LONDON, Moment

KNOWN = date(2026, 1, 1)
INSTANTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))
DURATIONS = st.builds(Duration, st.integers(1, 100), st.sampled_from(Unit))


def work_out(calendar, start, within, known_on=KNOWN):
    return deadline(parse_moment(start), Duration.parse(within), calendar, known_on)


WORKED_BY_HAND = [
    # An ordinary week; 21 November 2025 is a Friday.
    ("2025-11-19T09:00", "1 working day", "2025-11-20"),
    ("2025-11-21T16:00", "1 working day", "2025-11-24"),
    ("2025-11-22T11:00", "1 working day", "2025-11-24"),
    ("2025-11-23T23:59", "1 working day", "2025-11-24"),
    ("2025-11-21T16:00", "10 working days", "2025-12-05"),
    # Christmas 2025: Thursday 25 and Friday 26 December, Thursday 1 January.
    ("2025-12-23T16:45", "1 working day", "2025-12-24"),
    ("2025-12-24T16:45", "1 working day", "2025-12-29"),
    ("2025-12-25T10:00", "1 working day", "2025-12-29"),
    ("2025-12-27T10:00", "1 working day", "2025-12-29"),
    ("2025-12-31T12:00", "1 working day", "2026-01-02"),
    ("2025-12-24T16:45", "10 working days", "2026-01-12"),
    ("2025-12-24T16:45", "45 working days", "2026-03-02"),
    # Easter 2026: Good Friday 3 April, Easter Monday 6 April; clocks forward on 29 March.
    ("2026-03-27T17:00", "1 working day", "2026-03-30"),
    ("2026-04-02T17:00", "1 working day", "2026-04-07"),
    ("2026-04-02T17:00", "10 working days", "2026-04-20"),
    ("2026-04-05T10:00", "1 working day", "2026-04-07"),
    # Easter 2027, 26 to 29 March, meets the clock change of 28 March.
    ("2027-03-25T17:00", "1 working day", "2027-03-30"),
    ("2027-03-25T17:00", "10 working days", "2027-04-12"),
    ("2027-03-28T02:30", "1 working day", "2027-03-30"),
    # The clocks go back on 25 October 2026 and 31 October 2027.
    ("2026-10-23T17:00", "1 working day", "2026-10-26"),
    ("2027-10-29T17:00", "10 working days", "2027-11-12"),
    # Christmas 2026: Friday 25, the substitute for Boxing Day on Monday 28, Friday 1 January.
    ("2026-12-24T16:00", "1 working day", "2026-12-29"),
    ("2026-12-24T16:00", "5 working days", "2027-01-05"),
    ("2026-12-26T16:00", "1 working day", "2026-12-29"),
    ("2026-11-10T14:00", "35 working days", "2026-12-31"),
    # Christmas 2027: Saturday and Sunday, so Monday 27 and Tuesday 28; then Monday 3 January 2028.
    ("2027-12-24T16:00", "1 working day", "2027-12-29"),
    ("2027-12-24T16:00", "3 working days", "2027-12-31"),
    ("2027-12-24T16:00", "4 working days", "2028-01-04"),
    # Calendar time is not moved off weekends and holidays; 26 December 2026 is a Saturday.
    ("2026-12-19T10:00", "7 days", "2026-12-26"),
    ("2026-12-24T10:00", "1 day", "2026-12-25"),
    ("2026-12-24T10:00", "same day", "2026-12-24"),
    ("2026-11-09T10:00", "6 weeks", "2026-12-21"),
    ("2026-09-22T10:00", "6 months", "2027-03-22"),
    ("2026-01-31T10:00", "1 month", "2026-02-28"),
    ("2026-11-30T10:00", "3 months", "2027-02-28"),
    ("2028-02-29T10:00", "1 year", "2029-02-28"),
    ("2028-02-29T10:00", "12 months", "2029-02-28"),
]


@pytest.mark.parametrize(("start", "within", "due"), WORKED_BY_HAND)
def test_worked_by_hand(calendar, start, within, due):
    result = work_out(calendar, start, within)
    assert result.due_earliest == result.due_latest
    assert result.due_latest.astimezone(LONDON).isoformat()[:19] == f"{due}T23:59:59"
    assert result.provisional is (due >= "2028" and "working" in within)


@pytest.mark.parametrize(
    ("start", "within", "end_in_utc"),
    [
        ("2026-03-27T17:00", "2 days", "2026-03-29T22:59:59+00:00"),
        ("2026-03-27T17:00", "1 day", "2026-03-28T23:59:59+00:00"),
        ("2026-10-23T17:00", "2 days", "2026-10-25T23:59:59+00:00"),
        ("2026-10-23T17:00", "1 day", "2026-10-24T22:59:59+00:00"),
        ("2027-03-27T17:00", "1 day", "2027-03-28T22:59:59+00:00"),
        ("2027-10-30T17:00", "1 day", "2027-10-31T23:59:59+00:00"),
    ],
)
def test_a_day_ends_at_a_second_to_midnight_in_london(calendar, start, within, end_in_utc):
    assert work_out(calendar, start, within).due_latest.isoformat() == end_in_utc


@pytest.mark.parametrize(
    ("start", "within", "due"),
    [
        ("2025-12-24T13:00", "24 hours", "2025-12-25T13:00:00+00:00"),
        ("2026-03-28T13:00", "24 hours", "2026-03-29T14:00:00+01:00"),
        ("2026-10-24T13:00", "24 hours", "2026-10-25T12:00:00+00:00"),
        ("2027-03-27T13:00", "24 hours", "2027-03-28T14:00:00+01:00"),
        ("2027-10-30T13:00", "24 hours", "2027-10-31T12:00:00+00:00"),
        ("2027-03-28T00:59", "1 hour", "2027-03-28T02:59:00+01:00"),
        ("2027-10-31T01:30+01:00", "1 hour", "2027-10-31T01:30:00+00:00"),
    ],
)
def test_hours_are_elapsed_hours(calendar, start, within, due):
    result = work_out(calendar, start, within)
    assert result.due_earliest == result.due_latest
    assert result.due_latest.astimezone(LONDON).isoformat() == due


def test_hours_from_a_day_are_an_interval_and_nothing_is_guessed(calendar):
    result = work_out(calendar, "2026-11-10", "24 hours")
    assert result.due_earliest == datetime(2026, 11, 11, tzinfo=UTC)
    assert result.due_latest == datetime(2026, 11, 11, 23, 59, 59, tzinfo=UTC)
    assert result.sum == result.passed_over == result.counted_days() == ()


@pytest.mark.parametrize("within", ["1 working day", "6 weeks", "3 months"])
def test_days_from_a_day_are_exact(calendar, within):
    result = work_out(calendar, "2026-11-10", within)
    assert result.due == work_out(calendar, "2026-11-10T14:00", within).due


def test_days_from_an_interval_over_two_days_end_on_one_or_the_other(calendar):
    thursday_to_friday = work_out(calendar, "2026-11-12", "24 hours").due
    interval = Moment(thursday_to_friday.earliest - timedelta(hours=1), thursday_to_friday.latest)
    result = deadline(interval, Duration.parse("1 working day"), calendar, KNOWN)
    assert result.due_earliest == datetime(2026, 11, 13, 23, 59, 59, tzinfo=UTC)
    assert result.due_latest == datetime(2026, 11, 16, 23, 59, 59, tzinfo=UTC)


ANNOUNCED = [
    # start, within, the day of announcement, due as known before it, and from it on, what moved it
    ("2011-04-28", "1 working day", "2010-11-23", "2011-04-29", "2011-05-03", ["2011-04-29"]),
    ("2012-05-25", "1 working day", "2010-01-05", "2012-05-29", "2012-05-28", ["2012-05-28"]),
    ("2012-06-01", "1 working day", "2010-01-05", "2012-06-04", "2012-06-06", ["2012-06-04"]),
    ("2020-05-01", "1 working day", "2019-06-07", "2020-05-05", "2020-05-04", ["2020-05-04"]),
    ("2020-05-07", "1 working day", "2019-06-07", "2020-05-08", "2020-05-11", ["2020-05-08"]),
    ("2020-05-01", "4 working days", "2019-06-07", "2020-05-08", "2020-05-07", ["2020-05-04"]),
    ("2022-05-27", "1 working day", "2020-11-12", "2022-05-31", "2022-05-30", ["2022-05-30"]),
    ("2022-06-01", "1 working day", "2020-11-12", "2022-06-02", "2022-06-06", ["2022-06-02"]),
    (
        "2022-05-27",
        "10 working days",
        "2020-11-12",
        "2022-06-13",
        "2022-06-14",
        ["2022-05-30", "2022-06-02", "2022-06-03"],
    ),
    ("2022-09-16", "1 working day", "2022-09-10", "2022-09-19", "2022-09-20", ["2022-09-19"]),
    ("2022-09-08", "10 working days", "2022-09-10", "2022-09-22", "2022-09-23", ["2022-09-19"]),
    ("2023-05-05", "1 working day", "2022-11-06", "2023-05-08", "2023-05-09", ["2023-05-08"]),
]


@pytest.mark.parametrize(("start", "within", "announced_on", "before", "after", "moved_by"), ANNOUNCED)
def test_an_announcement_moves_the_date_and_is_named(
    calendar, start, within, announced_on, before, after, moved_by
):
    known_now = date.fromisoformat(announced_on)
    known_then = known_now - timedelta(days=1)
    assert str(work_out(calendar, start, within, known_then).due_day) == before
    assert str(work_out(calendar, start, within, known_now).due_day) == after
    moment, duration = parse_moment(start), Duration.parse(within)
    holidays = moved_by_announcement(moment, duration, calendar, known_then, known_now)
    assert [str(holiday.date) for holiday in holidays] == moved_by


@pytest.mark.parametrize(
    ("start", "within", "known_then", "known_now"),
    [
        ("2022-09-05", "1 working day", date(2022, 9, 9), date(2022, 9, 10)),
        ("2022-09-16", "1 working day", date(2022, 9, 10), date(2022, 9, 11)),
        ("2022-09-16", "7 days", date(2022, 9, 9), date(2022, 9, 10)),
        ("2022-09-16", "24 hours", date(2022, 9, 9), date(2022, 9, 10)),
        # The holiday of 4 May was moved to 8 May: over both, the date stands.
        ("2020-05-01", "10 working days", date(2019, 6, 6), date(2019, 6, 7)),
    ],
)
def test_a_date_that_stands_is_moved_by_nothing(calendar, start, within, known_then, known_now):
    arguments = parse_moment(start), Duration.parse(within), calendar
    assert moved_by_announcement(*arguments, known_then, known_now) == ()


@pytest.mark.parametrize(
    ("start", "due", "provisional"),
    [
        ("2026-12-24", "2026-12-29", False),
        ("2027-12-31", "2028-01-04", True),
        ("2031-12-31", "2032-01-02", True),
        # 25 December 2032 is a Saturday, 25 December 2033 a Sunday; Easter Day is 25 March 2035.
        ("2032-12-24", "2032-12-29", True),
        ("2033-12-23", "2033-12-28", True),
        ("2035-03-22", "2035-03-27", True),
        ("2004-12-31", "2005-01-04", True),
    ],
)
def test_years_not_announced_are_computed_and_provisional(calendar, start, due, provisional):
    result = work_out(calendar, start, "1 working day")
    assert str(result.due_day) == due
    assert result.provisional is provisional


@pytest.mark.parametrize("within", ["6 weeks", "24 hours"])
def test_calendar_time_and_hours_rest_on_no_announcement(calendar, within):
    assert not work_out(calendar, "2033-12-23", within).provisional


@pytest.mark.parametrize(
    ("event", "ahead", "latest"),
    [
        ("2026-01-12", "7 working days", "2025-12-31"),
        ("2025-12-29", "1 working day", "2025-12-24"),
        ("2025-12-28", "1 working day", "2025-12-24"),
        ("2026-01-12", "2 weeks", "2025-12-29"),
        ("2026-03-31", "1 month", "2026-02-28"),
    ],
)
def test_time_before_an_event_is_counted_back_from_it(calendar, event, ahead, latest):
    day = latest_day_before(date.fromisoformat(event), Duration.parse(ahead), calendar, KNOWN)
    assert str(day) == latest


def test_hours_do_not_end_on_a_day_alone(calendar):
    with pytest.raises(ValueError, match="not counted in calendar days"):
        due_day(date(2026, 1, 1), Duration.parse("24 hours"), calendar, KNOWN)


@given(start=INSTANTS, later=st.integers(0, 10**7), within=DURATIONS)
def test_a_later_start_is_never_due_earlier(calendar, start, later, within):
    first = deadline(Moment.exact(start), within, calendar, KNOWN)
    second = deadline(Moment.exact(start + timedelta(seconds=later)), within, calendar, KNOWN)
    assert first.due_latest <= second.due_latest


@given(start=INSTANTS, within=DURATIONS)
def test_what_is_due_comes_after_its_start_and_a_day_ends_in_london(calendar, start, within):
    result = deadline(Moment.exact(start), within, calendar, KNOWN)
    assert result.due_earliest > result.start.latest
    ends_a_day = result.due_latest.astimezone(LONDON).strftime("%H:%M:%S") == "23:59:59"
    assert within.in_hours or ends_a_day


@given(start=INSTANTS, hours=st.integers(1, 200))
def test_hours_are_never_longer_or_shorter(calendar, start, hours):
    result = deadline(Moment.exact(start), Duration(hours, Unit.HOUR), calendar, KNOWN)
    assert result.due_latest - result.start.latest == timedelta(hours=hours)


@given(day=st.dates(date(2005, 1, 1), date(2035, 12, 31)), within=DURATIONS)
def test_any_time_of_the_day_is_due_within_what_the_day_alone_gives(calendar, day, within):
    whole = deadline(Moment.on_day(day), within, calendar, KNOWN)
    for edge in (whole.start.earliest, whole.start.latest):
        exact = deadline(Moment.exact(edge), within, calendar, KNOWN)
        assert whole.due_earliest <= exact.due_earliest <= exact.due_latest <= whole.due_latest
