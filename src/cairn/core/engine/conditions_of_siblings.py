"""Named conditions about brothers and sisters."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import (
    BORN,
    DECIDED,
    HERE,
    REFERRED,
    Step,
    came_before,
    example,
    named,
    on_one_day,
)
from cairn.core.engine.truth import NO, YES, Answer, every, unknown

AFFECTS_OTHERS = frozenset({"child_protection", "neglect", "domestic_violence"})
_LISTED: Step = (
    "s1",
    "sibling.listed",
    {"name": "Kene Fen", "household": "same"},
)
_OPENED: Step = (
    "here",
    "sibling.decided",
    {"sibling": "s1", "decision": "open"},
)


def _sibling(decision: str, sibling: str = "s1") -> Step:
    return (
        f"d-{sibling}",
        "sibling.decided",
        {"sibling": sibling, "decision": decision, "reason": "Made up."},
    )


@named(
    "Has it been decided for each brother and sister whether to open a referral?",
    ("sibling.listed", "sibling.decided", "referral.decided.no_siblings"),
    {
        "yes": example(BORN, HERE, _LISTED, _sibling("open")),
        "no": example(BORN, HERE, _LISTED),
        "unknown": example(BORN, HERE),
    },
)
def every_sibling_decided(facts: Facts) -> Answer:
    """Peterborough 3.6: nobody listed is unknown, until it is recorded that there are none or somebody is listed.

    Who is listed once stays listed; the decision is made anew on each referral.
    """
    listed = facts.of_type("sibling.listed", "history")
    if not listed:
        none = facts.start.data.get("no_siblings")
        return (
            YES
            if none is True
            else unknown("whether there are brothers or sisters, in this household or another")
        )
    decided = {event.data.get("sibling") for event in facts.of_type("sibling.decided")}
    return YES if all(event.id in decided for event in listed) else NO


def _concern(kind: str, reaches: bool | None) -> Step:
    data: dict[str, object] = {"source": "school", "concern_kind": [kind]}
    if reaches is not None:
        data["affects_other_children"] = reaches
    return ("here", "referral.received", data)


@named(
    "Is the worry child protection, neglect or domestic violence, and does it reach other children?",
    ("referral.received.concern_kind", "referral.received.affects_other_children"),
    {
        "yes": example(BORN, _concern("neglect", True)),
        "no": example(BORN, _concern("learning_disability", True)),
        "unknown": example(BORN, _concern("neglect", None)),
    },
)
def concern_reaches_siblings(facts: Facts) -> Answer:
    """Peterborough 3.7 and 3.8: what is known of the referral the event judged from belongs to."""
    referral = facts.strand.opener if facts.strand else facts.start
    kinds = referral.data.get("concern_kind")
    if not kinds:
        return unknown("the kind of concern")
    if not set(kinds if isinstance(kinds, list | tuple) else [kinds]) & AFFECTS_OTHERS:
        return NO
    reaches = referral.data.get("affects_other_children")
    if not isinstance(reaches, bool):
        return unknown("whether the concern reaches other children")
    return YES if reaches else NO


@named(
    "Has a referral been opened for each brother and sister, or does the decision wait for an answer?",
    ("sibling.listed", "sibling.decided.sibling", "sibling.decided.decision"),
    {
        "yes": example(BORN, HERE, _LISTED, _sibling("open")),
        "no": example(BORN, HERE, _LISTED, _sibling("do_not_open")),
        "unknown": example(BORN, HERE, _LISTED),
    },
)
def siblings_opened(facts: Facts) -> Answer:
    """Peterborough 3.7: the latest decision on each listed brother and sister.

    To ask first is no refusal to open: whether the worry reaches that child is not known yet (3.6).
    """
    latest = {event.data.get("sibling"): event.data for event in facts.of_type("sibling.decided")}
    return every(
        _opened(latest.get(listed.id), str(listed.data.get("name")))
        for listed in facts.of_type("sibling.listed", "history")
    )


def _opened(decided: Mapping[str, object] | None, name: str) -> Answer:
    if decided is None:
        return unknown(f"the decision about {name}")
    return NO if decided.get("decision") == "do_not_open" else YES


@named(
    "Is it decided later than the referral itself was?",
    ("referral.decided",),
    {
        "yes": example(BORN, REFERRED, DECIDED, _OPENED),
        "no": example(BORN, REFERRED, _OPENED, DECIDED),
        "unknown": on_one_day(example(BORN, REFERRED, DECIDED, _OPENED)),
    },
)
def after_the_decision(facts: Facts) -> Answer:
    """Peterborough 3.9: a referral opened for a brother or sister after the first was decided; at one time is not after."""
    start = facts.start.happened_at
    decisions = facts.of_type("referral.decided")
    if any(event.happened_at.latest < start.earliest for event in decisions):
        return YES
    doubtful = [event for event in decisions if event.happened_at.is_day or start.is_day]
    if any(event.happened_at.earliest <= start.latest for event in doubtful):
        return unknown("which came first, as the hour was not recorded")
    return NO


@named(
    "Is this the last word about the brother or sister so far?",
    ("sibling.decided.sibling",),
    {
        "yes": example(
            BORN, REFERRED, ("here", "sibling.decided", {"sibling": "s1", "decision": "ask_first"})
        ),
        "no": example(
            BORN,
            REFERRED,
            ("here", "sibling.decided", {"sibling": "s1", "decision": "ask_first"}),
            _sibling("open"),
        ),
        "unknown": on_one_day(
            example(
                BORN,
                REFERRED,
                ("here", "sibling.decided", {"sibling": "s1", "decision": "ask_first"}),
                _sibling("open"),
            )
        ),
    },
)
def sibling_still_open(facts: Facts) -> Answer:
    """Peterborough 3.6 and 3.9: no later decision names the same brother or sister."""
    same = [
        event
        for event in facts.of_type("sibling.decided")
        if event.id != facts.start.id and event.data.get("sibling") == facts.start.data.get("sibling")
    ]
    return every(came_before(event, facts.start, facts) for event in same)
