"""One entry of a record in full, and the form that asks for another day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.chronology import ENTERED
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.entries import entry_shown
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.times import ReadAt, read_at, today

NO_ENTRY = Refused(
    "not found",
    "There is no such entry on this record",
    "It may belong to a later day than the one you read.",
)
DAYS = (
    Field(name="on", label="As it stood at the end of", type="date", hint="For example, 27 3 2026"),
    Field(name="known", label="As it was known at the end of", type="date", hint="Empty is the same day"),
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
        "may_enter": not at.on and one.stands and one.type != ENTERED and may_do(actor, "enter-chronology"),
        "may_mend": not at.on and one.stands and may_do(actor, "correct-entry"),
    }
    return record_page(request, actor, found, "record/entry.html", context, at=at)


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


@signed_in("GET")
def another_day(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Ask for a day, and go to the record as it stood then."""
    found = open_child(actor, record, page="another-day")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = ActForm(
        DAYS, posted=request.GET if "show" in request.GET else None, must=("on",), messages=MESSAGES
    )
    asked = _asked(form) if form.posted is not None else None
    if asked is not None:
        return redirect(child_address(record, asked))
    context = {"fields": form.render(), "errors": form.error_summary()}
    status = 422 if form.errors else 200
    return record_page(request, actor, found, "record/another_day.html", context, status=status)


MESSAGES = {"on": "Enter the day to see the record on"}


def _asked(form: ActForm) -> ReadAt | None:
    """The days of a form; None where one is missing, no day, or ahead."""
    read = form.read()
    if not isinstance(read, dict):
        return None
    days = {name: date.fromisoformat(value) for name, value in read.items()}
    for name, day in days.items():
        if day > today():
            form.refuse(name, "The day must be today or in the past")
    return None if form.errors else ReadAt(days["on"], days.get("known"))
