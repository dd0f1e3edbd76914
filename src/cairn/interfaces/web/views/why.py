"""Why is this due? A page of its own, whose panel also opens in place under its row."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.child import open_child
from cairn.application.refused import Refused
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.record import due_row
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.times import read_at
from cairn.interfaces.web.views.why_panel import why_panel

NO_DUTY = Refused(
    "not found",
    "There is no such date on this record",
    "It may have gone with a correction. What is due now is on the child's overview.",
)


@signed_in("GET")
def why(request: HttpRequest, actor: Actor, record: UUID, key: str) -> HttpResponse:
    """Explain one date, from the rule, the entry that started the clock, and the days counted."""
    at = read_at(request)
    found = open_child(actor, record, page="why", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    duty = found.duty(key)
    if duty is None:
        return refused_page(request, actor, NO_DUTY)
    due = replace(due_row(found, duty).due, why="")
    context = {"duty": duty, "due": due, "panel": why_panel(actor, found, duty, at)}
    return record_page(request, actor, found, "record/why.html", context, at=at)
