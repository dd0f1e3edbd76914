"""What must be done by when: every state of a duty, each from a small made-up case."""

from __future__ import annotations

import pytest
from tests.core.engine.duty_cases import A1, ASSESS, CLOSED, DECIDE, HOURS, R1, SHARE, decided, only
from tests.core.made_up_procedures import correct, event, instant, shown, view, withdraw

from cairn.core.engine.instants import HOUR_UNKNOWN


@pytest.mark.parametrize(
    ("as_at", "state"),
    [
        ("2026-01-05T10:00", "upcoming"),
        ("2026-01-05T23:59:59", "upcoming"),
        ("2026-01-06T00:00", "due_today"),
        ("2026-01-06T23:59:59", "due_today"),
        ("2026-01-07T00:00", "overdue"),
        ("2099-01-07T00:00", "overdue"),
    ],
)
def test_a_clock_that_runs(as_at, state):
    duty = only(DECIDE, R1, as_at=as_at)
    assert shown(duty) == ("decide:r1", state, "2026-01-06T23:59")
    assert duty.is_open
    assert duty.late is (state == "overdue")


def test_met_in_time_at_its_last_second_and_late_one_later():
    in_time = only(DECIDE, R1, decided("2026-01-06T23:59:59"))
    late = only(DECIDE, R1, decided("2026-01-07T00:00"))
    assert (in_time.state, in_time.is_open, in_time.late) == ("met", False, False)
    assert (late.state, late.is_open, late.late) == ("met_late", False, True)
    assert late.met_by.id == "d1"


def test_the_first_act_meets_it_and_a_second_changes_nothing():
    duty = only(DECIDE, R1, decided("2026-01-06T09:00"), decided("2026-02-06T09:00", identity="d2"))
    assert (duty.state, duty.met_by.id) == ("met", "d1")


def test_no_clock_without_what_starts_it():
    assert view(DECIDE, event("s1", "child.seen", "2026-01-05T10:00")).duties == ()


def test_an_act_before_the_clock_started_does_not_meet_it():
    early = event("k0", "referral.acknowledged", "2026-01-05T09:59", strand="r1")
    assert only(HOURS, R1, early).met_by is None


def test_hours_run_on_through_the_night_and_the_weekend():
    friday = event("r1", "referral.received", "2026-01-09T16:30")
    assert shown(only(HOURS, friday))[2] == "2026-01-10T16:30"


def test_a_referral_on_the_eve_of_summer_times_end_is_due_an_hour_earlier_by_the_wall_clock():
    eve = event("r1", "referral.received", "2026-10-24T14:00")
    assert shown(only(HOURS, eve))[2] == "2026-10-25T13:00"


def test_the_duty_of_another_referral_is_not_met():
    second = event("r2", "referral.received", "2026-01-05T11:00")
    duties = view(DECIDE, R1, second, decided("2026-01-05T12:00"), as_at="2026-01-05T13:00").duties
    assert [(duty.key, duty.state) for duty in duties] == [("decide:r1", "met"), ("decide:r2", "upcoming")]


class TestUndated:
    RULES = DECIDE.replace("  within: 1 working day\n", "  pace: without delay\n")

    def test_no_figure_no_date(self):
        duty = only(self.RULES, R1)
        assert (shown(duty), duty.is_open, duty.late) == (("decide:r1", "undated", None), True, False)

    def test_met_whenever_it_is_done_and_ended_with_the_case(self):
        assert only(self.RULES, R1, decided("2027-01-05T10:00")).state == "met"
        duty = only(self.RULES, R1, CLOSED)
        assert (duty.state, duty.is_open) == ("ended", False)

    def test_an_unclear_act_may_have_met_it(self):
        rules = self.RULES.replace(
            "met_by: referral.decided", "met_by: {event: referral.decided, where: {outcome: [advice]}}"
        )
        silent = event("d1", "referral.decided", "2026-01-06T09:00", {}, strand="r1")
        assert only(rules, R1, silent).state == "cannot_tell"

    def test_dated_duties_come_first_the_soonest_before(self):
        keys = [
            duty.key for duty in view(self.RULES + HOURS + ASSESS, R1, decided("2026-01-06T09:00")).duties
        ]
        assert keys == ["acknowledge:r1", "assess:r1", "decide:r1"]


