"""What is over: what is refused once a case has closed or a decision was taken, and what is taken all the same."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import procedures
from cairn.core.engine.view import derive, gates

AGAIN = "What happened after that is a new contact: choose New contact, look the child up and record it there"
R1 = event("r1", "referral.received", "2026-01-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-06T10:00", strand="r1")
CLOSED = event("x1", "case.closed", "2026-01-20T10:00", recorded="2026-01-21", role="team manager")


def refused(candidate, *events):
    """What is impossible about it, whatever else is missing."""
    view = derive(events, procedures("peterborough"), as_at=instant("2026-03-01"))
    return [one.missing for one in gates(view, candidate) if one.code == "impossible"]


def after(kind, data=None, strand="r1", at="2026-01-20T10:01"):
    return event("new", kind, at, data, strand=strand, recorded="2026-02-01", role="team manager")


class TestClosed:
    @pytest.mark.parametrize(
        "kind",
        [
            "assessment.started",  # it opens a process
            "referral.decided",  # it authorises
            "visit.made",  # it is done while something is open
        ],
    )
    def test_nothing_more_is_done_in_a_case_that_closed_and_it_says_by_whom_when_and_what_to_do(self, kind):
        (why,) = refused(after(kind), R1, A1, CLOSED)
        assert why == f"The case was closed by A Worker on 20 January 2026, 10am. {AGAIN}"
        assert refused(after(kind), R1, A1) == []

    @pytest.mark.parametrize("kind", ["referral.outcome_told", "copy.given", "departure.recorded"])
    def test_what_is_owed_after_it_is_taken(self, kind):
        data = {"provision": "decide", "reason": "The worker was away."}
        assert refused(after(kind, data if kind == "departure.recorded" else None), R1, A1, CLOSED) == []

    def test_it_is_judged_by_when_it_happened_not_by_when_it_was_typed(self):
        before = after("visit.made", at="2026-01-20T09:59")
        assert refused(before, R1, A1, CLOSED) == []

    def test_at_the_very_minute_of_the_closing_it_is_over(self):
        assert refused(after("visit.made", at="2026-01-20T10:00"), R1, A1, CLOSED) != []

    def test_on_the_day_of_a_closing_whose_hour_is_not_known_it_may_have_come_before(self):
        that_day = event("x1", "case.closed", "2026-01-20", role="team manager")
        assert refused(after("visit.made"), R1, A1, that_day) == []
        assert refused(after("visit.made", at="2026-01-21T08:00"), R1, A1, that_day) != []
        assert refused(after("visit.made", at="2026-01-20"), R1, A1, CLOSED) == []

    def test_where_no_process_was_named_it_is_refused_too(self):
        (why,) = refused(after("visit.made", strand=None), R1, A1, CLOSED)
        assert why == f"The case was closed by A Worker on 20 January 2026, 10am. {AGAIN}"

    def test_of_two_closings_the_last_before_it_is_named(self):
        opened = event("r2", "referral.received", "2026-01-22T10:00")
        again = event("x2", "case.closed", "2026-01-26T10:00", role="team manager")
        later = after("visit.made", strand=None, at="2026-01-27T10:00")
        assert "26 January" in refused(later, R1, CLOSED, opened, again)[0]
        between = after("visit.made", strand=None, at="2026-01-21T10:00")
        assert "20 January" in refused(between, R1, CLOSED, opened, again)[0]

    def test_where_another_referral_is_open_it_belongs_there(self):
        opened = event("r2", "referral.received", "2026-01-22T10:00")
        assert refused(after("visit.made", strand=None, at="2026-01-23T10:00"), R1, CLOSED, opened) == []

    def test_before_anything_closed_it_is_another_fault_and_not_said_to_be_closed(self):
        assert refused(after("visit.made", strand=None, at="2026-01-04T10:00"), R1, CLOSED) == []
        ended = event("d1", "contact.decided", "2026-01-06T10:00", {"outcome": "information"}, strand="c1")
        contact = event("c1", "contact.received", "2026-01-05T10:00")
        assert refused(after("visit.made", strand=None), contact, ended) == []

    def test_what_is_owed_but_names_no_process_is_not_said_to_be_work(self):
        assert refused(after("referral.outcome_told", strand=None), R1, CLOSED) == []

    def test_where_two_are_open_that_came_since_it_is_asked_which_and_not_said_to_be_closed(self):
        since = [event(name, "referral.received", "2026-01-22T10:00") for name in ("r2", "r3")]
        assert refused(after("visit.made", strand=None, at="2026-01-23T10:00"), R1, CLOSED, *since) == []


class TestDecided:
    ENQUIRY = event("q1", "enquiry.started", "2026-01-07T10:00", strand="r1", role="team manager")
    CONCLUDED = event("q2", "enquiry.concluded", "2026-01-14T10:00", strand="q1", role="team manager")

    def test_what_a_decision_ended_is_not_decided_again(self):
        again = after("enquiry.concluded", strand="q1")
        (why,) = refused(again, R1, self.ENQUIRY, self.CONCLUDED)
        assert why == (
            "It is over: A Worker on 14 January 2026, 10am decided it already. "
            "Open the record to see what was decided"
        )
        assert refused(again, R1, self.ENQUIRY) == []

    def test_a_decision_before_the_one_that_ended_it_is_taken(self):
        before = after("enquiry.concluded", strand="q1", at="2026-01-13T10:00")
        assert refused(before, R1, self.ENQUIRY, self.CONCLUDED) == []

    @pytest.mark.parametrize("kind", ["visit.made", "conference.requested", "referral.outcome_told"])
    def test_what_does_not_decide_it_is_taken(self, kind):
        strand = "r1" if kind == "referral.outcome_told" else "q1"
        assert refused(after(kind, strand=strand), R1, self.ENQUIRY, self.CONCLUDED) == []

    def test_one_that_may_replace_the_first_says_so_itself(self):
        contact = event("c1", "contact.received", "2026-01-05T10:00")
        first = event("d1", "contact.decided", "2026-01-06T10:00", strand="c1", role="team manager")
        assert refused(after("contact.decided", strand="c1"), contact, first) == []


class TestNothingToEnd:
    AGAIN = event("x2", "case.closed", "2026-01-21T10:00", role="team manager")

    def test_a_case_that_closed_is_not_closed_again(self):
        assert refused(self.AGAIN, R1, CLOSED) == [
            "It was closed by A Worker on 20 January 2026, 10am. Nothing is open on this record any more"
        ]

    def test_of_several_closings_the_last_is_named(self):
        opened = event("r2", "referral.received", "2026-01-20T12:00")
        second = event("x3", "case.closed", "2026-01-20T13:00", role="team manager")
        note = event("n1", "name.recorded", "2026-01-20T14:00")
        assert ", 1pm" in refused(self.AGAIN, R1, CLOSED, opened, second, note)[0]

    def test_where_nothing_was_ever_opened_there_is_nothing_to_close(self):
        assert refused(self.AGAIN) == ["Nothing is open on this record, so there is nothing to close"]

    def test_where_anything_is_open_it_is_closed(self):
        opened = event("r2", "referral.received", "2026-01-20T12:00")
        assert refused(self.AGAIN, R1) == []
        assert refused(self.AGAIN, R1, CLOSED, opened) == []

    def test_what_ends_nothing_is_taken_on_a_record_on_which_nothing_is_open(self):
        assert refused(event("b1", "child.born", "2026-01-21T10:00")) == []
