"""How dates, times, numbers and sentences are written on pages: 22 November 2026, 2:30pm, 3 things."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.core.calendar.london import say_date, say_instant, say_moment, say_time
from cairn.core.calendar.moment import LONDON, Moment

NO_PARTICULAR_DAY = date(2000, 1, 3)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """22 November 2026. An instant gives its London day."""
    return say_date(_london_day(day))


def short_day_words(day: date) -> str:
    """22 Nov 2026, for tight tables only."""
    day = _london_day(day)
    return f"{day.day} {day:%b} {day.year}"


def weekday_words(day: date) -> str:
    """Sunday 22 November 2026."""
    return f"{WEEKDAYS[_london_day(day).weekday()]} {day_words(day)}"


def moment_words(moment: Moment | datetime) -> str:
    """22 November 2026, 2:30pm; the day alone where no more is known."""
    return say_moment(moment) if isinstance(moment, Moment) else say_instant(moment)


time_words = say_time


def clock_words(at: time) -> str:
    """A time of day on no particular day: 5:10pm."""
    return say_time(datetime.combine(NO_PARTICULAR_DAY, at, LONDON))


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
