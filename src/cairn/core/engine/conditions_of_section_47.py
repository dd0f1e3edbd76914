"""Named conditions about strategy discussions, section 47 and what follows an assessment."""

from __future__ import annotations

from collections.abc import Iterable

from cairn.core.calendar.duration import Duration
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, came_before, example, named, on_one_day
from cairn.core.engine.truth import NO, YES, Answer, is_answered, is_one_of, unknown
from cairn.core.history.event import Event

TO_BE_FINISHED_WITHIN = Duration.parse("3 months")
WHAT_WAS_DECIDED = "what the strategy discussion decided"

_STRATEGY: Step = ("s1", "strategy.held", {"outcome": ["section_47"]})
_ASSESS: Step = ("s1", "strategy.held", {"outcome": ["assessment"]})
_UNDECIDED: Step = ("s1", "strategy.held", {})
_ENQUIRY: Step = ("here", "enquiry.started", {"reason": "Made up."})
_HELD_HERE: Step = ("here", "strategy.held", {"outcome": ["assessment"]})
_FULLER: Step = ("here", "assessment.started", {"kind": "child_and_family"})
_APPROVED: Step = ("here", "assessment.approved", {"kind": "child_and_family"})
_CONFERENCE: Step = ("k1", "conference.requested", {"kind": "initial"})


@named(
    "Is it here that the case enters section 47?",
    ("strategy.held.outcome", "enquiry.started", "enquiry.concluded"),
    {
        "yes": example(
            BORN, REFERRED, ("e1", "enquiry.started", {}), ("e2", "enquiry.concluded", {}), _ENQUIRY
        ),
        "no": example(BORN, REFERRED, _STRATEGY, _ENQUIRY),
        "unknown": example(BORN, REFERRED, _UNDECIDED, _ENQUIRY),
    },
)
def case_enters_section_47(facts: Facts) -> Answer:
    """Peterborough 4.13 and 4.28: with the strategy discussion that decides it, or with an enquiry that none came before."""
    decided = _strategies(facts, "section_47")
    begun = (*decided, *facts.of_type("enquiry.started", "episode"))
    return _first_since(facts, begun, facts.of_type("enquiry.concluded", "episode"))


@named(
    "Is it here that a strategy discussion first decides on the Child and Family Assessment?",
    ("strategy.held.outcome", "assessment.approved.kind"),
    {
        "yes": example(BORN, REFERRED, _STRATEGY, ("a2", *_APPROVED[1:]), _HELD_HERE),
        "no": example(BORN, REFERRED, _STRATEGY, _HELD_HERE),
        "unknown": on_one_day(example(BORN, REFERRED, _STRATEGY, _HELD_HERE)),
    },
)
def first_decision_to_assess_fully(facts: Facts) -> Answer:
    """Peterborough 4.26: a further discussion while that assessment runs starts no second clock."""
    decided = _strategies(facts, "section_47", "assessment")
    finished = [
        one
        for one in facts.of_type("assessment.approved", "episode")
        if one.data.get("kind") == "child_and_family"
    ]
    return _first_since(facts, decided, finished)


def _strategies(facts: Facts, *outcomes: str) -> tuple[Event, ...]:
    """The discussions of the episode that decided so, or of which it is not known what they decided."""
    return tuple(
        one
        for one in facts.of_type("strategy.held", "episode")
        if not is_answered(one.data.get("outcome")) or is_one_of(one.data["outcome"], outcomes)
    )


def _first_since(facts: Facts, begun: Iterable[Event], over: Iterable[Event]) -> Answer:
    """Whether the event judged from is the first of those that begin something since it was last over."""
    doubt: Answer | None = None
    ended = [one for one in over if came_before(one, facts.start, facts).truth == "yes"]
    for earlier in begun:
        if earlier.id == facts.start.id or any(
            came_before(earlier, one, facts).truth == "yes" for one in ended
        ):
            continue
        before = came_before(earlier, facts.start, facts)
        if (
            before.truth == "yes"
            and earlier.type == "strategy.held"
            and not is_answered(earlier.data.get("outcome"))
        ):
            before = unknown(WHAT_WAS_DECIDED)
        if before.truth == "yes":
            return NO
        doubt = before if before.truth == "unknown" else doubt
    return doubt or YES


