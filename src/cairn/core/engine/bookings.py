"""Visits and meetings that were booked: when each is to be now, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import View
from cairn.core.history.event import Event

MOVED, CANCELLED = "booking.moved", "booking.cancelled"
# What shows that the booked thing took place, by what booked it.
HELD = {
    "visit.booked": frozenset({"visit.made", "child.seen", "child.not_seen"}),
    "meeting.booked": frozenset(
        {
            "meeting.held",
            "strategy.held",
            "conference.held",
            "core_group.met",
            "review.held",
            "supervision.held",
        }
    ),
}
State = Literal["to come", "today", "did it happen", "happened", "ended"]


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit or meeting as it is booked now.

    `moved` holds each time it was moved, in order; `ended` what called it off, `held` what shows that it took
    place: the first such entry of the day that it was booked for.
    """

    event: Event
    title: str
    what: str
    when: Moment
    place: str
    moved: tuple[Event, ...] = ()
    ended: Event | None = None
    held: Event | None = None

    @property
    def id(self) -> str:
        """The entry that booked it."""
        return self.event.id

    @property
    def is_visit(self) -> bool:
        """Whether it is a visit; else it is a meeting."""
        return self.event.type == "visit.booked"

    def state(self, at: datetime) -> State:
        """How it stands at a time in UTC. One that is past and has no visit asks whether it happened."""
        if self.ended is not None:
            return "ended"
        if self.held is not None:
            return "happened"
        if self.when.latest < at:
            return "did it happen"
        return "today" if self.when.day == Moment.exact(at).day else "to come"


def all_bookings(view: View) -> tuple[Booking, ...]:
    """Every booking of a record by the time it is booked for now; one whose time is not known is none."""
    return tuple(sorted(_bookings(view), key=lambda one: (one.when.latest, one.event.number)))


def open_bookings(view: View) -> tuple[Booking, ...]:
    """Those that may still be moved or called off: to come, and past without anybody having said what became of it."""
    return tuple(one for one in all_bookings(view) if one.ended is None and one.held is None)


def asking(view: View) -> tuple[Booking, ...]:
    """Those that are past and of which nobody has said whether they happened, the oldest first."""
    return tuple(one for one in all_bookings(view) if one.state(view.world.as_at) == "did it happen")


def _bookings(view: View) -> Iterator[Booking]:
    events = view.standing.events
    for event in events:
        if event.type in HELD:
            found = _booking(view, event, [one for one in events if one.data.get("booking") == event.id])
            if found is not None:
                yield found


def _booking(view: View, event: Event, about: Iterable[Event]) -> Booking | None:
    told = list(about)
    moved = tuple(one for one in told if one.type == MOVED)
    when = _when(moved[-1] if moved else event)
    if when is None:
        return None
    places = [one.data.get("place") for one in (event, *moved) if one.data.get("place")]
    kind = view.procedures.vocabulary.events[event.type]
    return Booking(
        event=event,
        title=kind.title,
        what=_what(view, event),
        when=when,
        place=str(places[-1]) if places else "",
        moved=moved,
        ended=next((one for one in told if one.type == CANCELLED), None),
        held=_held(view, event, when),
    )


def _held(view: View, event: Event, when: Moment) -> Event | None:
    types = HELD[event.type]
    return next(
        (one for one in view.standing.events if one.type in types and one.happened_at.day == when.day), None
    )


def _what(view: View, event: Event) -> str:
    """In a word or two: a visit, or which meeting."""
    if event.type == "visit.booked":
        return "Visit"
    kind = str(event.data.get("kind") or "")
    field = view.procedures.vocabulary.events["meeting.held"].field("kind")
    options = field.options if field else ()
    return next((one.label for one in options if one.value == kind), kind) or "Meeting"


def _when(event: Event) -> Moment | None:
    said = event.data.get("when")
    found = parse_moment(said) if isinstance(said, str) else None
    return None if found is None or isinstance(found, TimeFault) else found
