"""One rule for birthdays, leap days with it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.calendar.ages import age_on, birthday


@pytest.mark.parametrize(
    ("age", "expected"),
    [(4, date(2032, 2, 29)), (18, date(2046, 3, 1)), (25, date(2053, 3, 1)), (72, date(2100, 3, 1))],
)
def test_born_on_29_february_comes_of_age_on_1_march_where_there_is_no_such_day(age, expected):
    born = date(2028, 2, 29)
    assert birthday(born, age) == expected
    assert age_on(born, expected) == age
    assert age_on(born, expected - timedelta(days=1)) == age - 1


def test_a_leap_year_of_a_whole_century_keeps_the_day():
    assert birthday(date(1996, 2, 29), 4) == date(2000, 2, 29)


def test_an_age_changes_at_the_start_of_the_birthday():
    born = date(2016, 5, 4)
    assert age_on(born, date(2025, 5, 3)) == 8
    assert age_on(born, date(2025, 5, 4)) == 9


def test_the_unborn_have_no_age():
    assert age_on(date(2026, 5, 4), date(2026, 5, 3)) is None
    assert age_on(date(2026, 5, 4), date(2026, 5, 4)) == 0


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 40_000))
def test_an_age_is_the_last_birthday_reached(born, days):
    day = born + timedelta(days=days)
    age = age_on(born, day)
    assert birthday(born, age) <= day < birthday(born, age + 1)
