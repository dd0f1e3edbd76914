"""One entry of a record in full."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.chronology import OWN
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.core.history.event import Event
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.copies import copies_of
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.entries import entry_shown
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.times import read_at
from cairn.interfaces.web.views.who_referred import who_address

NO_ENTRY = Refused(
    "not found",
    "There is no such entry on this record",
    "It may belong to a later day than the one you read.",
)


@signed_in("GET")
def entry(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """One entry: its answers, what stood before, which dates it started, and the way to mend it."""
    at = read_at(request)
    found = open_child(actor, record, page="entry", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    one = found.entry(entry)
    if one is None:
        return refused_page(request, actor, NO_ENTRY)
    context = {
        "one": entry_shown(found, one, at),
        "started": _started(found, entry),
        "who_address": "" if at.on else who_address(actor, record, _standing(found, entry)),
        "copies": copies_of(actor, found, _standing(found, entry), at),
        "may_enter": not at.on and one.stands and one.type not in OWN and may_do(actor, "enter-chronology"),
        "may_mend": not at.on
        and one.stands
        and not _stays(found, one.type)
        and may_do(actor, "correct-entry"),
    }
    return record_page(request, actor, found, "record/entry.html", context, at=at)


def _stays(found: ChildPage, type_: str) -> bool:
    """Whether entries of a type are never mended."""
    return found.view.procedures.vocabulary.events[type_].final


def _standing(found: ChildPage, entry: str) -> Event | None:
    return next((one for one in found.view.standing.events if one.id == entry), None)


def _started(found: ChildPage, entry: str) -> list[dict[str, str]]:
    return [
        {
            "title": duty.rule.title,
            "due": due_date(duty.due) if duty.due else "as soon as possible",
            "why": reverse("why", args=[found.identity.record, duty.key]),
        }
        for duty in found.duties
        if duty.started_by.id == entry
    ]
