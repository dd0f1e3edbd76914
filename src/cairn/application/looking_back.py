"""Looking back: a record as it stood at a time and was known at one, with what was learned of that time since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from cairn.application.acting import strand_in_words
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, open_record
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.london import say_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.look_back import Learned, learned_between
from cairn.core.engine.view import View

PAGE = "look-back"


@dataclass(frozen=True, slots=True)
class Then:
    """The two times that a record is read at: `on` as it stood, `known` as it was known; left out, they are the same.

    A time of day precision is the end of that London day, or now where the day is today.
    """

    on: Moment
    known: Moment | None = None

    def as_at(self, at: datetime) -> datetime:
        """The instant (UTC) at which the record is read; `at` is now."""
        return _instant(self.on, at)

    def known_at(self, at: datetime) -> datetime:
        """The instant (UTC) up to which what was recorded counts; `at` is now."""
        return _instant(self.known or self.on, at)

    @property
    def words(self) -> str:
        """As the access log says it."""
        known = f", as known on {say_moment(self.known)}" if self.known else ""
        return f"as it stood on {say_moment(self.on)}{known}"


@dataclass(frozen=True, slots=True)
class NotThen:
    """Why the record cannot be read at those times: the field to mend ("on" or "known") and what to do.

    `page` is the record as it is now, to ask again on.
    """

    page: ChildPage
    field: Literal["on", "known"]
    message: str


@dataclass(frozen=True)
class LookBack:
    """A record as it stood. `learned` is what was learned of that time by the day it is known on; `open` what was running.

    All of it rests on what was recorded by then and by no later time, but for `since`: what has been learned of
    that time from then until now, which is told apart.
    """

    page: ChildPage
    open: tuple[str, ...]
    learned: Learned
    since: Learned


def look_back(actor: Actor, record: UUID, then: Then) -> LookBack | NotThen | Refused:
    """Open a record as it stood. Who may open it now may; the look is in the access log with the times looked at.

    Not taken: a time that is still to come, known before it had happened, or of which nothing was recorded.
    """
    with transaction.atomic():
        opened = open_record(actor, record, page=PAGE, purpose=then.words)
        if isinstance(opened, Refused):
            return opened
        found = _read(opened, then)
        if isinstance(found, View):
            return _looked(actor, opened, found)
        return NotThen(page_of(actor, opened, opened.view), *found)


Fault = tuple[Literal["on", "known"], str]


def _read(opened: OpenRecord, then: Then) -> View | Fault:
    at = now()
    fault = _fault_of(then, at)
    if fault is not None:
        return fault
    view = opened.view.at(as_at=then.as_at(at), known_at=then.known_at(at))
    return _nothing_there(view, then) or view


def _fault_of(then: Then, at: datetime) -> Fault | None:
    if then.on.earliest > at:
        return "on", "Enter a day that has been, or today: nothing has happened yet after now"
    if then.known is not None and then.known.earliest > at:
        return "known", "Enter a day that has been, or today: nobody knows yet what will be recorded"
    if then.known_at(at) < then.as_at(at):
        return "known", (
            f"Enter {say_moment(then.on)} or a later time: before it had happened nobody could know of it"
        )
    return None


def _nothing_there(view: View, then: Then) -> Fault | None:
    known = [event for event in view.stream if event.recorded_at <= view.world.known_at]
    if not known:
        first = min((event.recorded_at for event in view.stream), default=None)
        since = f": the first entry was recorded on {say_moment(Moment.exact(first))}" if first else ""
        return "known" if then.known else "on", f"Nothing had been recorded of this child by then{since}"
    began = min((event.happened_at for event in known), key=lambda one: one.earliest)
    if began.earliest > view.world.as_at:
        return "on", f"The record begins on {say_moment(began)}: enter that time or a later one"
    return None


def _looked(actor: Actor, opened: OpenRecord, view: View) -> LookBack:
    at_once = view.at(known_at=view.world.as_at)
    today = view.at(known_at=max(now(), view.world.known_at))
    return LookBack(
        page=page_of(actor, opened, view),
        open=tuple(strand_in_words(strand) for strand in view.open_strands),
        learned=learned_between(at_once, view),
        since=learned_between(view, today),
    )


def _instant(moment: Moment, at: datetime) -> datetime:
    """The end of a day, or the instant; a day that is not over yet ends now."""
    today = moment.is_day and moment.day == at.astimezone(LONDON).date()
    return min(moment.latest, at) if today else moment.latest
