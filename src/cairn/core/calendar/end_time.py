"""When something ended, said by a time of day: 5:10pm, or 12:40am the next day."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Final

from cairn.core.calendar.moment import LONDON, Moment

NEXT_DAY: Final = " the next day"
NOON: Final = 12
_END: Final = re.compile(
    r"(?:(?P<hour>1[0-2]|[1-9])(?::(?P<minute>[0-5]\d))?(?P<half>am|pm)|(?P<word>midday|midnight))"
    rf"(?P<next>{NEXT_DAY})?",
    re.ASCII,
)


def is_end_time(text: str) -> bool:
    """Whether it is a time of day as it is kept, with or without the words that it was on the next day."""
    return _END.fullmatch(text) is not None


def ended_before_it_began(until: str, began: Moment) -> bool:
    """Whether something would have ended before it began. Midnight is the end of the day on which it began.

    Never where only the day of the beginning is known, nor of a text that is no time.
    """
    found = _END.fullmatch(until)
    if found is None or found["next"] or began.is_day:
        return False
    first = began.earliest.astimezone(LONDON)
    return _after_midnight(found) < timedelta(hours=first.hour, minutes=first.minute)


def _after_midnight(found: re.Match[str]) -> timedelta:
    if found["word"]:
        return timedelta(days=1) if found["word"] == "midnight" else timedelta(hours=NOON)
    half = NOON if found["half"] == "pm" else 0
    at = time(int(found["hour"]) % NOON + half, int(found["minute"] or 0))
    return timedelta(hours=at.hour, minutes=at.minute)
