"""Deciding about one brother or sister on their own: one who waited for an answer, or later with what is new (3.9)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.deciding import Several, ToDecide, to_decide
from cairn.application.refused import Refused
from cairn.application.siblings import Decided, Sibling, decide_sibling, siblings_of
from cairn.core.engine.summary import decision_on
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.siblings import SiblingForm, sibling_form
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, saved_for_later
from cairn.interfaces.web.views.decision_frame import (
    asked_departures,
    departure_form,
    departures_of,
    named,
    request_of,
    signature,
    strand_named,
    which_one,
)
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.referral_decision import theirs_of
from cairn.interfaces.web.views.referral_page import sibling_card, what_was_said

ACT = "decide-sibling"
NOBODY = Refused("not found", "No brother or sister is listed on this record", "Add them first.")


@signed_in("GET", "POST")
def sibling_decision(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Decide whether to open a referral for one brother or sister; opened, it goes on a record of their own."""
    draft = begun(request, actor, ACT, record)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    it = to_decide(actor, record, ACT, strand_named(request, draft))
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    if isinstance(it, Several):
        return which_one(request, actor, it, "Decide about a brother or sister")
    listed = {one.id: one for one in siblings_of(it.view, it.opener)}
    chosen = listed.get(named(request, draft, "sibling") or next(iter(listed), ""))
    if chosen is None:
        return refused_page(request, actor, NOBODY)
    form = _form(actor, it, chosen, draft)
    past = departure_form(it.found.gates, draft)
    if request.method == "GET":
        return _shown(request, actor, it, draft, form, past)
    answer = _saved if "save" in request.POST else _signed
    return answer(request, actor, it, draft, form, past)


def _form(actor: Actor, it: ToDecide, sibling: Sibling, draft: Begun) -> SiblingForm:
    later = decision_on(it.view, it.strand) is not None
    return sibling_form(sibling, it.found.fields, draft.posted, theirs_of(actor, sibling, it), later=later)


def _signed(
    request: HttpRequest, actor: Actor, it: ToDecide, draft: Begun, form: SiblingForm, past: ActForm
) -> HttpResponse:
    if not form.check():
        return _shown(request, actor, it, draft, form, past, status=422)
    if not form.decision:
        form.form.refuse("decision", f"Choose whether to open a referral for {form.sibling.name}")
        return _shown(request, actor, it, draft, form, past, status=422)
    sent = request_of(it, draft, {}, departures_of(past, it.found.gates))
    done = decide_sibling(actor, sent, form.decided(), it.view, draft.id)
    if isinstance(done, Decided):
        own = " A referral of their own is open." if done.opened else ""
        say_next(request, f"The decision about {form.sibling.name} is signed.{own}")
        return redirect(child_address(done.record))
    if done.code == "not found":
        return refused_page(request, actor, done)
    for refusal in done.refusals:
        if refusal.field in form.form.fields:
            form.form.refuse(refusal.field, refusal.missing)
    return _shown(request, actor, it, draft, form, past, status=STATUS[done.code], refused=done)


def _saved(
    request: HttpRequest, actor: Actor, it: ToDecide, draft: Begun, form: SiblingForm, past: ActForm
) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "Your draft of the decision is saved. Nothing is decided yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: ToDecide,
    draft: Begun,
    form: SiblingForm,
    past: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    others = [one for one in siblings_of(it.view, it.opener) if one.id != form.sibling.id]
    context = {
        **what_was_said(actor, it),
        "sibling": form.sibling,
        "card": sibling_card(form, it.page.identity.name),
        "others": [(one.name, f"{request.path}?strand={it.strand.id}&sibling={one.id}") for one in others],
        "departures": asked_departures(past, it.found.gates, refused),
        "errors": summary_of(form.form, past),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "note": c.Note(lines=(COPIED,)),
        "draft": draft,
        "act": ACT,
        "strand": it.strand.id,
        "seen": it.page.version,
        "signature": signature(actor),
    }
    return record_page(request, actor, it.page, "decide_sibling.html", context, status=status)


COPIED = (
    "Opened, they get a referral of their own on their own record, with the contact copied. Nothing else is "
    "copied: a child’s file stays that child’s (3.10, 3.11)."
)
