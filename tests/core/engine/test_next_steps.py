"""What comes next, and where the case stands on the flow chart."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, view, withdraw

SOURCE = 'source: {document: book, paragraph: "5.1"}'
STEPS = f"""
- id: start-assessment
  kind: next step
  title: Start the assessment
  text: Start the assessment that was decided on.
  {SOURCE}
  after: {{event: referral.decided, where: {{outcome: [assessment]}}}}
  until: assessment.started
  to: the assessment team
"""
CHART = """
flow_charts:
- id: way
  title: From referral to plan
  source: {document: book, paragraph: "9"}
  nodes:
    - {id: referral, title: Referral, column: 1, reached_by: referral.received, left_by: referral.decided}
    - {id: assessment, title: Assessment, column: 2, reached_by: assessment.started, left_by: assessment.approved,
       not_taken_by: {event: referral.decided, where: {outcome: [advice]}}}
    - {id: plan, title: Plan, column: 3, reached_by: plan.made}
  edges:
    - {from_node: referral, to_node: assessment}
    - {from_node: assessment, to_node: plan}
"""
SECOND = """
- id: visits
  title: Visits on a plan
  source: {document: book, paragraph: "10"}
  begins_with: plan.made
  nodes:
    - {id: plan-there, title: Plan, column: 1, reached_by: plan.made}
    - {id: visits, title: Visits, column: 2, reached_by: visit.made, since: plan-there}
  edges: [{from_node: plan-there, to_node: visits}]
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-07T10:00", strand="r1")


def decided(outcome="assessment", identity="d1", at="2026-01-06T10:00", strand="r1", **data):
    given = {"outcome": [outcome], **data} if outcome else data
    return event(identity, "referral.decided", at, given, strand=strand)


def steps(*events, rules=STEPS, **kwargs):
    return [(one.rule.id, one.after.id, one.missing) for one in view(rules, *events, **kwargs).next_steps]


class TestSteps:
    def test_it_follows_the_event_until_it_is_taken(self):
        assert steps(R1) == []
        (step,) = view(STEPS, R1, decided()).next_steps
        assert (step.rule.to, step.strand.id, step.missing) == ("the assessment team", "r1", "")
        assert steps(R1, decided(), A1) == []

    def test_a_step_without_until_stays_until_the_strand_ends(self):
        rules = STEPS.replace("  until: assessment.started\n", "")
        assert len(steps(R1, decided(), A1, rules=rules)) == 1
        assert steps(R1, decided(), event("x1", "case.closed", "2026-01-09", strand="r1"), rules=rules) == []

    def test_what_ends_the_strand_may_itself_be_followed_by_something(self):
        rules = STEPS.replace("outcome: [assessment]", "outcome: [no_further_action]")
        assert len(steps(R1, decided("no_further_action"), rules=rules)) == 1

    def test_what_was_taken_before_does_not_count(self):
        early = event("a1", "assessment.started", "2026-01-06T09:00", strand="r1")
        assert len(steps(R1, early, decided())) == 1

    def test_another_decision_takes_its_place(self):
        other = decided("advice", "d2", "2026-01-06T11:00", supersedes="d1")
        assert steps(R1, decided(), other) == []

    def test_each_referral_has_its_own(self):
        r2 = event("r2", "referral.received", "2026-01-05T11:00")
        second = decided(identity="d2", strand="r2")
        assert steps(R1, r2, decided(), second, A1) == [("start-assessment", "d2", "")]

    def test_of_a_field_that_was_not_answered_it_is_shown_with_what_is_missing(self):
        assert steps(R1, decided(None)) == [
            ("start-assessment", "d1", "“Outcome” (Decision on the referral, 6 January 2026)")
        ]

    def test_under_a_condition(self):
        rules = STEPS + "  when: [{event: plan.made}]\n"
        assert steps(R1, decided(), rules=rules) == []

    def test_in_the_order_they_arose(self):
        second = STEPS.replace("start-assessment", "acknowledge").replace(
            "{event: referral.decided, where: {outcome: [assessment]}}", "referral.received"
        )
        assert [one for one, _, _ in steps(R1, decided(), rules=STEPS + second)] == [
            "acknowledge",
            "start-assessment",
        ]

    def test_only_the_version_in_force_is_followed(self):
        newer = STEPS.replace("text:", "in_force_from: 2026-03-01\n  text:")
        assert len(steps(R1, decided(), rules=STEPS + newer)) == 1

    def test_a_day_before_the_first_version_is_stated(self):
        newer = STEPS.replace("text:", "in_force_from: 2026-03-01\n  text:")
        ((_, _, missing),) = steps(R1, decided(), rules=newer)
        assert missing.startswith("the rule in force on 6 January 2026")
        assert steps(R1, decided(), rules=newer.replace("text:", "introduced: true\n  text:")) == []
        closed = event("x1", "case.closed", "2026-01-09", strand="r1")
        assert steps(R1, decided(), closed, rules=newer) == []

    def test_nothing_follows_from_what_was_withdrawn_with_its_strand(self):
        assert steps(R1, decided(), withdraw("w1", "r1", "2026-01-09")) == []


