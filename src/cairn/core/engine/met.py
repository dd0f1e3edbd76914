"""Meetings and reviews of a record: those held with what was said against them, and whose next one is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cairn.core.engine.bookings import Booking, all_bookings
from cairn.core.engine.duties import DutyView
from cairn.core.engine.view import View
from cairn.core.history.event import Event

MEETING, REVIEW = "meeting.held", "review.held"
HELD: Final = frozenset({MEETING, REVIEW, "strategy.held", "conference.held", "core_group.met"})
DISSENT, COPY = "dissent.recorded", "copy.given"
# What of an entry is handed out, by its type.
HANDED_OUT: Final[Mapping[str, str]] = {
    "meeting.held": "minutes",
    "review.held": "review_record",
    "conference.held": "minutes",
    "core_group.met": "minutes",
    "plan.made": "plan",
    "plan.revised": "plan",
    "case.closed": "closing_minutes",
    "transfer.completed": "transfer_summary",
}
# What is given or told once it is over, by the acts that do it.
AFTERWARDS: Final = frozenset({"hand-out", "give-notice"})


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting or review that was held: who disagreed, which copies went, and what has still to be given or told."""

    event: Event
    dissents: tuple[Event, ...]
    copies: tuple[Event, ...]
    waits: tuple[DutyView, ...]
    told: tuple[DutyView, ...]


def meetings_held(view: View) -> tuple[Met, ...]:
    """Every meeting and review of a record that stands, the latest first."""
    held = [one for one in view.standing.events if one.type in HELD]
    return tuple(
        met(view, one)
        for one in sorted(held, key=lambda one: (one.happened_at.latest, one.number), reverse=True)
    )


def met(view: View, event: Event) -> Met:
    """One of them with what belongs to it.

    A dissent belongs to what was signed in the same act. A copy belongs to the entry it names; one that names none, to
    the last entry of which such a copy can be. What is to be given or told is told from the duties that the entry started.
    """
    started = [one for one in view.duties if one.started_by.id == event.id and one.rule.act in AFTERWARDS]
    return Met(
        event,
        tuple(one for one in _of(view, DISSENT) if event.act and one.act == event.act),
        tuple(one for one in _of(view, COPY) if _copied(view, one) == event.id),
        tuple(one for one in started if one.is_open),
        tuple(one for one in started if one.met_by is not None),
    )


def _copied(view: View, copy: Event) -> str:
    """The id of the entry of which a copy is: as it says, else the last before it of which such a copy can be."""
    said = copy.data.get("copy_of")
    if said:
        return str(said)
    before = [
        one.id
        for one in view.standing.events
        if HANDED_OUT.get(one.type) == copy.data.get("what")
        and one.happened_at.earliest <= copy.happened_at.latest
    ]
    return before[-1] if before else ""


def next_due(view: View) -> tuple[DutyView, ...]:
    """The meetings and reviews that are to be held, the soonest first."""
    return tuple(one for one in view.open_duties if _is_meeting(one))


def held_late(view: View) -> tuple[DutyView, ...]:
    """Those that were held late, or not at all before their time was over: shown for good, the latest first."""
    late = [one for one in view.duties if _is_meeting(one) and one.late and not one.is_open]
    return tuple(reversed(late))


def same_day(view: View, event: Event) -> tuple[Event, ...]:
    """Other entries of the same kind of meeting on the same day: it may have been recorded twice."""
    return tuple(
        one
        for one in view.standing.events
        if one.type == event.type
        and one.id != event.id
        and one.happened_at.day == event.happened_at.day
        and one.data.get("kind") == event.data.get("kind")
    )


def not_held(view: View) -> tuple[Booking, ...]:
    """The bookings of meetings that were called off or did not take place, and those nobody has said that of yet."""
    found = [one for one in all_bookings(view) if not one.is_visit]
    states = ("ended", "did it happen")
    return tuple(one for one in reversed(found) if one.state(view.world.as_at) in states)


def _is_meeting(duty: DutyView) -> bool:
    return any(one.event in HELD for one in duty.rule.met_by)


def _of(view: View, type_: str) -> Iterator[Event]:
    yield from (one for one in view.standing.events if one.type == type_)
