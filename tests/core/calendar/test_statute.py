"""What the statute fixes, against the table, another library and known Easters."""

from datetime import date

import holidays
import pytest

from cairn.core.calendar.statute import easter_sunday, statutory_holidays


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1818, 3, 22),
        (1943, 4, 25),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
        (2285, 3, 22),
    ],
)
def test_easter_on_known_and_extreme_dates(year, month, day):
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("christmas_falls_on", "year", "expected"),
    [
        ("Thursday", 2025, [(25, "Christmas Day"), (26, "Boxing Day")]),
        ("Friday", 2026, [(25, "Christmas Day"), (28, "Boxing Day (observed)")]),
        ("Saturday", 2027, [(27, "Christmas Day (observed)"), (28, "Boxing Day (observed)")]),
        ("Sunday", 2033, [(26, "Boxing Day"), (27, "Christmas Day (observed)")]),
    ],
)
def test_christmas_and_its_substitutes(christmas_falls_on, year, expected):
    assert f"{date(year, 12, 25):%A}" == christmas_falls_on
    assert [(day.day, title) for day, title in statutory_holidays(year)[-2:]] == expected


@pytest.mark.parametrize(("year", "day"), [(2025, 1), (2028, 3), (2034, 2)])
def test_new_year_and_its_substitute(year, day):
    assert statutory_holidays(year)[0][0] == date(year, 1, day)


def test_the_table_agrees_with_the_statute_in_every_year(table):
    assert table.differences_from_statute() == ()


@pytest.mark.parametrize("year", [2005, 2015, 2024, *range(2032, 2101)])
def test_other_years_agree_with_another_library(year):
    theirs = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    assert {day for day, _ in statutory_holidays(year)} == theirs
