"""Deciding a contact: what was said and the history on the left, the two outcomes of 2.3 and where it goes on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from cairn.application.actors import Actor
from cairn.application.contact import carried_over, decide_contact
from cairn.application.deciding import Several, ToDecide, routes, to_decide
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.typed import is_empty
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, saved_for_later
from cairn.interfaces.web.views.clock import clock_card
from cairn.interfaces.web.views.contact_return import exchanged, return_form, said_back, send_back
from cairn.interfaces.web.views.decision_frame import (
    asked_departures,
    decision_bar,
    departure_form,
    departures_of,
    request_of,
    signature,
    strand_named,
    which_one,
    why_link,
)
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.history import history_at_a_glance
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.refusals import refuse_fields
from cairn.interfaces.web.views.said import facts_and_opinions, rest_of_it, who_said_it
from cairn.interfaces.web.views.who_referred import who_address

ACT = "decide-contact"
# Asked only where it becomes a referral: 3.1, 3.2, then what decides who takes it and who is told (3.3 to 3.19).
OF_A_REFERRAL = ("referral_reason", "level", "recommended_service")
OF_ITS_ROUTE = ("possible_crime", "allegation_against_staff", "imminent_risk", "with_caf", "resource_package", "other_need")  # fmt: skip
OF_AN_UNBORN = ("family_known", "sibling_open", "parent_in_care", "relinquished_for_adoption")
OF_16_OR_17 = ("cannot_stay_home",)
OF_AN_OPEN_CASE = ("new_risk_on_open_case",)
REFERRAL = "progress_to_referral"


@signed_in("GET", "POST")
def contact_decision(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Decide a contact within its 24 hours: close it, or make it a referral with its reason, level and service."""
    draft = begun(request, actor, ACT, record, go_on=True)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    deciding = to_decide(actor, record, ACT, strand_named(request, draft))
    if isinstance(deciding, Refused):
        return refused_page(request, actor, deciding)
    if isinstance(deciding, Several):
        return which_one(request, actor, deciding, "Decide the contact")
    forms = _Forms(_form(deciding, draft), departure_form(deciding.found.gates, draft), return_form(draft))
    if request.method == "GET":
        return _shown(request, actor, deciding, draft, forms)
    pressed = next((done for button, done in BUTTONS.items() if button in request.POST), _signed)
    return pressed(request, actor, deciding, draft, forms)


@dataclass(frozen=True)
class _Forms:
    """What the page asks: the decision, reasons for going past a rule, and what a return asks."""

    decision: ActForm
    past: ActForm
    back: ActForm

    @property
    def is_begun(self) -> bool:
        """Whether anything of the decision was typed."""
        return any(
            not is_empty(value) for form in (self.decision, self.past) for value in form.typed.values()
        )


def _form(deciding: ToDecide, draft: Begun) -> ActForm:
    fields = {field.name: field for field in deciding.found.fields}
    asked = ["outcome", "reason", *_of_a_referral(deciding, fields)]
    return ActForm(
        [fields[name] for name in asked if name in fields],
        posted=draft.posted,
        must=("outcome", "reason", *OF_A_REFERRAL),
        reveals={"outcome": {REFERRAL: OF_A_REFERRAL}},
        messages={"outcome": "Choose what happens with this contact", "reason": "Give your reasons"},
        mark_optional=False,
    )


def _of_a_referral(deciding: ToDecide, fields: dict[str, Field]) -> tuple[str, ...]:
    """What is asked depends on the child: of an unborn child 3.14 to 3.17, of 16 and 17 year olds 3.18."""
    who = deciding.page.identity
    unborn = OF_AN_UNBORN if who.born is None and (who.expected or who.kind == "unborn") else ()
    nearly_grown = OF_16_OR_17 if who.age in ("16", "17") or not (who.born or who.expected) else ()
    is_open = OF_AN_OPEN_CASE if who.worker else ()
    return (*OF_A_REFERRAL, *OF_ITS_ROUTE, *unborn, *nearly_grown, *is_open)


def _signed(
    request: HttpRequest, actor: Actor, deciding: ToDecide, draft: Begun, forms: _Forms
) -> HttpResponse:
    answers = forms.decision.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, deciding, draft, forms, status=422)
    sent = request_of(deciding, draft, answers, departures_of(forms.past, deciding.found.gates))
    done = decide_contact(actor, sent, deciding.opener, draft.id)
    if isinstance(done, Refused):
        if done.code in ("not allowed", "not found"):
            return refused_page(request, actor, done)
        refuse_fields(forms.decision, done)
        return _shown(request, actor, deciding, draft, forms, status=STATUS[done.code], refused=done)
    say_next(request, _said_next(answers, done))
    return redirect(child_address(done.record))


