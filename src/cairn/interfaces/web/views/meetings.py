"""Meetings and reviews of a record: whose next one is due and why, those booked, those held, and those that were missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.core.engine.bookings import all_bookings
from cairn.core.engine.duties import DutyView
from cairn.core.engine.met import Met, held_late, meetings_held, next_due, not_held, same_day
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.bookings import booking_row
from cairn.interfaces.web.views.copies import said_in, title_of
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.lateness import how_done
from cairn.interfaces.web.views.record import due_row
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.sharing import entry_href
from cairn.interfaces.web.views.times import ReadAt, read_at

INVITE = "send-standard-letter"
ACTS = ("record-meeting", "hold-review", "book-meeting", "move-booking", INVITE)


@signed_in("GET")
def meetings(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The meetings of a record, as it is today or was read at another day."""
    at = read_at(request)
    found = open_child(actor, record, page="meetings", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    may = {act.replace("-", "_"): not at.on and may_do(actor, act) for act in ACTS}
    context = {
        "due": _due(found, at),
        "invite": may["send_standard_letter"] and _asks_for_invitations(found),
        "booked": list(_booked(found, at)),
        "held": [_held(found, one, at) for one in meetings_held(found.view)],
        "missed": [booking_row(found, one, at) for one in not_held(found.view)],
        "late": [_late(found, one, at) for one in held_late(found.view)],
        "may": may,
    }
    return record_page(request, actor, found, "record/meetings.html", context, current="meetings", at=at)


def _due(found: ChildPage, at: ReadAt) -> c.DueList | None:
    rows = tuple(due_row(found, one, at) for one in next_due(found.view))
    caption = f"Meetings and reviews due for {found.identity.name}, soonest first"
    return c.DueList(caption=caption, rows=rows) if rows else None


def _asks_for_invitations(found: ChildPage) -> bool:
    """Whether a meeting is booked and nobody has invited to it yet, by the procedures' own step."""
    return any(one.rule.act == INVITE and one.after.type == "meeting.booked" for one in found.view.next_steps)


def _booked(found: ChildPage, at: ReadAt) -> Iterator[dict[str, Any]]:
    for one in all_bookings(found.view):
        if not one.is_visit and one.state(found.as_at) in ("today", "to come"):
            yield booking_row(found, one, at)


def _held(found: ChildPage, one: Met, at: ReadAt) -> dict[str, Any]:
    """One that was held: which, when, who chaired it, what was decided, who disagreed, what has still to be given."""
    return {
        "what": title_of(found, one.event),
        "when": words.moment_words(one.event.happened_at),
        "by": one.event.author.name,
        "href": entry_href(found, one.event, at),
        "chair": said_in(found, one.event, "chaired_by"),
        "decided": said_in(found, one.event, "outcome"),
        "next": said_in(found, one.event, "next_date"),
        "dissents": [_dissent(found, said, at) for said in one.dissents],
        "waits": [duty.rule.title for duty in one.waits],
        "twice": bool(same_day(found.view, one.event)),
    }


def _dissent(found: ChildPage, said: Event, at: ReadAt) -> dict[str, str]:
    about = str(said.data.get("about") or "")
    return {
        "whose": str(said.data.get("whose") or "Somebody"),
        "about": f"disagrees with {about[:1].lower()}{about[1:]}" if about else "disagrees",
        "text": str(said.data.get("text") or ""),
        "href": entry_href(found, said, at),
    }


def _late(found: ChildPage, duty: DutyView, at: ReadAt) -> dict[str, str]:
    """One whose time ran out before it was held: it stays here, whatever came after."""
    by = duty.met_by
    return {
        "title": duty.title,
        "due": due_date(duty.due) if duty.due else "",
        "how": how_done(duty),
        "held": f"held {words.moment_words(by.happened_at)}" if by else "not held",
        "href": entry_href(found, by, at) if by else "",
        "key": duty.key,
    }
