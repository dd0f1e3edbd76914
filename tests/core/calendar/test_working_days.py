"""Adding and counting working days, checked by numpy and by hand."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.statute import statutory_holidays
from cairn.core.calendar.working_days import FIRST_DAY, LAST_DAY, Calendar

KNOWN = date(2026, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
# From before the first announcement in the table to after the last.
KNOWLEDGE = st.dates(date(2009, 1, 1), date(2024, 1, 1))


@pytest.fixture(scope="session")
def by_numpy(table):
    """The same calendar, made of the table and the statute by numpy."""
    outside = (*range(1999, table.first_year), *range(table.last_announced_year + 1, 2060))
    computed = [day for year in outside for day, _ in statutory_holidays(year)]

    def busday_calendar(known_on):
        return np.busdaycalendar(
            holidays=[h.date for h in table.holidays if h.was_known(known_on)] + computed
        )

    return busday_calendar


def every_day(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("known_on", [date(2009, 1, 1), date(2019, 6, 7), KNOWN])
def test_every_day_of_every_year_agrees_with_numpy(calendar, by_numpy, known_on):
    days = every_day(date(2004, 1, 1), date(2036, 12, 31))
    theirs = np.is_busday(np.array(days, "datetime64[D]"), busdaycal=by_numpy(known_on))
    assert [calendar.is_working_day(day, known_on) for day in days] == theirs.tolist()


@pytest.mark.parametrize("n", [1, 2, 5, 10, 15, 35, 45])
def test_adding_to_every_day_of_every_year_agrees_with_numpy(calendar, by_numpy, n):
    days = every_day(date(2004, 1, 1), date(2036, 12, 31))
    theirs = np.busday_offset(np.array(days, "datetime64[D]"), n, roll="backward", busdaycal=by_numpy(KNOWN))
    assert [calendar.add_working_days(day, n, KNOWN) for day in days] == theirs.tolist()


@given(day=DAYS, n=st.integers(-300, 300).filter(bool), known_on=KNOWLEDGE)
def test_adding_at_any_state_of_knowledge_agrees_with_numpy(calendar, by_numpy, day, n, known_on):
    roll = "backward" if n > 0 else "forward"
    theirs = np.busday_offset(np.datetime64(day), n, roll=roll, busdaycal=by_numpy(known_on))
    assert calendar.add_working_days(day, n, known_on) == theirs.item()


@given(a=DAYS, b=DAYS, known_on=KNOWLEDGE)
def test_counting_agrees_with_numpy(calendar, by_numpy, a, b, known_on):
    first, last = sorted((a, b))
    next_day = timedelta(days=1)
    theirs = np.busday_count(first + next_day, last + next_day, busdaycal=by_numpy(known_on)).item()
    assert calendar.working_days_between(first, last, known_on) == theirs
    assert calendar.working_days_between(last, first, known_on) == -theirs


@given(day=DAYS, n=st.integers(0, 400), known_on=KNOWLEDGE)
def test_adding_then_counting_gives_the_number_back(calendar, day, n, known_on):
    end = calendar.add_working_days(day, n, known_on)
    assert calendar.working_days_between(day, end, known_on) == n
    assert n == 0 or calendar.is_working_day(end, known_on)


@given(day=DAYS, n=st.integers(1, 400), known_on=KNOWLEDGE)
def test_counting_back_from_a_working_day_returns_to_it(calendar, day, n, known_on):
    start = calendar.next_working_day(day, known_on)
    end = calendar.add_working_days(start, n, known_on)
    assert calendar.add_working_days(end, -n, known_on) == start


@given(day=DAYS, later=st.integers(0, 60), n=st.integers(1, 60))
def test_a_later_start_never_ends_earlier(calendar, day, later, n):
    end = calendar.add_working_days(day, n, KNOWN)
    assert calendar.add_working_days(day + timedelta(days=later), n, KNOWN) >= end


def test_the_next_working_day_is_after_the_day(calendar):
    assert calendar.next_working_day(date(2025, 12, 22), KNOWN) == date(2025, 12, 23)
    assert calendar.next_working_day(date(2025, 12, 24), KNOWN) == date(2025, 12, 29)


def test_no_working_days_from_a_day_is_the_day_even_on_a_weekend(calendar):
    assert calendar.add_working_days(date(2025, 12, 27), 0, KNOWN) == date(2025, 12, 27)


def test_a_local_closed_day_is_passed_over(table):
    closed = Calendar(table, closed_days=[date(2025, 12, 29)])
    assert not closed.is_working_day(date(2025, 12, 29), KNOWN)
    assert closed.next_working_day(date(2025, 12, 24), KNOWN) == date(2025, 12, 30)


def test_a_holiday_is_named_from_the_table_or_from_the_statute(calendar):
    assert calendar.holiday_on(date(2023, 5, 8), KNOWN).title == "Coronation of Charles III"
    assert calendar.holiday_on(date(2032, 12, 28), KNOWN).title == "Boxing Day (observed)"
    assert calendar.holiday_on(date(2025, 12, 24), KNOWN) is None
    assert calendar.holiday_on(date(2023, 5, 8), date(2022, 11, 5)) is None


@pytest.mark.parametrize(
    ("first", "last", "provisional"),
    [
        (date(2005, 1, 1), date(2027, 12, 31), False),
        (date(2004, 12, 31), date(2005, 1, 4), True),
        (date(2027, 12, 31), date(2028, 1, 4), True),
    ],
)
def test_years_that_the_table_does_not_reach_are_provisional(calendar, first, last, provisional):
    assert calendar.is_provisional(first, last) is provisional


def test_the_first_and_last_days_of_all(calendar):
    assert not calendar.is_working_day(FIRST_DAY, KNOWN)
    assert calendar.is_working_day(FIRST_DAY + timedelta(days=1), KNOWN)
    assert calendar.add_working_days(LAST_DAY - timedelta(days=3), 1, KNOWN) <= LAST_DAY


@pytest.mark.parametrize(
    ("day", "n"),
    [
        (FIRST_DAY - timedelta(days=1), 1),
        (LAST_DAY + timedelta(days=1), 1),
        (LAST_DAY, 1),
        (FIRST_DAY, -1),
    ],
)
def test_days_outside_the_calendar_are_refused(calendar, day, n):
    with pytest.raises(ValueError, match="outside the calendar, 1900 to 2299"):
        calendar.add_working_days(day, n, KNOWN)
