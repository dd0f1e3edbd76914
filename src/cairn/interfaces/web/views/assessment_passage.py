"""A passage of one child's assessment, picked by a person and offered to a brother's or sister's: one at a time, never the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessing import first_name
from cairn.application.passing_on import Sibling, ToPassOn, open_to_pass_on, pass_on
from cairn.application.refused import Refused
from cairn.core.assessing.passages import PROSE, paragraphs
from cairn.core.vocabulary.check import DataFault
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import as_uuid
from cairn.interfaces.web.views.record_frame import identity_bar, record_page

CARE = "Only what is true of this brother or sister too. Leave out what is {child}’s alone, and other people’s private lives."


@signed_in("GET", "POST")
def assessment_passage(
    request: HttpRequest, actor: Actor, record: UUID, strand: UUID, section: str
) -> HttpResponse:
    """Pick or type a passage and choose whose assessment it is for; nothing crosses until the form is sent."""
    if request.method == "POST" and not request.POST.get("pick"):
        return _sent(request, actor, record, str(strand), section)
    it = open_to_pass_on(actor, record, str(strand), section)
    return refused_page(request, actor, it) if isinstance(it, Refused) else _shown(request, actor, it)


def _sent(request: HttpRequest, actor: Actor, record: UUID, strand: str, section: str) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    done = pass_on(actor, record, strand, section, as_uuid(request.POST.get("to")), text)
    if isinstance(done, Refused):
        it = open_to_pass_on(actor, record, strand, section)
        if isinstance(it, Refused) or done.code != "not taken":
            return refused_page(request, actor, done)
        return _shown(request, actor, it, faults=done.faults, status=STATUS[done.code])
    whose = first_name(done.name)
    say_next(request, f"The passage waits beside the same section of {whose}’s assessment, to be taken in, changed or dismissed there.")  # fmt: skip
    return redirect("assessment-section", record, strand, section)


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: ToPassOn,
    *,
    faults: tuple[DataFault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    open_to, closed = _parted(it)
    form = _form(request, it, open_to)
    for fault in faults:
        if fault.place in form.fields:
            form.refuse(fault.place, fault.problem)
    child = it.assessment.page.identity
    context = {
        "identity": replace(identity_bar(child), heading=False),
        "title": it.title,
        "whose": first_name(child.name),
        "paragraphs": list(_paragraphs(it)),
        "form": form.render() if open_to else "",
        "closed": [f"{one.name}: {one.why_not}. {one.how_to_ask}".strip() for one in closed],
        "offered": [
            f"To {one.name}: {words.counted(len(one.offered), 'passage')}" for one in open_to if one.offered
        ],
        "errors": form.error_summary(),
        "here": request.path,
        "back": reverse("assessment-section", args=[child.record, it.assessment.strand.id, it.state.section.id]),
    }  # fmt: skip
    return record_page(request, actor, it.assessment.page, "assessment_passage.html", context, status=status)


def _parted(it: ToPassOn) -> tuple[list[Sibling], list[Sibling]]:
    """Those to whose assessment it may go, and the others."""
    return [one for one in it.siblings if one.strand], [one for one in it.siblings if not one.strand]


def _form(request: HttpRequest, it: ToPassOn, open_to: list[Sibling]) -> ActForm:
    child = first_name(it.assessment.page.identity.name)
    fields = [
        Field(name="text", label="The passage", type="long_text", hint=CARE.replace("{child}", child)),
        Field(
            name="to",
            label="Whose assessment is it for?",
            type="choice",
            options=tuple(Option(value=str(one.record), label=one.name) for one in open_to),
        ),
    ]
    only = {"to": str(open_to[0].record)} if len(open_to) == 1 else {}
    posted = _with_picked(request.POST, it) if request.method == "POST" else None
    return ActForm(fields, posted=posted, initial=only, must=("text", "to"), mark_optional=False)


def _with_picked(posted: QueryDict, it: ToPassOn) -> QueryDict:
    """What was typed with the picked paragraph below it; nothing typed is dropped."""
    picked = next((text for key, text in _paragraphs(it) if key == posted.get("pick")), "")
    whole = posted.copy()
    whole["text"] = "\n\n".join(part for part in (posted.get("text", "").strip(), picked) if part)
    return whole


def _paragraphs(it: ToPassOn) -> Iterator[tuple[str, str]]:
    """The paragraphs of the section as they are saved, each with its key."""
    data = it.state.text.data if it.state.text else {}
    for name in PROSE:
        for number, text in enumerate(paragraphs(str(data.get(name) or ""))):
            yield f"{name}/{number}", text
