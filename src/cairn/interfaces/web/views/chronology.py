"""The chronology: the entries that matter, chosen by a person, in the order they happened; made to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.application.timeline import Entry
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.own_acts import Named, Own, do
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.sharing import entry_href
from cairn.interfaces.web.views.times import ReadAt, read_at

ENTERED = "chronology.entered"
LONGEST = 400


@signed_in("GET")
def chronology(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The chronology, oldest first: when, what, why it matters, and who entered it."""
    at = read_at(request)
    found = open_child(actor, record, page="chronology", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "rows": [_row(found, event, at) for event in entered(found)],
        "may_enter": not at.on and may_do(actor, ENTER.act),
    }
    return record_page(request, actor, found, "record/chronology.html", context, current="chronology", at=at)


def entered(found: ChildPage) -> list[Event]:
    """What stands in the chronology, in the order it happened."""
    return [event for event in found.view.standing.events if event.type == ENTERED]


def _row(found: ChildPage, event: Event, at: ReadAt) -> dict[str, str]:
    source = found.entry(str(event.data.get("event") or ""))
    return {
        "when": words.moment_words(event.happened_at),
        "what": str(event.data.get("what") or ""),
        "significance": str(event.data.get("significance") or ""),
        "origin": str(event.data.get("origin") or ""),
        "by": f"{event.author.name}, {event.author.role}, {words.day_words(event.recorded_at)}",
        "href": entry_href(found, event, at),
        "source": _source_href(found, event, at) if source else "",
    }


def _source_href(found: ChildPage, event: Event, at: ReadAt) -> str:
    source = next((one for one in found.view.stream if one.id == event.data.get("event")), None)
    return entry_href(found, source, at) if source else ""


def _named(page: ActPage, given: str) -> Named | None:
    """The entry of the timeline that it rests on, with its own time."""
    entry = page.page.entry(given)
    if entry is None or not entry.stands or entry.type == ENTERED:
        return None
    said = f"{entry.title}, {words.moment_words(entry.happened)}, {entry.by}"
    initial = {"what": _told(entry), "origin": f"{entry.title}, {entry.by}, {entry.role}"}
    return Named("event", entry.id, said, initial=initial, at=_typed(entry.happened))


def _told(entry: Entry) -> str:
    """What the entry tells at the most length, to be shortened by whoever enters it."""
    longest = max((one.value for one in entry.answers), key=len, default="")
    text = " ".join(longest.split())
    return (
        f"{entry.title}. {text}"
        if len(text) <= LONGEST
        else f"{entry.title}. {text[:LONGEST].rsplit(' ', 1)[0]} …"
    )


def _typed(moment: Moment) -> str:
    """A moment as a form takes it."""
    if moment.is_day:
        return moment.day.isoformat()
    return moment.latest.astimezone(LONDON).isoformat(timespec="minutes")


def _already(page: ActPage) -> Mapping[str, Any]:
    """What stands in the chronology, the latest first, so that nothing is entered twice."""
    found = page.page
    return {"rows": [_row(found, event, ReadAt()) for event in reversed(entered(found))][:6]}


ENTER = Own(
    act="enter-chronology",
    said="Entered in the chronology.",
    to="chronology",
    template="record/enter_chronology.html",
    send="Enter it",
    named=_named,
    named_by="event",
    messages={"what": "Enter what happened", "significance": "Enter why it matters for the child"},
    must=("significance",),
    beside=_already,
    when=Field(
        name="happened",
        label="When did it happen?",
        type="moment",
        hint="The day it happened, not the day of writing.",
    ),
    when_first=True,
)


@signed_in("GET", "POST")
def enter(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Enter something in the chronology: an entry of the timeline, or what stands in none."""
    return do(request, actor, record, ENTER)
