"""When something is due, in the words of every list: the word, the date, and the link that explains it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cairn.application.procedures import in_use
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.instants import State
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.components.base import DueTone

DAYS_TOLD = 14
DAYS_IN_WEEK = 7
WEEKS_TOLD = 9


class Dated(Protocol):
    """Anything with a due time and a state: a row of a list or a duty of a record."""

    @property
    def record(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def due(self) -> datetime | None: ...


def due_cell(row: Dated, at: datetime) -> c.Due:
    """The due cell of a row at a time (UTC). The word stands first, so colour never speaks alone."""
    why = reverse("why", args=[row.record, row.key])
    if row.state == "cannot_tell":
        return c.Due(no_date="Cannot be told", why=why, what=row.title)
    if row.due is None:
        return c.Due(no_date="As soon as possible", why=why, what=row.title)
    word, tone = due_word(row.state, row.due, at)
    return c.Due(
        word=word, date=due_date(row.due), tone=tone, why=why, what=f"{row.title}, {due_date(row.due)}"
    )


def due_date(due: datetime) -> str:
    """The date; with the hour where it is not the end of the day."""
    local = due.astimezone(LONDON)
    whole_day = (local.hour, local.minute) == (23, 59)
    return words.day_words(local) if whole_day else f"{words.day_words(local)}, {words.time_words(due)}"


def due_word(state: State, due: datetime, at: datetime) -> tuple[str, DueTone]:
    """In 3 days, Today, 2 days overdue; days are London days."""
    days = (due.astimezone(LONDON).date() - at.astimezone(LONDON).date()).days
    if state == "overdue":
        return (
            f"{words.counted(-days, 'day')} overdue" if days else f"Overdue since {words.time_words(due)}"
        ), "late"
    if days < 0:
        return f"{words.counted(-days, 'day')} past, with a reason", ""
    if days == 0:
        return _later_today(due), "soon"
    return _in(days), ""


def _later_today(due: datetime) -> str:
    local = due.astimezone(LONDON)
    return "Today" if (local.hour, local.minute) == (23, 59) else f"Today by {words.time_words(due)}"


def _in(days: int) -> str:
    if days == 1:
        return "Tomorrow"
    if days < DAYS_TOLD:
        return f"In {days} days"
    weeks = days // DAYS_IN_WEEK
    return f"In {weeks} weeks" if weeks < WEEKS_TOLD else f"In {days // 30} months"


def act_address(record: UUID, act: str) -> str:
    """Where an act on a record is done: the page that has the act's name, else the generic page."""
    if act not in in_use().vocabulary.acts:
        return reverse("child", args=[record])
    try:
        return reverse(act, args=[record])
    except NoReverseMatch:
        return reverse("act", args=[record, act])
