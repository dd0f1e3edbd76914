"""Clocks that the tests of duties run, and decisions that stop them."""

from __future__ import annotations

from tests.core.made_up_procedures import event, view

SOURCE = 'source: {document: book, paragraph: "1.1"}'

DECIDE = f"""
- id: decide
  kind: duty
  title: Decide
  text: Decide what to do about the referral.
  {SOURCE}
  starts: referral.received
  within: 1 working day
  met_by: referral.decided
  who: team manager
"""
HOURS = f"""
- id: acknowledge
  kind: notice
  title: Acknowledge
  text: Tell the referrer that the referral has come.
  {SOURCE}
  starts: referral.received
  within: 24 hours
  met_by: referral.acknowledged
  who: social worker
"""
ASSESS = f"""
- id: assess
  kind: duty
  title: Assess
  text: Complete the assessment.
  {SOURCE}
  starts: referral.received
  within: 10 working days
  when:
    - {{event: {{event: referral.decided, where: {{outcome: [assessment]}}}}}}
  met_by: assessment.approved
  who: social worker
"""
SHARE = f"""
- id: share
  kind: duty
  title: Share
  text: Share the assessment with the child.
  {SOURCE}
  starts: assessment.started
  within: 5 working days
  met_by: {{event: assessment.shared, where: {{with: [child]}}}}
  ends: [case.closed, {{event: assessment.approved, where: {{child_agrees: [false]}}}}]
  who: social worker
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-06T10:00", strand="r1")
CLOSED = event("x1", "case.closed", "2026-01-09T10:00", strand="r1")


def decided(at, outcome="assessment", identity="d1", recorded=None, **data):
    return event(
        identity, "referral.decided", at, {"outcome": [outcome], **data}, strand="r1", recorded=recorded
    )


def only(*args, **kwargs):
    (duty,) = view(*args, **kwargs).duties
    return duty
