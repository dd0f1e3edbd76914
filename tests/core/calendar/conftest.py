"""The real table of bank holidays, and the calendar made of it."""

from pathlib import Path

import pytest

import cairn.procedures
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar

FILE = Path(cairn.procedures.__file__).parent / "calendars" / "bank_holidays_england.csv"


@pytest.fixture(scope="session")
def table():
    return HolidayTable.from_csv(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def calendar(table):
    return Calendar(table)
