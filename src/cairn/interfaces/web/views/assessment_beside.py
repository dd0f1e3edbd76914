"""What stands beside the sections of an assessment: what its procedures ask for that is no gate, and brothers and sisters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cairn.application.assessing import Assessment, first_name, named
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark


def to_do(it: Assessment) -> Iterator[dict[str, Any]]:
    """The steps that follow from its start and are no act of their own, such as a CAF to be taken into account (4.1, 4.3)."""
    view = it.page.view
    for step in view.next_steps:
        here = it.strand.id in view.standing.path_of.get(step.after.id, ())
        if here and not step.rule.act:
            yield {
                "mark": Mark("to_come", "For you to do"),
                "text": f"{step.rule.title}. {step.rule.text.rstrip('.')}.",
                "paragraph": step.rule.source.paragraph,
            }


def others(it: Assessment) -> str:
    """That brothers and sisters have assessments of their own: whole ones are never copied (3.12)."""
    siblings = [first_name(one.name) for one in it.page.people if one.kind == "sibling"]
    if not siblings and not it.has_family:
        return ""
    who = words.listed(siblings) if siblings else "Each child of the family"
    each = "have an assessment each" if len(siblings) > 1 else "has an assessment of their own"
    return (
        f"{who} {each} where one was begun. Nothing you write here goes there by itself: open a "
        "section to offer a passage of it (3.12)."
    )


def offered(it: Assessment) -> list[c.Link]:
    """The sections beside which a passage of a brother's or sister's assessment waits to be decided on."""
    states = [one for one in it.sections if one.section.id in it.passages_wait]
    return [
        c.Link(
            named(one.section.title, it.page.identity.name),
            f"{reverse('assessment-section', args=[it.page.identity.record, it.strand.id, one.section.id])}#offered",
        )
        for one in states
    ]
