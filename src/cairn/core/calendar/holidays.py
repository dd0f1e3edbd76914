"""Bank holidays as data: a dated table, each special day with the day it was announced."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from cairn.core.calendar.statute import SATURDAY, statutory_holidays

REQUIRED_COLUMNS = ("date", "title", "announced_on")
KNOWN_COLUMNS = (*REQUIRED_COLUMNS, "withdrawn_on", "note")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A weekday that is a bank holiday.

    `announced_on` is None where it follows from the statute, and so was always known.
    `withdrawn_on` is the day it was announced that the holiday would be on another day.
    """

    date: dt.date
    title: str
    announced_on: dt.date | None = None
    withdrawn_on: dt.date | None = None

    def was_known(self, known_on: dt.date) -> bool:
        """Whether, by what had been announced at the end of that day, this is a holiday."""
        announced = self.announced_on is None or self.announced_on <= known_on
        return announced and (self.withdrawn_on is None or known_on < self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong with a table of holidays: the line (0 for the whole table) and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


class FaultyHolidayTable(ValueError):
    """The table can't be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[TableFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("bank holidays: " + "; ".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The bank holidays that have been announced, in order of date; never empty."""

    holidays: tuple[Holiday, ...]

    def __post_init__(self) -> None:
        if not self.holidays:
            raise FaultyHolidayTable([TableFault(0, "expected at least one bank holiday")])

    @classmethod
    def from_csv(cls, text: str) -> HolidayTable:
        """Read `date,title,announced_on,withdrawn_on,note` (ISO dates; the last two may be left out).

        Anything doubtful raises FaultyHolidayTable with each line and reason.
        """
        lines = text.splitlines()
        rows = csv.DictReader(lines, strict=True)
        faults = list(_header_faults(rows.fieldnames or ()))
        if faults:
            raise FaultyHolidayTable(faults)
        holidays = sorted(_read_rows(rows, faults, len(lines)), key=attrgetter("date"))
        if faults:
            raise FaultyHolidayTable(faults)
        return cls(tuple(holidays))

    @property
    def first_year(self) -> int:
        """The earliest year in the table; earlier ones are computed."""
        return self.holidays[0].date.year

    @property
    def last_announced_year(self) -> int:
        """The latest year in the table; later ones are computed and provisional."""
        return self.holidays[-1].date.year

    def differences_from_statute(self) -> tuple[str, ...]:
        """Where holidays that needed no announcement are not those that the statute gives."""
        listed = {(h.date, h.title) for h in self.holidays if h.announced_on is None}
        years = range(self.first_year, self.last_announced_year + 1)
        given = {holiday for year in years for holiday in statutory_holidays(year)}
        missing = [
            f"{day} {title}: in the statute, not in the table" for day, title in sorted(given - listed)
        ]
        added = [f"{day} {title}: in the table, not in the statute" for day, title in sorted(listed - given)]
        return (*missing, *added)


def _header_faults(columns: Iterable[str]) -> Iterator[TableFault]:
    names = tuple(columns)
    if not set(REQUIRED_COLUMNS) <= set(names) <= set(KNOWN_COLUMNS) or len(set(names)) < len(names):
        expected = "date,title,announced_on, and if wanted withdrawn_on and note"
        yield TableFault(1, f"expected the columns {expected}, found {','.join(names) or 'nothing'}")


def _read_rows(rows: csv.DictReader[str], faults: list[TableFault], last: int) -> Iterator[Holiday]:
    seen: set[dt.date] = set()
    try:
        for row in rows:
            try:
                holiday = _holiday(row)
                if holiday.date in seen:
                    raise ValueError(f"{holiday.date} is in the table already")  # noqa: TRY301 - one way to say it
            except ValueError as fault:
                faults.append(TableFault(rows.line_num, str(fault)))
            else:
                seen.add(holiday.date)
                yield holiday
    except csv.Error as fault:
        # A line that can't be read has not been counted yet; a quotation left open runs to the end.
        faults.append(TableFault(min(rows.line_num + 1, last), str(fault)))


def _holiday(row: dict[str, str]) -> Holiday:
    """One row; ValueError says what is wrong with it."""
    if None in row or None in row.values():
        raise ValueError("expected as many fields as there are columns")
    title = row["title"].strip()
    if not title:
        raise ValueError("expected the holiday's title")
    day = _iso_date(row["date"], "date")
    if day.weekday() >= SATURDAY:
        raise ValueError(f"{day} is a {day:%A}: expected a weekday (its substitute day, if it has one)")
    holiday = Holiday(day, title, _day_or_none(row, "announced_on"), _day_or_none(row, "withdrawn_on"))
    _check_order(holiday)
    return holiday


def _day_or_none(row: dict[str, str], column: str) -> dt.date | None:
    text = row.get(column, "").strip()
    return _iso_date(text, column) if text else None


def _iso_date(text: str, column: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    # Only the one spelling: Python also reads 20251224 and 2025-W52-3.
    if day is None or day.isoformat() != text:
        raise ValueError(f"{column} {text!r}: expected a date such as 2025-12-24")
    return day


def _check_order(holiday: Holiday) -> None:
    announced, withdrawn = holiday.announced_on, holiday.withdrawn_on
    if announced and announced > holiday.date:
        raise ValueError(f"announced_on {announced} is after the holiday, {holiday.date}")
    if withdrawn and withdrawn > holiday.date:
        raise ValueError(f"withdrawn_on {withdrawn} is after the holiday, {holiday.date}")
    if announced and withdrawn and withdrawn <= announced:
        raise ValueError(f"withdrawn_on {withdrawn} is not after announced_on {announced}")
