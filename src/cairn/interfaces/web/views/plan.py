"""A child's plan: how each outcome goes, who does what by when, in their own words, and when it is looked at again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.plan_copies import GIVE
from cairn.application.plan_writing import last_saved
from cairn.application.planning import PlanOpened, Words, open_plan
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.engine.conditions_of_plans import rows
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.core.planning.plans import Plan, Version
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.plan_words import action_row, choice_words, lede, outcome_shown
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.times import ReadAt, read_at

ACTS = {
    "revise": "revise-plan",
    "progress": "record-progress",
    "make": "make-plan",
    "change": "record-change",
}


@signed_in("GET")
def plan(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The plan that goes on, or the one named by `plan`; where there is none, how one is made."""
    at = read_at(request)
    it = open_plan(actor, record, request.GET.get("plan", ""), as_at=at.as_at, known_at=at.known_at)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    may = _may(actor, it, at)
    context = {
        "may": may,
        "writing": _writing(it) if may["make"] or may["revise"] else "",
        **(plan_shown(it, at) if it.plan else {"plan": None}),
    }
    return record_page(request, actor, it.page, "record/plan.html", context, current="plan", at=at)


def _may(actor: Actor, it: PlanOpened, at: ReadAt) -> dict[str, bool]:
    """What may be done from here: nothing in a record that is read as it stood, and nothing to a plan that ended."""
    goes_on = it.plan is not None and it.plan.is_open
    may = {name: not at.on and goes_on and may_do(actor, act) for name, act in ACTS.items()}
    opened = any(
        one.kind == "referral" and one.ended is None for one in it.page.view.standing.strands.values()
    )
    may["copy"] = not at.on and it.plan is not None and may_do(actor, GIVE)
    return {**may, "make": not at.on and not goes_on and opened and may_do(actor, ACTS["make"])}


def _writing(it: PlanOpened) -> str:
    """That something is being written already, by whom it was saved last and when."""
    last = last_saved(it.page, it.plan)
    return f"Last saved by {last[0]}, {words.moment_words(last[1])}." if last else ""


def plan_shown(it: PlanOpened, at: ReadAt) -> dict[str, Any]:
    """A plan as plain values."""
    found = it.plan
    if found is None:
        return {}
    data = found.data
    return {
        "plan": found.strand.id,
        "title": choice_words("kind", found.kind) or "Plan",
        "lede": lede(it),
        "lead": str(data.get("lead_professional") or ""),
        "is_open": found.is_open,
        "ended": _ended(found),
        "words": [_words(it, one, at) for one in it.words],
        "silent": it.silent,
        "outcomes": [outcome_shown(one, it.today) for one in found.outcomes],
        "loose": [action_row(one, it.today) for one in found.loose],
        "contingency": rows(data, "contingency"),
        "again": [_again(it, one, at) for one in it.again],
        "year": words.day_words(found.twelve_months_on),
        "longer": str(data.get("longer_reason") or "") if data.get("longer_than_year") is True else "",
        "text": _texts(data),
        "people": rows(data, "roles"),
        "services": rows(data, "services"),
        "versions": [version_line(it, one, at) for one in reversed(found.versions)],
        "copies": [copy_line(one) for one in it.copies],
        "others": [_other(it, one, at) for one in it.others],
    }


def _ended(found: Plan) -> str:
    ended = found.strand.ended
    if ended is None:
        return ""
    reason = str(ended.data.get("reason") or "").rstrip(".")
    return f"{words.day_words(ended.happened_at.day)}, {ended.author.name}{f': {reason}' if reason else ''}."


def _words(it: PlanOpened, one: Words, at: ReadAt) -> dict[str, str]:
    return {
        "who": one.who,
        "text": one.text,
        "on": words.day_words(one.event.happened_at.day),
        "href": reverse("entry", args=[it.page.identity.record, one.event.id]) + at.query,
    }


def _again(it: PlanOpened, duty: DutyView, at: ReadAt) -> dict[str, str]:
    when = due_date(duty.due) if duty.due else "as soon as possible"
    why = reverse("why", args=[it.page.identity.record, duty.key]) + at.query
    return {"title": duty.title, "when": when, "why": why, "late": "yes" if duty.state == "overdue" else ""}


def _texts(data: Any) -> list[tuple[str, str]]:
    """What else the plan says, each under its words."""
    said = [
        ("What the lead professional does", data.get("lead_duties")),
        ("What it takes", data.get("resources")),
        ("How we judge whether it helps", data.get("review_points")),
        ("Who coordinates it", data.get("coordination")),
        ("Also", data.get("text")),
    ]
    return [(title, str(text)) for title, text in said if str(text or "").strip()]


def version_line(it: PlanOpened, one: Version, at: ReadAt) -> dict[str, Any]:
    """A version: when, by whom, what changed and who was asked."""
    event, record = one.event, it.page.identity.record
    asked = choice_words("consulted_whom", event.data.get("consulted_whom"))
    return {
        "number": one.number,
        "day": words.day_words(one.day),
        "by": event.author.name,
        "changed": str(event.data.get("changed") or ""),
        "asked": asked,
        "entry": reverse("entry", args=[record, event.id]) + at.query,
        "pdf": reverse("event-document", args=[record, event.id, "pdf"]),
        "word": reverse("event-document", args=[record, event.id, "word"]),
    }


def copy_line(event: Event) -> dict[str, str]:
    """To whom a copy was given, and when."""
    names = words.listed([str(name) for name in event.data.get("names") or ()])
    to = _to(event)
    return {
        "to": names or to,
        "kind": to if names else "",
        "day": words.day_words(event.happened_at.day),
        "how": str(event.data.get("how") or ""),
    }


def _to(event: Event) -> str:
    field = in_use().vocabulary.events[event.type].field("to")
    return in_words(field, event.data.get("to") or []) if field else ""


def _other(it: PlanOpened, one: Plan, at: ReadAt) -> c.Link:
    base = f"{reverse('plan', args=[it.page.identity.record])}{at.query or '?'}"
    title = f"{choice_words('kind', one.kind) or 'Plan'} of {words.day_words(one.made_on)}"
    return c.Link(title, f"{base}{'&' if at.query else ''}plan={one.strand.id}")
