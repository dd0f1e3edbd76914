"""Duties of which it cannot be told whether they are met, late or still due, and what is missing for it."""

from __future__ import annotations

from tests.core.engine.duty_cases import A1, DECIDE, HOURS, R1, SHARE, decided, only
from tests.core.made_up_procedures import event

from cairn.core.engine.instants import HOUR_UNKNOWN


class TestCannotTell:
    def test_the_field_that_meets_it_was_not_answered(self):
        shared = event("h1", "assessment.shared", "2026-01-07T10:00", {}, strand="a1")
        duty = only(SHARE, R1, A1, shared)
        assert (duty.state, duty.missing) == (
            "cannot_tell",
            "“With whom” (Assessment shared, 7 January 2026)",
        )

    def test_an_act_that_surely_came_late_leaves_it_overdue_whatever_its_fields_are(self):
        shared = event("h1", "assessment.shared", "2026-02-07T10:00", {}, strand="a1")
        duty = only(SHARE, R1, A1, shared)
        assert (duty.state, duty.late) == ("overdue", True)

    def test_an_unclear_act_in_time_and_a_clear_one_late_may_have_been_met(self):
        unclear = event("h1", "assessment.shared", "2026-01-07T10:00", {}, strand="a1")
        late = event("h2", "assessment.shared", "2026-02-07T10:00", {"with": "child"}, strand="a1")
        duty = only(SHARE, R1, A1, unclear, late)
        assert (duty.state, duty.met_by.id, duty.is_open) == ("cannot_tell", "h2", False)

    def test_an_unclear_act_and_a_clear_one_in_time_is_met(self):
        unclear = event("h1", "assessment.shared", "2026-01-07T10:00", {}, strand="a1")
        clear = event("h2", "assessment.shared", "2026-01-08T10:00", {"with": "child"}, strand="a1")
        assert only(SHARE, R1, A1, unclear, clear).state == "met"

    def test_a_clear_no_is_no_doubt_and_of_two_unclear_acts_the_first_is_named(self):
        parent = event("h0", "assessment.shared", "2026-01-06T12:00", {"with": "parent"}, strand="a1")
        unclear = event("h1", "assessment.shared", "2026-01-07T10:00", {}, strand="a1")
        again = event("h2", "assessment.shared", "2026-01-08T10:00", {}, strand="a1")
        assert only(SHARE, R1, A1, parent).state == "overdue"
        duty = only(SHARE, R1, A1, parent, unclear, again)
        assert (duty.state, duty.missing) == (
            "cannot_tell",
            "“With whom” (Assessment shared, 7 January 2026)",
        )

    def test_what_may_have_ended_it_once_it_was_done_leaves_no_doubt_of_when_it_was_done(self):
        """Done late is late, whatever may have ended it afterwards; what may have ended it before is a doubt."""
        shared = event("h1", "assessment.shared", "2026-02-07T10:00", {"with": "child"}, strand="a1")
        late = event("p1", "assessment.approved", "2026-02-08T10:00", {}, strand="a1")
        assert only(SHARE, R1, A1, shared, late).state == "met_late"
        in_time = event("p1", "assessment.approved", "2026-01-08T10:00", {}, strand="a1")
        assert only(SHARE, R1, A1, in_time, shared).state == "cannot_tell"
        undated = SHARE.replace("within: 5 working days", "pace: soon")
        assert only(undated, R1, A1, shared, late).state == "met"

    def test_whether_it_ended_turns_on_a_field_not_answered(self):
        approved = event("p1", "assessment.approved", "2026-01-08T10:00", {}, strand="a1")
        duty = only(SHARE, R1, A1, approved)
        assert (duty.state, duty.missing) == (
            "cannot_tell",
            "“Does the child agree?” (Assessment approved, 8 January 2026)",
        )
        late = event("p1", "assessment.approved", "2026-03-08T10:00", {}, strand="a1")
        assert only(SHARE, R1, A1, late).state == "overdue"

    def test_the_hour_of_the_start_is_not_known(self):
        somewhen = event("r1", "referral.received", "2026-01-05", recorded="2026-01-05T09:00")
        assert only(HOURS, somewhen, as_at="2026-01-05T23:00").state == "upcoming"
        duty = only(HOURS, somewhen, as_at="2026-01-06T12:00")
        assert (duty.state, duty.missing) == ("cannot_tell", HOUR_UNKNOWN)
        assert only(HOURS, somewhen, as_at="2026-01-07T00:00").state == "overdue"

    def test_the_hour_of_the_act_is_not_known(self):
        somewhen = event("k1", "referral.acknowledged", "2026-01-06", strand="r1")
        duty = only(HOURS, R1, somewhen)
        assert (duty.state, duty.missing, duty.is_open) == ("cannot_tell", HOUR_UNKNOWN, False)

    def test_an_end_of_a_day_that_surely_came_in_time_or_late_leaves_no_doubt(self):
        somewhen = event("r1", "referral.received", "2026-01-05", recorded="2026-01-05T09:00")
        for day, state in (("2026-01-05", "ended"), ("2026-01-08", "ended_unmet")):
            closed = event("x1", "case.closed", day, strand="r1")
            assert only(HOURS, somewhen, closed).state == state, day
        at_noon = event("x1", "case.closed", "2026-01-06T12:00", strand="r1")
        assert only(HOURS, somewhen, at_noon).state == "cannot_tell"

    def test_the_hour_of_the_end_is_not_known(self):
        closed = event("x1", "case.closed", "2026-01-06", strand="r1")
        duty = only(HOURS, R1, closed)
        assert (duty.state, duty.missing, duty.is_open) == ("cannot_tell", HOUR_UNKNOWN, False)

    def test_a_day_is_enough_where_days_are_counted(self):
        somewhen = event("d1", "referral.decided", "2026-01-06", {"outcome": ["advice"]}, strand="r1")
        assert only(DECIDE, R1, somewhen).state == "met"

    def test_the_source_does_not_say_whether_it_was_done(self):
        imported = event(
            "r1",
            "referral.received",
            "2026-01-05T10:00",
            {"not_known": ["referral.decided"], "imported_from": "the census of 2026"},
            recorded="2026-04-01T10:00",
        )
        duty = only(DECIDE, imported)
        assert duty.state == "cannot_tell"
        assert duty.missing == "whether it was done: the census of 2026 does not say"
        late = only(DECIDE, imported, decided("2026-05-01T10:00"))
        assert (late.state, late.is_open) == ("cannot_tell", False)
        assert only(DECIDE, imported, decided("2026-01-05T11:00", recorded="2026-05-01")).state == "met"

    def test_a_source_that_is_silent_about_something_else_leaves_no_doubt(self):
        imported = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["visit.made"]})
        assert only(DECIDE, imported).state == "overdue"

    def test_a_source_that_does_not_name_itself(self):
        imported = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["referral.decided"]})
        assert only(DECIDE, imported).missing == "whether it was done: the source does not say"
