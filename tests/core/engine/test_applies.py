"""Whether a duty applies, and since when it no longer does."""

from __future__ import annotations

from tests.core.engine.test_duties import ASSESS, DECIDE, R1, decided, only
from tests.core.made_up_procedures import event, shown, view


class TestConditions:
    def test_no_duty_before_the_condition_holds_and_one_after(self):
        assert view(ASSESS, R1).duties == ()
        duty = only(ASSESS, R1, decided("2026-01-06T09:00"))
        assert shown(duty) == ("assess:r1", "overdue", "2026-01-19T23:59")

    def test_the_field_it_turns_on_was_not_answered(self):
        silent = event("d1", "referral.decided", "2026-01-06T09:00", {}, strand="r1")
        duty = only(ASSESS, R1, silent)
        assert duty.state == "cannot_tell"
        assert duty.missing == "“Outcome” (Decision on the referral, 6 January 2026)"
        assert duty.is_open

    def test_a_named_condition_that_cannot_tell(self):
        rules = ASSESS.replace("  met_by:", "    - {function: aged_16_or_17}\n  met_by:")
        duty = only(rules, R1, decided("2026-01-06T09:00"))
        assert (duty.state, duty.missing) == ("cannot_tell", "date of birth")

    def test_a_start_of_which_it_is_not_known_whether_it_starts_the_clock(self):
        rules = DECIDE.replace(
            "starts: referral.received", "starts: {event: referral.received, where: {urgent: [true]}}"
        )
        duty = only(rules, R1)
        assert (duty.state, duty.missing) == (
            "cannot_tell",
            "“Is it urgent?” (Referral received, 5 January 2026)",
        )
        calm = event("r1", "referral.received", "2026-01-05T10:00", {"urgent": False})
        assert view(rules, calm).duties == ()

    def test_a_condition_on_the_starting_event(self):
        rules = DECIDE + "  when: [{start: {urgent: [true]}}]\n"
        assert only(rules, R1).state == "cannot_tell"
        assert only(rules, event("r1", "referral.received", "2026-01-05T10:00", {"urgent": True})).due

    def test_a_condition_turned_about(self):
        rules = DECIDE + "  when: [{event: child.seen, is_not: true}]\n"
        assert only(rules, R1, as_at="2026-01-06T09:00").state == "due_today"


class TestWhatCeases:
    """A condition that no longer holds ends the duty; it takes no lateness away."""

    RULES = DECIDE.replace("referral.decided", "assessment.started") + (
        "  when: [{event: child.seen, is_not: true}]\n"
    )

    def test_in_time_it_no_longer_applies(self):
        duty = only(self.RULES, R1, event("s1", "child.seen", "2026-01-06T09:00"))
        assert (duty.state, duty.ended_by.id, duty.is_open, duty.late) == ("ended", "s1", False, False)

    def test_late_it_ended_unmet(self):
        duty = only(self.RULES, R1, event("s1", "child.seen", "2026-01-08T09:00"))
        assert (duty.state, duty.late) == ("ended_unmet", True)

    def test_met_late_before_it_ceased_stays_met_late(self):
        started = event("a1", "assessment.started", "2026-01-07T10:00", strand="r1")
        duty = only(self.RULES, R1, started, event("s1", "child.seen", "2026-01-08T09:00"))
        assert (duty.state, duty.met_by.id) == ("met_late", "a1")

    def test_a_later_decision_that_takes_the_condition_away_leaves_the_lateness(self):
        rules = ASSESS.replace(
            "{event: {event: referral.decided,", "{event: {event: referral.decided, latest: true,"
        )
        again = decided("2026-02-20T10:00", outcome="advice", identity="d2")
        duty = only(rules, R1, decided("2026-01-06T09:00"), again)
        assert (duty.state, duty.ended_by.id) == ("ended_unmet", "d2")
        early = decided("2026-01-15T10:00", outcome="advice", identity="d2")
        assert only(rules, R1, decided("2026-01-06T09:00"), early).state == "ended"

    def test_what_cannot_be_told_since_it_was_late_does_not_make_it_less_late(self):
        rules = ASSESS.replace(
            "{event: {event: referral.decided,", "{event: {event: referral.decided, latest: true,"
        )
        silent = event("d2", "referral.decided", "2026-02-20T10:00", {}, strand="r1")
        assert only(rules, R1, decided("2026-01-06T09:00"), silent).state == "overdue"
        in_time = event("d2", "referral.decided", "2026-01-12T10:00", {}, strand="r1")
        assert only(rules, R1, decided("2026-01-06T09:00"), in_time).state == "cannot_tell"

    def test_of_a_duty_without_a_date_what_cannot_be_told_since_is_in_doubt(self):
        rules = ASSESS.replace(
            "{event: {event: referral.decided,", "{event: {event: referral.decided, latest: true,"
        ).replace("within: 10 working days", "pace: at the pace of the child")
        silent = event("d2", "referral.decided", "2026-02-20T10:00", {}, strand="r1")
        assert only(rules, R1, decided("2026-01-06T09:00"), silent).state == "cannot_tell"

    def test_what_may_have_come_after_the_start_ended_it_and_what_may_not_left_no_time_for_it(self):
        that_day = event("s1", "child.seen", "2026-01-05")
        assert only(self.RULES, R1, that_day).ended_by.id == "s1"
        received = event("r1", "referral.received", "2026-01-05")
        assert view(self.RULES, received, event("s1", "child.seen", "2026-01-05T10:00")).duties == ()

    def test_of_what_happened_later_only_what_the_condition_reads_ends_it(self):
        note = event("n1", "note.added", "2026-01-06T11:00")
        duty = only(self.RULES, R1, event("s1", "child.seen", "2026-01-06T09:00"), note)
        assert duty.ended_by.id == "s1"

    def test_a_condition_that_never_held_makes_no_duty(self):
        seen = event("s1", "child.seen", "2026-01-05T10:00")
        assert view(self.RULES, R1, seen).duties == ()
