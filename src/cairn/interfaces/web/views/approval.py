"""Deciding an assessment: what is missing and what changed on the left, the decision beside it; signed, or returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.approving import APPROVE, RETURN, SeveralToSign, ToSign, to_sign, was_shown
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.approval_checks import LATE
from cairn.interfaces.web.views.approval_page import Approving, context_of
from cairn.interfaces.web.views.begun import (
    Begun,
    as_number,
    begun,
    kept_though_refused,
    saved_for_later,
)
from cairn.interfaces.web.views.decision_frame import departure_form, departures_of, strand_named
from cairn.interfaces.web.views.not_now import waits_no_more
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.refusals import refuse_fields

DECIDE = Field(
    name="decision",
    label="What do you decide?",
    type="choice",
    options=(Option(value="approve", label="Approve"), Option(value="return", label="Return for changes")),
)
OVER = Field(
    name=LATE,
    label="Why did it take longer than the procedures allow?",
    type="long_text",
    hint="The date stays, and so does the lateness. Your reason stands beside it.",
)
REASON_HINT = (
    "If you return it, say what to change, one line for each thing. The child and the parents may read this."
)
ASKED = ("outcome", "further_action", "decided_with")


@signed_in("GET", "POST")
def approval(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Decide an assessment that was handed in. What is refused loses nothing."""
    return _decide(request, actor, record, APPROVE)


@signed_in("GET", "POST")
def returning(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The same page, with the return chosen."""
    return _decide(request, actor, record, RETURN)


def _decide(request: HttpRequest, actor: Actor, record: UUID, act: str) -> HttpResponse:
    draft = begun(request, actor, act, record, go_on=True)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    it = to_sign(actor, record, strand_named(request, draft), act)
    if isinstance(it, Refused):
        return waits_no_more(request, actor, draft, record, it)
    if isinstance(it, SeveralToSign):
        choices = [(name, f"{request.path}?strand={id_}") for id_, name in it.choices]
        context = {"title": "Decide the assessment", "choices": choices}
        return record_page(request, actor, it.page, "which_one.html", context)
    its = _read(actor, it, draft)
    if request.method == "GET":
        return _shown(request, actor, its)
    return _saved(request, actor, its) if "save" in request.POST else _signed(request, actor, its)


def _read(actor: Actor, it: ToSign, draft: Begun) -> Approving:
    act = in_use().vocabulary.acts[APPROVE]
    fields = {field.name: field for field in in_use().vocabulary.fields_of(act)}
    reason = fields["reason"].model_copy(update={"hint": REASON_HINT})
    asked = [fields[name] for name in ASKED if name != "further_action" or it.kind == "initial"]
    child = it.page.identity.name
    form = ActForm(
        [DECIDE, *asked, OVER, reason, fields["factors"]],
        posted=draft.posted,
        initial={"decision": "return"} if draft.act == RETURN else {},
        must=("decision", "outcome", "reason"),
        reveals={"decision": {"approve": [field.name for field in asked]}},
        messages={
            "decision": "Choose whether you approve the assessment or return it",
            "outcome": f"Choose what follows for {child}",
            "reason": "Give your reasons; if you return it, say what to change",
        },
        mark_optional=False,
    )
    says_why = any(one.rule.departure and actor.role in one.rule.departure.by for one in it.overdue)
    return Approving(it, draft, form, departure_form(it.found.gates, draft), says_why)


def _signed(request: HttpRequest, actor: Actor, its: Approving) -> HttpResponse:
    answers = its.form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, its, status=422)
    approves = answers.pop("decision") == "approve"
    if approves and its.says_why and not answers.get(LATE):
        its.form.refuse(LATE, "Say why it took longer than the procedures allow")
        return _shown(request, actor, its, status=422)
    sent = _approval(its, answers) if approves else _return(its, answers)
    done = send_act(actor, sent, its.draft.id)
    if isinstance(done, Recorded):
        name, kind = its.it.page.identity.name, "approved" if approves else "returned"
        say_next(request, f"{name}’s assessment is {kind}.")
        return redirect(child_address(done.record))
    return _refused(request, actor, its, done)


def _approval(its: Approving, answers: dict[str, object]) -> Request:
    posted: Mapping[str, str] = its.draft.posted or {}
    reasons = departures_of(its.past, its.it.found.gates)
    late = str(answers.pop(LATE, "") or "")
    reasons |= {duty.rule.id: late for duty in its.it.overdue if late}
    bound = {"approves": posted.get("approves") or "not named", "shown": posted.get("shown") or "0"}
    return Request(
        act=APPROVE,
        answers={"kind": its.it.kind, **answers, **bound},
        record=its.it.page.identity.record,
        strand=its.it.strand.id,
        seen=as_number(posted.get("seen")),
        departures=reasons,
        key=its.draft.id,
    )


def _return(its: Approving, answers: dict[str, object]) -> Request:
    return Request(
        act=RETURN,
        answers={"kind": its.it.kind, "reason": answers["reason"]},
        record=its.it.page.identity.record,
        strand=its.it.strand.id,
        key=its.draft.id,
    )


def _refused(request: HttpRequest, actor: Actor, its: Approving, done: Refused) -> HttpResponse:
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(its.form, done)
    its = replace(its, draft=kept_though_refused(actor, its.draft))
    changed = any(one.code == "changed" for one in done.refusals)
    status = STATUS["own work"] if _own(done) else STATUS["moved"] if changed else STATUS[done.code]
    return _shown(request, actor, its, status=status, refused=done)


def _own(done: Refused) -> bool:
    return any(one.code == "own work" for one in done.refusals)


def _saved(request: HttpRequest, actor: Actor, its: Approving) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        its.draft,
        "Your draft of the decision is saved. Nothing is decided yet.",
    )


def _shown(
    request: HttpRequest, actor: Actor, its: Approving, *, status: int = 200, refused: Refused | None = None
) -> HttpResponse:
    posted: Mapping[str, str] = its.draft.posted or {}
    earlier = was_shown(
        its.it, as_number(posted.get("seen")), posted.get("shown", ""), posted.get("approves", "")
    )
    context = context_of(actor, its, refused, earlier)
    return record_page(request, actor, its.it.page, "approve_assessment.html", context, status=status)
