from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.people.names import (
    age_in_words,
    age_on,
    birthday,
    display_name,
    initials,
    list_name,
    long_date,
    long_partial_date,
    turns,
)
from cairn.core.people.particulars import PartialDate

DAY = date(2026, 11, 23)


def test_names_as_they_are_shown():
    assert display_name(" Ifeoma ", "Okafor") == "Ifeoma Okafor"
    assert display_name("", "Okafor") == "Okafor"
    assert display_name("", " ") == "Name not known"
    assert list_name("Ifeoma Grace", "Okafor-Reed") == "Okafor-Reed, Ifeoma Grace"
    assert list_name("Ahmad", "") == "Ahmad"
    assert list_name("", "") == "Name not known"
    assert initials("Ifeoma", "Okafor-Reed") == "IOR"
    assert initials("’Ana", "O'Brien") == "AO"
    assert initials("", "") == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (date(2019, 2, 11), "11 February 2019"),
        (PartialDate(2019, 2), "February 2019"),
        (PartialDate(2019), "2019"),
        (PartialDate(month=2, day=11), "11 February"),
        (PartialDate(2019, 13, 1), "1 month 13 2019"),
        (PartialDate(), "no date"),
    ],
)
def test_dates_in_words(given, shown):
    assert long_partial_date(given) == shown


def test_one_born_on_29_february_reaches_an_age_on_1_march_of_a_common_year():
    born = date(2008, 2, 29)
    assert turns(born, 18) == date(2026, 3, 1)
    assert birthday(born, 2026) == date(2026, 3, 1)
    assert birthday(born, 2028) == date(2028, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 17
    assert age_on(born, date(2026, 3, 1)) == 18


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 100))
def test_a_person_turns_an_age_on_the_first_day_of_having_it(born, years):
    day = turns(born, years)
    assert age_on(born, day) == years
    assert birthday(born, born.year + years) == day
    if years:
        assert age_on(born, day - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        (date(2019, 2, 11), "7"),
        (date(2024, 11, 23), "2"),
        (date(2024, 11, 24), "23 months"),
        (date(2026, 7, 23), "4 months"),
        (date(2026, 7, 24), "3 months"),
        (date(2026, 10, 23), "1 month"),
        (date(2026, 11, 11), "12 days"),
        (date(2026, 11, 22), "1 day"),
        (DAY, "born today"),
        (date(2026, 11, 24), "not yet born"),
        (None, "age not known"),
    ],
)
def test_ages_in_words(born, shown):
    assert age_in_words(born, DAY) == shown


def test_the_age_of_an_unborn_child():
    assert age_in_words(None, DAY, date(2027, 3, 3)) == "unborn, expected 3 March 2027"
    assert age_in_words(None, DAY, date(2026, 11, 20)) == "unborn, was expected 20 November 2026"
    assert age_in_words(date(2026, 11, 22), DAY, date(2027, 3, 3)) == "1 day", "born: no longer expected"


def test_long_date():
    assert long_date(date(2027, 3, 3)) == "3 March 2027"
