"""Visits and meetings that were booked: when each is to be now, and whether it happened.

One visit answers one booking: two that are booked for one day are two, and the second asks until somebody says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Literal

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Vocabulary

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
    place: an entry of the day that it was booked for, which shows it of no other booking.
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
    found = sorted(_bookings(view), key=lambda one: (one.when.latest, one.event.number))
    held = dict(chain.from_iterable(_pairs(view, type_, found) for type_ in HELD))
    return tuple(replace(one, held=held.get(one.id)) for one in found)


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
    )


def _pairs(view: View, type_: str, found: Iterable[Booking]) -> Iterator[tuple[str, Event]]:
    """Bookings with what shows that they took place, the nearest in time first; each of either once.

    What was called off takes up no visit. The entries of one act are one visit.
    """
    waiting = [one for one in found if one.event.type == type_ and one.ended is None]
    pairs = sorted(
        (
            (_apart(one.when, held.happened_at), number, order, one, held)
            for number, one in enumerate(waiting)
            for order, held in enumerate(_acts_of(view, HELD[type_]))
            if held.happened_at.day == one.when.day
        ),
        key=lambda pair: pair[:3],
    )
    taken: set[str] = set()
    for _, _, _, booking, held in pairs:
        if not taken & {booking.id, held.id}:
            taken |= {booking.id, held.id}
            yield booking.id, held


def _acts_of(view: View, types: frozenset[str]) -> list[Event]:
    """The first such entry of each act: a visit and that the child was seen on it are one."""
    firsts: dict[str, Event] = {}
    for one in view.standing.events:
        if one.type in types:
            firsts.setdefault(one.act or one.id, one)
    return list(firsts.values())


def _apart(first: Moment, second: Moment) -> timedelta:
    """How far two times lie from each other at least; a day without its hour lies on every hour of it."""
    return max(first.earliest - second.latest, second.earliest - first.latest, timedelta())


def _what(view: View, event: Event) -> str:
    """In a word or two: a visit, or which meeting."""
    if event.type == "visit.booked":
        return "Visit"
    return which_meeting(view.procedures.vocabulary, str(event.data.get("kind") or "")) or "Meeting"


def which_meeting(vocabulary: Vocabulary, kind: str) -> str:
    """The words for what a meeting was booked as: those of the meeting it will be, else what was written."""
    field = vocabulary.events["meeting.held"].field("kind")
    options = field.options if field else ()
    return next((one.label for one in options if one.value == kind), kind)


def _when(event: Event) -> Moment | None:
    said = event.data.get("when")
    found = parse_moment(said) if isinstance(said, str) else None
    return None if found is None or isinstance(found, TimeFault) else found
