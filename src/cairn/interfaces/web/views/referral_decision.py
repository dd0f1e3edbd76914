"""Deciding a referral: evidence on the left, the decision beside it, brothers and sisters one by one, signed together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application import people
from cairn.application.actors import Actor
from cairn.application.deciding import Several, ToDecide, to_decide
from cairn.application.names import day_of, split_name
from cairn.application.people import Found, PersonFound
from cairn.application.refused import Refused
from cairn.application.siblings import Decided, Sibling, decide_referral, siblings_of
from cairn.core.people.particulars import Asked
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.siblings import Theirs, sibling_form
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, kept_though_refused, saved_for_later
from cairn.interfaces.web.views.decision_frame import (
    departure_form,
    departures_of,
    request_of,
    strand_named,
    which_one,
)
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.referral_page import Deciding, context_of
from cairn.interfaces.web.views.refusals import refuse_fields

ACT = "decide-referral"
MOST_FOUND = 3
ASSESSMENT, NO_ACTION = "assessment", "no_further_action"
CHECK = ("status", "earlier_records_located", "earlier_enquiries")
POINTS = ("protection_now", "child_to_be_seen", "police_needed", "further_action", "who_tells_family")
OTHERS = ("no_siblings", "impact_on_others", "who_else_to_tell")
DECISION = ("outcome", "leads_to", "supported_by", "reason", "against")


@signed_in("GET", "POST")
def referral_decision(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Decide a referral, and for each brother and sister whether to open one. What is refused loses nothing."""
    draft = begun(request, actor, ACT, record, go_on=True)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    it = to_decide(actor, record, ACT, strand_named(request, draft))
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    if isinstance(it, Several):
        return which_one(request, actor, it, "Decide the referral")
    deciding = _read(actor, it, draft)
    if request.method == "GET":
        return _shown(request, actor, deciding)
    return _saved(request, actor, deciding) if "save" in request.POST else _signed(request, actor, deciding)


def _read(actor: Actor, it: ToDecide, draft: Begun) -> Deciding:
    fields = {field.name: field for field in it.found.fields}
    rows = fields["siblings"].fields
    listed = siblings_of(it.view, it.opener)
    asked = [*CHECK, *POINTS, *OTHERS, *DECISION]
    form = ActForm(
        [fields[name] for name in asked if name in fields and not (name == "no_siblings" and listed)],
        posted=draft.posted,
        must=("outcome", "reason"),
        reveals={"outcome": {ASSESSMENT: ("leads_to",), NO_ACTION: ("supported_by",)}},
        messages={
            "outcome": f"Choose what happens for {it.page.identity.name}",
            "reason": "Give your reasons",
        },
        mark_optional=False,
    )
    siblings = tuple(
        sibling_form(one, rows, draft.posted, theirs_of(actor, one, it), later=it.earlier is not None)
        for one in listed
    )
    return Deciding(it, draft, form, departure_form(it.found.gates, draft), siblings)


def theirs_of(actor: Actor, sibling: Sibling, it: ToDecide) -> tuple[Theirs, ...]:
    """Records that may be this brother's or sister's, looked up by name and date of birth; logged as a search."""
    if sibling.record is not None or not sibling.name.strip():
        return ()
    forename, surname = split_name({"name": sibling.name})
    asked = Asked(
        forename=forename,
        surname=surname,
        born=day_of(sibling.born or None),
        expected=day_of(sibling.expected or None),
    )
    found = people.find_person(actor, asked, page=ACT)
    if not isinstance(found, Found):
        return ()
    likely = [
        one
        for one in found.people
        if (one.strength != "unlikely" or one.is_name_alone) and one.record != it.page.identity.record
    ]
    return tuple(Theirs(one.record, _theirs(one)) for one in likely[:MOST_FOUND])


def _theirs(one: PersonFound) -> str:
    """Who may be meant, in a line; of a restricted record the name alone, and not how well it fits."""
    if one.is_name_alone:
        return f"{one.name}. {one.with_whom}"
    return f"{one.name}, {one.number}. {one.strength.capitalize()} match. {one.with_whom}"


def _signed(request: HttpRequest, actor: Actor, deciding: Deciding) -> HttpResponse:
    answers = deciding.form.read()
    # Each is checked, whatever the one before it lacks.
    checked = [one.check() for one in deciding.siblings]
    if not isinstance(answers, dict) or not all(checked):
        return _shown(request, actor, deciding, status=422)
    if deciding.it.earlier is not None:
        answers["supersedes"] = deciding.it.earlier.id
    sent = request_of(
        deciding.it, deciding.draft, answers, departures_of(deciding.past, deciding.it.found.gates)
    )
    decisions = [
        one.decided() for one in deciding.siblings if one.decision and one.decision != one.sibling.decided
    ]
    done = decide_referral(actor, sent, decisions, deciding.it.view, deciding.draft.id)
    if isinstance(done, Decided):
        say_next(request, _said_next(deciding, done))
        return redirect(child_address(done.record))
    return _refused(request, actor, deciding, done)


def _refused(request: HttpRequest, actor: Actor, deciding: Deciding, done: Refused) -> HttpResponse:
    """Refused for this record, or for a brother's or sister's that one may not open: the page says which."""
    if done.code == "not found":
        return refused_page(request, actor, done)
    refuse_fields(deciding.form, done)
    deciding = replace(deciding, draft=kept_though_refused(actor, deciding.draft))
    return _shown(request, actor, deciding, status=STATUS[done.code], refused=done)


def _said_next(deciding: Deciding, done: Decided) -> str:
    opened = [
        one.sibling.name for one in deciding.siblings if one.decision == "open" and not one.sibling.decided
    ]
    own = (
        f" {words.listed(opened)} {'has' if len(opened) == 1 else 'have'} a referral of their own."
        if done.opened
        else ""
    )
    return f"The referral about {deciding.it.page.identity.name} is decided.{own}"


def _saved(request: HttpRequest, actor: Actor, deciding: Deciding) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        deciding.draft,
        "Your draft of the decision is saved. Nothing is decided yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    deciding: Deciding,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    context: dict[str, Any] = context_of(actor, deciding, refused)
    return record_page(request, actor, deciding.it.page, "decide_referral.html", context, status=status)
