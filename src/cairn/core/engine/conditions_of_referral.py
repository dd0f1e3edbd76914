"""Named conditions about the child, the referrer and the referral."""

from __future__ import annotations

from cairn.core.calendar.ages import age_on
from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, HERE, example, named
from cairn.core.engine.truth import NO, YES, Answer, unknown

ALERT_AT = 2


@named(
    "Is the young person 16 or 17 years old?",
    ("person.described.born",),
    {
        "yes": example({"born": "2009-05-04"}, HERE),
        "no": example(BORN, HERE),
        "unknown": example({}, HERE),
    },
)
def aged_16_or_17(facts: Facts) -> Answer:
    """Peterborough 3.18: on the day of the event judged from."""
    subject = facts.subject
    if subject.born is None:
        return NO if subject.expected else unknown("date of birth")
    return YES if age_on(subject.born, facts.start.happened_at.day) in (16, 17) else NO


@named(
    "Is the child unborn?",
    ("person.described.born", "person.described.expected", "child.born"),
    {
        "yes": example({"expected": "2026-03-03"}, HERE),
        "no": example(BORN, HERE),
        "unknown": example({}, HERE),
    },
)
def unborn(facts: Facts) -> Answer:
    """Peterborough 3.13: whether the child is not yet born on the day of the event judged from."""
    subject = facts.subject
    if subject.born is not None:
        return YES if facts.start.happened_at.day < subject.born else NO
    return YES if subject.expected else unknown("date of birth, or the date the baby is expected")


@named(
    "Is the referrer someone who cannot be written to, because nobody knows who they are?",
    ("referral.received.source",),
    {
        "yes": example(BORN, ("here", "referral.received", {"source": "anonymous"})),
        "no": example(BORN, HERE),
        "unknown": example(BORN, ("here", "referral.received", {"source": "unknown"})),
    },
)
def referrer_is_anonymous(facts: Facts) -> Answer:
    """Peterborough 3.24: a referrer is owed an answer unless the record says that they are anonymous."""
    referral = facts.strand.opener if facts.strand else facts.start
    source = referral.data.get("source")
    if source == "unknown":
        return unknown("who made the referral")
    return YES if source == "anonymous" else NO


@named(
    "Has the child been the subject of two or more child protection enquiries?",
    ("enquiry.started", "referral.received.earlier_enquiries", "referral.decided.earlier_enquiries"),
    {
        "yes": example(BORN, ("here", "referral.received", {"source": "school", "earlier_enquiries": 2})),
        "no": example(BORN, ("here", "referral.received", {"source": "school", "earlier_enquiries": 1})),
        "unknown": example(BORN, HERE),
    },
)
def two_or_more_enquiries(facts: Facts) -> Answer:
    """Peterborough 3.5: enquiries on the record, or as the status check gave their number, before or with the decision."""
    on_record = len(facts.of_type("enquiry.started", "history"))
    given = [facts.start, *facts.of_type("referral.decided")]
    found = [event.data["earlier_enquiries"] for event in given if "earlier_enquiries" in event.data]
    if on_record >= ALERT_AT or any(on_record + number >= ALERT_AT for number in found):
        return YES
    return NO if found else unknown("how many child protection enquiries there have been")
