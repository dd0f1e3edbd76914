"""What a rule sees of the record from the place of one event: its process, its episode, or all of it."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, view

R1 = event("r1", "referral.received", "2026-01-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-06T10:00", strand="r1")
P1 = event("p1", "plan.made", "2026-01-07T10:00", strand="r1")
R2 = event("r2", "referral.received", "2026-01-08T10:00")


def approved(identity, strand, at="2026-01-09T10:00"):
    return event(identity, "assessment.approved", at, strand=strand)


def seen_from(start, *events):
    return view(RULES, *events).world.facts(start)


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


def ids(events):
    return [one.id for one in events]


def test_a_process_an_episode_and_the_whole_record():
    note = event("n1", "note.added", "2026-01-06T11:00", {"text": "x"}, strand="a1")
    other = event("n2", "note.added", "2026-01-08T11:00", {"text": "x"}, strand="r2")
    facts = seen_from(A1, R1, A1, note, P1, R2, other)
    assert ids(facts.of_type("note.added")) == ["n1"]
    assert ids(facts.of_type("note.added", "episode")) == ["n1"]
    assert ids(facts.of_type("note.added", "history")) == ["n1", "n2"]
    assert ids(facts.events()) == ["a1", "n1"]
    assert ids(facts.events("episode")) == ["r1", "a1", "n1", "p1"]
    assert ids(facts.events("history")) == ["r1", "a1", "n1", "p1", "r2", "n2"]


class TestWhatBearsOnAProcess:
    """Its own, that of the processes that hold it and of those in it; of what belongs to none, what came while it was open."""

    def around(self, start, *events, kind):
        return ids(seen_from(start, R1, A1, P1, R2, *events).around(kind))

    def test_what_closes_the_case_bears_on_each_process_in_it_and_on_no_other(self):
        closed = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
        assert self.around(A1, closed, kind="case.closed") == ["x1"]
        assert self.around(R1, closed, kind="case.closed") == ["x1"]
        assert self.around(R2, closed, kind="case.closed") == []

    def test_what_ends_a_process_bears_on_the_case_that_holds_it_and_not_on_one_beside_it(self):
        ended = approved("e1", "a1")
        assert self.around(R1, ended, kind="assessment.approved") == ["e1"]
        assert self.around(A1, ended, kind="assessment.approved") == ["e1"]
        assert self.around(P1, ended, kind="assessment.approved") == []
        assert self.around(R2, ended, kind="assessment.approved") == []

    @pytest.mark.parametrize(("at", "bears"), [("2026-01-07T10:00", ["s1"]), ("2026-01-04T10:00", [])])
    def test_what_belongs_to_no_process_bears_on_one_that_was_open(self, at, bears):
        seen = event("s1", "child.seen", at)
        assert self.around(A1, seen, kind="child.seen") == bears

    def test_from_outside_every_process_all_of_it_bears(self):
        note = event("n1", "child.seen", "2026-01-04T10:00")
        closed = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
        assert self.around(note, note, closed, kind="case.closed") == ["x1"]


class TestWhatASourceDoesNotSay:
    def taken_over(self, *silent, **data):
        return event(
            "r1",
            "referral.received",
            "2026-01-05T10:00",
            {"not_known": list(silent), **data},
            recorded="2026-02-01",
        )

    def test_it_is_in_doubt_where_it_is_silent_about_each_of_the_kinds(self):
        facts = seen_from(A1, self.taken_over("child.seen", "visit.made", imported_from="a file"), A1)
        assert facts.not_known(["child.seen"]) == "whether it was done: a file does not say"
        assert facts.not_known(["child.seen", "visit.made"]) == "whether it was done: a file does not say"
        assert facts.not_known(["child.seen", "plan.made"]) == ""
        assert facts.not_known([]) == ""

    def test_a_process_that_was_taken_over_itself_may_be_the_source(self):
        plan = event("p1", "plan.made", "2026-01-07T10:00", {"not_known": ["visit.made"]}, strand="r1")
        assert (
            seen_from(plan, R1, plan).not_known(["visit.made"])
            == "whether it was done: the source does not say"
        )
        assert seen_from(A1, R1, A1, plan).not_known(["visit.made"]) == ""

    def test_it_is_silent_about_what_came_before_it_was_taken_over_and_not_about_what_came_since(self):
        source = self.taken_over("visit.made")
        before = event("n1", "child.seen", "2026-01-20T10:00")
        that_instant = event("n2", "child.seen", "2026-02-01T23:59:59")
        since = event("n3", "child.seen", "2026-02-02T10:00")
        facts = seen_from(source, source, before, that_instant, since)
        assert facts.not_known(["visit.made"], before)
        assert facts.not_known(["visit.made"], that_instant)
        assert facts.not_known(["visit.made"], since) == ""
