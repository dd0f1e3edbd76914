"""A running clock at the head of the rail: when it ends, what is left, and how much of that the office is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.utils.safestring import SafeString

from cairn.application.installation import office_hours
from cairn.application.procedures import in_use
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.drawing.clock_bar import Span, clock_bar

LONGEST_DRAWN = timedelta(days=3)


def clock_card(
    duty: DutyView, at: datetime, *, who: str, why: str = "", heading: str = "Decide by"
) -> c.Clock | None:
    """The clock of a duty at a time (UTC); None where the duty has no time. `who` is named in the small print."""
    if duty.due is None:
        return None
    start, due = duty.instants.started, duty.due
    return c.Clock(
        heading=heading,
        time=f"{words.time_words(due)} {_which_day(due, at)}",
        date=words.weekday_words(due),
        why=why,
        what=f"{duty.rule.title}, due {words.moment_words(due)}",
        bar=_bar(start, due, at),
        left=_left(due, at),
        more=f"{_open_left(at, due)}Paragraph {duty.rule.source.paragraph}: {_within(duty)}. {who}",
    )


def _bar(start: datetime, due: datetime, at: datetime) -> SafeString | None:
    if due - start > LONGEST_DRAWN:
        return None
    told = (
        f"From {words.moment_words(start)} to {words.moment_words(due)}. {_left(due, at).replace('**', '')} "
        "The clock runs on when the office is closed."
    )
    return clock_bar(Span(start, due), at, tuple(closed_spans(start, due)), told=told)


def _which_day(due: datetime, at: datetime) -> str:
    days = (_day(due) - _day(at)).days
    return {0: "today", 1: "tomorrow"}.get(days, f"on {words.WEEKDAYS[_day(due).weekday()]}")


def _left(due: datetime, at: datetime) -> str:
    if at > due:
        return f"**{said_span(at - due)} overdue** at {words.time_words(at)}."
    return f"**{said_span(due - at)} left** at {words.time_words(at)}. The clock runs overnight."


def said_span(span: timedelta) -> str:
    """In words: "23 hours 28 minutes", "2 days 3 hours"."""
    minutes = int(span.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (0 if days else rest, "minute")]
    said = [words.counted(number, word) for number, word in parts if number]
    return " ".join(said) or "Less than a minute"


def _open_left(at: datetime, due: datetime) -> str:
    if office_hours() is None or at >= due:
        return ""
    closed = sum((span.end - span.start for span in closed_spans(at, due)), timedelta())
    return f"Of that, {said_span(due - at - closed).lower()} with the office open. "


def _within(duty: DutyView) -> str:
    return f"{duty.rule.within} from {words.moment_words(duty.started_by.happened_at)}"


def closed_spans(start: datetime, end: datetime) -> Iterator[Span]:
    """When the office is closed between two instants (UTC): nights, weekends and bank holidays, joined up."""
    hours = office_hours()
    if hours is None:
        return
    since = start
    for opens, closes in _open_days(hours, start, end):
        if opens > since:
            yield Span(since, opens)
        since = max(since, closes)
    if since < end:
        yield Span(since, end)


def _open_days(
    hours: tuple[time, time], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """From opening to closing on each working day between the two instants."""
    day = _day(start)
    while day <= _day(end):
        opens, closes = (datetime.combine(day, hour, LONDON).astimezone(UTC) for hour in hours)
        if closes > start and opens < end and in_use().calendar.is_working_day(day, _day(start)):
            yield opens, closes
        day += timedelta(days=1)


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()
