"""The time a record is read at: now, or as it stood at another and was known at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.http import urlencode

from cairn.application.looking_back import Then
from cairn.application.ports import now
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.interfaces.web import words


@dataclass(frozen=True)
class ReadAt:
    """The times asked for; both None is now. `known` left out is the same as `on`."""

    on: Moment | None = None
    known: Moment | None = None

    @property
    def as_at(self) -> datetime | None:
        """The instant the record is read at, in UTC: the end of the day where only a day is given; None is now."""
        return Then(self.on).as_at(now()) if self.on else None

    @property
    def known_at(self) -> datetime | None:
        """The instant up to which what was recorded counts; None is now."""
        return Then(self.on, self.known).known_at(now()) if self.on else None

    @property
    def pairs(self) -> dict[str, str]:
        """What an address keeps of it, by name."""
        told = {"on": self.on, "known": self.known}
        return {name: moment_text(moment) for name, moment in told.items() if moment is not None}

    @property
    def query(self) -> str:
        """What goes behind an address so that the time is kept; empty for now."""
        return f"?{urlencode(self.pairs)}" if self.on else ""

    @property
    def sentence(self) -> str:
        """What the page says about it; empty for now."""
        if self.on is None:
            return ""
        stood = f"You see this record as it stood on **{words.moment_words(self.on)}**"
        if self.known is None or self.known == self.on:
            by = "by the end of that day" if self.on.is_day else "by then"
            return f"{stood}, with what was known {by}."
        return f"{stood}, as it was known on **{words.moment_words(self.known)}**."


def moment_text(moment: Moment) -> str:
    """A time as an address holds it: the day, or the instant with its offset."""
    if moment.is_day:
        return moment.day.isoformat()
    return moment.latest.astimezone(LONDON).isoformat(timespec="minutes")


def today() -> date:
    """The London day it is."""
    return now().astimezone(LONDON).date()


def read_at(request: HttpRequest) -> ReadAt:
    """The times an address asks for; what is none, or lies ahead, is now. What is known before, is known then."""
    on, known = _past(request.GET.get("on")), _past(request.GET.get("known"))
    if on is None or (on.is_day and on.day == today() and known is None):
        return ReadAt()
    return ReadAt(on, known if known is not None and known.latest > on.latest else None)


def _past(text: str | None) -> Moment | None:
    found = parse_moment(text or "")
    return None if isinstance(found, TimeFault) or found.earliest > now() else found
