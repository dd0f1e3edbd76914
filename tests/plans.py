"""A made-up child in need plan for tests: the meeting that makes it, the plan itself, and a change of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.cases import record
from tests.people import Staff

MEETING: dict[str, Any] = {
    "kind": "child_in_need_planning",
    "took_part": ["social_worker", "school"],
    "outcome": "child_in_need_plan",
    "parents_there": True,
    "child_there": True,
}
PLAN: dict[str, Any] = {
    "kind": "child_in_need",
    "child_words": "I want breakfast before school.",
    "outcomes": [
        {"key": "1", "need": "Food in the morning", "outcome": "Breakfast every day", "measure": "The register says so",
         "counted": "Breakfasts of 5 a week", "wanted": 5},
        {"key": "2", "need": "A way to the clinic", "outcome": "Seen by the clinic", "measure": "Three kept in a row"},
    ],
    "actions": [
        {"key": "1", "outcome": "1", "what": "Open the breakfast club", "who": "The school", "going_on": "Every day"},
        {"key": "2", "outcome": "2", "what": "Ring the clinic", "who": "Priya Shah", "by_when": "2026-12-10"},
    ],
    "resources": "A place in the breakfast club.",
    "roles": [{"who": "The school", "part": "Opens the club", "contact": "Daily"}],
    "contingency": [{"change": "The club is shut", "action": "Gran brings breakfast"}],
    "lead_professional": "Priya Shah",
    "lead_duties": "Visits and brings everybody together.",
    "visits_every": "6 weeks",
    "meetings_every": "6 weeks",
    "reviews_every": "6 months",
    "reviews_reason": "As the procedures say.",
    "review_points": "At each meeting, by the register.",
    "longer_than_year": False,
}  # fmt: skip
CHANGE: dict[str, Any] = {
    **PLAN,
    "changed": "The clinic moved its day.",
    "consulted_whom": ["parents", "child", "professionals"],
    "actions": [PLAN["actions"][0], {**PLAN["actions"][1], "by_when": "2026-12-17"}],
}


def met(people: Staff, child: UUID, who: str = "Priya Shah") -> None:
    """The meeting at which a plan is made."""
    record(people, (who, "record-meeting", MEETING), on=child)


def planned(people: Staff, child: UUID, **more: Any) -> None:
    """The meeting and the plan."""
    met(people, child)
    record(people, ("Priya Shah", "make-plan", {**PLAN, **more}), on=child)


def changed(people: Staff, child: UUID, **more: Any) -> None:
    """A change of the plan."""
    record(people, ("Priya Shah", "revise-plan", {**CHANGE, **more}), on=child)
