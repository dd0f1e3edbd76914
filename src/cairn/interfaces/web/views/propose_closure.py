"""The closing summary: begun with what the record tells, each open action named, handed in to a manager."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.closing import (
    PROPOSE,
    ClosingPage,
    begin_with,
    closing_page,
    open_closing,
    referral_named,
    waits_for,
)
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.moment import LONDON
from cairn.core.closing.stage import Closing
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.closing_checks import beside_list
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.own_acts import Own, OwnForms, do

ASKED = (
    "summary", "reason", "decided_in", "decided_on", "decided_by", "family_part", "agree", "agencies", "agencies_agree",
    "actions_left", "other_help", "lead_professional", "dissents",
)  # fmt: skip
MUST = (
    "decided_in",
    "decided_on",
    "decided_by",
    "family_part",
    "agree",
    "agencies_agree",
    "actions_left",
    "other_help",
)
MESSAGES = {
    "summary": "Write the closing summary",
    "reason": "Say why the case can close",
    "decided_in": "Choose where closing was decided",
    "decided_on": "Enter the day on which it was decided",
    "decided_by": "Enter by whom it was decided",
    "family_part": "Choose how child and family took part",
    "agree": "Choose whether child and parents agree",
    "agencies_agree": "Choose whether all the agencies agree",
    "actions_left": "Say what becomes of each action that is still open (8.15)",
    "other_help": "Choose who goes on helping",
}


@signed_in("GET", "POST")
def propose_closure(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Write the closing summary and hand it in. While a manager has one, no other is handed in."""
    strand = request.POST.get("strand") or request.POST.get("in-strand") or request.GET.get("strand")
    if request.method == "GET":
        found = open_closing(actor, record, strand)
        if isinstance(found, Refused):
            return refused_page(request, actor, found)
        if isinstance(found, ClosingPage) and (found.waits is not None or found.referral is None):
            return not_now(request, actor, record, _not_now(found))
    return do(request, actor, record, _own(actor, strand))


def _not_now(found: ClosingPage) -> Refused:
    if found.waits is None:
        return Refused("not found", "Nothing is open on this record, so there is nothing to close")
    return Refused("not found", _waits(found.waits), "It is on the page Closing.")


def _waits(waits: Closing) -> str:
    by, when = waits.proposed.author.name, words.moment_words(waits.proposed.happened_at)
    return f"A manager has a closing summary already: {by} handed it in, {when}"


def _own(actor: Actor, strand: str | None) -> Own:
    return Own(
        act=PROPOSE,
        said="The closing summary is handed in. A manager finds it under their work; you find it under Closing.",
        to="closing",
        template="record/propose_closure.html",
        title="Closing summary",
        send="Hand it in",
        ask=lambda page: _fields(page, strand),
        initial=lambda page: begin_with(page.page, strand),
        must=MUST,
        messages=MESSAGES,
        check=lambda forms, answers: _check(forms, answers, strand),
        beside=lambda page: _beside(actor, page, strand),
        when=Field(
            name="happened",
            label="When do you hand it in?",
            type="moment",
            hint="Leave it empty if it is now.",
        ),
    )


def _fields(page: ActPage, strand: str | None) -> tuple[Field, ...]:
    """The questions in the order in which a summary is thought through; open actions only where there are any."""
    by_name = {field.name: field for field in page.fields}
    left = begin_with(page.page, strand).get("actions_left")
    names = [name for name in ASKED if name in by_name and (name != "actions_left" or left)]
    return tuple(by_name[name] for name in names)


def _check(forms: OwnForms, answers: Mapping[str, Any], strand: str | None) -> None:
    _check_day(forms, answers)
    _check_actions(forms, answers, strand)
    _check_agencies(forms, answers)
    if answers.get("other_help") not in (None, "nobody") and not answers.get("lead_professional"):
        forms.answers.refuse("lead_professional", "Name the lead professional from now on (8.16)")
    referral = referral_named(forms.page.page, strand or str(answers.get("strand") or ""))
    waits = waits_for(forms.page.page, referral) if referral else None
    if waits is not None:
        forms.answers.refuse("summary", f"{_waits(waits)}. What you wrote stays here until you throw it away")


def _check_day(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    if str(answers.get("decided_on") or "") > str(now().astimezone(LONDON).date()):
        forms.answers.refuse("decided_on", "It cannot have been decided on a day that is still to come")


def _check_actions(forms: OwnForms, answers: Mapping[str, Any], strand: str | None) -> None:
    told = {str(row.get("action")) for row in answers.get("actions_left") or () if row.get("becomes")}
    for row in begin_with(forms.page.page, strand).get("actions_left", ()):
        if row["action"] not in told:
            forms.answers.refuse("actions_left", f"Say what becomes of action {row['action']}: {row['what']}")


def _check_agencies(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    against = [str(row["agency"]) for row in answers.get("agencies") or () if row.get("agrees") == "no"]
    if against and answers.get("agencies_agree") is True:
        named = words.listed(against)
        forms.answers.refuse(
            "agencies_agree", f"You wrote that {named} does not agree: choose No, or change that"
        )


def _beside(actor: Actor, page: ActPage, strand: str | None) -> dict[str, Any]:
    it = _closing_beside(actor, page, strand)
    if it is None:
        return {}
    checks = beside_list(actor, it)
    asked = it.returned.decided if it.returned else None
    return {
        "missing": checks.rows,
        "asked": str(asked.data.get("reason") or "") if asked else "",
        "asked_by": f"{asked.author.name}, {words.moment_words(asked.happened_at)}" if asked else "",
    }


def _closing_beside(actor: Actor, page: ActPage, strand: str | None) -> ClosingPage | None:
    """How far the closing is, of a record that is open already; None where several referrals could be meant."""
    referral = referral_named(page.page, strand)
    return closing_page(actor, page.page, referral) if referral else None
