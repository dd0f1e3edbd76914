"""Named conditions about consent and about seeing the child."""

from __future__ import annotations

from collections.abc import Mapping

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
    latest = {event.data.get("whose"): event for event in _consents(facts)}
    answers = [_consent(event.data) for event in latest.values()]
    if YES in answers:
        return YES
    doubt = next((answer for answer in answers if answer.truth == "unknown"), None)
    silent = "" if answers else facts.not_known(["consent.recorded"])
    return doubt or (unknown(silent) if silent else NO)


def _consents(facts: Facts) -> list[Event]:
    """What was said in the episode, and in the contact that it came from."""
    found = list(facts.of_type("consent.recorded", "episode"))
    if facts.strand is not None:
        strands = facts.standing.strands
        contact = strands.get(str(strands[facts.strand.path[0]].opener.data.get("from_contact")))
        before = facts.standing.scope(contact) if contact else ()
        found = [event for event in before if event.type == "consent.recorded"] + found
    return found


def _consent(data: Mapping[str, object]) -> Answer:
    if data.get("lawful_reason") in ("safeguarding", "court_order"):
        return YES
    if data.get("decision") != "given":
        return NO if data.get("decision") else unknown("what was said when consent was asked for")
    if not data.get("by_parent") or not data.get("for"):
        return unknown("who gave consent, and for what")
    purposes = data["for"]
    covers = "agency_checks" in (purposes if isinstance(purposes, list | tuple) else [purposes])
    return YES if covers and data["by_parent"] != "other" else NO


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
