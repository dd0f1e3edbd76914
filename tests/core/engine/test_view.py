"""A view: everything that follows from a record, at two times, each part worked out when asked for."""

from __future__ import annotations

from datetime import date

from tests.core.made_up_procedures import event, instant, procedures, view, withdraw

from cairn.core.engine.facts import happened
from cairn.core.engine.truth import Unanswered
from cairn.core.engine.view import derive_present
from cairn.core.history.history import Subject
from cairn.core.protocol.model import EventPattern

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
D1 = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["no_further_action"]}, strand="r1")


def test_known_at_is_as_at_where_it_is_not_given():
    late = event("d1", "referral.decided", "2026-01-06T10:00", strand="r1", recorded="2026-01-09")
    assert view(RULES, R1, late, as_at="2026-01-07").duties[0].state == "overdue"
    assert view(RULES, R1, late, as_at="2026-01-07", known_at="2026-01-10").duties[0].state == "met"


def test_the_duties_still_to_be_done_and_the_strands_still_open():
    now = view(RULES, R1, as_at="2026-01-05T12:00")
    assert [duty.key for duty in now.open_duties] == ["decide:r1"]
    assert [strand.id for strand in now.open_strands] == ["r1"]
    done = view(RULES, R1, D1)
    assert (done.open_duties, done.open_strands) == ((), ())


def test_the_same_stream_at_another_time():
    now = view(RULES, R1, D1)
    then = now.at(as_at=instant("2026-01-05T12:00"))
    assert then.duties[0].state == "upcoming"
    assert then.stream == now.stream
    assert now.at(known_at=instant("2026-01-05T12:00")).duties[0].state == "overdue"


def test_looked_back_on_the_child_is_who_was_known_then():
    described = event("p1", "person.described", "2026-01-07T10:00", {"born": "2016-05-04"})
    now = view(RULES, R1, described, subject=Subject(expected=date(2026, 3, 3)))
    assert now.standing.subject.born == date(2016, 5, 4)
    then = now.at(known_at=instant("2026-01-06"))
    assert then.standing.subject == Subject(expected=date(2026, 3, 3))


def test_nothing_follows_from_an_empty_stream():
    nothing = view(RULES)
    assert (nothing.duties, nothing.next_steps, nothing.recorded_without, nothing.lateness_gone) == (
        (),
        (),
        (),
        (),
    )


class TestFacts:
    """What a rule sees from the place of an event."""

    def answer(self, pattern, *events):
        seen = view(RULES, R1, *events)
        return happened(pattern, seen.world.facts(R1))

    def test_only_the_latest_where_the_rule_says_so(self):
        other = event("d2", "referral.decided", "2026-01-07T10:00", {"outcome": ["advice"]}, strand="r1")
        where = {"outcome": ("assessment",)}
        first = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["assessment"]}, strand="r1")
        assert self.answer(EventPattern(event="referral.decided", where=where), first, other).truth == "yes"
        assert (
            self.answer(EventPattern(event="referral.decided", where=where, latest=True), first, other).truth
            == "no"
        )

    def test_a_silent_source_leaves_open_whether_more_happened_than_is_there(self):
        silent = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["child.seen"]})
        seen = event("s1", "child.seen", "2026-01-06T10:00", {"alone": False})
        found = view(RULES, silent, seen)
        pattern = EventPattern(event="child.seen", where={"alone": (True,)})
        assert happened(pattern, found.world.facts(silent)).truth == "unknown"

    def test_a_start_of_no_strand_sees_all_but_what_was_withdrawn_with_its_strand(self):
        note = event("n1", "note.added", "2026-01-07T10:00", {"text": "x"})
        pattern = EventPattern(event="referral.decided")
        seen = view(RULES, R1, D1, note)
        assert happened(pattern, seen.world.facts(note)).truth == "yes"
        lost = view(RULES, R1, D1, note, withdraw("w1", "r1", "2026-01-08"))
        assert happened(pattern, lost.world.facts(note)).truth == "no"

    def test_history_reaches_into_other_episodes_and_the_strand_does_not(self):
        r2 = event("r2", "referral.received", "2026-01-07T10:00")
        seen = view(RULES, R1, D1, r2)
        assert happened(EventPattern(event="referral.decided"), seen.world.facts(r2)).truth == "no"
        anywhere = EventPattern(event="referral.decided", anywhere_in="history")
        assert happened(anywhere, seen.world.facts(r2)).truth == "yes"


class TestInWords:
    """What is missing and what was answered, as people say it."""

    WORLD = view(RULES, R1).world
    KIND = WORLD.vocabulary.events["referral.received"]

    def test_an_answer_is_said_by_its_label_and_a_text_as_it_was_written(self):
        assert self.WORLD.answer(self.KIND, "source", "police") == "The police"
        assert self.WORLD.answer(self.KIND, "source", " moon ") == "moon"
        assert self.WORLD.answer(self.KIND, "no such field", "x") == "x"
        assert self.WORLD.answer(self.KIND, "source", None) == ""

    def test_a_missing_field_is_named_as_it_is_asked_and_anything_else_as_it_stands(self):
        assert self.WORLD.words(Unanswered.of("source", R1)).startswith("“Who referred” (Referral received, ")
        assert self.WORLD.words("date of birth") == "date of birth"
        assert self.WORLD.words(Unanswered.of("gone", R1)).startswith("gone of referral received on ")


def test_holidays_count_as_announced_by_what_is_known_and_not_by_the_day_that_is_looked_at():
    then = view(RULES, R1, as_at="2026-01-20", known_at="2026-01-06")
    assert then.world.known_on == date(2026, 1, 6)
    assert then.at(as_at=instant("2026-01-25")).world.known_at == instant("2026-01-06")
    assert then.at(known_at=instant("2026-01-08")).world.as_at == instant("2026-01-20")


def test_the_present_is_never_before_the_last_entry_whatever_the_clock_says():
    late = event("d1", "referral.decided", "2026-01-06T10:00", strand="r1", recorded="2026-01-06T12:00")
    found = procedures(RULES)
    behind = derive_present((R1, late), found, at=instant("2026-01-06T11:00"))
    assert (behind.world.as_at, behind.world.known_at) == (instant("2026-01-06T12:00"),) * 2
    assert [one.id for one in behind.standing.events] == ["r1", "d1"]
    after = derive_present((R1, late), found, at=instant("2026-01-09T11:00"))
    assert after.world.as_at == instant("2026-01-09T11:00")
    assert derive_present((), found, at=instant("2026-01-09T11:00")).world.as_at == instant(
        "2026-01-09T11:00"
    )
