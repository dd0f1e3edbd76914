"""Deciding a closing summary: what is missing first, the summary, the audit and whose involvement ends; closed, or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.closing import RETURN, SIGN, SeveralToClose, ToClose, to_close
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.closing.stage import disagreeing
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import (
    Begun,
    as_number,
    begun,
    kept_though_refused,
    saved_for_later,
)
from cairn.interfaces.web.views.decision_frame import departure_form, departures_of, strand_named
from cairn.interfaces.web.views.not_now import waits_no_more
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.refusals import refuse_fields
from cairn.interfaces.web.views.sign_closure_page import Deciding, context_of

DECIDE = Field(
    name="decision",
    label="What do you decide?",
    type="choice",
    options=(Option(value="close", label="Sign and close"), Option(value="return", label="Send it back")),
)
FIRST = Field(
    name="to_do",
    label="What has to be done first?",
    type="long_text",
    hint="One line for each thing. The social worker finds it under My work.",
)
ASKED = ("audit", "comment", "involvements", "despite", "reason", "explanation")
MESSAGES = {
    "decision": "Choose whether you close the case or send the summary back",
    "audit": "Tick what you audited (10.10)",
    "involvements": "Say whose involvement ends, and why (10.10)",
    "reason": "Choose why the case closes",
    "to_do": "Say what has to be done first",
    "despite": "Say why you close although somebody disagrees (10.8)",
}


@signed_in("GET", "POST")
def sign_closure(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Decide a closing summary that was handed in. What is refused loses nothing."""
    return _decide(request, actor, record, SIGN)


@signed_in("GET", "POST")
def return_closure(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The same page, with sending back chosen."""
    return _decide(request, actor, record, RETURN)


def _decide(request: HttpRequest, actor: Actor, record: UUID, act: str) -> HttpResponse:
    draft = begun(request, actor, act, record, go_on=True)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    it = to_close(actor, record, strand_named(request, draft), act)
    if isinstance(it, Refused):
        return waits_no_more(request, actor, draft, record, it, led_to="closing")
    if isinstance(it, SeveralToClose):
        choices = [(name, f"{request.path}?strand={id_}") for id_, name in it.choices]
        context = {"title": "Which closing summary?", "choices": choices}
        return record_page(request, actor, it.page, "which_one.html", context)
    its = _read(it, draft)
    if request.method == "GET" or its.form.is_asking_for_more:
        return _shown(request, actor, its)
    return _saved(request, actor, its) if "save" in request.POST else _signed(request, actor, its)


def _read(it: ToClose, draft: Begun) -> Deciding:
    act = in_use().vocabulary.acts[SIGN]
    fields = {field.name: field for field in in_use().vocabulary.fields_of(act)}
    asked = [fields[name] for name in ASKED if name != "despite" or disagreeing(it.proposed)]
    form = ActForm(
        [DECIDE, *asked, FIRST],
        posted=draft.posted,
        initial={
            "involvements": it.involved,
            **({"decision": "return"} if draft.act == RETURN else {}),
        },
        must=("decision", "audit", "involvements", "reason", "to_do", "despite"),
        reveals={"decision": {"close": [field.name for field in asked], "return": ["to_do"]}},
        messages=MESSAGES,
        mark_optional=False,
    )
    return Deciding(it, draft, form, departure_form(it.found.gates, draft))


def _signed(request: HttpRequest, actor: Actor, its: Deciding) -> HttpResponse:
    answers = its.form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, its, status=422)
    closes = answers.pop("decision") == "close"
    if closes and not _reasons_given(its.form, answers):
        return _shown(request, actor, its, status=422)
    sent = _closing(its, answers) if closes else _return(its, answers)
    done = send_act(actor, sent, its.draft.id)
    if isinstance(done, Recorded):
        name = its.it.page.identity.name
        said = (
            f"{name}’s case is closed. What is still to be done stands here."
            if closes
            else "It is sent back."
        )
        say_next(request, said)
        return redirect("closing", done.record)
    return _refused(request, actor, its, done)


def _reasons_given(form: ActForm, answers: Mapping[str, Any]) -> bool:
    """Whether each involvement that ends has its reason (10.10); else each that has none is named."""
    without = [str(row["who"]) for row in answers.get("involvements") or () if not row.get("reason")]
    for who in without:
        form.refuse("involvements", f"Say why the involvement of {who} ends (10.10)")
    return not without


def _closing(its: Deciding, answers: dict[str, Any]) -> Request:
    posted: Mapping[str, str] = its.draft.posted or {}
    bound = {"approves": posted.get("approves") or "not named", "shown": posted.get("shown") or "0"}
    return Request(
        act=SIGN,
        answers={**answers, **bound},
        record=its.it.page.identity.record,
        strand=its.it.closing.id,
        seen=as_number(posted.get("seen")),
        departures=departures_of(its.past, its.it.found.gates),
        key=its.draft.id,
    )


def _return(its: Deciding, answers: dict[str, Any]) -> Request:
    return Request(
        act=RETURN,
        answers={"reason": answers["to_do"]},
        record=its.it.page.identity.record,
        strand=its.it.closing.id,
        key=its.draft.id,
    )


def _refused(request: HttpRequest, actor: Actor, its: Deciding, done: Refused) -> HttpResponse:
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(its.form, done)
    its = replace(its, draft=kept_though_refused(actor, its.draft))
    codes = {one.code for one in done.refusals}
    code = "own work" if "own work" in codes else "moved" if "changed" in codes else done.code
    return _shown(request, actor, its, status=STATUS[code], refused=done)


def _saved(request: HttpRequest, actor: Actor, its: Deciding) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        its.draft,
        "Your draft of the decision is saved. Nothing is decided yet.",
    )


def _shown(
    request: HttpRequest, actor: Actor, its: Deciding, *, status: int = 200, refused: Refused | None = None
) -> HttpResponse:
    context = context_of(actor, its, refused)
    return record_page(request, actor, its.it.page, "sign_closure.html", context, status=status)
