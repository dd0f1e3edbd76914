"""Asking agencies: ask, ask again, and record the answer; each from one row of the list, with nothing typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.procedures import in_use
from cairn.core.engine.checks import checks
from cairn.core.engine.consents import AGENCY_CHECKS
from cairn.core.engine.sharing import consents
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.own_acts import Named, Own, OwnForms, do
from cairn.interfaces.web.views.sharing import check_row, consent_row

JUST_NOW = "Leave it empty if it was just now."


def _fields(page: ActPage, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """The fields of the form; which part of the assessment it is about is chosen from the form's own sections."""
    options = _sections()
    asked = (one for one in page.fields if one.name not in without)
    return tuple(
        one.model_copy(update={"type": "choices", "options": options}) if one.name == "about" else one
        for one in asked
        if one.name != "about" or options
    )


def _sections() -> tuple[Option, ...]:
    """The dimensions of the authority's form for assessments; without a form there is nothing to choose from."""
    for form in in_use().protocol.forms:
        if form.strand == "assessment":
            domains = [part for part in form.parts if part.domain]
            return tuple(
                Option(value=one.id, label=one.title.replace("{child}", "the child"))
                for part in domains
                for one in form.of_part(part)
            )
    return ()


def _named(page: ActPage, given: str) -> Named | None:
    """The request that an answer or another asking is about, where it waits."""
    found = next((one for one in checks(page.page.view) if one.is_open and one.id == given), None)
    if found is None or found.asked is None:
        return None
    asked = words.moment_words(found.asked.happened_at)
    answers = {"agency": found.agency} if page.act.name == "record-answer" else {}
    return Named("check", found.id, f"{found.who}, asked {asked}", answers)


def _check_answer(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    if answers.get("nothing_known") is False and not str(answers.get("answer") or "").strip():
        forms.answers.refuse("answer", "Enter what they say")


def _check_asked(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    if answers.get("basis") == "safeguarding" and not str(answers.get("why_necessary") or "").strip():
        forms.answers.refuse("why_necessary", "Enter why it is necessary to safeguard a child")


def _consent_now(page: ActPage) -> Mapping[str, Any]:
    found = next((one for one in consents(page.page.view) if one.purpose == AGENCY_CHECKS), None)
    return {"consent": consent_row(page.page, found) if found else None}


def _agreed(page: ActPage) -> Mapping[str, Any]:
    """With consent that stands, the ground and whose it is are known: they may be changed."""
    found = next((one for one in consents(page.page.view) if one.purpose == AGENCY_CHECKS), None)
    if found is None or found.state != "given":
        return {}
    return {
        "basis": "consent",
        "agreed_by": words.listed([str(one.data.get("whose")) for one in found.given]),
    }


def _waiting(page: ActPage) -> Mapping[str, Any]:
    return {"waiting": [check_row(page.page, one) for one in checks(page.page.view) if one.is_open]}


ASK = Own(
    act="ask-agency",
    said="Recorded as asked. It stands under “Waiting for other people” until there is an answer.",
    to="sharing",
    template="record/ask_agency.html",
    messages={
        "agency": "Choose which agency",
        "what": "Enter what was asked",
        "basis": "Choose on what ground it is shared",
    },
    ask=lambda page: _fields(page, without=("about",)),
    initial=_agreed,
    check=_check_asked,
    beside=lambda page: {**_consent_now(page), **_waiting(page)},
    when=Field(name="happened", label="When was it asked?", type="moment", hint=JUST_NOW),
)
CHASE = Own(
    act="chase-agency",
    said="Recorded that they were asked again.",
    to="sharing",
    title="Ask again",
    named=_named,
    named_by="check",
    messages={"check": "Choose which request it is about"},
    when=Field(name="happened", label="When were they asked again?", type="moment", hint=JUST_NOW),
)
ANSWER = Own(
    act="record-answer",
    said="Answer recorded.",
    to="sharing",
    ask=_fields,
    named=_named,
    named_by="check",
    must=("nothing_known",),
    messages={"agency": "Choose which agency", "nothing_known": "Choose whether they know anything"},
    check=_check_answer,
    when=Field(name="happened", label="When did they answer?", type="moment", hint=JUST_NOW),
)


@signed_in("GET", "POST")
def ask(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Ask an agency, with consent or on a ground without."""
    return do(request, actor, record, ASK)


@signed_in("GET", "POST")
def chase(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Ask an agency again that has not answered."""
    return do(request, actor, record, CHASE)


@signed_in("GET", "POST")
def answer(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record what an agency says: to the request that was chosen, or unasked."""
    return do(request, actor, record, ANSWER)
