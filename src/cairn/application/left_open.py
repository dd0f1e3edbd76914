"""What stands open on a record, whoever works with it, and what of it is not up to date: for who hands over, and who verifies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cairn.application.child import ChildPage
from cairn.application.particulars import Particular, particulars_of
from cairn.core.engine.bookings import Booking, asking, open_bookings
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.records import drafts, staff

VISIT = "record-visit"
CHRONOLOGY = "chronology.entered"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A draft about the child that its writer has not sent. Nothing of what is in it is told."""

    writer: str
    act: str
    saved_at: datetime


@dataclass(frozen=True)
class LeftOpen:
    """Visits that are due, what is booked and has not been said to have happened, and drafts that are not sent."""

    visits: tuple[DutyView, ...]
    bookings: tuple[Booking, ...]
    drafts: tuple[Unsent, ...]

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(self.visits or self.bookings or self.drafts)


@dataclass(frozen=True)
class NotUpToDate:
    """What is not up to date on a record: particulars that are missing, the chronology, what is overdue, unsent or unsaid.

    `since` is how many entries the timeline has of the time after the chronology's `last` one, or at all.
    """

    particulars: tuple[Particular, ...]
    last: Event | None
    since: int
    overdue: tuple[DutyView, ...]
    asking: tuple[Booking, ...]
    drafts: tuple[Unsent, ...]


def left_open(page: ChildPage) -> LeftOpen:
    """What is open on a record that was opened."""
    visits = tuple(duty for duty in page.open_duties if duty.rule.act == VISIT)
    return LeftOpen(visits, tuple(open_bookings(page.view)), unsent(page))


def not_up_to_date(page: ChildPage) -> NotUpToDate:
    """What a manager looks at before saying that a record is up to date (Peterborough 9.9)."""
    view = page.view
    last = next(reversed(view.standing.by_type().get(CHRONOLOGY, ())), None)
    return NotUpToDate(
        particulars=tuple(one for one in particulars_of(view) if not one.values),
        last=last,
        since=sum(_is_after(event, last) for event in view.standing.events),
        overdue=tuple(duty for duty in page.open_duties if duty.state == "overdue"),
        asking=asking(view),
        drafts=unsent(page),
    )


def unsent(page: ChildPage) -> tuple[Unsent, ...]:
    """The drafts about a child, by their writers, the last saved first."""
    found = drafts.list_on(page.identity.record)
    names = {one.id: one.name for one in staff.people({draft.author_id for draft in found}).values()}
    return tuple(Unsent(names.get(one.author_id, ""), one.act, one.saved_at) for one in found)


def _is_after(event: Event, last: Event | None) -> bool:
    return event.type != CHRONOLOGY and (last is None or event.happened_at.earliest > last.happened_at.latest)
