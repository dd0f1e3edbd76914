"""Who chairs for a child: who does and who did, and for whoever names chairs the form to name one and to end it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.chairing import Chair, ChairsPage, chairs_page, end_chair, name_chair
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid
from cairn.interfaces.web.views.record_frame import record_page

MESSAGES = {
    "person": "Choose who chairs",
    "reason": "Enter what they chair",
    "until": "Enter the last day on which they may open the record",
}
NOBODY = UUID(int=0)


@signed_in("GET", "POST")
def chairs(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Who chairs and who did; sent, somebody chairs or does no more."""
    if request.method != "POST":
        return _shown(request, actor, record)
    ended = as_uuid(request.POST.get("end", ""))
    if ended is not None:
        return _said(request, actor, record, end_chair(actor, record, ended), ended=True)
    found = chairs_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(found, request.POST)
    read = form.read() if found.may_name else {}
    if not isinstance(read, dict):
        return _shown(request, actor, record, form, 422)
    until = date.fromisoformat(str(read["until"])) if read else found.latest
    person = as_uuid(str(read.get("person", ""))) or NOBODY
    done = name_chair(actor, record, person, str(read.get("reason", "")), until)
    if isinstance(done, Refused) and done.faults:
        for fault in done.faults:
            form.refuse("person" if fault.place == "staff" else fault.place, fault.problem)
        return _shown(request, actor, record, form, STATUS[done.code])
    return _said(request, actor, record, done)


def _said(
    request: HttpRequest, actor: Actor, record: UUID, done: Any, *, ended: bool = False
) -> HttpResponse:
    if isinstance(done, Refused):
        return refused_page(request, actor, done)
    said = (
        "chairs no more for this child"
        if ended
        else f"chairs for this child until {words.moment_words(done.until)}"
    )
    say_next(request, f"{done.staff_name} {said}.")
    return redirect("chairs", record)


def _form(found: ChairsPage, posted: Any = None) -> ActForm:
    people = tuple(
        Option(value=str(one.id), label=", ".join(filter(None, (one.name, one.team)))) for one in found.able
    )
    fields = [
        Field(name="person", label="Who chairs?", type="choice", must=True, options=people),
        Field(
            name="reason",
            label="What do they chair?",
            type="text",
            must=True,
            hint="Such as: the child protection conference and its reviews",
        ),
        Field(
            name="until",
            label="Until when?",
            type="date",
            must=True,
            hint=f"The last day on which they may open the record. {words.day_words(found.latest)} at the latest",
        ),
    ]
    initial = {"until": found.latest.isoformat()}
    must = tuple(field.name for field in fields)
    return ActForm(fields, posted=posted, initial=initial, must=must, messages=MESSAGES)


def _shown(
    request: HttpRequest, actor: Actor, record: UUID, form: ActForm | None = None, status: int = 200
) -> HttpResponse:
    found = chairs_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(found) if form is None else form
    context = {
        "chairs": [_row(one) for one in found.chairs],
        "before": [_row(one) for one in found.before],
        "may_name": found.may_name,
        "fields": form.render() if found.may_name else None,
        "errors": form.error_summary(),
    }
    return record_page(request, actor, found.page, "record/chairs.html", context, status=status)


def _row(one: Chair) -> dict[str, Any]:
    return {
        "tie": one.tie,
        "name": one.name,
        "reason": one.reason,
        "named": f"Named by {one.named_by} on {words.day_words(one.since)}",
        "until": words.moment_words(one.until),
        "ended": f"Ended by {one.ended_by}" if one.ended_by else "",
    }
