"""A deadline's sum as one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.core.calendar.counting import DayKind, name_day_off, weekends_in_words
from cairn.core.calendar.deadline import Deadline
from cairn.core.calendar.duration import SAME_DAY, Unit
from cairn.core.calendar.london import say_date, say_moment
from cairn.core.calendar.moment import LONDON


def sum_in_words(deadline: Deadline) -> str:
    """How a date was reached: "10 working days from ... (day 0), passing over ...: 12 January 2026"."""
    if deadline.within.in_hours:
        return _hours_in_words(deadline)
    day = say_date(deadline.start.day)
    if str(deadline.within) == SAME_DAY:
        return f"By the end of the same day: {day}"
    parts = [f"{deadline.within} from {day} (day 0)", *_remarks(deadline)]
    words = f"{', '.join(parts)}: {say_date(deadline.due_day)}"
    return f"{words}. {_provisional(deadline)}" if deadline.provisional else words


def _hours_in_words(deadline: Deadline) -> str:
    words = f"{deadline.within} from {say_moment(deadline.start)}: {say_moment(deadline.due)}"
    before, after = deadline.start.latest.astimezone(LONDON), deadline.due_latest.astimezone(LONDON)
    if before.utcoffset() == after.utcoffset():
        return words
    return f"{words} (the clocks change in between; each hour is counted once)"


def _remarks(deadline: Deadline) -> Iterator[str]:
    passed = list(_passed_over(deadline))
    if passed:
        yield f"passing over {_and(passed)}"
    if _is_clipped(deadline):
        yield "the last day of that month"


def _passed_over(deadline: Deadline) -> Iterator[str]:
    passed = deadline.passed_over
    weekends = [each for each in passed if each.kind is DayKind.WEEKEND]
    if weekends:
        yield weekends_in_words(weekends)
    for each in passed:
        if each.kind is not DayKind.WEEKEND:
            yield f"{name_day_off(each.why)} ({say_date(each.day)})"


def _is_clipped(deadline: Deadline) -> bool:
    in_months = deadline.within.unit in (Unit.MONTH, Unit.YEAR)
    return in_months and deadline.due_day.day != deadline.start.day.day


def _and(parts: list[str]) -> str:
    """As in "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _provisional(deadline: Deadline) -> str:
    table = deadline.calendar.table
    years = (deadline.start.day.year, deadline.due_day.year)
    if years[1] > table.last_announced_year:
        return f"Provisional: bank holidays after {table.last_announced_year} are not announced yet"
    return f"Provisional: bank holidays before {table.first_year} are computed from the statute"