def places(*events, **kwargs):
    (found,) = view(STEPS + CHART, *events, **kwargs).positions
    return [(stand.node.id, stand.place) for stand in found.stands]


class TestPosition:
    def test_without_a_chart_there_is_none(self):
        assert view(STEPS, R1).positions == ()

    def test_before_anything_all_is_to_come(self):
        assert {place for _, place in places()} == {"to come"}

    def test_where_it_has_been_where_it_is_and_where_it_may_come(self):
        assert places(R1) == [("referral", "now"), ("assessment", "to come"), ("plan", "to come")]
        assert places(R1, decided(), A1) == [("referral", "done"), ("assessment", "now"), ("plan", "to come")]

    def test_the_way_it_did_not_take(self):
        assert dict(places(R1, decided("advice")))["assessment"] == "not taken"

    def test_a_box_that_nothing_leaves_is_done_once_reached(self):
        assert dict(places(R1, event("p1", "plan.made", "2026-01-08", strand="r1")))["plan"] == "done"

    def test_a_box_reached_again_after_it_was_left_is_where_the_case_is(self):
        approved = event("q1", "assessment.approved", "2026-01-08T10:00", strand="a1")
        again = event("a2", "assessment.started", "2026-01-09T10:00", strand="r1")
        assert dict(places(R1, A1, approved))["assessment"] == "done"
        assert dict(places(R1, A1, approved, again))["assessment"] == "now"

    def test_the_edges_gone_along_and_the_boxes_it_is_in(self):
        (position,) = view(STEPS + CHART, R1, decided(), A1).positions
        assert position.taken == {("referral", "assessment")}
        assert [stand.node.title for stand in position.now] == ["Assessment"]
        assert (position.id, position.title, position.matters) == ("way", "From referral to plan", True)

    def test_each_chart_has_its_own_position_and_matters_once_the_case_comes_to_it(self):
        second = STEPS + CHART + SECOND
        first, other = view(second, R1).positions
        assert (first.matters, other.id, other.matters) == (True, "visits", False)
        _, other = view(second, R1, event("p1", "plan.made", "2026-01-08", strand="r1")).positions
        assert other.matters

    def test_a_box_since_another_counts_only_what_came_after_that(self):
        second, plan = STEPS + CHART + SECOND, event("p1", "plan.made", "2026-01-08T10:00", strand="r1")
        before = event("v1", "visit.made", "2026-01-07T10:00", strand="r1")
        after = event("v2", "visit.made", "2026-01-12T10:00", strand="r1")

        def visits(*events):
            return {one.node.id: one.place for one in view(second, R1, *events).positions[1].stands}["visits"]

        assert visits(before) == "to come"
        assert visits(before, plan) == "to come"
        assert visits(before, plan, after) == "done"

    def test_an_episode_that_was_closed_before_is_another_way(self):
        closed = event("x1", "case.closed", "2026-01-20T10:00", strand="r1")
        r2 = event("r2", "referral.received", "2026-03-05T10:00")
        found = dict(places(R1, decided(), A1, closed, r2))
        assert found == {"referral": "now", "assessment": "to come", "plan": "to come"}

    def test_after_the_last_was_closed_it_stands_where_that_ended(self):
        closed = event("x1", "case.closed", "2026-01-20T10:00", strand="r1")
        assert dict(places(R1, decided(), A1, closed))["referral"] == "done"

    @pytest.mark.parametrize("as_at", ["2026-01-05T12:00", "2026-01-06T12:00"])
    def test_as_it_stood_on_a_day(self, as_at):
        expected = "now" if as_at.startswith("2026-01-05") else "done"
        assert dict(places(R1, decided(), as_at=as_at))["referral"] == expected
