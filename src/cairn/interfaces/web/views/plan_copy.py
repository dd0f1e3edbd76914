"""The plan for the family: a sheet made for one reader, what is in it decided line by line, printed and recorded as given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.installation import installation
from cairn.application.plan_copies import CopyOpened, Given, as_file, give, open_copy, opening
from cairn.application.planning import COPIED
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.planning.for_family import Line, Reader, chosen_of
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.files import file_response
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import child_address

FIRST = Field(
    name="first", label="What stands first", type="long_text", hint="In words that the reader uses."
)
NAME = Field(name="name", label="Who reads it", type="text")
SHORT = 90


@signed_in("GET", "POST")
def plan_copy(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The copy as it would be given. Shown again, taken away as PDF, or recorded as given, by its buttons."""
    sent = request.POST if request.method == "POST" else request.GET
    reader: Reader = "child" if sent.get("for") == "child" else "parents"
    do = request.POST.get("do", "")
    copy = open_copy(
        actor, record, sent.get("plan", ""), reader, page="plan-pdf" if do == "pdf" else "plan-copy"
    )
    if isinstance(copy, Refused):
        return refused_page(request, actor, copy)
    form = _form(request, copy)
    read = form.read()
    given = _given(request, copy, {} if isinstance(read, tuple) else read)
    if do == "pdf":
        return file_response(as_file(copy, given))
    if do == "give":
        return _gave(request, actor, copy, given, form, missing=isinstance(read, tuple))
    form.errors = ()
    return _shown(request, actor, copy, given, form)


def _form(request: HttpRequest, copy: CopyOpened) -> ActForm:
    how = in_use().vocabulary.events[COPIED].field("how")
    return ActForm(
        [FIRST, NAME, *([how] if how else [])],
        posted=request.POST if request.method == "POST" else None,
        initial={"first": opening(copy), "name": copy.first if copy.reader == "child" else ""},
        must=("name", "how"),
        messages={"name": "Enter who reads it", "how": "Say how it was given"},
        mark_optional=False,
    )


def _given(request: HttpRequest, copy: CopyOpened, read: dict[str, Any]) -> Given:
    chosen = frozenset(request.POST.getlist("line")) if request.method == "POST" else copy.at_first
    first = request.POST.get("first", "") if request.method == "POST" else opening(copy)
    return Given(str(read.get("name", "")), str(read.get("how", "")), first.replace("\r\n", "\n"), chosen)


def _gave(
    request: HttpRequest, actor: Actor, copy: CopyOpened, given: Given, form: ActForm, *, missing: bool
) -> HttpResponse:
    if missing:
        return _shown(request, actor, copy, given, form, status=422)
    done = give(actor, copy, given, key_of(request))
    if isinstance(done, Recorded):
        say_next(request, "Recorded: the plan was given. What the copy said is kept word for word.")
        return redirect("plan", done.record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    return _shown(request, actor, copy, given, form, refused=done, status=STATUS[done.code])


def _shown(
    request: HttpRequest,
    actor: Actor,
    copy: CopyOpened,
    given: Given,
    form: ActForm,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    who, plan = copy.it.page.identity, copy.it.plan
    here = reverse("plan-copy", args=[who.record])
    version = plan.current if plan else None
    context = {
        "name": who.name,
        "first": copy.first,
        "authority": installation().authority,
        "reader": copy.reader,
        "plan": plan.strand.id if plan else "",
        "other": f"{here}?plan={plan.strand.id if plan else ''}&for={'parents' if copy.reader == 'child' else 'child'}",
        "opening": given.first,
        "parts": chosen_of(copy.parts, given.chosen),
        "choices": [
            (part.under or part.title, [_choice(one, given) for one in part.lines]) for part in copy.parts
        ],
        "form": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused) if refused else None,
        "key": key_of(request),
        "version": f"Version {version.number} of {words.day_words(version.day)}" if version else "",
        "printed": f"Printed by {actor.name}, {words.moment_words(copy.it.page.as_at)}",
        "born": words.day_words(who.born) if who.born else "",
        "number": who.number,
        "here": here,
        "back": reverse("plan", args=[who.record]),
    }
    crumbs = [
        Crumb("My work", reverse("my-work")),
        Crumb(who.name, child_address(who.record)),
        Crumb("Plan", reverse("plan", args=[who.record])),
    ]
    return page(request, actor, "plan_copy.html", context, crumbs=crumbs, status=status)


def _choice(one: Line, given: Given) -> dict[str, Any]:
    text = f"{one.lead} {one.text}".strip()
    short = text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', maxsplit=1)[0]} …"
    return {"id": one.id, "text": short, "held": one.held, "chosen": one.id in given.chosen}
