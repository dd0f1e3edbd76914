"""Which types of events bear on which duty."""

from __future__ import annotations

from tests.core.made_up_procedures import procedures

RULE = """
- id: visit
  kind: duty
  title: Visit
  text: Visit.
  source: {document: book, paragraph: "1.1"}
  during: plan
  every: 6 weeks
  met_by: visit.made
  who: social worker
"""
ON_ALL = {"person.described", "child.born", "departure.recorded", "event.corrected", "event.withdrawn"}
# What opens or ends a process of the made-up vocabulary.
PLACING = {
    "referral.received",
    "referral.decided",
    "assessment.started",
    "assessment.approved",
    "plan.made",
    "plan.ended",
    "case.closed",
    "enquiry.started",
}


def bears(more=""):
    return procedures(RULE + more).bearing["visit"] - ON_ALL - PLACING


def test_what_places_other_events_and_what_reaches_every_rule_bears_on_every_duty():
    assert procedures(RULE).bearing["visit"] >= ON_ALL | PLACING


def test_a_note_bears_on_nothing():
    assert "note.added" not in procedures(RULE).bearing["visit"]


def test_what_meets_it_and_what_its_conditions_read():
    assert bears() == {"visit.made"}
    assert bears("  when: [{event: strategy.held}]") == {"visit.made", "strategy.held"}
    assert "views.recorded" in bears("  when: [{function: parents_views_recorded}]")


def test_what_ends_it_what_departs_from_it_and_what_says_how_often():
    assert bears("  ends: strategy.held") == {"visit.made", "strategy.held"}
    given = "{by: [team manager], given_by: child.seen, source: {document: book, paragraph: '1.2'}}"
    assert bears(f"  departure: {given}") == {"visit.made", "child.seen"}
    assert bears("  as_often_as: every") == {"visit.made", "plan.revised"}


def test_any_version_of_a_provision_counts():
    again = RULE.replace("met_by: visit.made", "in_force_from: 2026-05-01\n  met_by: child.seen")
    assert bears(again) == {"visit.made", "child.seen"}
