"""Who got in touch and does not wish to be named: opened by a button, with a reason, for those who may."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import open_child
from cairn.application.referrers import Referrer, ask_who, is_kept_apart, may_see, open_who
from cairn.application.refused import Refused
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.record_frame import record_page

REASON = Field(
    name="reason",
    label="Why do you need to know?",
    type="text",
    longest=200,
    hint="Such as: to ring them back. It stands in the log beside your name. Write no name here.",
)


@signed_in("GET", "POST")
def who_referred(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """Asks why, then says who it was. Each time is a row of the access log, and nothing of it stays on any page."""
    form = ActForm(
        [REASON],
        posted=request.POST if request.method == "POST" else None,
        must=("reason",),
        messages={"reason": "Enter why you need to know"},
        mark_optional=False,
    )
    read = form.read() if request.method == "POST" else None
    if isinstance(read, dict):
        return _opened(request, actor, record, entry, form, str(read["reason"]))
    asked = ask_who(actor, record, entry)
    if isinstance(asked, Refused):
        return refused_page(request, actor, asked)
    return _shown(request, actor, record, entry, form, None, 422 if request.method == "POST" else 200)


def _opened(
    request: HttpRequest, actor: Actor, record: UUID, entry: str, form: ActForm, reason: str
) -> HttpResponse:
    who = open_who(actor, record, entry, reason)
    if isinstance(who, Refused):
        return refused_page(request, actor, who)
    return _shown(request, actor, record, entry, form, who, 200)


def _shown(
    request: HttpRequest,
    actor: Actor,
    record: UUID,
    entry: str,
    form: ActForm,
    who: Referrer | None,
    status: int,
) -> HttpResponse:
    found = open_child(actor, record, page="referrer")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    rows = tuple(c.SummaryRow(label, answer) for label, answer in who.lines) if who else ()
    context = {
        "who": c.SummaryList(rows=rows) if rows else None,
        "form": form.render(),
        "errors": form.error_summary(),
        "back": reverse("entry", args=[record, entry]),
    }
    return record_page(request, actor, found, "record/who_referred.html", context, status=status)


def who_address(actor: Actor, record: UUID, event: Event | None) -> str:
    """Where who it was can be opened; '' where nothing is kept apart or this person may not see it."""
    if event is None or "identity_of" not in event.data or not is_kept_apart(event) or not may_see(actor):
        return ""
    return reverse("who-referred", args=[record, event.id])
