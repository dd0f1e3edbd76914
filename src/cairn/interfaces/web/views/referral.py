"""One referral with all that was said, its dates and who was told; and recording one directly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.deciding import OnRecord, open_referral
from cairn.application.doing import may_do
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Request
from cairn.application.referral import About, refer
from cairn.application.refused import Refused
from cairn.application.siblings import siblings_of
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.summary import decision_on
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.contact import RECEIVED
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, saved_for_later
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record import due_row
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.referral_page import came_in, what_was_said
from cairn.interfaces.web.views.refusals import refuse_fields
from cairn.interfaces.web.views.said import rest_of_it
from cairn.interfaces.web.views.told import who_must_be_told

ACT = "record-referral"
DECIDE = "decide-referral"
SIBLING_DECIDED = {
    "open": c.Tag("Referral opened", "done"),
    "do_not_open": c.Tag("Not opened", "plain"),
    "ask_first": c.Tag("Asked first", "soon"),
    "": c.Tag("To decide", "soon"),
}
# The parts of a referral's form: title, then its fields in one or two columns.
PARTS: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "referrer",
        "Who made the referral",
        (("source", "referrer_name", "referrer_role", "referrer_organisation", "referrer_contact"), ("received", "route", "may_name_referrer")),
    ),
    (
        "worry",
        "The worry",
        (("concern", "how_it_arose", "child_views"), ("concern_kind", "affects_other_children", "primary_need")),
    ),
    ("child", "What is known of the child and the family", (("development", "parenting"), ("special_circumstances", "parent_knows", "reason_not_told"))),
    ("where", "Where it goes", (("reason", "level"), ("recommended_service",))),
    (
        "points",
        "What decides who takes it and who is told",
        (
            ("possible_crime", "allegation_against_staff", "imminent_risk", "with_caf", "new_risk_on_open_case"),
            ("resource_package", "other_need", "cannot_stay_home", "family_known", "sibling_open", "parent_in_care",
             "relinquished_for_adoption", "earlier_enquiries"),
        ),
    ),
)  # fmt: skip


@signed_in("GET")
def referral(request: HttpRequest, actor: Actor, record: UUID, strand: UUID) -> HttpResponse:
    """One referral: what was said, what is due, who was told, the decision, brothers and sisters."""
    it = open_referral(actor, record, str(strand))
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    decision = decision_on(it.view, it.strand)
    # Whom to tell has its own table.
    mine = [
        duty
        for duty in it.page.open_duties
        if duty.strand is not None and duty.strand.id == it.strand.id and duty.rule.kind == "duty"
    ]
    context = {
        **what_was_said(actor, it),
        "came_in": list(came_in(it)),
        "due": c.DueList(
            caption="What is due on this referral", rows=tuple(due_row(it.page, duty) for duty in mine)
        ),
        "has_due": bool(mine),
        "told": who_must_be_told(it),
        "decision": rest_of_it(decision) if decision else None,
        "decided_by": f"{decision.author.name}, {words.moment_words(decision.happened_at)}"
        if decision
        else "",
        "siblings": [(one, SIBLING_DECIDED[one.decided]) for one in siblings_of(it.view, it.opener)],
        "next": [*_decide(actor, it), *_steps(it)],
    }
    return record_page(request, actor, it.page, "referral.html", context)


def _decide(actor: Actor, it: OnRecord) -> Iterator[tuple[str, str]]:
    """To decide it, for those who may, while nobody has."""
    if it.strand.ended is None and decision_on(it.view, it.strand) is None and may_do(actor, DECIDE):
        yield in_use().vocabulary.acts[DECIDE].verb, _address(it, DECIDE)


def _steps(it: OnRecord) -> Iterator[tuple[str, str]]:
    for act in it.page.next_acts:
        if act.strand == it.strand.id:
            yield act.verb, _address(it, act.act)


def _address(it: OnRecord, act: str) -> str:
    return f"{act_address(it.page.identity.record, act)}?strand={it.strand.id}"


@signed_in("GET", "POST")
def new_referral(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record a referral directly. On a record that one may not open, nothing but the name is shown."""
    about = refer(actor, record)
    if isinstance(about, Refused):
        return refused_page(request, actor, about)
    draft = begun(request, actor, ACT, record)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    form = _form(draft)
    if request.method == "GET" or form.is_asking_for_more:
        return _shown(request, actor, about, draft, form)
    if "save" in request.POST:
        return _saved(request, actor, about, draft, form)
    return _sent(request, actor, about, draft, form)


def _form(draft: Begun) -> ActForm:
    vocabulary = in_use().vocabulary
    act = vocabulary.acts[ACT]
    placed = {name for _, _, columns in PARTS for column in columns for name in column}
    fields = [field for field in vocabulary.fields_of(act) if field.name in placed]
    initial = {"received": now().astimezone(LONDON).isoformat(timespec="minutes")}
    return ActForm(
        [RECEIVED, *fields], posted=draft.posted, initial=initial, must=act.must, mark_optional=False,
        messages={"source": "Say who made the referral", "concern": "Say what the worry is"},
    )  # fmt: skip


def _sent(request: HttpRequest, actor: Actor, about: About, draft: Begun, form: ActForm) -> HttpResponse:
    answers = form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, about, draft, form, status=422)
    at = str(answers.pop("received"))
    sent = Request(act=ACT, answers=answers, record=about.record, at=at, key=draft.id)
    done = send_act(actor, sent, draft.id)
    if isinstance(done, Refused):
        if done.code in ("not allowed", "not found"):
            return refused_page(request, actor, done)
        refuse_fields(form, done, at="received")
        return _shown(request, actor, about, draft, form, status=STATUS[done.code], refused=done)
    say_next(request, "The referral is recorded. Its dates show at once.")
    return redirect("referral", done.record, done.events[-1])


def _saved(request: HttpRequest, actor: Actor, about: About, draft: Begun, form: ActForm) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "Your draft of the referral is saved. It is not sent yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    about: About,
    draft: Begun,
    form: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "about": about,
        "draft": draft,
        "parts": [
            (id_, title, [form.render(*column) for column in columns]) for id_, title, columns in PARTS
        ],
        "errors": summary_of(form),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
    }
    return page(request, actor, "record_referral.html", context, status=status)
