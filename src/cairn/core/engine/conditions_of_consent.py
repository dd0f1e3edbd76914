"""Named conditions about consent and about seeing the child."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.core.engine.consents import AGENCY_CHECKS, EARLY_HELP, WITHOUT, about, consents_seen, latest_words
from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, came_before, example, named, on_one_day
from cairn.core.engine.truth import NO, YES, Answer, every, unknown
from cairn.core.history.event import Event

_CONSENTED: Mapping[str, object] = {
    "whose": "Made-up mother",
    "by_parent": "parent",
    "decision": "given",
    "for": ["agency_checks"],
}
_ASKED: Step = (
    "here",
    "check.requested",
    {"agency": "school", "basis": "consent"},
)


@named(
    "Is there consent to ask agencies, or a ground for asking without?",
    (
        "consent.recorded.whose",
        "consent.recorded.by_parent",
        "consent.recorded.decision",
        "consent.recorded.for",
        "consent.recorded.lawful_reason",
        "referral.received.from_contact",
    ),
    {
        "yes": example(BORN, REFERRED, ("c1", "consent.recorded", _CONSENTED), _ASKED),
        "no": example(
            BORN, REFERRED, ("c1", "consent.recorded", {**_CONSENTED, "decision": "refused"}), _ASKED
        ),
        "unknown": example(
            BORN,
            REFERRED,
            ("c1", "consent.recorded", {"whose": "Made-up mother", "decision": "given"}),
            _ASKED,
        ),
    },
)
def consent_stands(facts: Facts) -> Answer:
    """Peterborough 1.1 to 1.3: the latest word of any one person who may consent is enough, whatever others say."""
    said = latest_words(about(_consents(facts), AGENCY_CHECKS))
    answers = [_consent(event.data) for event in said]
    if YES in answers:
        return YES
    doubt = next((answer for answer in answers if answer.truth == "unknown"), None)
    silent = "" if answers else facts.not_known(["consent.recorded"])
    return doubt or (unknown(silent) if silent else NO)


def _consents(facts: Facts) -> tuple[Event, ...]:
    """What was said in the episode, and in the contact that it came from."""
    return consents_seen(facts.standing, facts.strand)


def _consent(data: Mapping[str, object]) -> Answer:
    if data.get("lawful_reason") in WITHOUT:
        return YES
    if data.get("decision") != "given":
        return NO if data.get("decision") else unknown("what was said when consent was asked for")
    if not data.get("by_parent") or not data.get("for"):
        return unknown("who gave consent, and for what")
    return YES if data["by_parent"] != "other" else NO


_STEPPED_DOWN: Step = ("here", "early_help.stepped_down", {})
_EARLY_HELP: Mapping[str, object] = {**_CONSENTED, "for": ["early_help"]}


@named(
    "Is there consent to share with early intervention and to work under the CAF?",
    (
        "consent.recorded.whose",
        "consent.recorded.by_parent",
        "consent.recorded.decision",
        "consent.recorded.for",
        "referral.received.from_contact",
    ),
    {
        "yes": example(BORN, REFERRED, ("c1", "consent.recorded", _EARLY_HELP), _STEPPED_DOWN),
        "no": example(
            BORN,
            REFERRED,
            ("c1", "consent.recorded", _EARLY_HELP),
            ("c2", "consent.recorded", {**_EARLY_HELP, "decision": "withdrawn"}),
            _STEPPED_DOWN,
        ),
        "unknown": example(
            BORN,
            REFERRED,
            ("c1", "consent.recorded", {"whose": "Made-up mother", "decision": "given"}),
            _STEPPED_DOWN,
        ),
    },
)
def consent_for_early_help_stands(facts: Facts) -> Answer:
    """Peterborough 9.3: sought, recorded and not withdrawn since. No other ground stands in for consent here."""
    said = latest_words(about(_consents(facts), EARLY_HELP))
    answers = [_consent({**event.data, "lawful_reason": None}) for event in said]
    if YES in answers:
        return YES
    doubt = next((answer for answer in answers if answer.truth == "unknown"), None)
    silent = "" if answers else facts.not_known(["consent.recorded"])
    return doubt or (unknown(silent) if silent else NO)


@named(
    "Is it the first time that consent is sought?",
    ("consent.recorded",),
    {
        "yes": example(BORN, REFERRED, ("here", "consent.recorded", _CONSENTED)),
        "no": example(
            BORN, REFERRED, ("c1", "consent.recorded", _CONSENTED), ("here", "consent.recorded", _CONSENTED)
        ),
        "unknown": on_one_day(
            example(
                BORN,
                REFERRED,
                ("c1", "consent.recorded", _CONSENTED),
                ("here", "consent.recorded", _CONSENTED),
            )
        ),
    },
)
def first_consent_sought(facts: Facts) -> Answer:
    """Peterborough 1.2: the leaflet is given once, when consent is first sought."""
    others = [event for event in facts.of_type("consent.recorded", "history") if event.id != facts.start.id]
    return every(came_before(event, facts.start, facts).turned() for event in others)


_STARTED: Step = ("a1", "assessment.started", {"kind": "initial"})
_APPROVED: Step = ("here", "assessment.approved", {"kind": "initial"})


@named(
    "Was the child seen, or did the team manager agree, with a reason, that the child was not?",
    ("child.seen", "child.not_seen.agreed_by", "child.not_seen.reason", "child.not_seen.no_concern"),
    {
        "yes": example(BORN, REFERRED, _STARTED, ("v1", "child.seen", {}), _APPROVED),
        "no": example(BORN, REFERRED, _STARTED, _APPROVED),
        "unknown": example(
            BORN, REFERRED, _STARTED, ("n1", "child.not_seen", {"reason": "Made up."}), _APPROVED
        ),
    },
)
def child_seen_or_agreed(facts: Facts) -> Answer:
    """Peterborough 4.12 and 4.17: seen in this assessment; or agreed, once there is no worry for the child's safety."""
    if facts.of_type("child.seen"):
        return YES
    not_seen = facts.of_type("child.not_seen")
    if not not_seen:
        silent = facts.not_known(["child.seen"])
        return unknown(silent) if silent else NO
    data = not_seen[-1].data
    if not data.get("agreed_by"):
        return unknown("who agreed that the child was not seen")
    agreed = data["agreed_by"] == "team manager" and str(data.get("reason", "")).strip() != ""
    return YES if agreed and data.get("no_concern") is not False else NO
