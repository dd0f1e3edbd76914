"""What a change of the plan changed: said in words, what was before beside what stands since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.planning import NO_PLAN, open_plan
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.planning.differs import Difference, differences
from cairn.core.planning.plans import REVISED
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.plan import version_line
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.times import read_at

HOW = {"added": "Added", "removed": "Taken out", "changed": "Changed"}
# By which of its fields a row is named in a sentence.
NAMED_BY = ("outcome", "what", "who", "service", "change")


@signed_in("GET")
def plan_version(request: HttpRequest, actor: Actor, record: UUID, strand: UUID, number: int) -> HttpResponse:
    """One version of a plan beside the one before it."""
    at = read_at(request)
    it = open_plan(actor, record, str(strand), page="plan-version", as_at=at.as_at, known_at=at.known_at)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    this = it.plan.version(number) if it.plan else None
    before = it.plan.version(number - 1) if it.plan else None
    if this is None or before is None:
        return refused_page(request, actor, NO_PLAN)
    context = {
        "version": version_line(it, this, at),
        "before": words.day_words(before.day),
        "changes": changes(before.data, this.data),
        "back": f"{reverse('plan', args=[record])}{at.query}",
    }
    return record_page(request, actor, it.page, "record/plan_version.html", context, current="plan", at=at)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What differs between two versions, in words."""
    fields = in_use().vocabulary.events[REVISED].fields
    return [said(one) for one in differences(before, after, fields)]


def said(one: Difference) -> dict[str, Any]:
    """One difference: what it is about, and what was and is."""
    if one.field.type != "rows":
        was, now = (
            in_words(one.field, value) if value is not None else "" for value in (one.before, one.after)
        )
        return {"how": HOW[one.how], "title": one.field.label, "rows": [("", was, now)]}
    row = one.after or one.before
    named = next((str(row[name]) for name in NAMED_BY if row.get(name) and name in _names(one.field)), "")
    title = f"{one.field.label}: {f'{one.key}. ' if one.key else ''}{named}"
    names = one.names or tuple(
        field.name for field in one.field.fields if field.asked and row.get(field.name)
    )
    rows = [_pair(field, one) for field in one.field.fields if field.name in names]
    return {"how": HOW[one.how], "title": title, "rows": rows}


def _names(field: Field) -> set[str]:
    """The fields by which a row of this kind may be named; of an action its outcome is a number and no name."""
    names = {one.name for one in field.fields}
    return names - {"outcome"} if "what" in names else names


def _pair(field: Field, one: Difference) -> tuple[str, str, str]:
    was, now = (_value(field, row) for row in (one.before, one.after))
    return field.label, was, now


def _value(field: Field, row: Mapping[str, Any] | None) -> str:
    value = row.get(field.name) if row else None
    return "" if value is None or value == "" else in_words(field, value)


def in_a_line(found: Iterable[dict[str, Any]]) -> str:
    """How many things differ, for a heading."""
    return words.counted(len(list(found)), "thing differs", "things differ")
