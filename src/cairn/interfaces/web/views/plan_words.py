"""How a plan and its progress are said: the mark of each action and outcome, and the sentence under the heading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from cairn.application.planning import PlanOpened
from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.planning.plans import JUDGED, MADE, Action, Outcome
from cairn.interfaces.web import words
from cairn.interfaces.web.drawing.counted import counted_bars, kept_or_missed, told, told_kept
from cairn.interfaces.web.marks import Mark

PROGRESS = {
    "reached": Mark("done", "Reached"),
    "some": Mark("part", "Some progress"),
    "none": Mark("to_come", "No change"),
    "worse": Mark("worse", "Getting worse"),
    "": Mark("waits", "Not judged yet"),
}
LEDE = {
    "reached": "reached",
    "some": "with some progress",
    "none": "with no change",
    "worse": "getting worse",
    "": "not judged yet",
}
DAYS_THIS_WEEK = 7


def outcome_mark(one: Outcome) -> Mark:
    """How an outcome goes, by the last that was said of it."""
    return PROGRESS.get(one.progress, PROGRESS[""])


def action_mark(one: Action, today: date) -> Mark | None:
    """How an action stands in a word or two; None where nothing has to be said beyond its day."""
    late = words.counted(max(1, abs((_over(one, today) - one.by_when).days)), "day") if one.by_when else ""
    said: dict[str, Mark | None] = {
        "done": Mark("done", "Done, on time" if one.by_when else "Done"),
        "done late": Mark("late", f"Done, {late} late"),
        "late": Mark("late", f"{late} late"),
        "due soon": Mark("soon", _in(one.by_when, today) if one.by_when else ""),
        "to come": None,
        "going on": Mark("part", f"Going on{_since(one)}") if one.reports else None,
        "partly": Mark("part", "Partly done"),
        "not done": Mark("no", "Not done yet"),
        "not needed": Mark("no", "No longer needed"),
        "undated": Mark("gap", "No day is named"),
    }
    return said[one.state(today)]


def _over(one: Action, today: date) -> date:
    return one.done_on or today


def _in(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "Today", 1: "Tomorrow"}.get(days, f"In {days} days")


def _since(one: Action) -> str:
    first = next((event for event in one.reports if event.data.get("state") == "going_on"), None)
    return f", since {words.day_words(first.happened_at.day)}" if first else ""


def action_row(one: Action, today: date) -> dict[str, Any]:
    """An action as a row: what, who, by when with its state, and what was said of it last."""
    last = one.last
    said = [str(last.data.get("effect") or "").rstrip(".")] if last else []
    if last and last.data.get("says"):
        said.append(f"Told by {last.data['says']}")
    day = words.day_words(one.by_when) if one.by_when else ""
    return {
        "key": one.key,
        "what": one.what,
        "why": one.why,
        "who": one.who,
        "when": day or one.going_on,
        "often": one.going_on if day else "",
        "first": words.day_words(one.first_due) if one.first_due else "",
        "mark": action_mark(one, today),
        "said": ". ".join(part for part in said if part),
        "done": one.state(today) in ("done", "done late"),
    }


def outcome_shown(one: Outcome, today: date) -> dict[str, Any]:
    """An outcome with its actions, how it goes, and its drawing where something is counted."""
    last = one.judged[-1] if one.judged else None
    return {
        "key": one.key,
        "text": one.text,
        "need": one.need,
        "measure": one.measure,
        "mark": outcome_mark(one),
        "actions": [action_row(action, today) for action in one.actions],
        "counted": one.counted or "How often",
        **_drawn(one),
        "last": words.day_words(last.happened_at.day) if last else "",
        "evidence": _last_text(one, "evidence"),
        "differs": _last_text(one, "differs"),
        "history": [_judged(event.data, event.happened_at.day) for event in reversed(one.judged)],
    }


def _last_text(one: Outcome, name: str) -> str:
    return next((str(event.data[name]) for event in reversed(one.judged) if event.data.get(name)), "")


def _judged(data: Any, day: date) -> dict[str, str]:
    field = in_use().vocabulary.events[JUDGED].field("progress")
    said = in_words(field, data["progress"]) if field and data.get("progress") else ""
    return {
        "day": words.day_words(day),
        "said": said,
        "count": str(data.get("count", "")),
        "evidence": str(data.get("evidence") or ""),
    }


def _drawn(one: Outcome) -> dict[str, Any]:
    """The drawing and the sentence that says the same; nothing where nothing is counted."""
    if not one.counts:
        return {"drawing": "", "told": "", "counts": ()}
    identity = f"chart-{one.key}"
    rows = [(words.day_words(day), count) for day, count in one.counts]
    if one.is_kept_or_missed:
        return {
            "drawing": kept_or_missed(one.counts, identity),
            "told": told_kept(one.counts),
            "counts": rows,
        }
    return {
        "drawing": counted_bars(one.counts, one.wanted, identity),
        "told": told(one.counts, one.wanted),
        "counts": rows,
    }


def lede(it: PlanOpened) -> str:
    """How it goes in a sentence: the outcomes, then what is late and due this week."""
    if it.plan is None or not it.plan.outcomes:
        return ""
    counts = Counter(one.progress for one in it.plan.outcomes)
    parts = [f"{counts[key]} {said}" for key, said in LEDE.items() if counts[key]]
    states = Counter(one.state(it.today) for one in it.plan.actions)
    soon = (
        f" {words.counted(states['due soon'], 'action')} {'is' if states['due soon'] == 1 else 'are'} due this week."
        if states["due soon"]
        else ""
    )
    late = (
        f" **{words.counted(states['late'], 'action')} {'is' if states['late'] == 1 else 'are'} late.**"
        if states["late"]
        else ""
    )
    return f"{words.counted(len(it.plan.outcomes), 'outcome')}: **{', '.join(parts)}.**{late}{soon}"


def choice_words(name: str, value: object) -> str:
    """The answer of a field of the plan in words."""
    field = in_use().vocabulary.events[MADE].field(name)
    return in_words(field, value) if field is not None and value not in (None, "", []) else ""
