"""A gate that wants the child seen, the events around it, and trying an act against rules: for the tests of gates."""

from __future__ import annotations

from tests.core.made_up_procedures import event, view

from cairn.core.engine.view import gates

SOURCE = 'source: {document: book, paragraph: "4.12"}'
SEEN = f"""
- id: seen-first
  kind: gate
  title: The child has been seen
  text: See the child before the assessment is approved.
  {SOURCE}
  before: assessment.approved
  needs:
    - {{event: {{event: child.seen, where: {{alone: [true]}}}}, missing: The child has not been seen alone}}
  departure: {{by: [team manager], source: {{document: book, paragraph: "4.13"}}}}
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-06T10:00", strand="r1")
APPROVED = event(
    "p1", "assessment.approved", "2026-01-12T10:00", {"summary": "x"}, strand="a1", role="team manager"
)
SEEN_ALONE = event("s1", "child.seen", "2026-01-08T10:00", {"alone": True})


def tried(rules, candidate, *events, **kwargs):
    return gates(view(rules, *events, **kwargs), candidate)


def codes(rules, candidate, *events, **kwargs):
    return [(one.code, one.field) for one in tried(rules, candidate, *events, **kwargs)]


def departed(
    role="team manager", at="2026-01-12T09:00", provision="seen-first", reason="Was away.", strand="a1"
):
    data = {"provision": provision, "reason": reason}
    return event("x1", "departure.recorded", at, data, strand=strand, role=role)


QUORUM = f"""
- id: quorum
  kind: quorum
  title: Who takes part
  text: Social care, health and the police take part in a strategy discussion.
  {SOURCE}
  of: {{event: strategy.held, where: {{sort: [first]}}}}
  field: attended
  needs: [police, health]
"""


def held(attended, **data):
    given = {"sort": "first", **data}
    given |= {} if attended is None else {"attended": attended}
    return event("s1", "strategy.held", "2026-01-07T10:00", given, strand="r1")
