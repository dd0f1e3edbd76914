"""Conflicts of interest: the register for those who guard access, and the page on which anybody says that they know a family."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.conflicts import (
    KINDS,
    Conflict,
    ConflictsPage,
    ConflictWanted,
    DeclarePage,
    OfFamily,
    conflicts_page,
    declare,
    declare_page,
    note_conflicts,
    numbered,
)
from cairn.application.refused import Refused
from cairn.application.ties import end_tie
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid

SHORT = {"own": "Their own record", "family": "Their family", "neighbour": "Known in another way"}
OWN_WORDS = {
    "own": "It is my own record",
    "family": "It is my family’s: a child, brother or sister, partner, or somebody else of it",
    "neighbour": "I know the family in another way: a neighbour, a friend, a colleague",
}
MESSAGES = {
    "staff": "Choose who it is",
    "numbers": "Enter the number of a record, such as FC-204816",
    "kind": "Choose how they know the family",
    "reason": "Say in a few words how they know them",
}


@signed_in("GET", "POST")
def conflicts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register, and a form to note a conflict: the whole family is offered before anything is kept."""
    found = conflicts_page(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    read = form.read() if request.method == "POST" else None
    if not isinstance(read, dict):
        return _shown(request, actor, found, form)
    there = numbered(actor, re.split(r"[\s,;]+", str(read["numbers"]).strip()))
    if isinstance(there, Refused):
        return _refused(request, actor, found, form, there)
    named, others = there
    if others and "confirmed" not in request.POST:
        return _shown(request, actor, found, form, named=named, others=others)
    ticked = {as_uuid(one) for one in request.POST.getlist("also")}
    also = [one.record for one in others if one.record in ticked]
    done = note_conflicts(actor, _wanted(read, [one.record for one in named], also))
    if isinstance(done, Refused):
        return _refused(request, actor, found, form, done)
    say_next(
        request,
        f"Noted: {words.counted(len(done), 'record is', 'records are')} closed to {done[0].staff_name}.",
    )
    return redirect("conflicts")


@signed_in("POST")
def end_conflict(request: HttpRequest, actor: Actor, tie: UUID) -> HttpResponse:
    """End a conflict: the record is there again for the person, as far as their role and team go."""
    done = end_tie(actor, tie)
    if isinstance(done, Refused) and done.code != "not taken":
        return refused_page(request, actor, done)
    said = (
        f"{done.reason}."
        if isinstance(done, Refused)
        else f"Ended: {done.number} is there for {done.staff_name} again."
    )
    say_next(request, said)
    return redirect("conflicts")


@signed_in("GET", "POST")
def declaring(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Say that one knows a family: from then on there is no such record."""
    found = declare_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    posted = request.POST if request.method == "POST" else None
    form = ActForm(_asked(OWN_WORDS, "How do you know them?"), posted=posted, must=("kind", "reason"), messages={
        "kind": "Choose how you know the family", "reason": "Say in a few words how you know them",
    })  # fmt: skip
    if posted is None:
        return _declare_shown(request, actor, found, form)
    also = [one for given in posted.getlist("also") if (one := as_uuid(given))]
    done = declare(actor, record, posted.get("kind", ""), posted.get("reason", ""), also)
    if isinstance(done, Refused):
        if not done.faults:
            return refused_page(request, actor, done)
        for fault in done.faults:
            form.refuse(fault.place, fault.problem)
        return _declare_shown(request, actor, found, form, STATUS[done.code])
    say_next(
        request, f"Noted. {words.counted(len(done), 'record is', 'records are')} closed to you from now on."
    )
    return redirect("my-work")


def _form(request: HttpRequest, found: ConflictsPage) -> ActForm:
    people = tuple(
        Option(value=str(one.id), label=f"{one.name}, {', '.join(filter(None, (one.role, one.team)))}")
        for one in found.people
    )
    fields = [
        Field(name="staff", label="Who is it?", type="choice", must=True, options=people),
        Field(
            name="numbers",
            label="Which records?",
            type="text",
            must=True,
            hint="Their numbers, such as FC-204816. The others of the family are offered next",
        ),
        *_asked(dict(KINDS.items()), "How do they know the family?"),
        Field(name="until", label="Until when?", type="date", hint="Leave it empty if it has no end"),
    ]
    posted = request.POST if request.method == "POST" else None
    return ActForm(fields, posted=posted, must=("staff", "numbers", "kind", "reason"), messages=MESSAGES)


def _asked(kinds: dict[Any, str], label: str) -> list[Field]:
    options = tuple(Option(value=str(kind), label=words_) for kind, words_ in kinds.items())
    return [
        Field(name="kind", label=label, type="choice", must=True, options=options),
        Field(
            name="reason",
            label="In a few words",
            type="text",
            must=True,
            hint="Such as: next door, or a brother’s child. Say no more than is needed",
        ),
    ]


def _wanted(read: dict[str, Any], named: list[UUID], also: list[UUID]) -> ConflictWanted:
    until = read.get("until")
    kind = next(one for one in KINDS if one == read["kind"])
    return ConflictWanted(
        staff=as_uuid(str(read["staff"])) or UUID(int=0),
        records=(*named, *also),
        kind=kind,
        reason=str(read["reason"]),
        until=_end_of(date.fromisoformat(str(until))) if until else None,
    )


def _end_of(day: date) -> datetime:
    """The end of a London day."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _refused(
    request: HttpRequest, actor: Actor, found: ConflictsPage, form: ActForm, refused: Refused
) -> HttpResponse:
    if not refused.faults:
        return refused_page(request, actor, refused)
    for fault in refused.faults:
        form.refuse(fault.place if fault.place in form.fields else "numbers", fault.problem)
    return _shown(request, actor, found, form, status=STATUS[refused.code])


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: ConflictsPage,
    form: ActForm,
    *,
    named: Iterable[OfFamily] = (),
    others: Iterable[OfFamily] = (),
    status: int = 0,
) -> HttpResponse:
    context = {
        "lines": [_row(one) for one in found.conflicts],
        "fields": form.render(),
        "errors": form.error_summary(),
        "named": [one.number for one in named],
        "others": list(others),
    }
    return page(
        request,
        actor,
        "conflicts.html",
        context,
        current="conflicts",
        status=status or (422 if form.errors else 200),
    )


def _declare_shown(
    request: HttpRequest, actor: Actor, found: DeclarePage, form: ActForm, status: int = 200
) -> HttpResponse:
    ticked = (
        request.POST.getlist("also")
        if request.method == "POST"
        else [str(one.record) for one in found.family]
    )
    context = {
        "found": found,
        "family": [(one, str(one.record) in ticked) for one in found.family],
        "fields": form.render(),
        "errors": form.error_summary(),
    }
    return page(request, actor, "declare_conflict.html", context, status=status)


def _row(one: Conflict) -> dict[str, Any]:
    return {
        "id": one.id,
        "who": one.name,
        "whose": ", ".join(filter(None, (one.role, one.team))),
        "number": one.number,
        "kind": SHORT[one.kind],
        "reason": one.reason,
        "since": words.day_words(one.since.astimezone(LONDON).date()),
        "until": words.moment_words(one.until) if one.until else "no end",
        "given_by": "themselves" if one.given_by == one.name else one.given_by,
    }
