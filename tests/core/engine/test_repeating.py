"""Repeating duties: every closed occurrence and the one open, each counted from the act as held."""

from __future__ import annotations

from datetime import timedelta

from tests.core.made_up_procedures import event, instant, shown, unchecked, view, vocabulary

from cairn.core.engine.departures import of_its_rule
from cairn.core.engine.explain import explain
from cairn.core.protocol.check import check_protocol

SOURCE = 'source: {document: book, paragraph: "7.1"}'
VISIT = f"""
- id: visit
  kind: duty
  title: Visit
  text: Visit the child and see them.
  {SOURCE}
  during: plan
  every: 6 weeks
  met_by: {{event: visit.made, where: {{child_seen: [true]}}}}
  who: social worker
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00")
P1 = event("p1", "plan.made", "2026-01-12T10:00", strand="r1")


def visit(identity, at, seen=True, **kwargs):
    return event(
        identity, "visit.made", at, {} if seen is None else {"child_seen": seen}, strand="p1", **kwargs
    )


def rows(*events, rules=VISIT, **kwargs):
    duties = [duty for duty in view(rules, R1, P1, *events, **kwargs).duties if duty.rule.id == "visit"]
    return [shown(duty) for duty in duties]


def test_before_the_first_visit_one_occurrence_is_open_counted_from_the_start():
    assert rows(as_at="2026-02-01") == [("visit:p1:p1", "upcoming", "2026-02-23T23:59")]


def test_each_visit_closes_one_and_the_next_is_counted_from_the_visit_as_held():
    made = visit("v1", "2026-01-30T10:00"), visit("v2", "2026-03-20T10:00")
    assert rows(*made, as_at="2026-04-01") == [
        ("visit:p1:p1", "met", "2026-02-23T23:59"),
        ("visit:p1:v1", "met_late", "2026-03-13T23:59"),
        ("visit:p1:v2", "upcoming", "2026-05-01T23:59"),
    ]


def test_occurrences_are_numbered_and_say_what_they_are_counted_from():
    found = view(VISIT, R1, P1, visit("v1", "2026-01-30T10:00")).duties
    assert [(duty.occurrence, duty.started_by.id) for duty in found] == [(1, "p1"), (2, "v1")]


def test_a_visit_typed_in_late_gets_its_place_and_the_later_occurrences_keep_their_keys():
    later = visit("v2", "2026-02-20T10:00")
    late = visit("v1", "2026-02-10T10:00", recorded="2026-03-01T10:00")
    assert rows(later, late, known_at="2026-02-28", as_at="2026-02-28")[-1][0] == "visit:p1:v2"
    assert [key for key, _, _ in rows(later, late)] == ["visit:p1:p1", "visit:p1:v1", "visit:p1:v2"]


def test_a_visit_without_seeing_the_child_closes_nothing():
    assert rows(visit("v1", "2026-01-30T10:00", seen=False), as_at="2026-02-01") == [
        ("visit:p1:p1", "upcoming", "2026-02-23T23:59")
    ]


def test_two_visits_on_one_day_close_two_and_end():
    made = visit("v1", "2026-01-30T10:00"), visit("v2", "2026-01-30T15:00")
    assert [key for key, _, _ in rows(*made)] == ["visit:p1:p1", "visit:p1:v1", "visit:p1:v2"]


def test_two_visits_of_one_day_whose_hours_are_not_known_close_two_and_end():
    assert len(rows(visit("v1", "2026-01-30"), visit("v2", "2026-01-30"))) == 3


def test_two_visits_at_one_instant_close_two_and_end():
    made = visit("v1", "2026-01-30T10:00", number=1), visit("v2", "2026-01-30T10:00", number=2)
    assert [key for key, _, _ in rows(*made)] == ["visit:p1:p1", "visit:p1:v1", "visit:p1:v2"]


def test_a_visit_of_the_day_of_the_plan_counts_whatever_the_hour_of_the_plan():
    plan = event("p1", "plan.made", "2026-01-12", strand="r1")
    found = view(VISIT, R1, plan, visit("v1", "2026-01-12T09:00")).duties
    assert [duty.key for duty in found] == ["visit:p1:p1", "visit:p1:v1"]


def test_far_in_the_future_one_occurrence_is_open():
    assert rows(as_at="2199-12-31") == [("visit:p1:p1", "overdue", "2026-02-23T23:59")]


def test_a_great_many_visits_end():
    start = instant("2026-01-13T10:00")
    made = [visit(f"v{n}", (start + timedelta(hours=n)).isoformat()) for n in range(300)]
    assert len(rows(*made)) == 301


def test_the_first_interval_may_be_another():
    rules = VISIT.replace("every: 6 weeks", "every: 6 weeks\n  within: 10 working days")
    assert [due for _, _, due in rows(visit("v1", "2026-01-20T10:00"), rules=rules)] == [
        "2026-01-26T23:59",
        "2026-03-03T23:59",
    ]


def test_without_a_figure_for_the_rest_only_the_first_has_a_date():
    rules = VISIT.replace("every: 6 weeks", "within: 10 working days\n  pace: as often as was agreed")
    assert [(state, due) for _, state, due in rows(visit("v1", "2026-01-20T10:00"), rules=rules)] == [
        ("met", "2026-01-26T23:59"),
        ("undated", None),
    ]


class TestItsEnd:
    def test_in_time_it_no_longer_applies(self):
        ended = event("e1", "plan.ended", "2026-02-20T10:00", strand="p1")
        assert rows(ended) == [("visit:p1:p1", "ended", "2026-02-23T23:59")]

    def test_late_it_ended_unmet(self):
        ended = event("e1", "plan.ended", "2026-02-24T10:00", strand="p1")
        assert rows(ended) == [("visit:p1:p1", "ended_unmet", "2026-02-23T23:59")]

    def test_a_visit_after_the_plan_had_ended_closes_nothing(self):
        ended = event("e1", "plan.ended", "2026-02-20T10:00", strand="p1")
        assert rows(ended, visit("v1", "2026-02-21T10:00")) == [("visit:p1:p1", "ended", "2026-02-23T23:59")]

    def test_a_visit_of_the_day_of_the_end_counts_and_the_next_is_over(self):
        ended = event("e1", "plan.ended", "2026-02-20T10:00", strand="p1")
        assert [state for _, state, _ in rows(ended, visit("v1", "2026-02-20"))] == ["met", "ended"]

    def test_the_first_of_the_two_ends_counts(self):
        ended = event("e1", "plan.ended", "2026-02-20T10:00", strand="p1")
        closed = event("x1", "case.closed", "2026-03-20T10:00", strand="r1")
        (duty,) = view(VISIT, R1, P1, ended, closed).duties
        assert duty.ended_by.id == "e1"

    def test_the_end_of_the_case_ends_it(self):
        closed = event("x1", "case.closed", "2026-02-20T10:00", strand="r1")
        assert rows(closed) == [("visit:p1:p1", "ended", "2026-02-23T23:59")]


def test_each_plan_has_its_own():
    second = event("p2", "plan.made", "2026-02-12T10:00", strand="r1")
    keys = [duty.key for duty in view(VISIT, R1, P1, second, visit("v1", "2026-03-01T10:00")).duties]
    assert keys == ["visit:p1:p1", "visit:p2:p2", "visit:p1:v1"]


class TestConditions:
    RULES = VISIT + "  when: [{start: {sort: [long]}}]\n"

    def test_a_plan_of_another_sort_has_none(self):
        short = event("p1", "plan.made", "2026-01-12T10:00", {"sort": "short"}, strand="r1")
        assert view(self.RULES, R1, short).duties == ()

    def test_of_a_plan_whose_sort_is_not_known_it_cannot_be_told(self):
        assert rows(rules=self.RULES)[0][1] == "cannot_tell"

    def test_when_the_condition_ceases_the_closed_ones_stay_and_the_open_one_ends(self):
        rules = VISIT + "  when: [{event: assessment.started, is_not: true}]\n"
        rules = rules.replace(
            "{event: assessment.started,", "{event: {event: child.seen, where: {alone: [true]}},"
        )
        seen = event("s1", "child.seen", "2026-02-01T10:00", {"alone": True})
        made = visit("v1", "2026-01-30T10:00"), visit("v2", "2026-02-20T10:00")
        assert [state for _, state, _ in rows(*made, seen, rules=rules)] == ["met", "ended"]


class TestTakenOver:
    """What the source does not say lies before it was taken over; what came after is known."""

    DATA = {"not_known": ["visit.made"], "imported_from": "the old system"}  # noqa: RUF012 - read only

    def rows(self, *events, **kwargs):
        plan = event(
            "p1", "plan.made", "2025-01-12T10:00", self.DATA, strand="r1", recorded="2026-01-12T10:00"
        )
        start = event("r1", "referral.received", "2025-01-05T10:00")
        return [shown(duty)[:2] for duty in view(VISIT, start, plan, *events, **kwargs).duties]

    def test_nobody_knows_whether_the_visits_before_it_were_made(self):
        assert self.rows() == [("visit:p1:p1", "cannot_tell")]

    def test_from_the_first_visit_since_it_is_counted_as_ever(self):
        made = visit("v1", "2026-01-30T10:00")
        assert self.rows(made, as_at="2026-04-01") == [
            ("visit:p1:p1", "cannot_tell"),
            ("visit:p1:v1", "overdue"),
        ]


class TestDepartures:
    RULES = (
        VISIT
        + '  departure: {by: [team manager], source: {document: book, paragraph: "7.3"}, moves_date: true}\n'
    )

    def departed(self, at, **data):
        given = {"provision": "visit", "reason": "Away.", **data}
        return event("x1", "departure.recorded", at, given, strand="p1", role="team manager")

    def test_a_departure_is_from_the_occurrence_that_ran_then(self):
        made = visit("v1", "2026-01-30T10:00"), visit("v2", "2026-03-20T10:00")
        moved = self.departed("2026-03-01T10:00", new_date="2026-03-21")
        assert rows(*made, moved, rules=self.RULES, as_at="2026-04-01") == [
            ("visit:p1:p1", "met", "2026-02-23T23:59"),
            ("visit:p1:v1", "met", "2026-03-21T23:59"),
            ("visit:p1:v2", "upcoming", "2026-05-01T23:59"),
        ]

    def test_a_departure_while_it_runs_is_from_the_occurrence_that_is_open(self):
        moved = self.departed("2026-02-01T10:00", new_date="2026-03-21")
        assert rows(moved, rules=self.RULES, as_at="2026-03-01") == [
            ("visit:p1:p1", "upcoming", "2026-03-21T23:59")
        ]

    def test_of_two_occurrences_only_the_one_named_is_departed_from(self):
        made = (visit("v1", "2026-03-01T10:00"),)
        why = self.departed("2026-03-02T10:00", duty="visit:p1:v1")
        found = view(self.RULES, R1, P1, *made, why).duties
        assert [bool(duty.departed) for duty in found] == [False, True]

    def test_a_departure_that_names_its_duty_need_not_name_the_rule_too(self):
        assert of_its_rule({"duty": "visit:p1:v1", "reason": "Away."})["provision"] == "visit"
        assert of_its_rule({"duty": "visit:p1:v1", "provision": "other"})["provision"] == "other"
        assert of_its_rule({"duty": "visit:p1:v1", "reason": "Away."})["reason"] == "Away."
        for nameless in ({"reason": "Away."}, {"duty": "", "reason": "Away."}, {"duty": ["visit"]}):
            assert of_its_rule(nameless) == nameless

    def test_a_departure_may_name_the_duty_it_is_from(self):
        made = (visit("v1", "2026-03-01T10:00"),)
        why = self.departed("2026-03-02T10:00", duty="visit:p1:p1")
        found = view(self.RULES, R1, P1, *made, why).duties
        assert [bool(duty.departed) for duty in found] == [True, False]
        assert found[0].state == "met_late"


class TestHowOftenPeopleHaveSetIt:
    RULES = VISIT.replace("every: 6 weeks", "every: 6 weeks\n  as_often_as: every")
    PLAN = event("p1", "plan.made", "2026-01-12T10:00", {"every": "1 week"}, strand="r1")

    def rows(self, *events, plan=PLAN, **kwargs):
        return [shown(duty) for duty in view(self.RULES, R1, plan, *events, **kwargs).duties]

    def revised(self, at, every):
        return event("q1", "plan.revised", at, {"every": every}, strand="p1")

    def test_the_shorter_time_counts(self):
        assert self.rows(visit("v1", "2026-01-15T10:00"), as_at="2026-01-16") == [
            ("visit:p1:p1", "met", "2026-01-19T23:59"),
            ("visit:p1:v1", "upcoming", "2026-01-22T23:59"),
        ]

    def test_where_nobody_set_it_the_figure_of_the_rule_counts(self):
        (row,) = self.rows(plan=P1, as_at="2026-01-16")
        assert row == ("visit:p1:p1", "upcoming", "2026-02-23T23:59")

    def test_a_shorter_time_runs_from_the_day_on_which_it_was_set(self):
        often = self.revised("2026-02-02T10:00", "1 week")
        assert self.rows(often, plan=P1, as_at="2026-02-03") == [
            ("visit:p1:p1", "upcoming", "2026-02-09T23:59")
        ]

    def test_it_never_runs_past_the_figure_of_the_rule(self):
        often = self.revised("2026-02-20T10:00", "4 weeks")
        assert self.rows(often, plan=P1, as_at="2026-02-21") == [
            ("visit:p1:p1", "upcoming", "2026-02-23T23:59")
        ]

    def test_a_longer_time_set_in_time_is_taken(self):
        rarer = self.revised("2026-01-14T10:00", "6 weeks")
        assert self.rows(rarer, as_at="2026-01-21") == [("visit:p1:p1", "upcoming", "2026-02-23T23:59")]

    def test_a_longer_time_set_too_late_takes_no_lateness_away(self):
        rarer = self.revised("2026-01-20T10:00", "6 weeks")
        assert self.rows(rarer, as_at="2026-01-21") == [("visit:p1:p1", "overdue", "2026-01-19T23:59")]

    def test_of_two_that_were_set_after_it_the_first_counts_once_the_time_has_run_out(self):
        often = event("q1", "plan.revised", "2026-01-14T10:00", {"every": "1 week"}, strand="p1")
        rarer = event("q2", "plan.revised", "2026-01-30T10:00", {"every": "6 weeks"}, strand="p1")
        assert self.rows(often, rarer, plan=P1, as_at="2026-01-31") == [
            ("visit:p1:p1", "overdue", "2026-01-21T23:59")
        ]

    def test_what_was_set_before_the_visit_runs_from_the_visit(self):
        often = event("q1", "plan.revised", "2026-01-20T10:00", {"every": "1 week"}, strand="p1")
        assert self.rows(often, visit("v1", "2026-01-22T10:00"), plan=P1, as_at="2026-01-23") == [
            ("visit:p1:p1", "met", "2026-01-27T23:59"),
            ("visit:p1:v1", "upcoming", "2026-01-29T23:59"),
        ]

    def test_the_occurrences_after_it_go_by_what_was_set_last(self):
        made = visit("v1", "2026-01-15T10:00"), self.revised("2026-01-16T10:00", "4 weeks")
        again = visit("v2", "2026-01-20T10:00")
        assert [due for _, _, due in self.rows(*made, again)] == [
            "2026-01-19T23:59",
            "2026-02-13T23:59",
            "2026-02-17T23:59",
        ]

    def test_the_explanation_says_how_often_it_is_to_be(self):
        (duty,) = view(self.RULES, R1, self.PLAN, as_at="2026-01-16").duties
        assert "People have set it to be every 1 week." in explain(duty, vocabulary())

    def test_a_field_that_holds_no_times_is_refused(self):
        said = check_protocol(
            unchecked(self.RULES.replace("as_often_as: every", "as_often_as: sort")), vocabulary()
        )
        assert any("sort: 'short' is no time such as '2 weeks'" in fault for fault in said)

    def test_a_field_that_is_nowhere_asked_is_refused(self):
        said = check_protocol(
            unchecked(self.RULES.replace("as_often_as: every", "as_often_as: nothing")), vocabulary()
        )
        assert any("no event of the strand 'plan' has a field 'nothing'" in fault for fault in said)

    def test_what_does_not_repeat_cannot_be_set(self):
        once = self.RULES.replace("  every: 6 weeks\n", "  within: 6 weeks\n")
        said = check_protocol(unchecked(once), vocabulary())
        assert any("does not repeat, so nobody can set how often" in fault for fault in said)
