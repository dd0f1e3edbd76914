"""The booking that a meeting or a review answers: what it was booked as and when, to begin the page with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cairn.application.jointly import JointPage
from cairn.application.procedures import in_use
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.bookings import Booking, open_bookings
from cairn.core.vocabulary.model import Field, Option

# What is booked as a meeting and recorded on pages of its own.
OTHERS = ("Strategy discussion", "Child protection conference", "Core group")


def meeting_booked(page: JointPage, named: str = "") -> Booking | None:
    """The open booking of a meeting that was named, else the latest whose time has come; None where there is none."""
    found = list(_meetings(page))
    if named:
        return next((one for one in found if one.id == named), None)
    come = [one for one in found if one.state(page.children[0].page.as_at) in ("did it happen", "today")]
    return come[-1] if come else None


def _meetings(page: JointPage) -> Iterator[Booking]:
    yield from (one for one in open_bookings(page.children[0].page.view) if not one.is_visit)


def meeting_as_booked(page: JointPage, asked: Mapping[str, str]) -> Mapping[str, str]:
    """Which meeting it was, where a booking says so in one of the answers that the page offers."""
    booking = meeting_booked(page, asked.get("booking", ""))
    field = next((one for one in page.shared if one.name == "kind"), None)
    if booking is None or field is None:
        return {}
    said = str(booking.event.data.get("kind") or "").strip().casefold()
    kind = next((str(one.value) for one in field.options if said in (one.value, one.label.casefold())), "")
    return {"kind": kind} if kind else {}


def time_as_booked(page: JointPage, asked: Mapping[str, str]) -> str:
    """When it was booked for, where that time has come; '' else."""
    booking = meeting_booked(page, asked.get("booking", ""))
    if booking is None or booking.when.earliest > page.children[0].page.as_at:
        return ""
    if booking.when.is_day:
        return booking.when.day.isoformat()
    return booking.when.latest.astimezone(LONDON).isoformat()


def which_meeting(asked: Field) -> Field:
    """The kind of a meeting that is booked, to be chosen: as it will be recorded, so that letters and pages know it."""
    meetings = tuple(one.model_copy(update={"paragraph": "", "hint": ""}) for one in _kinds("meeting.held"))
    others = (*review_kinds(), *OTHERS)
    options = (*meetings[:-1], *(Option(value=one, label=one) for one in others), *meetings[-1:])
    return asked.model_copy(update={"type": "choice", "options": options})


def review_kinds() -> tuple[str, ...]:
    """What a formal review is called when it is booked."""
    return tuple(one.label for one in _kinds("review.held"))


def _kinds(event: str) -> tuple[Option, ...]:
    field = in_use().vocabulary.events[event].field("kind")
    return field.options if field else ()
