"""What supervision looks at about a child: the plan, what is overdue, and what was agreed the last time (Peterborough 8.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cairn.application.jointly import Child
from cairn.application.timeline import in_words
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.interfaces.web import words
from cairn.interfaces.web.views.due import due_date

HELD = "supervision.held"
PLANS = frozenset({"plan.made", "plan.revised"})


def as_it_stands(child: Child) -> Iterator[str]:
    """A line each: the plans that run, each duty that is overdue, the last supervision and what was to be done."""
    view = child.page.view
    for strand in view.open_strands:
        if strand.kind == "plan":
            yield from _plan(view, strand)
    for duty in child.page.open_duties:
        if duty.state == "overdue" and duty.due is not None:
            yield f"Overdue: {duty.title}, due {due_date(duty.due)}"
    last = next((one for one in reversed(view.standing.events) if one.type == HELD), None)
    if last is not None:
        yield from _last(last)


def _plan(view: View, strand: Strand) -> Iterator[str]:
    made = [one for one in view.standing.scope(strand) if one.type in PLANS]
    newest = made[-1] if made else strand.opener
    field = view.procedures.vocabulary.events["plan.made"].field("kind")
    kind = in_words(field, strand.opener.data["kind"]) if field and strand.opener.data.get("kind") else "Plan"
    since = words.day_words(strand.opener.happened_at.day)
    yield f"{kind} since {since}{_wanted(newest)}"


def _wanted(plan: Event) -> str:
    """What the plan wants to be different, in its own words."""
    rows = [row for row in plan.data.get("outcomes") or () if isinstance(row, Mapping)]
    told = [str(row["outcome"]).rstrip(". ") for row in rows if row.get("outcome")]
    text = str(plan.data.get("text") or "").strip()
    return f": {'; '.join(told) or text}" if told or text else ""


def _last(held: Event) -> Iterator[str]:
    agreed = " ".join(str(held.data.get("agreed") or "").split())
    yield f"Last supervision {words.day_words(held.happened_at.day)}{f': {agreed}' if agreed else ''}"
    for row in held.data.get("actions") or ():
        yield f"To be done then: {_action(row)}"


def _action(row: Mapping[str, Any]) -> str:
    by = parse_moment(str(row.get("by_when") or ""))
    told = [
        str(row.get("what") or ""),
        str(row.get("who") or ""),
        f"by {words.moment_words(by)}" if isinstance(by, Moment) else "",
    ]
    return ", ".join(part for part in told if part)
