"""An assessment of a kind that the procedures have no form for: said plainly, with what can be done about it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.assessing import BEGINS
from cairn.application.doing import may_do
from cairn.application.without_form import NoForm
from cairn.core.assessing.stage import stood
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.own_acts import Named, Own, do
from cairn.interfaces.web.views.record_frame import record_page

HAND_IN, FILE = "submit-assessment", "record-correspondence"
STANDS = {
    "writing": "It is not handed in.",
    "handed in": "It is handed in and waits for its decision.",
    "returned": "It was returned to be worked on.",
    "approved": "It is approved.",
}


def without_form_page(request: HttpRequest, actor: Actor, it: NoForm) -> HttpResponse:
    """What the assessment is and how far it has come; that there are no sections; what to do instead."""
    if it.page is None or it.strand is None:
        return refused_page(request, actor, it)
    record, at = it.page.identity.record, stood(it.page.view, it.strand)
    opener = it.strand.opener
    context = {
        "title": it.title,
        "begun": f"{opener.author.name}, {words.moment_words(opener.happened_at)}",
        "reason": str(opener.data.get("reason") or opener.data.get("imported_from") or ""),
        "stands": STANDS[at.stage],
        "file": reverse("record-correspondence", args=[record]) if may_do(actor, FILE) else "",
        "hand_in": _hand_in(record, it) if at.may_write and may_do(actor, HAND_IN) else "",
        "start": act_address(record, BEGINS) if may_do(actor, BEGINS) else "",
        "text": reverse("assessment-text", args=[record, it.strand.id]) if at.event else "",
        "entry": reverse("entry", args=[record, it.strand.id]),
    }
    return record_page(request, actor, it.page, "assessment_without_form.html", context)


def _hand_in(record: UUID, it: NoForm) -> str:
    strand = it.strand.id if it.strand else ""
    return f"{act_address(record, HAND_IN)}?{urlencode({'strand': strand, 'kind': it.kind})}"


def hand_in_document(request: HttpRequest, actor: Actor, record: UUID, it: NoForm) -> HttpResponse:
    """Hand in what was written as a document: in a few words what it says, and where it stands."""
    if request.method == "GET" and request.GET.get("kind") != it.kind:
        return redirect(_hand_in(record, it))
    return do(request, actor, record, _own(it))


def _own(it: NoForm) -> Own:
    return Own(
        act=HAND_IN,
        said="The assessment is handed in. A manager finds it under their work.",
        title=f"Hand in: {it.title}",
        send="Hand in the assessment",
        ask=_asked,
        named=lambda _page, _given: Named(
            "kind", it.kind, f"{it.title}. The procedures have no form for it."
        ),
        named_by="kind",
        must=("summary",),
        messages={"summary": "Say in a few words what the assessment found, and which document it is"},
    )


def _asked(page: ActPage) -> tuple[Field, ...]:
    """What it says, in short; the sections and what belongs to them are not asked."""
    label = "What the assessment found, and in which document it is written"
    return tuple(
        one.model_copy(update={"label": label}) if one.name == "summary" else one
        for one in page.fields
        if one.name in ("kind", "summary", "response")
    )
