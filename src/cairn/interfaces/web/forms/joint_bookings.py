"""The booking that a meeting or a review answers: what it was booked as and when, to begin the page with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cairn.application.jointly import JointPage
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.bookings import Booking, open_bookings


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
