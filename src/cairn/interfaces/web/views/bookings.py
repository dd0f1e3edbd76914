"""Visits and meetings that are booked: on their day, moved or ended with the reason, and asking whether they happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.engine.bookings import Booking, State, all_bookings, open_bookings
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.joint_bookings import review_kinds
from cairn.interfaces.web.forms.joint_kinds import still_to_come
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.joint_bookings import do_for_all
from cairn.interfaces.web.views.own_acts import Named, Own, OwnForms
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.sharing import entry_href
from cairn.interfaces.web.views.times import ReadAt, read_at

MARKS: dict[State, Mark] = {
    "to come": Mark("to_come", "To come"),
    "today": Mark("soon", "Today"),
    "did it happen": Mark("not_known", "Did it happen?"),
    "happened": Mark("done", "It took place"),
    "ended": Mark("no", "It did not take place"),
}
# What is recorded once it took place.
RECORDED_BY = {"visit.booked": "record-visit", "meeting.booked": "record-meeting"}
SAID = Field(
    name="happened",
    label="When did you come to know?",
    type="moment",
    hint="Leave it empty if it was just now.",
)


@signed_in("GET")
def bookings(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """What asks whether it happened, what is to come, and what became of the rest."""
    at = read_at(request)
    found = open_child(actor, record, page="bookings", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    rows = [booking_row(found, one, at) for one in all_bookings(found.view)]
    acts = ("book-visit", "book-meeting", "move-booking")
    context = {
        "asking": [row for row in rows if row["state"] == "did it happen"],
        "to_come": [row for row in rows if row["state"] in ("today", "to come")],
        "past": [row for row in reversed(rows) if row["state"] in ("happened", "ended")],
        "may": {act.replace("-", "_"): not at.on and may_do(actor, act) for act in acts},
    }
    return record_page(request, actor, found, "record/bookings.html", context, current="bookings", at=at)


def booking_row(found: ChildPage, booking: Booking, at: ReadAt | None = None) -> dict[str, Any]:
    """One booking as a row: what, when and where, how it stands, and what can be done about it."""
    state = booking.state(found.as_at)
    record = found.identity.record
    act = "hold-review" if booking.what in review_kinds() else RECORDED_BY[booking.event.type]
    return {
        "what": booking.what,
        "when": words.moment_words(booking.when),
        "place": booking.place,
        "state": state,
        "mark": MARKS[state],
        "booked": f"Booked by {booking.event.author.name}, {words.moment_words(booking.event.happened_at)}",
        "href": entry_href(found, booking.event, at),
        "moved": [_moved(booking, number, found, at) for number in range(len(booking.moved))],
        "ended": _ended(booking.ended) if booking.ended else "",
        "ended_href": entry_href(found, booking.ended, at) if booking.ended else "",
        "held_href": entry_href(found, booking.held, at) if booking.held else "",
        "held": in_use().vocabulary.events[booking.held.type].title if booking.held else "",
        "happened_href": f"{act_address(record, act)}?booking={booking.id}"
        if act in in_use().vocabulary.acts
        else reverse("acts", args=[record]),
        "query": f"?booking={booking.id}",
        "kind": "visit" if booking.is_visit else "meeting",
    }


def _moved(booking: Booking, number: int, found: ChildPage, at: ReadAt | None) -> dict[str, str]:
    """From when it was moved, by whom and why."""
    event = booking.moved[number]
    before = booking.event if number == 0 else booking.moved[number - 1]
    said = str(before.data.get("when") or "")
    was = parse_moment(said)
    reason = str(event.data.get("reason") or "").rstrip(".")
    return {
        "was": words.moment_words(was) if not isinstance(was, TimeFault) else said,
        "why": f"{event.author.name}, {words.moment_words(event.happened_at)}: {reason}",
        "href": entry_href(found, event, at),
    }


def _ended(event: Event) -> str:
    field = in_use().vocabulary.events[event.type].field("kind")
    kind = (
        in_words(field, event.data["kind"]) if field and event.data.get("kind") else "It did not take place"
    )
    reason = str(event.data.get("reason") or "").rstrip(".")
    return f"{kind}: {reason}. {event.author.name}, {words.moment_words(event.happened_at)}"


def _named(page: ActPage, given: str) -> Named | None:
    found = next((one for one in open_bookings(page.page.view) if one.id == given), None)
    if found is None:
        return None
    place = f", {found.place}" if found.place else ""
    return Named("booking", found.id, f"{found.what}, {words.moment_words(found.when)}{place}")


def _check_time(forms: OwnForms, _answers: Mapping[str, Any]) -> None:
    still_to_come(forms.answers, forms.when, forms.page.page.as_at)


TIMES = {"when": "Enter the day, and the time if it is known"}
MOVE = Own(
    act="move-booking",
    template="record/booking_act.html",
    said="Moved. When it was to be before is kept.",
    to="bookings",
    title="Move it to another time",
    send="Move it",
    named=_named,
    named_by="booking",
    messages={**TIMES, "booking": "Choose which booking", "reason": "Enter why it is moved"},
    check=_check_time,
    when=SAID,
)
CANCEL = Own(
    act="cancel-booking",
    template="record/booking_act.html",
    said="Recorded with the reason. The booking is kept.",
    to="bookings",
    title="It did not take place",
    named=_named,
    named_by="booking",
    messages={
        "booking": "Choose which booking",
        "kind": "Choose what became of it",
        "reason": "Enter why it did not take place",
    },
    when=SAID,
)


@signed_in("GET", "POST")
def move_booking(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Move a booking to another time, with the reason: for each child it was made for, unless one is unticked."""
    return do_for_all(request, actor, record, MOVE)


@signed_in("GET", "POST")
def cancel_booking(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Say that a booked visit or meeting was called off, or did not take place: for each child it was made for."""
    return do_for_all(request, actor, record, CANCEL)
