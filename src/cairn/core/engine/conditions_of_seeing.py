"""Named conditions about seeing the child, and about visits."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, HERE, REFERRED, Step, example, named
from cairn.core.engine.truth import NO, YES, Answer, is_answered, unborn_on, unknown


@named(
    "Is the child not born yet?",
    ("person.described.born", "person.described.expected", "child.born"),
    {
        "yes": example({"expected": "2026-03-03"}, HERE),
        "no": example(BORN, HERE),
        "unknown": example({"expected": "2026-01-02"}, HERE),
    },
)
def not_yet_born(facts: Facts) -> Answer:
    """Peterborough 3.13 and 4.12: nobody can see a child who is not born.

    Whose record has neither date is a child of whom the birthday is not known: the record of an unborn child says when
    it is expected. Once that day has passed it is not known whether the child is born, until somebody says so.
    """
    return unborn_on(facts.subject, facts.start.happened_at.day)


_PLAN: Step = ("p1", "plan.made", {"kind": "child_in_need"})


def _visit(**data: object) -> Mapping[str, object]:
    return example(BORN, REFERRED, _PLAN, ("here", "visit.made", data))


@named(
    "Did the visit bring up anything that is in the way of the plan?",
    ("visit.made.issues", "visit.made.account"),
    {
        "yes": _visit(issues="Made up."),
        "no": _visit(account="Made up."),
        "unknown": _visit(),
    },
)
def issues_noted(facts: Facts) -> Answer:
    """Peterborough 7.4: what was talked over with the family is written down, and what is in the way beside it."""
    data = facts.start.data
    if is_answered(data.get("issues")):
        return YES
    return NO if is_answered(data.get("account")) else unknown("what was talked over with the family")
