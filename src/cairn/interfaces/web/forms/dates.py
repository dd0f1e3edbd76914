"""Dates and times as people type them: month names, whole dates pasted in, 2:30pm and 14:30."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from cairn.core.calendar.london import EARLIEST_YEAR, LATEST_YEAR, TimeFault, parse_moment

PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(
        r"(?P<day>\d{1,2})[ ./-]+(?P<month>\d{1,2}|[a-z]{3,9})\.?[ ,./-]+(?P<year>\d{2}|\d{4})", re.ASCII
    ),
)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thur?s?|fri|sat(ur)?|sun)(day)?,? +", re.ASCII)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?\s*(?P<zone>gmt|bst)?",
    re.ASCII,
)
_OFFSETS = {"gmt": "+00:00", "bst": "+01:00"}
NOON = 12
LAST_HOUR = 23


@dataclass(frozen=True)
class Unreadable:
    """Why what was typed is no date or time: a message to follow the label, and the part it is about."""

    problem: str
    part: str = "day"


@dataclass(frozen=True)
class ClockTime:
    """A wall-clock time, with the offset where somebody said which of two it is."""

    at: time
    offset: str = ""


def read_date(day: str, month: str, year: str) -> date | Unreadable | None:
    """The date of three boxes, or of a whole date in the first; None where all are empty."""
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    if not any(typed.values()):
        return None
    if typed["day"] and not typed["month"] and not typed["year"]:
        typed = _pasted(typed["day"]) or typed
    left_out = [part for part in PARTS if not typed[part]]
    if left_out:
        return Unreadable(f"needs a {' and a '.join(left_out)}", left_out[0])
    return _real_date(typed)


def _pasted(text: str) -> dict[str, str] | None:
    text = _ORDINAL.sub("", _WEEKDAY.sub("", text.lower()))
    for pattern in _WHOLE:
        found = pattern.fullmatch(text)
        if found:
            return {part: found[part] for part in PARTS}
    return None


def _real_date(typed: dict[str, str]) -> date | Unreadable:
    if not re.fullmatch(r"\d{4}", typed["year"], re.ASCII):
        return Unreadable("needs a year of 4 figures, such as 2026", "year")
    month = _month(typed["month"])
    if month is None:
        return Unreadable("needs a month, as a number or a name", "month")
    if not EARLIEST_YEAR <= int(typed["year"]) <= LATEST_YEAR:
        return Unreadable(f"needs a year from {EARLIEST_YEAR} to {LATEST_YEAR}", "year")
    try:
        return date(int(typed["year"]), month, int(typed["day"]))
    except ValueError:
        return Unreadable("needs to be a real date", "day")


def _month(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= len(_MONTHS) else None
    found = text.lower()[:3]
    return _MONTHS.index(found) + 1 if found in _MONTHS else None


def read_time(text: str) -> ClockTime | Unreadable | None:
    """A time of day: 2:30pm, 2.30 pm, 2pm, 14:30, 1430, midday; None where nothing was typed.

    A time that could be morning or afternoon (4:30) is refused: nothing is guessed.
    """
    text = text.strip().lower()
    if not text:
        return None
    if text in ("midday", "noon", "midnight"):
        return ClockTime(time(0 if text == "midnight" else NOON))
    found = _TIME.fullmatch(text)
    if found is None:
        return Unreadable("needs to be a time such as 2:30pm or 14:30", "time")
    return _clock_time(text, found)


def _clock_time(text: str, found: re.Match[str]) -> ClockTime | Unreadable:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").replace(".", "")
    if not half and (len(found["hour"]) == 1 or not found["minute"]):
        return Unreadable(f"needs am or pm after {text}, or a time such as 14:30", "time")
    if half and not 1 <= hour <= NOON:
        return Unreadable("needs to be a time such as 2:30pm or 14:30", "time")
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    try:
        return ClockTime(time(hour, minute), _OFFSETS.get(found["zone"] or "", ""))
    except ValueError:
        return Unreadable("needs to be a time such as 2:30pm or 14:30", "time")


def moment_text(day: date, at: ClockTime) -> str | Unreadable:
    """ISO text of a London time; one that the clocks skip or give twice is asked about, never guessed."""
    text = f"{datetime.combine(day, at.at).isoformat(timespec='minutes')}{at.offset}"
    if not isinstance(parse_moment(text), TimeFault):
        return text
    if isinstance(parse_moment(f"{text}+00:00"), TimeFault) or _is_skipped(text):
        return Unreadable(
            "does not exist: the clocks went forward over it. Give a time before or after", "time"
        )
    return Unreadable("came twice that day, as the clocks went back: write BST or GMT after it", "time")


def _is_skipped(text: str) -> bool:
    fault = parse_moment(text)
    return isinstance(fault, TimeFault) and "does not exist" in fault.reason
