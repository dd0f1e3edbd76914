"""The day a record is read at: now, or as it stood on another day and was known on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.http import urlencode

from cairn.application.ports import now
from cairn.core.calendar.moment import LONDON, end_of_london_day
from cairn.interfaces.web import words


@dataclass(frozen=True)
class ReadAt:
    """The days asked for; both None is now. `known` left out is the day itself."""

    on: date | None = None
    known: date | None = None

    @property
    def as_at(self) -> datetime | None:
        """The instant the record is read at, in UTC: the end of the day; None is now."""
        return end_of_london_day(self.on) if self.on else None

    @property
    def known_at(self) -> datetime | None:
        """The instant up to which what was recorded counts; None is the same as `as_at`."""
        if self.on is None:
            return None
        if self.known is None or self.known < today():
            return end_of_london_day(self.known or self.on)
        return now()

    @property
    def query(self) -> str:
        """What goes behind an address so that the day is kept; empty for now."""
        if self.on is None:
            return ""
        days = {"on": self.on.isoformat()} | ({"known": self.known.isoformat()} if self.known else {})
        return f"?{urlencode(days)}"

    @property
    def sentence(self) -> str:
        """What the page says about it; empty for now."""
        if self.on is None:
            return ""
        known = self.known or self.on
        if known == self.on:
            return f"You see this record as it stood on **{words.day_words(self.on)}**, with what was known by the end of that day."
        return (
            f"You see this record as it stood on **{words.day_words(self.on)}**, "
            f"as it was known on **{words.day_words(known)}**."
        )


def today() -> date:
    """The London day it is."""
    return now().astimezone(LONDON).date()


def read_at(request: HttpRequest) -> ReadAt:
    """The days an address asks for; what is no day, or lies ahead, is now."""
    on, known = _day(request.GET.get("on")), _day(request.GET.get("known"))
    if on is None or (on >= today() and known is None):
        return ReadAt()
    return ReadAt(min(on, today()), min(known, today()) if known else None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
