"""The plan as it stands, beside the review that judges it: each outcome, how it goes, and what became of its actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from cairn.application.child import ChildPage
from cairn.core.calendar.moment import LONDON
from cairn.core.planning.plans import Action, Outcome, Plan, plans
from cairn.interfaces.web import words
from cairn.interfaces.web.views.plan_words import action_mark, outcome_mark


def plan_stands(found: ChildPage) -> dict[str, Any]:
    """What a reviewer needs of the plan: its outcomes with their state today. Without a plan, that there is none."""
    its = next((one for one in plans(found.view.standing) if one.is_open), None)
    if its is None:
        return {"outcomes": [], "loose": []}
    today = found.as_at.astimezone(LONDON).date()
    return {
        "made": words.day_words(its.made_on),
        "changed": _changed(its),
        "outcomes": [_outcome(one, today) for one in its.outcomes],
        "loose": [_action(one, today) for one in its.loose],
    }


def _changed(its: Plan) -> str:
    last = its.current
    return words.day_words(last.day) if last.number > 1 else ""


def _outcome(one: Outcome, today: date) -> dict[str, Any]:
    return {
        "text": one.text or one.need or "No outcome is named",
        "measure": one.measure,
        "mark": outcome_mark(one),
        "actions": [_action(action, today) for action in one.actions],
    }


def _action(one: Action, today: date) -> dict[str, Any]:
    by = f"by {words.day_words(one.by_when)}" if one.by_when else one.going_on
    return {
        "what": one.what or "No action is named",
        "more": ", ".join(filter(None, (one.who, by))),
        "mark": action_mark(one, today),
    }
