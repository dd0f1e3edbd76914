"""How dates, times, numbers and sentences are written: 22 November 2026, 2:30pm, 3 things."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.core.calendar.moment import LONDON, Moment

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """22 November 2026. An instant gives its London day."""
    day = _london_day(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day_words(day: date) -> str:
    """22 Nov 2026, for tight tables only."""
    day = _london_day(day)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def weekday_words(day: date) -> str:
    """Sunday 22 November 2026."""
    day = _london_day(day)
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"


def time_words(instant: datetime) -> str:
    """2:30pm, London time; 2pm on the hour; midday and midnight by name."""
    local = instant.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midnight" if local.hour == 0 else "midday"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 (a clock)


def moment_words(moment: Moment | datetime) -> str:
    """22 November 2026, 2:30pm; the day alone where no more is known."""
    if isinstance(moment, Moment):
        if moment.is_day:
            return day_words(moment.day)
        moment = moment.earliest
    return f"{day_words(moment)}, {time_words(moment)}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 thing, 2 things, 0 children."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Amara, Theo and Leila."""
    if len(words) < 2:  # noqa: PLR2004 (one needs no joining)
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> SafeString:
    """Escaped text in which **what stands between double stars** is bold. For sentences of our own making."""
    if isinstance(text, SafeString):
        return text
    parts = re.split(r"\*\*(.+?)\*\*", text)
    return format_html_join(
        "", "{}", ((_bold(part) if number % 2 else part,) for number, part in enumerate(parts))
    )


def paragraphs(text: str) -> SafeString:
    """What somebody has written, escaped: a blank line makes a paragraph, a line end stays one."""
    parts = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part]
    return format_html_join("\n", '<p class="c-prose">{}</p>', ((_lines(part),) for part in parts))


def _lines(text: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))


def _bold(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)


def _london_day(day: date) -> date:
    return day.astimezone(LONDON).date() if isinstance(day, datetime) else day