class TestEnds:
    def test_closed_in_time_it_no_longer_applies_and_closed_late_it_ended_unmet(self):
        duty = only(ASSESS, R1, decided("2026-01-06T09:00"), CLOSED)
        assert (duty.state, duty.ended_by.id, duty.is_open) == ("ended", "x1", False)
        late = event("x1", "case.closed", "2026-02-09T10:00", strand="r1")
        duty = only(ASSESS, R1, decided("2026-01-06T09:00"), late)
        assert (duty.state, duty.late, duty.is_open) == ("ended_unmet", True, False)

    def test_what_is_done_after_the_end_does_not_meet_it(self):
        acknowledged = event("k1", "referral.acknowledged", "2026-01-05T15:00", strand="r1")
        closed = event("x1", "case.closed", "2026-01-05T14:00", strand="r1")
        duty = only(HOURS, R1, closed, acknowledged)
        assert (duty.state, duty.met_by) == ("ended", None)

    def test_done_at_the_minute_of_the_end_it_is_met(self):
        acknowledged = event("k1", "referral.acknowledged", "2026-01-05T14:00", strand="r1")
        closed = event("x1", "case.closed", "2026-01-05T14:00", strand="r1")
        duty = only(HOURS, R1, closed, acknowledged)
        assert (duty.state, duty.ended_by) == ("met", None)

    def test_what_does_not_end_it_as_the_rule_has_it_ends_nothing(self):
        agreed = event("p1", "assessment.approved", "2026-01-08T10:00", {"child_agrees": True}, strand="a1")
        assert only(SHARE, R1, A1, agreed).state == "overdue"

    def test_done_late_on_the_day_of_the_end_it_is_late_whenever_that_day_it_ended(self):
        late = event("k1", "referral.acknowledged", "2026-01-06T12:00", strand="r1")
        closed = event("x1", "case.closed", "2026-01-06", strand="r1")
        assert only(HOURS, R1, late, closed).state == "met_late"

    def test_of_a_start_and_an_end_on_one_day_it_may_have_ended(self):
        """Unless both hours are known and the end was recorded first, it was not surely over before it began."""
        day = "2026-01-06"
        started = event("a1", "assessment.started", day, strand="r1", number=2)
        closed = event("x1", "case.closed", day, strand="r1", number=1)
        assert only(SHARE, R1, started, closed).ended_by.id == "x1"
        by_the_clock = event("x1", "case.closed", f"{day}T15:00", strand="r1", number=1)
        assert only(SHARE, R1, started, by_the_clock).ended_by.id == "x1"

    def test_the_end_of_the_case_ends_what_is_due_in_the_strands_within_it(self):
        assert only(SHARE, R1, A1, CLOSED).state == "ended"

    def test_the_end_of_another_case_ends_nothing_here(self):
        second = event("r2", "referral.received", "2026-01-06T10:00")
        other = event("x2", "case.closed", "2026-01-07T10:00", strand="r2")
        assert only(SHARE, R1, A1, second, other).state == "overdue"

    def test_an_end_of_no_strand_reaches_into_the_case_that_was_open(self):
        rules = SHARE.replace("ends: [case.closed,", "ends: [child.seen,")
        assert only(rules, R1, A1, event("s1", "child.seen", "2026-01-08T10:00")).state == "ended"
        approved = event("p1", "assessment.approved", "2026-01-07T10:00", {"child_agrees": True}, strand="a1")
        duty = only(rules, R1, A1, approved, event("s1", "child.seen", "2026-01-08T10:00"))
        assert duty.state == "ended"

    def test_a_rule_may_say_that_nothing_ends_it(self):
        rules = HOURS + "  ends: []\n"
        assert only(rules, R1, CLOSED).state == "overdue"

    def test_a_decision_replaced_by_one_that_would_not_have_started_the_clock_ends_it(self):
        rules = SHARE.replace(
            "assessment.started", "{event: referral.decided, where: {outcome: [assessment]}}"
        )
        first, other = (
            decided("2026-01-06T10:00"),
            decided("2026-01-07T10:00", "advice", "d2", supersedes="d1"),
        )
        duty = only(rules, R1, first, other)
        assert (duty.key, duty.state, duty.ended_by.id) == ("share:d1", "ended", "d2")
        same = decided("2026-01-07T10:00", "assessment", "d2", supersedes="d1")
        assert [one.state for one in view(rules, R1, first, same).duties] == ["overdue", "overdue"]


class TestScope:
    RULES = SHARE.replace(
        "met_by: {event: assessment.shared, where: {with: [child]}}",
        "met_by: {event: child.seen, anywhere_in: SCOPE}",
    ).replace(", {event: assessment.approved, where: {child_agrees: [false]}}", "")

    @pytest.mark.parametrize(
        ("scope", "states"), [("strand", "overdue"), ("episode", "met_late"), ("history", "met_late")]
    )
    def test_met_by_an_event_elsewhere_only_where_the_rule_says_so(self, scope, states):
        approved = event("p1", "assessment.approved", "2026-01-07T10:00", strand="a1")
        seen = event("s1", "child.seen", "2026-02-07T10:00")
        assert only(self.RULES.replace("SCOPE", scope), R1, A1, approved, seen).state == states

    def test_another_episode_is_history(self):
        closed = event("x1", "case.closed", "2026-01-09T10:00", strand="r1")
        seen = event("s1", "child.seen", "2026-02-07T10:00")
        rules = self.RULES.replace("  ends: [case.closed]", "  ends: []")
        assert only(rules.replace("SCOPE", "episode"), R1, A1, closed, seen).state == "overdue"
        assert only(rules.replace("SCOPE", "history"), R1, A1, closed, seen).state == "met_late"


DEPARTS = DECIDE.replace("within: 1 working day", "within: 10 working days") + (
    '  departure: {by: [team manager], source: {document: book, paragraph: "1.2"}, moves_date: MOVES}\n'
)


