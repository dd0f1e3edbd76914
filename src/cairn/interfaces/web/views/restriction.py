"""A restricted record: who may open it and until when, naming somebody, the look at it again, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.refused import Refused
from cairn.application.restricting import (
    MayOpen,
    Named,
    RestrictionPage,
    WasNamed,
    end_named,
    extend,
    lasts,
    name_somebody,
    restricted_records,
    who_may_open,
)
from cairn.application.restrictions import restriction_of
from cairn.application.rights import limits
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid
from cairn.interfaces.web.views.own_acts import Own, do
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.restricted_rows import review_row

MESSAGES = {
    "person": "Choose who is to open the record",
    "how": "Choose for what",
    "reason": "Enter why they have to open it",
}
HOW = {"task": "For a task", "involved": "They are involved"}


@signed_in("GET", "POST")
def restriction(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Who may open the record, and the form to name somebody."""
    found = who_may_open(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    read = form.read() if request.method == "POST" else None
    if not isinstance(read, dict):
        return _shown(request, actor, found, form)
    how: Named = "involved" if read["how"] == "involved" else "task"
    person = as_uuid(str(read["person"])) or UUID(int=0)
    done = name_somebody(actor, record, person, how, str(read["reason"]))
    if isinstance(done, Refused):
        if not done.faults:
            return refused_page(request, actor, done)
        for fault in done.faults:
            form.refuse(fault.place, fault.problem)
        return _shown(request, actor, found, form, STATUS[done.code])
    say_next(request, f"{done.staff_name} may open this record {_until(done.until)}.")
    return redirect("restriction", record)


@signed_in("POST")
def named(request: HttpRequest, actor: Actor, record: UUID, tie: UUID) -> HttpResponse:
    """Somebody named goes on from now, or ends now."""
    wanted = request.POST.get("do", "")
    how = next((one for one in get_args(Named) if one == wanted), None)
    done = extend(actor, record, tie, how) if how else end_named(actor, record, tie)
    if isinstance(done, Refused):
        return refused_page(request, actor, done)
    said = f"may open this record {_until(done.until)}" if how else "may not open this record any more"
    say_next(request, f"{done.staff_name} {said}.")
    return redirect("restriction", record)


@signed_in("GET", "POST")
def restrict(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Restrict the record: why, and beside the form who will then open it."""
    own = Own(
        act="restrict-record",
        said="The record is restricted. It is open to its worker, the managers of its team and those named on it.",
        to="restriction",
        template="record/restrict.html",
        title="Restrict the record",
        send="Restrict it",
        must=("reason",),
        messages={"reason": "Choose why the record is restricted"},
        beside=lambda found: _beside(actor, found),
    )
    return do(request, actor, record, own)


@signed_in("GET", "POST")
def review(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Say that the restriction is still needed, and why."""
    every = limits().restriction.reviewed_every_days
    return _about_one(
        request,
        actor,
        record,
        Own(
            act="review-restriction",
            said=f"It is still needed. It is looked at again within {every} days.",
            to="restriction",
            template="record/restrict.html",
            title="Is the restriction still needed?",
            send="It is still needed",
            must=("words",),
            messages={"words": "Enter why it is still needed"},
            beside=lambda found: _beside(actor, found),
        ),
    )


@signed_in("GET", "POST")
def lift(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Lift the restriction, and why."""
    return _about_one(
        request,
        actor,
        record,
        Own(
            act="lift-restriction",
            said="The restriction is lifted. The record is opened as any other is.",
            to="restriction",
            template="record/restrict.html",
            title="Lift the restriction",
            send="Lift it",
            must=("words",),
            messages={"words": "Enter why it is not needed any more"},
            beside=lambda found: _beside(actor, found),
        ),
    )


def _about_one(request: HttpRequest, actor: Actor, record: UUID, own: Own) -> HttpResponse:
    """The page of an act about a restriction that stands; where there is none, the page that says so."""
    found = who_may_open(actor, record)
    if not isinstance(found, Refused) and found.may_restrict and found.restricted is None:
        return redirect("restriction", record)
    return do(request, actor, record, own)


def _beside(actor: Actor, found: ActPage) -> dict[str, Any]:
    there = who_may_open(actor, found.page.identity.record)
    opens = there.opens if isinstance(there, RestrictionPage) else ()
    stands = restriction_of(found.page.view)
    return {
        "opens": [f"{one.name}, {one.because}" for one in opens],
        "is_reader_out": stands is None and actor.name not in {one.name for one in opens},
        "every": limits().restriction.reviewed_every_days,
        "restricting": found.act.name == "restrict-record",
        "lifting": found.act.name == "lift-restriction",
        "reviewing": found.act.name == "review-restriction",
    }


def _form(request: HttpRequest, found: RestrictionPage) -> ActForm:
    people = tuple(
        Option(value=str(one.id), label=f"{one.name}, {one.role}{f', {one.team}' if one.team else ''}")
        for one in found.able
    )
    how = tuple(Option(value=one, label=HOW[one], hint=f"{lasts(one).days} days") for one in get_args(Named))
    fields = [
        Field(name="person", label="Who is to open the record?", type="choice", must=True, options=people),
        Field(name="how", label="For what?", type="choice", must=True, options=how),
        Field(name="reason", label="Why do they have to open it?", type="text", must=True),
    ]
    posted = request.POST if request.method == "POST" else None
    must = tuple(field.name for field in fields)
    initial = {"person": request.GET.get("person", "")}
    return ActForm(fields, posted=posted, initial=initial, must=must, messages=MESSAGES)


def _shown(
    request: HttpRequest, actor: Actor, found: RestrictionPage, form: ActForm, status: int = 0
) -> HttpResponse:
    may = found.may_restrict and found.restricted is not None
    context = {
        "restricted": found.restricted,
        "reason": found.reason,
        "since": words.moment_words(found.restricted.since) if found.restricted else "",
        "review": _review(found),
        "opens": [_row(one) for one in found.opens],
        "before": [_before(one) for one in found.before],
        "may_restrict": found.may_restrict,
        "fields": form.render() if may else None,
        "errors": form.error_summary(),
        "longer": [(how, f"{lasts(how).days} days from now") for how in get_args(Named)],
    }
    return record_page(
        request,
        actor,
        found.page,
        "record/restriction.html",
        context,
        current="restriction",
        status=status or (422 if form.errors else 200),
    )


def _review(found: RestrictionPage) -> dict[str, Any] | None:
    if found.restricted is None:
        return None
    day = words.day_words(found.restricted.review_by)
    return {"day": day, "mark": Mark("late", "Overdue") if found.is_overdue else None}


def _row(one: MayOpen) -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "because": f"{one.because}: {one.why}" if one.why else one.because,
        "until": _until(one.until) if one.until else "as long as it is so",
        "tie": one.tie,
    }


def _before(one: WasNamed) -> str:
    by = f", ended by {one.ended_by}" if one.ended_by else ""
    days = f"on {words.day_words(one.since)}, until {words.moment_words(one.until)}"
    return f"{one.name}, named by {one.by} {days}{by}: {one.why}"


def _until(at: datetime | None) -> str:
    return f"until {words.moment_words(at)}" if at else ""


@signed_in("GET")
def restricted_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every restricted record there is for whoever restricts, the next to be looked at first."""
    found = restricted_records(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "lines": [review_row(one) for one in found],
        "overdue": sum(one.is_overdue for one in found),
        "every": limits().restriction.reviewed_every_days,
    }
    return page(request, actor, "restricted.html", context)
