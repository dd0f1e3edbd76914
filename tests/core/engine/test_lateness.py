"""Lateness is kept, and what takes it away is named: one of four causes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.core.made_up_procedures import calendar_with, correct, event, instant, view, withdraw

from cairn.core.calendar.holidays import Holiday
from cairn.core.engine.lateness import next_change

RULES = """
- id: decide
  kind: duty
  title: Decide
  text: Decide.
  source: {document: book, paragraph: "1.1"}
  starts: referral.received
  within: 1 working day
  met_by: referral.decided
  who: team manager
"""
R1 = event("r1", "referral.received", "2026-01-05T10:00")


def decided(at, identity="d1", **kwargs):
    return event(identity, "referral.decided", at, {"outcome": ["advice"]}, strand="r1", **kwargs)


def gone(*events, **kwargs):
    return [
        (one.key, one.cause, one.event.id if one.event else None)
        for one in view(RULES, *events, **kwargs).lateness_gone
    ]


LATE = decided("2026-01-08T10:00")


def test_nothing_is_gone_where_nothing_was_late_or_what_was_late_still_is():
    assert gone() == []
    assert gone(R1, decided("2026-01-06T10:00")) == []
    assert gone(R1, LATE) == []
    assert gone(R1) == []


def test_a_correction_of_the_act_or_of_the_start():
    assert gone(R1, LATE, correct("c1", "d1", "2026-01-12T10:00", at="2026-01-06T10:00")) == [
        ("decide:r1", "correction", "c1")
    ]
    assert gone(R1, LATE, correct("c1", "r1", "2026-01-12T10:00", at="2026-01-07T10:00")) == [
        ("decide:r1", "correction", "c1")
    ]


def test_a_withdrawal_of_the_start():
    assert gone(R1, LATE, withdraw("w1", "r1", "2026-01-12T10:00")) == [("decide:r1", "withdrawal", "w1")]


def test_a_withdrawal_withdrawn_brings_it_back():
    taken, back = withdraw("w1", "r1", "2026-01-12T10:00"), withdraw("w2", "w1", "2026-01-13T10:00")
    assert gone(R1, LATE, taken, back) == []


def test_a_fact_that_happened_in_time_and_was_typed_in_late():
    late = decided("2026-01-06T10:00", recorded="2026-01-09T10:00")
    (one,) = view(RULES, R1, late).lateness_gone
    assert (one.cause, one.event, one.title) == ("a fact that happened in time", late, "Decide")
    assert one.was_due == instant("2026-01-06T23:59:59")


def test_typed_in_before_its_time_ran_out_nothing_had_been_late():
    assert gone(R1, decided("2026-01-06T10:00", recorded="2026-01-06T23:59:59")) == []


def test_a_closure_in_time_that_was_typed_in_late():
    closed = event("x1", "case.closed", "2026-01-06T10:00", strand="r1", recorded="2026-01-09T10:00")
    assert gone(R1, closed) == [("decide:r1", "a fact that happened in time", "x1")]


def test_a_fact_of_which_the_hour_was_not_known_may_have_happened_in_time():
    rules = RULES.replace("1 working day", "24 hours")
    somewhen = decided("2026-01-06", recorded="2026-01-09T10:00")
    (one,) = view(rules, R1, somewhen).lateness_gone
    assert (one.cause, one.event.id) == ("a fact that happened in time", "d1")


def test_a_person_described_anew_is_a_correction_of_what_was_known_of_them():
    rules = RULES + "  when: [{function: aged_16_or_17}]\n"
    first = event("p1", "person.described", "2026-01-05T09:00", {"born": "2009-05-04"})
    anew = event("p2", "person.described", "2026-01-09T09:00", {"born": "2019-05-04"})
    found = view(rules, first, R1, anew).lateness_gone
    assert [(one.key, one.cause, one.event.id) for one in found] == [("decide:r1", "correction", "p2")]


def test_a_holiday_announced_after_it_had_been_late():
    holiday = Holiday(date(2026, 1, 6), "A made-up holiday", announced_on=date(2026, 1, 9))
    announced = calendar_with(holiday)
    in_time = decided("2026-01-07T10:00")
    (one,) = view(RULES, R1, in_time, holidays=announced).lateness_gone
    assert (one.cause, one.event, one.holidays) == ("a changed calendar", None, (holiday,))
    assert gone(R1, in_time, holidays=announced, as_at="2026-01-08T10:00") == []


def test_of_what_was_recorded_together_the_one_that_did_it_is_named():
    together = "2026-01-12T10:00"
    note = event("a1", "note.added", together, {"text": "x"}, number=1)
    mended = replace(correct("c1", "d1", together, at="2026-01-06T10:00"), number=2)
    after = event("a2", "note.added", together, {"text": "y"}, number=3)
    assert gone(R1, LATE, note, mended, after) == [("decide:r1", "correction", "c1")]


def test_announced_on_the_day_something_else_was_recorded_it_is_still_the_calendar():
    holiday = Holiday(date(2026, 1, 6), "A made-up holiday", announced_on=date(2026, 1, 9))
    note = event("a1", "note.added", "2026-01-09T00:00", {"text": "x"})
    found = gone(R1, decided("2026-01-07T10:00"), note, holidays=calendar_with(holiday))
    assert found == [("decide:r1", "a changed calendar", None)]


def test_looked_back_on_only_what_was_known_then_counts():
    mended = correct("c1", "d1", "2026-01-12T10:00", at="2026-01-06T10:00")
    assert gone(R1, LATE, mended, known_at="2026-01-11", as_at="2026-01-11") == []


def test_what_took_it_away_last_is_the_one_that_is_named():
    first = correct("c1", "d1", "2026-01-12T10:00", at="2026-01-06T10:00")
    back = correct("c2", "d1", "2026-01-13T10:00", at="2026-01-08T10:00")
    again = correct("c3", "d1", "2026-01-14T10:00", at="2026-01-06T11:00")
    assert gone(R1, LATE, first, back, again) == [("decide:r1", "correction", "c3")]


def test_of_several_that_are_gone_the_one_that_had_been_due_first_stands_first():
    later = event("r1", "referral.received", "2026-01-06T10:00")
    sooner = event("r2", "referral.received", "2026-01-05T10:00")
    mends = withdraw("w1", "r1", "2026-01-20T10:00"), withdraw("w2", "r2", "2026-01-21T10:00")
    assert [key for key, _, _ in gone(later, sooner, *mends)] == ["decide:r2", "decide:r1"]
    alike = event("r1", "referral.received", "2026-01-05T11:00")
    assert [key for key, _, _ in gone(alike, sooner, *mends)] == ["decide:r1", "decide:r2"]


class TestNextChange:
    def change(self, as_at, rules=RULES, *events):
        seen = view(rules, *(events or (R1,)), as_at=as_at)
        return next_change(seen.duties, seen.world.as_at)

    def test_it_becomes_due_today_then_overdue_and_then_stays(self):
        assert self.change("2026-01-05T12:00") == instant("2026-01-06T00:00")
        assert self.change("2026-01-06T00:00") == instant("2026-01-07T00:00")
        assert self.change("2026-01-07T00:00") is None

    def test_at_the_instant_given_the_state_is_another(self):
        seen = view(RULES, R1, as_at="2026-01-06T12:00")
        (duty,) = seen.duties
        assert duty.at(next_change(seen.duties, seen.world.as_at)).state == "overdue"

    def test_of_an_hour_that_is_not_known_it_becomes_doubtful_first(self):
        rules = RULES.replace("1 working day", "24 hours")
        somewhen = event("r1", "referral.received", "2026-01-05", recorded="2026-01-05T09:00")
        assert self.change("2026-01-05T23:00", rules, somewhen) == instant("2026-01-06T00:00")
        assert self.change("2026-01-06T00:00", rules, somewhen) == instant("2026-01-06T00:00:01")
        assert self.change("2026-01-06T12:00", rules, somewhen) == instant("2026-01-07T00:00")

    def test_what_is_met_undated_or_departed_from_does_not_change_by_time(self):
        assert self.change("2026-01-05T12:00", RULES, R1, decided("2026-01-05T11:00")) is None
        undated = RULES.replace("  within: 1 working day\n", "")
        assert self.change("2026-01-05T12:00", undated) is None