def departed(at, identity="x9", role="team manager", reason="The family is away.", **data):
    return event(
        identity,
        "departure.recorded",
        at,
        {"provision": "decide", "reason": reason, **data},
        strand="r1",
        role=role,
    )


def test_a_second_decision_that_replaces_none_ends_nothing_that_the_first_began():
    rules = SHARE.replace(
        "starts: assessment.started", "starts: {event: referral.decided, where: {outcome: [assessment]}}"
    ).replace("ends: [case.closed,", "ends: [")
    first, second = decided("2026-01-06T09:00"), decided("2026-01-07T09:00", "advice", "d2")
    replaces = decided("2026-01-07T09:00", "advice", "d2", supersedes="d1", reason="More is known.")
    assert only(rules, R1, first, second).state == "overdue"
    assert only(rules, R1, first, replaces).ended_by.id == "d2"


def test_the_soonest_due_comes_first_then_by_name_and_undated_ones_last_whenever_it_is_read():
    undated = TestUndated.RULES
    second = event("r2", "referral.received", "2026-01-05T10:00")
    for as_at in ("2026-01-05T12:00", "2030-01-01"):
        keys = [duty.key for duty in view(undated + HOURS, second, R1, as_at=as_at).duties]
        assert keys == ["acknowledge:r1", "acknowledge:r2", "decide:r1", "decide:r2"]


def test_read_before_and_after_it_can_be_told_it_names_what_is_missing_only_then():
    somewhen = event("r1", "referral.received", "2026-01-05", recorded="2026-01-05T09:00")
    duty = only(HOURS, somewhen, as_at="2026-01-06T12:00")
    assert (duty.missing, duty.title) == (HOUR_UNKNOWN, "Acknowledge")
    assert duty.at(instant("2026-01-05T12:00")).missing == ""
    assert duty.at(instant("2026-01-07T12:00")).missing == ""


def test_another_figure_of_the_source_has_its_own_date():
    rules = DECIDE + '  also: [{within: 3 working days, source: {document: book, paragraph: "1.9"}}]\n'
    (also,) = only(rules, R1).also
    assert (also.within, also.due, also.source.paragraph) == (
        "3 working days",
        instant("2026-01-08T23:59:59"),
        "1.9",
    )


def test_the_state_read_at_another_time_is_that_of_the_instants():
    duty = only(DECIDE, R1, as_at="2026-01-05T12:00")
    assert [duty.at(instant(at)).state for at in ("2026-01-06T12:00", "2026-01-08")] == [
        "due_today",
        "overdue",
    ]
    assert duty.at(instant("2026-01-08")).late


def test_a_start_corrected_or_withdrawn_takes_its_clock_along():
    moved = correct("c1", "r1", "2026-01-06T09:00", at="2026-01-08T10:00")
    assert only(DECIDE, R1, moved).due == instant("2026-01-09T23:59:59")
    assert view(DECIDE, R1, withdraw("w1", "r1", "2026-01-06T09:00")).duties == ()


def test_no_clock_runs_in_a_strand_whose_opener_was_withdrawn():
    lost = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["assessment"]}, strand="r1")
    rules = SHARE.replace("starts: assessment.started", "starts: referral.decided")
    assert view(rules, R1, lost, withdraw("w1", "r1", "2026-01-07T09:00")).duties == ()


class TestOfNoStrand:
    """A clock that an event of no strand starts sees the whole record."""

    RULES = DECIDE.replace("starts: referral.received", "starts: child.seen").replace(
        "1 working day", "10 days"
    )
    SEEN = event("s1", "child.seen", "2026-01-05T11:00")

    def test_what_is_done_in_any_strand_meets_it(self):
        assert only(self.RULES, R1, self.SEEN, decided("2026-01-06T10:00")).state == "met"

    def test_the_end_of_any_case_ends_it(self):
        assert only(self.RULES, R1, self.SEEN, CLOSED).state == "ended"

    def test_a_departure_in_any_strand_is_from_it(self):
        rules = self.RULES + '  departure: {by: [team manager], source: {document: book, paragraph: "1.2"}}\n'
        assert only(rules, R1, self.SEEN, departed("2026-01-07T10:00")).departed


def test_a_condition_that_could_only_cease_by_something_that_never_happened_never_held():
    rules = (
        DECIDE + "  when: [{event: {event: referral.decided, where: {outcome: [advice]}, latest: true}}]\n"
    )
    assert view(rules, R1, decided("2026-01-06T09:00")).duties == ()
    assert view(rules, R1).duties == ()


def test_what_was_recorded_before_in_the_very_second_of_the_start_ends_nothing():
    """A letter that closing asks for ends with the next referral, not with the one that was closed a moment later."""
    rules = SHARE.replace("case.closed, {event", "referral.received, {event")
    told = (
        event("r1", "referral.received", "2026-01-05T10:00:00", number=1),
        event("a1", "assessment.started", "2026-01-05T10:00:00", number=2, strand="r1"),
    )
    (duty,) = view(rules, *told, as_at="2026-01-06").duties
    assert duty.ended_by is None
