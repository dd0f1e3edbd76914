"""Closing a case: what has to be in order, who has the closing summary, what was decided, and what is owed after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.closing import PROPOSE, SIGN, ClosingPage, SeveralToClose, open_closing
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.closing.stage import Closing
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.closing_checks import check_list, dissent_row, missing_tag
from cairn.interfaces.web.views.closing_words import summary_list
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.record import due_row
from cairn.interfaces.web.views.record_frame import record_page

LETTERS = (("closing-family", "Write to the family"), ("closing-professionals", "Write to the agencies"))


@signed_in("GET")
def closing(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The page on closing."""
    it = open_closing(actor, record, request.GET.get("strand"))
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    if isinstance(it, SeveralToClose):
        choices = [(name, f"{request.path}?strand={id_}") for id_, name in it.choices]
        which = {"title": "Which referral may close?", "choices": choices}
        return record_page(request, actor, it.page, "which_one.html", which, current="closing")
    shown = _open(actor, it) if it.referral is not None else _closed(it)
    told = it.waits or it.signed
    context: dict[str, Any] = {
        "dissents": [dissent_row(one) for one in it.dissents],
        "disagreements": reverse("disagreements", args=[record]),
        "summary": summary_list(told.proposed) if told else None,
        **shown,
    }
    return record_page(request, actor, it.page, "record/closing.html", context, current="closing")


def _open(actor: Actor, it: ClosingPage) -> dict[str, Any]:
    checks = check_list(actor, it)
    record = it.page.identity.record
    query = f"?strand={it.referral.id}" if it.referral else ""
    return {
        "checks": checks if checks.rows else None,
        "missing": missing_tag(checks),
        "worked_on": it.worked_on,
        "waits": _waits(it.waits) if it.waits else None,
        "decide": f"{act_address(record, SIGN)}?strand={it.waits.id}"
        if it.waits and may_do(actor, SIGN)
        else "",
        "returned": _returned(it.returned) if it.returned and not it.waits else None,
        "hand_in": f"{act_address(record, PROPOSE)}{query}"
        if not it.waits and may_do(actor, PROPOSE)
        else "",
        "close": f"{act_address(record, 'close-case')}{query}"
        if not it.worked_on and may_do(actor, "close-case")
        else "",
        "step_down": act_address(record, "step-down") if may_do(actor, "step-down") else "",
    }


def _closed(it: ClosingPage) -> dict[str, Any]:
    """What stands after a closing: by whom, why, and what is still owed."""
    record = it.page.identity.record
    rows = tuple(due_row(it.page, duty) for duty in it.owed)
    caption = f"What is still to be done for {it.page.identity.name}"
    return {
        "ended": _ended(it.ended) if it.ended else None,
        "owed": c.DueList(caption=caption, rows=rows) if rows else None,
        "letters": [c.Link(title, reverse("letter", args=[record, name])) for name, title in LETTERS],
        "visit": act_address(record, "record-visit"),
        "contact": reverse("new-contact"),
    }


def _waits(found: Closing) -> dict[str, str]:
    return {"by": found.proposed.author.name, "when": words.moment_words(found.proposed.happened_at)}


def _returned(found: Closing) -> dict[str, str]:
    decided = found.decided or found.proposed
    return {
        "by": decided.author.name,
        "when": words.moment_words(decided.happened_at),
        "what": str(decided.data.get("reason") or ""),
    }


def _ended(found: Event) -> dict[str, str]:
    field = in_use().vocabulary.events[found.type].field("reason")
    said = {str(one.value): one.label for one in field.options} if field else {}
    return {
        "by": found.author.name,
        "when": words.moment_words(found.happened_at),
        "why": said.get(str(found.data.get("reason")), ""),
        "explanation": str(found.data.get("explanation") or ""),
    }
