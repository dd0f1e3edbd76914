"""Reading the dates of a return: in one spelling only, and none that it could not know."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from cairn.core.calendar.london import EARLIEST_YEAR, LATEST_YEAR
from cairn.core.returns.census import Leaf
from cairn.core.returns.facts import Notebook
from cairn.core.returns.reasons import (
    BAD_DATE,
    BAD_END,
    BAD_START,
    END_BEFORE_START,
    END_LATE,
    NO_START,
    START_LATE,
    Reason,
)

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_in(text: str) -> date | None:
    """The day a text names as 2026-03-31; None for any other spelling, or no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def read_day(
    book: Notebook, leaf: Leaf | None, bad: Reason = BAD_DATE, late: Reason = BAD_DATE
) -> date | None:
    """A day up to the return's last; None, with the reason that fits, for anything else but nothing."""
    if leaf is None:
        return None
    day = day_in(leaf.text)
    if day is not None and day <= book.terms.last_day:
        return day
    book.note_leaf(bad if day is None else late, leaf)
    return None


def read_start(book: Notebook, leaf: Leaf | None, element: str, line: int | None) -> date | None:
    """The day a step began: without one the step cannot be taken."""
    if leaf is None:
        book.note(NO_START, element, line)
    return read_day(book, leaf, BAD_START, START_LATE)


class EndReasons(NamedTuple):
    """What to say of an end that cannot be read, is after the last day, or before the start."""

    bad: Reason = BAD_END
    late: Reason = END_LATE
    early: Reason = END_BEFORE_START


_OF_A_STEP: Final = EndReasons()


def read_end(book: Notebook, leaf: Leaf | None, started: date, say: EndReasons = _OF_A_STEP) -> date | None:
    """The day something ended, not before it began; where it cannot be, it has not ended."""
    day = read_day(book, leaf, say.bad, say.late)
    if leaf is not None and day is not None and day < started:
        book.note_leaf(say.early, leaf)
        return None
    return day
