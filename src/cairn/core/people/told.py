"""What is read of an event here, and the days of its data: whoever keeps events may hand them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.unicode import normal


class Told(Protocol):
    """An event as it stands: corrections taken in, withdrawn ones left out."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def happened_at(self) -> Moment: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


def day_in(data: Mapping[str, Any], name: str) -> date | None:
    """A day of an event's data; None where there is none."""
    value = data.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A text of an event's data, tidied at its ends; '' where there is none."""
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def began(event: Told) -> date:
    """Since when what it says holds: the day it gives, else the day it happened."""
    return day_in(event.data, "from_day") or event.happened_at.day


def recorded_on(event: Told) -> date:
    """The London day on which it was written down."""
    return event.recorded_at.astimezone(LONDON).date()


def plain(text: str) -> str:
    """A text for comparing: letters that look the same are the same, in every script; spaces and case play no part."""
    return " ".join(normal("NFKC", text).casefold().replace(",", " ").split())
