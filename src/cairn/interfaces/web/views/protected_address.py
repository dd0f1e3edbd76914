"""Where somebody lives whose address is protected: opened by a button, with a reason, for those who may."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.child import open_child
from cairn.application.protected import Lives, ask_where, open_where
from cairn.application.refused import Refused
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
    hint="Such as: to visit on Monday. It stands in the log beside your name. Write no address here.",
)


@signed_in("GET", "POST")
def protected_address(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Asks why, then shows the addresses. Each time is a row of the access log."""
    form = ActForm(
        [REASON],
        posted=request.POST if request.method == "POST" else None,
        must=("reason",),
        messages={"reason": "Enter why you need to know"},
        mark_optional=False,
    )
    read = form.read() if request.method == "POST" else None
    asked = (
        open_where(actor, record, str(read["reason"])) if isinstance(read, dict) else ask_where(actor, record)
    )
    if isinstance(asked, Refused):
        return refused_page(request, actor, asked)
    status = 422 if request.method == "POST" and not isinstance(asked, tuple) else 200
    return _shown(request, actor, record, form, asked if isinstance(asked, tuple) else (), status)


def _shown(
    request: HttpRequest, actor: Actor, record: UUID, form: ActForm, lives: tuple[Lives, ...], status: int
) -> HttpResponse:
    found = open_child(actor, record, page="protected-address")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    rows = tuple(c.SummaryRow(one.whose, one.address) for one in lives)
    context = {
        "lives": c.SummaryList(rows=rows) if rows else None,
        "form": form.render(),
        "errors": form.error_summary(),
    }
    return record_page(request, actor, found, "record/protected_address.html", context, status=status)
