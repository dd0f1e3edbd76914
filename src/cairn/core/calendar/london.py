"""Times as people in England write and read them: in London, with the clocks as they were."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cairn.core.calendar.moment import LONDON, Moment

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
MONTHS_IN_YEAR = 12
EXPECTED = (
    "a date such as 2025-12-24, or a date and time such as 2025-12-24T16:45 (London time) "
    "or 2025-12-24T16:45+00:00"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(
    r"(?P<local>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)(?P<offset>Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class TimeFault:
    """Why a text is not a time, and what was expected."""

    reason: str
    expected: str


def parse_moment(text: str) -> Moment | TimeFault:
    """Read an ISO time: without an offset it is London time, a bare date has day precision.

    Refused: a time that the clocks skipped in London, one that came twice and has no
    offset, a day that does not exist, a year before 1900 or after 2199.
    """
    try:
        moment = _moment(text)
    except ValueError as reason:
        return TimeFault(f"{text!r}: {reason}", EXPECTED)
    except OverflowError:
        return TimeFault(f"{text!r} is outside the calendar", EXPECTED)
    if isinstance(moment, Moment) and not EARLIEST_YEAR <= moment.day.year <= LATEST_YEAR:
        return TimeFault(f"{text!r} is outside the calendar", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return moment


def _moment(text: str) -> Moment | TimeFault:
    if _DAY.fullmatch(text):
        return Moment.on_day(date.fromisoformat(text))
    found = _TIME.fullmatch(text)
    if found is None:
        return TimeFault(f"{text!r} is not a date or time that can be read", EXPECTED)
    if found["offset"]:
        return Moment.exact(datetime.fromisoformat(text))
    return london_moment(datetime.fromisoformat(found["local"]).replace(tzinfo=LONDON))


ROUGHLY_EXPECTED = "a date such as 2025-12-24, a month such as 2025-12 or a year such as 2025"
_YEAR_OR_MONTH = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2}))?", re.ASCII)


def parse_roughly(text: str) -> Moment | TimeFault:
    """The same, where a time may be known only to its month (2025-12) or its year (2025)."""
    found = _YEAR_OR_MONTH.fullmatch(text)
    if found is None:
        return parse_moment(text)
    year, month = int(found["year"]), found["month"]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return TimeFault(f"{text!r} is outside the calendar", f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    if month is None:
        return Moment.in_year(year)
    if not 1 <= int(month) <= MONTHS_IN_YEAR:
        return TimeFault(f"{text!r}: there is no such month", ROUGHLY_EXPECTED)
    return Moment.in_month(year, int(month))


def text_of(moment: Moment) -> str:
    """A moment as it is written, as exactly as it is known: 2025, 2025-12, 2025-12-24, or a London time with its offset."""
    if not moment.is_day:
        return moment.latest.astimezone(LONDON).isoformat()
    day = moment.day
    if moment == Moment.in_year(day.year):
        return f"{day.year}"
    if moment == Moment.in_month(day.year, day.month):
        return f"{day:%Y-%m}"
    return day.isoformat()


def london_moment(local: datetime) -> Moment | TimeFault:
    """The instant of a London wall-clock time; one skipped or doubled by the clocks is refused."""
    first, second = local.replace(fold=0), local.replace(fold=1)
    # Subtracting UTC times: two times of one zone would be compared by the wall clock.
    gap = second.astimezone(UTC) - first.astimezone(UTC)
    if not gap:
        return Moment.exact(local)
    when = f"{say_time(local)} on {say_date(local.date())}"
    if gap < timedelta(0):
        return TimeFault(
            f"{when} does not exist in London: the clocks go forward over it",
            "a time before or after the hour that is skipped",
        )
    choices = " or ".join(t.isoformat(timespec="minutes") for t in (first, second))
    return TimeFault(f"{when} comes twice in London: the clocks go back", f"its offset: {choices}")


def say_day_month(day: date) -> str:
    """A date without its year: "22 November"."""
    return f"{day.day} {day:%B}"


def say_date(day: date) -> str:
    """A date in full: "22 November 2026"."""
    return f"{say_day_month(day)} {day.year}"


def say_time(instant: datetime) -> str:
    """A London time: "2:30pm", "2pm", "midday", "midnight"; the instant must carry an offset."""
    local = instant.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def say_instant(instant: datetime) -> str:
    """A London date and time: "22 November 2026, 2:30pm"."""
    return f"{say_date(instant.astimezone(LONDON).date())}, {say_time(instant)}"


def say_moment(moment: Moment) -> str:
    """A moment as exactly as it is known: a date and time, a date, a month, a year, or two ends."""
    if not moment.is_day:
        return say_instant(moment.latest)
    day = moment.day
    if moment == Moment.on_day(day):
        return say_date(day)
    if moment == Moment.in_month(day.year, day.month):
        return f"{day:%B} {day.year}"
    if moment == Moment.in_year(day.year):
        return f"{day.year}"
    return f"between {say_instant(moment.earliest)} and {say_instant(moment.latest)}"


def say_range(first: date, last: date) -> str:
    """Two dates, the same parts said once: "22 to 26 November 2026"."""
    if first == last:
        return say_date(first)
    if first.year != last.year:
        return f"{say_date(first)} to {say_date(last)}"
    if first.month != last.month:
        return f"{say_day_month(first)} to {say_date(last)}"
    return f"{first.day} to {say_date(last)}"
