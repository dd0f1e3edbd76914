"""The table of bank holidays: what is read, what is refused and on which line."""

from datetime import date

import holidays
import pytest

from cairn.core.calendar.holidays import FaultyHolidayTable, Holiday, HolidayTable

HEADER = "date,title,announced_on,withdrawn_on,note\n"


def faults(text):
    with pytest.raises(FaultyHolidayTable) as refused:
        HolidayTable.from_csv(text)
    return [str(fault) for fault in refused.value.faults]


def test_a_row_is_read_with_the_days_it_was_announced_and_withdrawn():
    table = HolidayTable.from_csv(
        HEADER + '2020-05-08,May Day,2019-06-07,,"moved, for VE Day"\n2020-05-04,May Day,,2019-06-07,\n',
    )
    assert table.holidays == (
        Holiday(date(2020, 5, 4), "May Day", None, date(2019, 6, 7)),
        Holiday(date(2020, 5, 8), "May Day", date(2019, 6, 7)),
    )


def test_the_last_two_columns_may_be_left_out():
    table = HolidayTable.from_csv("date,title,announced_on\n2025-12-25,Christmas Day,\n")
    assert table.holidays == (Holiday(date(2025, 12, 25), "Christmas Day"),)


def test_the_years_of_the_table(table):
    assert (table.first_year, table.last_announced_year) == (2005, 2027)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2025-13-25,Christmas Day,,,", "line 2: date '2025-13-25': expected a date such as 2025-12-24"),
        ("20251225,Christmas Day,,,", "line 2: date '20251225': expected a date such as 2025-12-24"),
        (",Christmas Day,,,", "line 2: date '': expected a date such as 2025-12-24"),
        ("2025-12-25, ,,,", "line 2: expected the holiday's title"),
        (
            "2027-12-25,Christmas Day,,,",
            "line 2: 2027-12-25 is a Saturday: expected a weekday (its substitute day, if it has one)",
        ),
        (
            "2023-05-08,Coronation,soon,,",
            "line 2: announced_on 'soon': expected a date such as 2025-12-24",
        ),
        (
            "2023-05-08,Coronation,2023-05-09,,",
            "line 2: announced_on 2023-05-09 is after the holiday, 2023-05-08",
        ),
        (
            "2020-05-04,May Day,,2020-05-05,",
            "line 2: withdrawn_on 2020-05-05 is after the holiday, 2020-05-04",
        ),
        (
            "2020-05-04,May Day,2019-06-07,2019-06-07,",
            "line 2: withdrawn_on 2019-06-07 is not after announced_on 2019-06-07",
        ),
        ("2025-12-25,Christmas Day", "line 2: expected as many fields as there are columns"),
        ("2025-12-25,Christmas Day,,,,more", "line 2: expected as many fields as there are columns"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line_and_the_reason(row, reason):
    assert faults(HEADER + row + "\n") == [reason]


def test_every_fault_is_named_at_once():
    found = faults(HEADER + "2025-12-25,,,,\n2025-12-26,Boxing Day,,,\n2025-12-26,Again,,,\n")
    assert found == [
        "line 2: expected the holiday's title",
        "line 4: 2025-12-26 is in the table already",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('2025-12-25,"Christmas" Day,,,', "line 2: ',' expected after '\"'"),
        ('2025-12-25,"Christmas Day,,,', "line 2: unexpected end of data"),
    ],
)
def test_a_broken_quotation_is_refused(row, reason):
    assert faults(HEADER + row + "\n") == [reason]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "nothing"),
        ("date,title\n", "date,title"),
        ("date,title,announced_on,region\n", "date,title,announced_on,region"),
        ("date,title,announced_on,note,note\n", "date,title,announced_on,note,note"),
    ],
)
def test_wrong_columns_are_refused(text, found):
    assert faults(text) == [
        f"line 1: expected the columns date,title,announced_on, and if wanted withdrawn_on and note, found {found}",
    ]


def test_an_empty_table_is_refused():
    assert faults(HEADER) == ["expected at least one bank holiday"]


def test_a_table_that_departs_from_the_statute_says_where():
    table = HolidayTable.from_csv(HEADER + "2025-12-24,Christmas Eve,,,\n")
    differences = table.differences_from_statute()
    assert "2025-12-25 Christmas Day: in the statute, not in the table" in differences
    assert differences[-1] == "2025-12-24 Christmas Eve: in the table, not in the statute"


def test_a_holiday_is_known_from_its_announcement_until_it_is_withdrawn():
    holiday = Holiday(date(2020, 5, 4), "A day", date(2018, 1, 2), date(2019, 6, 7))
    known = [holiday.was_known(date(2018, 1, 1)), holiday.was_known(date(2018, 1, 2))]
    assert known == [False, True]
    assert holiday.was_known(date(2019, 6, 6))
    assert not holiday.was_known(date(2019, 6, 7))


def test_what_is_known_in_the_end_agrees_with_another_library(table):
    years = range(table.first_year, table.last_announced_year + 1)
    theirs = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=years) if day.weekday() < 5}
    assert {h.date for h in table.holidays if h.was_known(date(2031, 12, 31))} == theirs


def test_each_special_holiday_has_its_day_of_announcement(table):
    assert [(str(h.date), str(h.announced_on)) for h in table.holidays if h.announced_on] == [
        ("2011-04-29", "2010-11-23"),
        ("2012-06-04", "2010-01-05"),
        ("2012-06-05", "2010-01-05"),
        ("2020-05-08", "2019-06-07"),
        ("2022-06-02", "2020-11-12"),
        ("2022-06-03", "2020-11-12"),
        ("2022-09-19", "2022-09-10"),
        ("2023-05-08", "2022-11-06"),
    ]
