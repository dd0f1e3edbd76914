"""Sending a contact back to the contact centre from its decision page, and the page on which the contact centre answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.deciding import OnRecord, Several, ToDecide, to_decide
from cairn.application.drafting import Diverged
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.engine.around import RETURNED
from cairn.core.history.event import Event
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, keep, saved_for_later
from cairn.interfaces.web.views.clock import clock_card
from cairn.interfaces.web.views.decision_frame import (
    decision_bar,
    request_of,
    signature,
    strand_named,
    which_one,
    why_link,
)
from cairn.interfaces.web.views.drafts import typed_in
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.refusals import refuse_fields
from cairn.interfaces.web.views.said import facts_and_opinions, rest_of_it, who_said_it

RETURN, COMPLETE = "return-contact", "complete-contact"
PREFIX = "return"


@dataclass(frozen=True)
class Exchanged:
    """One question or answer about a contact, as pages show it."""

    is_question: bool
    who: str
    when: str
    text: str
    from_whom: str = ""


def exchanged(about: OnRecord) -> tuple[Exchanged, ...]:
    """What was asked about a contact and answered, in order."""
    return tuple(_exchanged(event) for event in about.exchange)


def _exchanged(event: Event) -> Exchanged:
    is_question = event.type == RETURNED
    return Exchanged(
        is_question=is_question,
        who=f"{event.author.name}, {event.author.role}",
        when=words.moment_words(event.happened_at),
        text=str(event.data.get("reason" if is_question else "found_out", "")),
        from_whom=str(event.data.get("from_whom", "")),
    )


def return_form(draft: Begun) -> ActForm:
    """The one question that goes with a return; it stands on the page of the decision."""
    field = in_use().vocabulary.events[RETURNED].field("reason")
    return ActForm(
        [field] if field else [],
        posted=draft.posted,
        must=("reason",),
        prefix=PREFIX,
        messages={"reason": "Say what is to be found out first"},
        mark_optional=False,
    )


def send_back(
    actor: Actor, deciding: ToDecide, draft: Begun, form: ActForm, *, keeping: bool
) -> Recorded | Refused | None:
    """Return a contact; None where the form says what is missing.

    With `keeping`, what was typed of the decision is kept as the writer's draft, and is gone on with later.
    """
    answers = form.read()
    if not isinstance(answers, dict):
        return None
    done = send_act(actor, _returning(deciding, draft, answers), None if keeping else draft.id)
    if isinstance(done, Refused):
        refuse_fields(form, done)
    elif keeping and not done.again:
        _keep_the_decision(actor, draft)
    return done


def _keep_the_decision(actor: Actor, draft: Begun) -> None:
    """Keep what was typed of it; where it was saved elsewhere since, as a draft of its own beside that one."""
    written = _without_the_question(draft)
    if isinstance(keep(actor, written), Diverged):
        keep(actor, replace(written, id=uuid4(), version=0))


def _returning(deciding: ToDecide, draft: Begun, answers: dict[str, Any]) -> Request:
    seen = draft.posted.get("seen", "") if draft.posted is not None else ""
    return Request(
        act=RETURN,
        answers=answers,
        record=deciding.page.identity.record,
        strand=deciding.strand.id,
        # Sent twice it is one return; another one, after the answer, is another though the draft is the same.
        key=uuid5(draft.id, f"{RETURN} {seen}"),
    )


def _without_the_question(draft: Begun) -> Begun:
    """The draft as it goes on: what was asked has been sent."""
    posted = typed_in(dict(draft.posted.lists())) if draft.posted is not None else None
    if posted is not None:
        posted.pop(f"{PREFIX}-reason", None)
    return Begun(draft.id, draft.act, draft.record, draft.version, draft.saved_at, posted)


def said_back(deciding: ToDecide) -> str:
    """What is said once a contact went back: it waits elsewhere, and its clock runs on."""
    due = next((clock.due for clock in deciding.clocks if clock.due), None)
    by = f" It is still to be decided by {due_date(due)}." if due else ""
    return f"Returned to the contact centre, which sees on its list what is to be found out.{by}"


@signed_in("GET", "POST")
def complete_contact(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Answer what the manager asked about a contact."""
    draft = begun(request, actor, COMPLETE, record, go_on=True)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    about = to_decide(actor, record, COMPLETE, strand_named(request, draft))
    if isinstance(about, Refused):
        return refused_page(request, actor, about)
    if isinstance(about, Several):
        return which_one(request, actor, about, "Answer about the contact")
    form = _form(about, draft)
    if request.method == "GET":
        return _shown(request, actor, about, draft, form)
    if "save" in request.POST:
        return _saved(request, actor, about, draft, form)
    return _sent(request, actor, about, draft, form)


def _form(about: ToDecide, draft: Begun) -> ActForm:
    return ActForm(
        about.found.fields,
        posted=draft.posted,
        must=about.found.act.must,
        messages={"found_out": "Say what was found out", "from_whom": "Say from whom you have it"},
        mark_optional=False,
    )


def _sent(request: HttpRequest, actor: Actor, about: ToDecide, draft: Begun, form: ActForm) -> HttpResponse:
    answers = form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, about, draft, form, status=422)
    done = send_act(actor, request_of(about, draft, answers, {}), draft.id)
    if isinstance(done, Recorded):
        say_next(request, f"Your answer about {about.page.identity.name} is with the manager, who decides.")
        return redirect("my-work")
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(form, done)
    return _shown(request, actor, about, draft, form, status=STATUS[done.code], refused=done)


def _saved(request: HttpRequest, actor: Actor, about: ToDecide, draft: Begun, form: ActForm) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "Your answer is saved as a draft. The manager does not see it yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    about: ToDecide,
    draft: Begun,
    form: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    page, opener = about.page, about.opener
    clock = next(iter(about.clocks), None)
    why = why_link(about, clock).href if clock else ""
    context = {
        "identity": decision_bar(about, f"Complete the contact about {page.identity.name}"),
        "exchange": exchanged(about),
        "form": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "said": facts_and_opinions(opener),
        "rest": rest_of_it(opener),
        "from_whom": who_said_it(opener),
        "received": words.moment_words(opener.happened_at),
        "clock": clock_card(clock, now(), who=f"{clock.rule.who.capitalize()} decides.", why=why)
        if clock
        else None,
        "draft": draft,
        "act": COMPLETE,
        "strand": about.strand.id,
        "seen": page.version,
        "signature": signature(actor),
    }
    return record_page(request, actor, page, "complete_contact.html", context, status=status)
