"""Named conditions about child in need plans, meetings and reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, example, named, on_one_day
from cairn.core.engine.truth import NO, YES, Answer, is_answered, unknown

_OUTCOME: Mapping[str, object] = {
    "key": "1",
    "need": "Made up.",
    "outcome": "Made up.",
    "measure": "Made up.",
}
_ACTION: Mapping[str, object] = {"key": "1", "outcome": "1", "what": "Made up.", "who": "A Worker"}
_LATER: Mapping[str, object] = {**_ACTION, "by_when": "2026-02-05"}


def _plan(**data: object) -> Mapping[str, object]:
    return example(BORN, REFERRED, ("here", "plan.made", {"kind": "child_in_need", **data}))


def rows(data: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """The rows of a field, none where it was not answered."""
    found = data.get(name)
    return tuple(row for row in found if isinstance(row, Mapping)) if isinstance(found, list | tuple) else ()


def _all_say(found: Iterable[Mapping[str, object]], *names: str) -> Answer:
    return YES if all(is_answered(row.get(name)) for row in found for name in names) else NO


@named(
    "Does every outcome of the plan say what the child needs and how we will know?",
    ("plan.made.outcomes",),
    {
        "yes": _plan(outcomes=[_OUTCOME]),
        "no": _plan(outcomes=[{"outcome": "Made up."}]),
        "unknown": _plan(),
    },
)
def outcomes_are_specific(facts: Facts) -> Answer:
    """Peterborough 6.4: outcomes are specific, within reach and about the child; the need is described."""
    found = rows(facts.start.data, "outcomes")
    return _all_say(found, "need", "measure") if found else unknown("what is to be different for the child")


@named(
    "Does every outcome of the plan have an action, and every action an outcome?",
    ("plan.made.outcomes", "plan.made.actions"),
    {
        "yes": _plan(outcomes=[_OUTCOME], actions=[_ACTION]),
        "no": _plan(outcomes=[_OUTCOME, {**_OUTCOME, "key": "2"}], actions=[_ACTION]),
        "unknown": _plan(outcomes=[_OUTCOME]),
    },
)
def every_outcome_has_an_action(facts: Facts) -> Answer:
    """Peterborough 5.3: for each need and outcome the plan states who does what, when and why."""
    outcomes, actions = rows(facts.start.data, "outcomes"), rows(facts.start.data, "actions")
    if not actions:
        return unknown("who does what")
    wanted = {number_of(row, place) for place, row in enumerate(outcomes, start=1)}
    return YES if wanted == {str(row.get("outcome", "")).strip() for row in actions} else NO


def number_of(row: Mapping[str, object], place: int) -> str:
    """The number by which a row of a plan is named: its key, else its place from 1."""
    return str(row.get("key") or place)


@named(
    "Does every action of the plan say who does it, and by when or how often?",
    ("plan.made.actions",),
    {
        "yes": _plan(actions=[_LATER, {**_ACTION, "going_on": "Made up."}]),
        "no": _plan(actions=[_ACTION]),
        "unknown": _plan(),
    },
)
def actions_say_who_and_when(facts: Facts) -> Answer:
    """Peterborough 6.3: the plan names who is responsible for each action, and its time."""
    found = rows(facts.start.data, "actions")
    if not found:
        return unknown("who does what")
    timed = all(is_answered(row.get("by_when")) or is_answered(row.get("going_on")) for row in found)
    return _all_say(found, "who") if timed else NO


@named(
    "Do the times of the plan leave time to do what is agreed?",
    ("plan.made.actions", "plan.revised.actions"),
    {
        "yes": _plan(actions=[_LATER]),
        "no": example(
            BORN,
            REFERRED,
            ("p1", "plan.made", {"kind": "child_in_need"}),
            (
                "here",
                "plan.revised",
                {"kind": "child_in_need", "actions": [{**_ACTION, "by_when": "2026-01-04"}]},
            ),
        ),
        "unknown": _plan(),
    },
)
def times_lie_ahead(facts: Facts) -> Answer:
    """Peterborough 6.4: times that are not too short or out of reach. A day before the plan is no time at all.

    In a plan that is changed, an action keeps the day by which it was to be done.
    """
    found = rows(facts.start.data, "actions")
    if not found:
        return unknown("who does what")
    days = [str(row["by_when"]) for row in found if row.get("by_when")]
    earliest = facts.strand.opener if facts.start.type == "plan.revised" and facts.strand else facts.start
    return YES if all(date.fromisoformat(day) >= earliest.happened_at.day for day in days) else NO


_MEETING: Step = ("m1", "meeting.held", {"kind": "child_in_need_planning"})
_PLAN: Step = ("here", "plan.made", {"kind": "child_in_need"})


@named(
    "Was the plan made at a child in need meeting, or drawn up at a conference?",
    ("meeting.held.kind", "conference.held.outcome"),
    {
        "yes": example(
            BORN,
            REFERRED,
            _MEETING,
            ("c1", "conference.held", {"kind": "initial", "outcome": "no_plan"}),
            _PLAN,
        ),
        "no": example(BORN, REFERRED, _PLAN),
        "unknown": example(BORN, REFERRED, ("c1", "conference.held", {"kind": "initial"}), _PLAN),
    },
)
def plan_follows_a_meeting(facts: Facts) -> Answer:
    """Peterborough 6.1 and 10.4: made at the first meeting, or drafted by the chair where a conference steps down."""
    kinds = ("child_in_need_planning", "child_in_need_review")
    if any(one.data.get("kind") in kinds for one in facts.of_type("meeting.held", "episode")):
        return YES
    conferences = facts.of_type("conference.held", "episode")
    if any(one.data.get("outcome") == "child_in_need_plan" for one in conferences):
        return YES
    undecided = any(not is_answered(one.data.get("outcome")) for one in conferences)
    return unknown("what the conference decided") if undecided else NO


@named(
    "Has a service of the plan to be bought from outside?",
    ("plan.made.services", "plan.revised.services"),
    {
        "yes": example(
            BORN,
            REFERRED,
            ("p1", "plan.made", {"kind": "child_in_need"}),
            (
                "here",
                "plan.revised",
                {"kind": "child_in_need", "services": [{"service": "Made up.", "bought": True}]},
            ),
        ),
        "no": _plan(services=[{"service": "Made up.", "bought": False}]),
        "unknown": _plan(services=[{"service": "Made up."}]),
    },
)
def service_to_be_bought(facts: Facts) -> Answer:
    """Peterborough 6.5: a service that has to be bought goes to the panel."""
    bought = [row.get("bought") for row in rows(facts.start.data, "services")]
    if True in bought:
        return YES
    return unknown("whether a service has to be bought from outside") if None in bought else NO


_HELD: Mapping[str, object] = {"kind": "child_in_need_review"}


def _meeting(**data: object) -> Mapping[str, object]:
    return example(BORN, REFERRED, ("here", "meeting.held", {**_HELD, **data}))


@named(
    "Was a parent or the child not at the meeting?",
    ("meeting.held.parents_there", "meeting.held.child_there", "meeting.held.child_why_not"),
    {
        "yes": _meeting(parents_there=False, child_there=True),
        "no": _meeting(parents_there=True, child_there=False, child_why_not="too_young"),
        "unknown": _meeting(parents_there=True),
    },
)
def family_was_absent(facts: Facts) -> Answer:
    """Peterborough 5.10 to 5.12: whoever did not come is heard otherwise, and told. A child too young is not absent."""
    data = facts.start.data
    parents, child = data.get("parents_there"), data.get("child_there")
    if parents is False or (child is False and data.get("child_why_not") != "too_young"):
        return YES
    if parents is None or child is None:
        return unknown("whether parents and child were at the meeting")
    return NO


_ALLOCATED: Step = ("a1", "allocation.made", {"worker": "A Worker", "role": "lead_social_worker"})
_ENDED: Step = ("a2", "allocation.ended", {"worker": "A Worker"})
_REVIEW: Step = ("here", "review.held", {"kind": "child_in_need"})


@named(
    "Has the case no social worker?",
    ("allocation.made.role", "allocation.ended"),
    {
        "yes": example(BORN, REFERRED, _ALLOCATED, _ENDED, _REVIEW),
        "no": example(BORN, REFERRED, _ALLOCATED, _REVIEW),
        "unknown": on_one_day(example(BORN, REFERRED, _ALLOCATED, _ENDED, _REVIEW)),
    },
)
def nobody_is_allocated(facts: Facts) -> Answer:
    """Peterborough 8.6: then the manager holds the review, or has it held."""
    now = facts.start.happened_at
    made = [one for one in facts.of_type("allocation.made", "episode") if _is_worker(one.data)]
    ended = facts.of_type("allocation.ended", "episode")
    steps = [one for one in (*made, *ended) if one.happened_at.earliest <= now.latest]
    if not any(one.type == "allocation.made" for one in steps):
        return YES
    last = max(steps, key=lambda one: (one.happened_at.latest, facts.standing.place_of[one.id]))
    if last.happened_at.is_day and last.type == "allocation.ended":
        return unknown("whether somebody had the case, as the hour was not recorded")
    return YES if last.type == "allocation.ended" else NO


def _is_worker(data: Mapping[str, object]) -> bool:
    return data.get("role") in (None, "lead_social_worker", "second_worker")


_OFTEN: Mapping[str, object] = {"meetings_every": "2 weeks", "meetings_reason": "Made up."}


@named(
    "Is it said why meetings are more frequent than every six weeks, where they are?",
    ("plan.made.meetings_every", "plan.made.meetings_reason"),
    {"yes": _plan(**_OFTEN), "no": _plan(meetings_every="2 weeks"), "unknown": _plan()},
)
def frequent_meetings_are_explained(facts: Facts) -> Answer:
    """Peterborough 5.9: how often and why is recorded. A meeting that says nothing leaves it as it was."""
    data = facts.start.data
    often = data.get("meetings_every")
    if not often:
        return YES if facts.start.type == "meeting.held" else unknown("how often the meeting comes together")
    return YES if often == "6 weeks" or is_answered(data.get("meetings_reason")) else NO


@named(
    "Is it said why support is needed for longer than twelve months, where it is?",
    ("plan.made.longer_than_year", "plan.made.longer_reason"),
    {
        "yes": _plan(longer_than_year=True, longer_reason="Made up."),
        "no": _plan(longer_than_year=True),
        "unknown": _plan(),
    },
)
def longer_support_is_explained(facts: Facts) -> Answer:
    """Peterborough 6.2: most plans foresee an end within twelve months; one that does not says so and why."""
    longer = facts.start.data.get("longer_than_year")
    if longer is None:
        return unknown("whether support is needed for longer than twelve months")
    return YES if longer is False or is_answered(facts.start.data.get("longer_reason")) else NO
