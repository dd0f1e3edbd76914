"""Samples for auditors: the form to draw one, and the list of those that run, each with its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.auditing import (
    MOST,
    OF,
    AuditsPage,
    DrawnSample,
    Named,
    Sample,
    SampleWanted,
    audits_page,
    draw_sample,
    end_sample,
)
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid

MUST = ("auditor", "number", "of", "reason", "until")
MESSAGES = {
    "auditor": "Choose who audits",
    "number": f"Enter how many records, from 1 to {MOST}",
    "of": "Choose of which records",
    "reason": "Enter what the audit is about",
    "until": "Enter the last day on which they may read the records",
}


@signed_in("GET", "POST")
def audits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The samples; sent, one is drawn."""
    found = audits_page(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    read = form.read() if request.method == "POST" else None
    if not isinstance(read, dict):
        return _shown(request, actor, found, form)
    done = draw_sample(actor, _wanted(request, read))
    if isinstance(done, Refused):
        if not done.faults:
            return refused_page(request, actor, done)
        for fault in done.faults:
            form.refuse(fault.place, fault.problem)
        return _shown(request, actor, found, form, STATUS[done.code])
    say_next(request, _drawn(done, int(read["number"])))
    return redirect("audits")


@signed_in("POST")
def end_audit(request: HttpRequest, actor: Actor, tie: UUID) -> HttpResponse:
    """End a sample now."""
    done = end_sample(actor, tie)
    if isinstance(done, Refused):
        return refused_page(request, actor, done)
    records = words.counted(done.number, "record is", "records are")
    say_next(request, f"Ended: {records} closed to {done.auditor}.")
    return redirect("audits")


def _drawn(done: DrawnSample, wanted: int) -> str:
    if done.again:
        return f"The sample for {done.auditor} was drawn already, once."
    records = words.counted(done.number, "record", "records")
    fewer = "" if done.number == wanted else " There are no more of that kind."
    return f"Drawn: {records} for {done.auditor}, who finds them on My work.{fewer}"


def _wanted(request: HttpRequest, read: dict[str, Any]) -> SampleWanted:
    return SampleWanted(
        auditor=as_uuid(str(read["auditor"])) or UUID(int=0),
        number=int(read["number"]),
        of=str(read["of"]),
        reason=str(read["reason"]),
        until=date.fromisoformat(str(read["until"])),
        key=as_uuid(request.POST.get("key", "")) or uuid4(),
        days=int(read["days"]) if read.get("days") else None,
        team=as_uuid(str(read.get("team") or "")),
    )


def _form(request: HttpRequest, found: AuditsPage) -> ActForm:
    of = tuple(Option(value=value, label=label) for value, label in OF.items())
    fields = [
        Field(
            name="auditor", label="Who audits?", type="choice", must=True, options=_options(found.auditors)
        ),
        Field(name="number", label="How many records?", type="number", must=True, hint=f"From 1 to {MOST}"),
        Field(name="of", label="Of which records?", type="choice", must=True, options=of),
        Field(
            name="days",
            label="Closed in the last how many days?",
            type="number",
            hint="Only for cases closed lately",
            asked_when={"of": ("closed",)},
        ),
        Field(
            name="team",
            label="Of which team?",
            type="choice",
            hint="Only for the open cases of one team",
            options=_options(found.teams),
            asked_when={"of": ("team",)},
        ),
        Field(
            name="reason",
            label="What is the audit about?",
            type="text",
            must=True,
            hint="Such as: the thresholds of the autumn. Name no child",
        ),
        Field(
            name="until",
            label="Until when?",
            type="date",
            must=True,
            hint=f"The last day on which they may read them. {words.day_words(found.latest)} at the latest",
        ),
    ]
    posted = request.POST if request.method == "POST" else None
    initial = {"until": found.latest.isoformat()}
    return ActForm(fields, posted=posted, initial=initial, must=MUST, messages=MESSAGES)


def _options(found: tuple[Named, ...]) -> tuple[Option, ...]:
    return tuple(Option(value=str(one.id), label=one.name) for one in found)


def _shown(
    request: HttpRequest, actor: Actor, found: AuditsPage, form: ActForm, status: int = 0
) -> HttpResponse:
    context = {
        "running": [_row(one) for one in found.running],
        "over": [_row(one) for one in found.over],
        "fields": form.render(),
        "errors": form.error_summary(),
        "key": request.POST.get("key") or uuid4(),
    }
    return page(
        request,
        actor,
        "audits.html",
        context,
        current="audits",
        status=status or (422 if form.errors else 200),
    )


def _row(one: Sample) -> dict[str, Any]:
    return {
        "tie": one.tie,
        "auditor": one.auditor,
        "number": words.counted(one.number, "record", "records"),
        "reason": one.reason,
        "drawn": f"Drawn by {one.drawn_by} on {words.day_words(one.since)}",
        "until": words.moment_words(one.until),
        "ended": f"Ended by {one.ended_by}" if one.ended_by else "",
    }
