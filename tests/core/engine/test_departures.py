"""Who departed from a duty, and what that does to its date."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.engine.test_duties import A1, CLOSED, DECIDE, DEPARTS, R1, SHARE, decided, departed, only
from tests.core.made_up_procedures import event, shown, view


class TestDeparture:
    STAYS = DEPARTS.replace("MOVES", "false")
    MOVES = DEPARTS.replace("MOVES", "true")

    def test_with_reason_by_whom_and_when_and_still_to_be_done(self):
        duty = only(self.STAYS, R1, departed("2026-01-07T10:00"), as_at="2026-01-08")
        assert (duty.state, duty.is_open, duty.late) == ("departed", True, False)
        assert (duty.departed.reason, duty.departed.by) == ("The family is away.", "A Worker, team manager")
        assert duty.departed.at == departed("2026-01-07T10:00").happened_at

    def test_the_date_stays_and_so_does_the_lateness(self):
        duty = only(self.STAYS, R1, departed("2026-01-07T10:00"))
        assert (duty.state, duty.late) == ("departed", True)
        duty = only(self.STAYS, R1, departed("2026-01-07T10:00"), decided("2026-02-07T10:00"))
        assert (duty.state, duty.departed.reason) == ("met_late", "The family is away.")

    def test_when_it_came_late(self):
        duty = only(self.STAYS, R1, departed("2026-02-07T10:00"))
        assert (duty.state, duty.late) == ("departed", True)

    def test_ended_before_its_time_it_is_not_late(self):
        duty = only(self.STAYS, R1, departed("2026-01-07T10:00"), CLOSED)
        assert (duty.state, duty.late, duty.is_open) == ("departed", False, False)

    @pytest.mark.parametrize(
        "wrong", [{"role": "social worker"}, {"reason": " "}, {"provision": "other"}, {"duty": "decide:r2"}]
    )
    def test_by_the_wrong_role_without_a_reason_or_from_another_rule_it_is_none(self, wrong):
        assert (
            only(self.STAYS, R1, departed("2026-01-07T10:00", **wrong), as_at="2026-01-08").departed is None
        )

    def test_a_rule_without_departure_has_none(self):
        assert only(DECIDE, R1, departed("2026-01-05T11:00")).departed is None

    def test_it_counts_wherever_in_the_episode_it_was_recorded_but_for_a_strand_of_the_same_kind(self):
        rules = SHARE + '  departure: {by: [team manager], source: {document: book, paragraph: "1.2"}}\n'
        second = event("a2", "assessment.started", "2026-01-06T11:00", strand="r1")
        plan = event("p1", "plan.made", "2026-01-06T12:00", strand="r1")

        def departed_from(strand):
            why = departed("2026-01-07T10:00", provision="share")
            found = view(rules, R1, A1, second, plan, replace(why, strand=strand), as_at="2026-01-08").duties
            return [duty.key for duty in found if duty.departed]

        assert departed_from("a1") == ["share:a1"]
        assert departed_from("p1") == departed_from("r1") == ["share:a1", "share:a2"]

    def test_the_latest_reason_is_the_one_that_is_shown(self):
        found = only(
            self.STAYS, R1, departed("2026-01-07T10:00"), departed("2026-01-08T10:00", "x8", reason="Ill.")
        )
        assert found.departed.reason == "Ill."

    def test_a_reason_given_after_it_was_done_late_is_shown_too(self):
        duty = only(self.STAYS, R1, decided("2026-02-07T10:00"), departed("2026-02-08T10:00"))
        assert (duty.state, duty.departed.reason) == ("met_late", "The family is away.")

    @pytest.mark.parametrize("nothing", ["", None])
    def test_a_new_date_that_was_left_blank_moves_nothing(self, nothing):
        duty = only(self.MOVES, R1, departed("2026-01-07T10:00", new_date=nothing), as_at="2026-01-08")
        assert (duty.state, shown(duty)[2]) == ("departed", "2026-01-19T23:59")

    def test_a_departure_before_the_clock_is_from_another(self):
        assert only(self.STAYS, R1, departed("2026-01-05T09:00"), as_at="2026-01-06").departed is None

    def test_a_new_date_moves_it(self):
        agreed = departed("2026-01-07T10:00", new_date="2026-02-02")
        assert shown(only(self.MOVES, R1, agreed, as_at="2026-01-08"))[1:] == ("upcoming", "2026-02-02T23:59")
        assert only(self.MOVES, R1, agreed, decided("2026-02-02T23:59")).state == "met"
        assert only(self.MOVES, R1, agreed, decided("2026-02-03T00:00")).state == "met_late"

    def test_a_date_agreed_after_the_old_one_had_passed_says_why_and_takes_no_lateness_away(self):
        agreed = departed("2026-01-20T10:00", new_date="2026-02-02")
        duty = only(self.MOVES, R1, agreed, as_at="2026-01-21")
        assert (shown(duty)[1:], duty.late) == (("departed", "2026-01-19T23:59"), True)
        assert duty.departed.new_day is None
        assert only(self.MOVES, R1, agreed, decided("2026-02-01T10:00")).state == "met_late"

    def test_dates_agreed_one_after_the_other_each_in_time(self):
        first, second = (
            departed("2026-01-07T10:00", new_date="2026-02-02"),
            departed("2026-02-01T10:00", "x8", new_date="2026-03-02"),
        )
        assert shown(only(self.MOVES, R1, first, second, as_at="2026-02-10"))[1:] == (
            "upcoming",
            "2026-03-02T23:59",
        )

    def test_without_a_new_date_the_date_stays(self):
        duty = only(self.MOVES, R1, departed("2026-01-07T10:00"), as_at="2026-01-08")
        assert shown(duty)[1:] == ("departed", "2026-01-19T23:59")

    def test_a_rule_that_does_not_move_ignores_a_new_date(self):
        agreed = departed("2026-01-07T10:00", new_date="2026-02-02")
        assert shown(only(self.STAYS, R1, agreed, as_at="2026-01-08"))[2] == "2026-01-19T23:59"

    def test_an_undated_duty_may_be_given_a_date_or_departed_from(self):
        rules = self.MOVES.replace("  within: 10 working days\n", "")
        agreed = departed("2026-01-07T10:00", new_date="2026-02-02")
        assert shown(only(rules, R1, agreed, as_at="2026-01-08"))[1:] == ("upcoming", "2026-02-02T23:59")
        duty = only(rules, R1, departed("2026-01-07T10:00"))
        assert (duty.state, duty.late) == ("departed", False)
