"""Stepping down to early help, and up from it: what the procedures ask first stands beside the form, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.stepping import Asked, asked_before, clock_of
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web import components as c
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.own_acts import Own, OwnForms, do
from cairn.interfaces.web.views.refusals import source_words

DOWN, UP = "step-down", "step-up"
TEAM_PARTS = {
    "members": "Say who belongs to the team (8.13)",
    "action_plan": "Say what is to be done (8.13)",
    "first_review": "Give the day of the first review (8.13)",
    "lead_professional": "Name the lead professional (8.13)",
}


@signed_in("GET", "POST")
def step_down(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Step down: consent, agreement, the panel or MASG, and of a team around the child its four parts."""
    own = Own(
        act=DOWN,
        said="Stepped down. What is left is to close the case to children’s social care.",
        to="closing",
        template="record/stepping.html",
        title="Step down to early help",
        send="Step down",
        must=("to_kind", "agreed"),
        messages={
            "to_service": "Enter to which service",
            "to_kind": "Choose as what it goes on",
            "agreed": "Choose whether child and parents agree",
            "reason": "Say why",
        },
        check=_check_down,
        beside=lambda page: _beside(actor, page),
    )
    return do(request, actor, record, own)


@signed_in("GET", "POST")
def step_up(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Step up from early help: from which service, and why what was done there is not enough (8.14)."""
    own = Own(
        act=UP,
        said="The step up is recorded.",
        template="record/stepping.html",
        title="Step up from early help",
        must=("from_service", "reason"),
        messages={
            "from_service": "Enter from which service",
            "reason": "Say which needs were not met, or what points to harm (8.14)",
        },
        beside=lambda page: _beside(actor, page),
    )
    return do(request, actor, record, own)


def _check_down(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    if answers.get("to_kind") == "team_around_the_child":
        for name, message in TEAM_PARTS.items():
            if not answers.get(name):
                forms.answers.refuse(name, message)
    review, today = _day(answers.get("first_review")), now().astimezone(LONDON).date()
    if review is not None and review < today:
        forms.answers.refuse("first_review", "The first review lies ahead: enter a day that is to come")


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _beside(actor: Actor, page: ActPage) -> dict[str, Any]:
    record = page.page.identity.record
    rows = tuple(_row(one, record) for one in asked_before(actor, page))
    clock = clock_of(page.page.view, page.act.yields[0].event)
    return {
        "checks": c.CheckList(rows=rows) if rows else None,
        "due": due_date(clock.due) if clock and clock.due else "",
        "why": reverse("why", args=[record, clock.key]) if clock else "",
        "due_title": clock.rule.title if clock else "",
        "is_down": page.act.name == DOWN,
    }


def _row(one: Asked, record: UUID) -> c.CheckRow:
    where = source_words(one.gate.source).capitalize()
    if one.is_there:
        return c.CheckRow(Mark("done", "There"), one.gate.title, f"{where}.")
    only = f" {one.only_for}." if one.only_for else ""
    unknown = f" Not known: {one.unknown}." if one.unknown else ""
    link = c.Link(one.verb, act_address(record, one.act), f": {one.missing}") if one.act else None
    mark = Mark("waits", "If needed") if one.only_for else Mark("gap", "Missing")
    return c.CheckRow(mark, one.missing, f"{where}.{only}{unknown}", link)