@named(
    "Did a strategy discussion decide on this assessment?",
    ("strategy.held.outcome",),
    {
        "yes": example(BORN, REFERRED, _ASSESS, _FULLER),
        "no": example(BORN, REFERRED, ("s1", "strategy.held", {"outcome": ["no_further_action"]}), _FULLER),
        "unknown": example(BORN, REFERRED, _UNDECIDED, _FULLER),
    },
)
def strategy_decided_on_it(facts: Facts) -> Answer:
    """Peterborough 4.26 and 9.1: then its time runs from that decision, and not from its own start."""
    held = _strategies(facts, "section_47", "assessment")
    if any(is_answered(one.data.get("outcome")) for one in held):
        return YES
    return unknown(WHAT_WAS_DECIDED) if held else NO


def _to_conference(facts: Facts) -> bool:
    kinds = ("conference.requested", "conference.convened", "conference.held")
    found = [event for kind in kinds for event in facts.of_type(kind, "episode")]
    return any(event.data.get("kind") in ("initial", "pre_birth") for event in found)


@named(
    "Does the case go on to child protection?",
    ("conference.requested.kind", "enquiry.started", "enquiry.concluded.outcome"),
    {
        "yes": example(BORN, REFERRED, _APPROVED, _CONFERENCE),
        "no": example(
            BORN,
            REFERRED,
            ("e1", "enquiry.started", {}),
            ("e2", "enquiry.concluded", {"outcome": "not_substantiated"}),
            _APPROVED,
        ),
        "unknown": example(BORN, REFERRED, ("e1", "enquiry.started", {}), _APPROVED),
    },
)
def goes_to_child_protection(facts: Facts) -> Answer:
    """Peterborough 4.27: an initial conference is asked for or held, or the enquiry found a continuing risk."""
    found = [one.data.get("outcome") for one in facts.of_type("enquiry.concluded", "episode")]
    if _to_conference(facts) or "substantiated_continuing_risk" in found:
        return YES
    if len(found) < len(facts.of_type("enquiry.started", "episode")) or None in found:
        return unknown("what the section 47 enquiry found")
    return NO


@named(
    "Did a strategy discussion ask for the assessment, and does the case go to an initial conference?",
    ("strategy.held.outcome", "conference.requested.kind"),
    {
        "yes": example(BORN, REFERRED, _ASSESS, _APPROVED, _CONFERENCE),
        "no": example(BORN, REFERRED, _ASSESS, _APPROVED),
        "unknown": example(BORN, REFERRED, _UNDECIDED, _APPROVED, _CONFERENCE),
    },
)
def strategy_and_conference(facts: Facts) -> Answer:
    """Peterborough 4.24: then no initial child in need meeting is needed."""
    return strategy_decided_on_it(facts) if _to_conference(facts) else NO


def _finished(day: str | None) -> Step:
    data = {"kind": "child_in_need_review", "outcome": ["finish_here"]}
    return ("here", "meeting.held", data | ({"finish_by": day} if day else {}))


@named(
    "Is the work to be finished within 3 months of the meeting?",
    ("meeting.held.finish_by",),
    {
        "yes": example(BORN, REFERRED, _finished("2026-04-05")),
        "no": example(BORN, REFERRED, _finished("2026-04-06")),
        "unknown": example(BORN, REFERRED, _finished(None)),
    },
)
def finished_within_three_months(facts: Facts) -> Answer:
    """Peterborough 4.27: only then does the present team keep the case."""
    moment = parse_moment(str(facts.start.data.get("finish_by") or ""))
    if isinstance(moment, TimeFault):
        return unknown("by when the work is to be finished")
    last = TO_BE_FINISHED_WITHIN.calendar_days_after(facts.start.happened_at.day)
    return YES if moment.day <= last else NO