def _said_next(answers: dict[str, Any], done: Recorded) -> str:
    if answers.get("outcome") == REFERRAL:
        return "The contact is now a referral. Its own clocks have started."
    return "The contact is closed with no further action."


def _returned(
    request: HttpRequest, actor: Actor, deciding: ToDecide, draft: Begun, forms: _Forms
) -> HttpResponse:
    done = send_back(actor, deciding, draft, forms.back, keeping=forms.is_begun)
    if done is None:
        return _shown(request, actor, deciding, draft, forms, status=422)
    if isinstance(done, Recorded):
        kept = " What you wrote of the decision is kept." if forms.is_begun else ""
        say_next(request, f"{said_back(deciding)}{kept}")
        return redirect("my-work")
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    return _shown(request, actor, deciding, draft, forms, status=STATUS[done.code], refused=done)


def _saved(
    request: HttpRequest, actor: Actor, deciding: ToDecide, draft: Begun, forms: _Forms
) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "Your draft of the decision is saved. Nothing is decided yet.",
    )


# What each button of the page does; any other signs the decision.
BUTTONS = {"save": _saved, "return": _returned}


def _shown(
    request: HttpRequest,
    actor: Actor,
    deciding: ToDecide,
    draft: Begun,
    forms: _Forms,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    page, opener = deciding.page, deciding.opener
    clock = next(iter(deciding.clocks), None)
    why = why_link(deciding, clock).href if clock else ""
    context = {
        "identity": decision_bar(deciding, f"Decide the contact about {page.identity.name}"),
        "said": facts_and_opinions(opener),
        "from_whom": who_said_it(opener),
        "who_address": who_address(actor, page.identity.record, opener),
        "received": words.moment_words(opener.happened_at),
        "rest": rest_of_it(opener),
        "history": history_at_a_glance(deciding.view, opener, _chronology(page.identity.record)),
        "routes": routes(deciding.view, _known(deciding), _levels()),
        "clock": clock_card(clock, now(), who=f"{clock.rule.who.capitalize()} decides.", why=why)
        if clock
        else None,
        "form": forms.decision.render("outcome", "reason"),
        "questions": _in_two(forms.decision),
        "departures": asked_departures(forms.past, deciding.found.gates, refused),
        "errors": summary_of(forms.decision, forms.past, forms.back),
        "exchange": exchanged(deciding),
        "awaited": _awaited(deciding),
        "back": forms.back.render(),
        "back_open": bool(forms.back.errors) or not is_empty(forms.back.typed["reason"]),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "draft": draft,
        "act": ACT,
        "strand": deciding.strand.id,
        "seen": page.version,
        "signature": signature(actor),
        "consequences": _consequences(),
    }
    return record_page(request, actor, page, "decide_contact.html", context, status=status)


def _awaited(deciding: ToDecide) -> str:
    """Since when the contact centre is asked and has not answered, or ''."""
    asked = deciding.awaited
    return f"{words.moment_words(asked.happened_at)} by {asked.author.name}" if asked else ""


def _in_two(form: ActForm) -> list[SafeString]:
    """What decides who takes a referral and who is told, in two columns."""
    names = [name for name in form.fields if name not in ("outcome", "reason", *OF_A_REFERRAL)]
    half = (len(names) + 1) // 2
    return [form.render(*column) for column in (names[:half], names[half:]) if column]


def _chronology(record: UUID) -> c.Link:
    return c.Link("Whole timeline", reverse("timeline", args=[record]))


def _levels() -> dict[str, str]:
    field = in_use().vocabulary.events["contact.decided"].field("level")
    return {str(option.value): option.label for option in field.options} if field else {}


def _known(deciding: ToDecide) -> dict[str, Any]:
    """What is known of the referral it would become, as far as a route may depend on it."""
    known = carried_over(deciding.opener)
    return {"concern_kind": known["concern_kind"]} if "concern_kind" in known else {}


def _consequences() -> tuple[str, ...]:
    return (
        "**No further action** closes the contact. It stays on the record, and shows in the history of the next.",
        "**A referral** takes over what was said: nothing is typed twice. Its own dates show at once.",
    )
