"""Dated versions of a duty: which one governs a clock, and what is said of a day with none."""

from __future__ import annotations

from tests.core.made_up_procedures import HEAD, event, procedures, protocol, shown, view

from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import Procedures, derive

SOURCE = 'source: {document: book, paragraph: "1.1"}'


def version(within, since="", governs="", **more):
    lines = [f"  {key}: {value}" for key, value in more.items()]
    lines += [f"  in_force_from: {since}"] if since else []
    lines += [f"  governs: {governs}"] if governs else []
    return "\n".join(
        [
            "- id: decide",
            "  kind: duty",
            "  title: Decide",
            "  text: Decide.",
            f"  {SOURCE}",
            "  starts: referral.received",
            f"  within: {within}",
            "  met_by: referral.decided",
            "  who: team manager",
            *lines,
            "",
        ]
    )


OLD = version("10 days", "2020-01-01")
NEW = version("20 days", "2026-02-01")
OVER = version("20 days", "2026-02-01", "every open clock")
R1 = event("r1", "referral.received", "2026-01-25T10:00")


def row(rules, *events, **kwargs):
    (duty,) = view(rules, *events, **kwargs).duties
    return shown(duty)[1:]


def test_a_clock_keeps_the_version_in_force_when_it_started():
    assert row(OLD + NEW, R1, as_at="2026-02-03") == ("upcoming", "2026-02-04T23:59")
    later = event("r1", "referral.received", "2026-02-01T00:00")
    assert row(OLD + NEW, later, as_at="2026-02-03") == ("upcoming", "2026-02-21T23:59")


def test_the_order_of_the_versions_in_the_file_plays_no_part():
    assert row(NEW + OLD, R1, as_at="2026-02-03") == row(OLD + NEW, R1, as_at="2026-02-03")


def test_a_version_for_every_open_clock_takes_those_over_that_run_on_its_first_day():
    assert row(OLD + OVER, R1, as_at="2026-01-31") == ("upcoming", "2026-02-04T23:59")
    assert row(OLD + OVER, R1, as_at="2026-02-01") == ("upcoming", "2026-02-14T23:59")


def test_but_not_one_that_was_met_or_had_ended_before():
    decided = event("d1", "referral.decided", "2026-01-31T23:59", strand="r1")
    assert row(OLD + OVER, R1, decided) == ("met", "2026-02-04T23:59")
    closed = event("x1", "case.closed", "2026-01-31T10:00", strand="r1")
    assert row(OLD + OVER, R1, closed) == ("ended", "2026-02-04T23:59")


def test_from_the_first_instant_of_its_first_day_on():
    assert row(OLD + OVER, R1, as_at="2026-02-01T00:00") == ("upcoming", "2026-02-14T23:59")
    assert row(OLD + OVER, R1, as_at="2026-01-31T23:59:59") == ("upcoming", "2026-02-04T23:59")


def test_known_before_its_first_day_but_read_on_it_it_governs():
    assert row(OLD + OVER, R1, as_at="2026-02-03", known_at="2026-01-26") == ("upcoming", "2026-02-14T23:59")


def test_what_was_done_on_its_first_day_is_judged_by_it():
    decided = event("d1", "referral.decided", "2026-02-01", strand="r1")
    assert row(OLD + OVER, R1, decided) == ("met", "2026-02-14T23:59")
    at_midnight = event("d1", "referral.decided", "2026-02-01T00:00", strand="r1")
    assert row(OLD + OVER, R1, at_midnight) == ("met", "2026-02-14T23:59")


def test_nor_one_that_was_late_already_for_lateness_is_kept():
    early = event("r1", "referral.received", "2026-01-05T10:00")
    assert row(OLD + OVER, early, as_at="2026-02-03") == ("overdue", "2026-01-15T23:59")


def test_of_several_that_take_over_the_last_one_counts():
    third = version("30 days", "2026-02-10", "every open clock")
    assert row(OLD + OVER + third, R1, as_at="2026-02-12") == ("upcoming", "2026-02-24T23:59")


def test_a_version_for_clocks_started_since_between_them_leaves_it():
    third = version("30 days", "2026-02-10", "clocks started since")
    assert row(OLD + OVER + third, R1, as_at="2026-02-12") == ("upcoming", "2026-02-14T23:59")


def test_a_version_whose_conditions_do_not_hold_takes_the_duty_away_from_the_clocks_it_governs():
    never = version("20 days", "2026-02-01", "every open clock", when="[{event: plan.made}]")
    assert view(OLD + never, R1, as_at="2026-02-03").duties == ()


def test_a_repeating_duty_goes_over_with_its_open_occurrence():
    def visit(every, since, governs):
        return (
            version("1 day", since, governs)
            .replace("starts: referral.received", "during: referral")
            .replace("within: 1 day", f"every: {every}")
        )

    rules = visit("10 days", "2020-01-01", "clocks started since") + visit(
        "20 days", "2026-02-01", "every open clock"
    )
    first = event("d1", "referral.decided", "2026-01-28T10:00", strand="r1")
    rows = [shown(duty)[1:] for duty in view(rules, R1, first, as_at="2026-02-03").duties]
    assert rows == [("met", "2026-02-04T23:59"), ("upcoming", "2026-02-17T23:59")]


class TestNoRuleInForce:
    EARLY = event("r1", "referral.received", "2019-06-03T10:00")

    def test_it_is_stated_and_not_silent(self):
        (duty,) = view(OLD + NEW, self.EARLY).duties
        assert (duty.state, duty.due, duty.is_open) == ("cannot_tell", None, True)
        assert duty.missing == (
            "the rule in force on 3 June 2019 (the protocol has decide only from 1 January 2020)"
        )

    def test_a_duty_that_was_done_or_is_over_is_not_still_to_be_done(self):
        decided = event("d1", "referral.decided", "2019-06-04T10:00", strand="r1")
        (duty,) = view(OLD, self.EARLY, decided).duties
        assert (duty.state, duty.met_by.id, duty.is_open) == ("cannot_tell", "d1", False)

    def test_what_was_introduced_then_had_no_rule_before(self):
        assert view(version("10 days", "2020-01-01", introduced="true"), self.EARLY).duties == ()

    def test_a_version_for_every_open_clock_governs_one_that_still_runs(self):
        rules = version("10 years", "2020-01-01", "every open clock")
        assert row(rules, self.EARLY) == ("overdue", "2029-06-03T23:59")

    def test_the_days_before_the_protocol_itself_are_such_days(self):
        head = HEAD + "in_force_from: 2020-01-01\n"
        found = procedures(OLD)
        made = Procedures(found.vocabulary, protocol(version("10 days"), head), found.calendar)
        now = R1.recorded_at.astimezone(LONDON)
        assert [duty.state for duty in derive([self.EARLY], made, as_at=now).duties] == ["cannot_tell"]
        assert [duty.state for duty in derive([R1], made, as_at=now).duties] == ["upcoming"]

    def test_of_a_repeating_duty_it_is_stated_too(self):
        rules = OLD.replace("starts: referral.received", "during: referral").replace(
            "within: 10 days", "every: 10 days"
        )
        (duty,) = view(rules, self.EARLY).duties
        assert (duty.state, duty.due, duty.deadline) == ("cannot_tell", None, None)
