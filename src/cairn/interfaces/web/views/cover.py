"""Cover for absence: who does whose work from day to day; set, seen and ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.covering import CoverPage, CoverWanted, Person, cover_page, end_cover, set_cover
from cairn.application.refused import Refused
from cairn.application.restricting import restricted_of
from cairn.core.calendar.london import say_range
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.cover_words import cover_row
from cairn.interfaces.web.views.drafts import as_uuid

MESSAGES = {
    "worker": "Choose who is away",
    "by": "Choose who does their work",
    "covered_from": "Enter the first day",
    "covered_until": "Enter the last day",
    "reason": "Enter why cover is needed",
}


@signed_in("GET", "POST")
def cover(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who covers for whom, and a form to set it; what follows from it is said beside."""
    found = cover_page(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    read = form.read() if request.method == "POST" else None
    if not isinstance(read, dict):
        return _shown(request, actor, found, form)
    wanted = _wanted(read)
    done = set_cover(actor, wanted)
    if isinstance(done, Refused):
        for fault in done.faults:
            form.refuse(fault.place, fault.problem)
        return _shown(request, actor, found, form, STATUS[done.code])
    say_next(request, f"{done.by_name} covers for {done.name}, {say_range(done.from_day, done.until_day)}.")
    return redirect("cover")


@signed_in("POST")
def cover_end(request: HttpRequest, actor: Actor, cover: UUID) -> HttpResponse:
    """End a cover before its last day."""
    done = end_cover(actor, cover)
    if isinstance(done, Refused) and done.code == "not found":
        return refused_page(request, actor, done)
    said = (
        f"{done.reason}."
        if isinstance(done, Refused)
        else f"{done.by_name} covers for {done.name} no more. The work stands with {done.name} alone."
    )
    say_next(request, said)
    return redirect("my-work" if isinstance(cover_page(actor), Refused) else "cover")


def _restricted(actor: Actor, found: CoverPage) -> Iterator[dict[str, Any]]:
    """The restricted children of whoever is away: cover does not open them, whoever covers has to be named on each."""
    for one in found.covers:
        children = restricted_of(actor, one.worker) if one.state in ("now", "to come") else ()
        if children:
            yield {
                "who": f"{one.by_name} covers for {one.name}",
                "by": one.by_name,
                "children": [
                    (child.name, f"{reverse('restriction', args=[child.record])}?person={one.by}")
                    for child in children
                ],
            }


def _wanted(read: Mapping[str, Any]) -> CoverWanted:
    """The answers of the form; somebody who is none stands for nobody, and is refused at the question."""
    nobody = UUID(int=0)
    return CoverWanted(
        worker=as_uuid(str(read["worker"])) or nobody,
        by=as_uuid(str(read["by"])) or nobody,
        from_day=date.fromisoformat(str(read["covered_from"])),
        until_day=date.fromisoformat(str(read["covered_until"])),
        reason=str(read["reason"]),
    )


def _form(request: HttpRequest, found: CoverPage) -> ActForm:
    fields = [
        Field(name="worker", label="Who is away?", type="choice", must=True, options=_options(found.away)),
        Field(
            name="by", label="Who does their work?", type="choice", must=True, options=_options(found.able)
        ),
        Field(name="covered_from", label="First day", type="date", must=True, hint="Today or later"),
        Field(
            name="covered_until",
            label="Last day",
            type="date",
            must=True,
            hint="It ends by itself at the end of this day",
        ),
        Field(
            name="reason",
            label="Why?",
            type="text",
            must=True,
            hint="Such as leave or training. Say nothing about anybody’s health",
        ),
    ]
    first = {"worker": str(found.away[0].id)} if len(found.away) == 1 else {}
    posted = request.POST if request.method == "POST" else None
    must = tuple(field.name for field in fields)
    return ActForm(fields, posted=posted, initial=first, must=must, messages=MESSAGES)


def _options(people: Iterable[Person]) -> tuple[Option, ...]:
    return tuple(
        Option(value=str(one.id), label=one.name, hint=f"{one.role.capitalize()}, {one.team}")
        for one in people
    )


def _shown(
    request: HttpRequest, actor: Actor, found: CoverPage, form: ActForm, status: int = 0
) -> HttpResponse:
    context = {
        "fields": form.render(),
        "errors": form.error_summary(),
        "covers": [cover_row(one) for one in found.covers],
        "restricted": list(_restricted(actor, found)),
    }
    return page(
        request,
        actor,
        "cover.html",
        context,
        current="team-work",
        status=status or (422 if form.errors else 200),
    )
