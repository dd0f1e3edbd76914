"""What the later parts of the journey of three children begin with: the transfer agreed, the meeting, the plans, the move."""

from __future__ import annotations

from typing import Any

from tests.cases import Step
from tests.journeys.three_children import (
    CHILDREN,
    EDIE,
    JOANNE,
    JONAH,
    MINA,
    PRIYA,
    ROSA,
    TUNDE,
    Story,
    up_to_the_assessment,
)

TEAM = "Family Support"
# What each wants, in words that stand on no other record.
WANTS = {
    EDIE: "I want my pony book back.",
    JONAH: "I want seconds.",
    MINA: "She laughs when gran comes.",
}
MEETING: dict[str, Any] = {
    "kind": "child_in_need_planning",
    "chaired_by": "social worker",
    "complex": False,
    "took_part": [PRIYA, ROSA, "Carys Thornbury", "Nell Thornbury", "Hannah Pryce"],
    "there": ["social_worker", "receiving_worker", "receiving_manager", "school"],
    "prepared": True,
    "parents_there": True,
    "interpreter": "not_needed",
    "access": "not_needed",
    "assessment_there": True,
    "family_views": "Carys: I want to be told first.",
    "analysis": "Without help they go hungry when she is ill.",
    "account": "Breakfast at school and nursery; gran stays on Fridays.",
    "coordination": "Priya, then Rosa. We look at it every six weeks.",
    "advocate": "not_needed",
    "outcome": ["child_in_need_plan", "transfer"],
}
PLAN: dict[str, Any] = {
    "kind": "child_in_need",
    "outcomes": [
        {"key": "1", "need": "Food in the morning", "outcome": "Breakfast every day", "measure": "The register",
         "counted": "Breakfasts of 5 a week", "wanted": 5},
    ],
    "actions": [
        {"key": "1", "outcome": "1", "what": "Open the breakfast club", "who": "The school", "going_on": "Every day"},
        {"key": "2", "outcome": "1", "what": "Ask for the food card", "who": ROSA, "by_when": "2026-10-19"},
    ],
    "resources": "Three places in the breakfast clubs.",
    "roles": [{"who": "The school", "part": "Opens the club", "contact": "Daily"}],
    "contingency": [{"change": "Carys is ill", "action": "Gran stays"}],
    "lead_professional": ROSA,
    "lead_duties": "Visits, and brings everybody together.",
    "meetings_every": "6 weeks",
    "reviews_every": "2 months",
    "reviews_reason": "Their mother’s health changes fast.",
    "review_points": "At each meeting, by the register.",
    "longer_than_year": False,
}  # fmt: skip
# Mina is small, and is visited more often.
VISITS = {EDIE: "6 weeks", JONAH: "6 weeks", MINA: "2 weeks"}
BOTH = ["outgoing_manager", "receiving_manager"]


def for_each(it: Story, *steps: Step) -> None:
    """The same on every record."""
    for child in CHILDREN:
        it.done(child, *steps)


def up_to_the_meeting(it: Story) -> None:
    """Assessed; Family Support is to take over, as the allocation meeting of Friday 25 September agreed."""
    up_to_the_assessment(it)
    it.it_is(9, 24)
    proposal = {
        "to_team": str(it.people.teams[TEAM]),
        "tier": "tier_3",
        "reason": "They need help for longer.",
    }
    for_each(it, (PRIYA, "propose-transfer", proposal))
    it.it_is(9, 25)
    for_each(it, (JOANNE, "agree-transfer", {"agreed_on": "2026-09-25", "attended": BOTH}))


def met(it: Story) -> None:
    """Monday 28 September, the planning meeting."""
    it.it_is(9, 28, 14)
    for child in CHILDREN:
        there = (
            {"child_there": False, "child_why_not": "too_young"} if child == MINA else {"child_there": True}
        )
        own = {**there, "child_views": WANTS[child]}
        it.done(child, (PRIYA, "record-meeting", {**MEETING, **own}))


def planned(it: Story, child: str) -> None:
    """The same Monday: what is to be different for one child."""
    own = {"child_words": WANTS[child], "visits_every": VISITS[child]}
    it.done(child, (PRIYA, "make-plan", {**PLAN, **own}))


def moved(it: Story) -> None:
    """Visited together on Tuesday, verified and with Family Support on Wednesday 30 September."""
    it.it_is(9, 29, 16)
    seen = {"child_seen": True, "place": "home", "account": "The plan.", "handover": True}
    for child in CHILDREN:
        alone = {"seen_alone": True} if child != MINA else {"seen_alone": False, "why_not_alone": "She is 2."}
        it.done(child, (PRIYA, "record-visit", {**seen, **alone}))
    it.it_is(9, 30)
    handed_over(it, *CHILDREN)


def handed_over(it: Story, *children: str) -> None:
    """The record verified, and the child given to Rosa Quill."""
    answers = {
        "to_worker": str(it.people.ids[ROSA]),
        "both_at_meeting": True,
        "summary": "Their mother is ill at times. Gran comes.",
        "dates": [{"day": "2026-10-19", "what": "The food card"}],
        "urgent": "Nothing.",
    }
    for child in children:
        it.done(
            child,
            (JOANNE, "verify-record", {"chronology": True, "record": True}),
            (TUNDE, "complete-transfer", answers),
        )


def up_to_family_support(it: Story) -> None:
    """What the first three parts show: each has a plan, and Rosa Quill of Family Support works with them."""
    up_to_the_meeting(it)
    met(it)
    it.it_is(9, 28, 16)
    for child in CHILDREN:
        planned(it, child)
    moved(it)


def up_to_the_review(it: Story) -> None:
    """What the fourth part shows: nobody at home on 12 October, Mina seen late on the 15th; then the meeting of 9 November."""
    up_to_family_support(it)
    seen = {"child_seen": True, "place": "home", "account": "The plan."}
    for month, day, children in ((10, 15, CHILDREN), (10, 29, (MINA,)), (11, 9, CHILDREN)):
        it.it_is(month, day, 12)
        for child in children:
            alone = (
                {"seen_alone": False, "why_not_alone": "She is 2."} if child == MINA else {"seen_alone": True}
            )
            it.done(child, (ROSA, "record-visit", {**seen, **alone, "child_said": WANTS[child]}))
    it.it_is(11, 9, 14)
    for child in CHILDREN:
        decided = {"outcome": ["step_down"] if child == MINA else ["close"], "child_views": WANTS[child]}
        kind = {"kind": "child_in_need_review", "early_signs": "None.", "child_there": child != MINA}
        it.done(child, (ROSA, "record-meeting", {**MEETING, **kind, **decided}))


def put_in_order(it: Story, child: str) -> None:
    """What has to be there before a case closes (10.9): ethnicity, who belongs to the child, the decision in the chronology."""
    mother = {"name": "Carys Thornbury", "relation": "parent_mother", "household": "same", "person": "carys"}
    it.done(
        child,
        (ROSA, "record-background", {"ethnicity": "WBRI"}),
        (ROSA, "record-relationship", mother),
        (ROSA, "enter-chronology", {"what": "We agreed to close.", "significance": "Breakfast is there."}),
    )
