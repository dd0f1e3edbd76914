"""Opening a record in an emergency: why, what will happen, and closing it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.breaking_glass import Breaking, GlassPage, break_glass, glass_page
from cairn.application.refused import Refused
from cairn.application.ties import end_tie
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import sessions, words
from cairn.interfaces.web.confirming import asked_again
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid

WHY_AGAIN = "You are about to open a record in an emergency."
MESSAGES = {
    "reason_kind": "Choose why it has to be now",
    "words": "Say what happened and whom you tried to reach",
}


@signed_in("GET", "POST")
def breaking(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """What breaking the glass means, and the form for it; sent, the record opens."""
    if request.method == "POST":
        again = asked_again(request, actor, WHY_AGAIN)
        if again is not None:
            return again
        return _sent(request, actor, record)
    found = glass_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if found is None:
        return redirect("child", record)
    return _shown(request, actor, found, _form(request, found))


@signed_in("POST")
def close_glass(request: HttpRequest, actor: Actor, tie: UUID) -> HttpResponse:
    """Close a record before the hours are over."""
    done = end_tie(actor, tie)
    if isinstance(done, Refused) and done.code != "not taken":
        return refused_page(request, actor, done)
    say_next(
        request, f"{done.number if not isinstance(done, Refused) else 'The record'} is closed to you again."
    )
    return redirect("my-work")


def _sent(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    asked = Breaking(
        reason_kind=request.POST.get("reason_kind", ""),
        words=request.POST.get("words", ""),
        key=as_uuid(request.POST.get("key", "")) or uuid4(),
        strong=sessions.is_strong(request),
    )
    done = break_glass(actor, record, asked)
    if not isinstance(done, Refused):
        return redirect("child", record)
    if done.code != "not taken":
        return refused_page(request, actor, done)
    found = glass_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if found is None:
        return redirect("child", record)
    form = _form(request, found)
    for fault in done.faults:
        form.refuse(fault.place, fault.problem)
    return _shown(request, actor, found, form, done)


def _form(request: HttpRequest, found: GlassPage) -> ActForm:
    reasons = tuple(Option(value=one.value, label=one.label) for one in found.figures.reasons)
    fields = [
        Field(name="reason_kind", label="Why has it to be now?", type="choice", must=True, options=reasons),
        Field(
            name="words",
            label="What happened, and whom did you try to reach?",
            type="long_text",
            must=True,
            hint=f"In your own words, {found.figures.shortest_reason} characters or more. Whoever looks at it reads this",
        ),
    ]
    posted = request.POST if request.method == "POST" else None
    return ActForm(fields, posted=posted, must=("reason_kind", "words"), messages=MESSAGES)


def _shown(
    request: HttpRequest, actor: Actor, found: GlassPage, form: ActForm, refused: Refused | None = None
) -> HttpResponse:
    """The page. A form that was sent before gets a new key only where the page is opened anew."""
    context: Mapping[str, Any] = {
        "found": found,
        "until": words.moment_words(found.until),
        "told": words.listed(found.told),
        "fields": form.render(),
        "errors": form.error_summary(),
        "refused": refused if refused and not refused.faults else None,
        "key": request.POST.get("key") or uuid4(),
    }
    status = STATUS[refused.code] if refused else 200
    return page(request, actor, "break_glass.html", context, status=status)
