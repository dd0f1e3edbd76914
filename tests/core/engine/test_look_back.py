"""Looking back, worked by hand: what was learned of a time after it, and which dates and lateness read otherwise for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.core.engine.made_up_streams import instants, streams
from tests.core.engine.test_properties import SLOWLY, answers, look
from tests.core.made_up_procedures import calendar_with, correct, event, shown, view, withdraw

from cairn.core.calendar.holidays import Holiday
from cairn.core.engine.look_back import Learned, MovedDate, learned_between

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
# Monday 5 January 2026; to be decided by the end of Tuesday the 6th.
R1 = event("r1", "referral.received", "2026-01-05T10:00")
WEDNESDAY = "2026-01-07T12:00"


def decided(at, **kwargs):
    return event("d1", "referral.decided", at, {"outcome": ["advice"]}, strand="r1", **kwargs)


def learned(*events, as_at, known_at, holidays=None):
    """What was known of a time at once, what by a later one, and what was learned in between."""
    before = view(RULES, *events, as_at=as_at, holidays=holidays)
    after = view(RULES, *events, as_at=as_at, known_at=known_at, holidays=holidays)
    return before, after, learned_between(before, after)


def told(found: Learned):
    return [(one.how, one.event.id, one.by.id) for one in found.entries]


def test_anything_that_was_learned_is_something():
    entry = learned(
        R1,
        decided("2026-01-06T16:00", recorded="2026-01-09T09:00"),
        as_at=WEDNESDAY,
        known_at="2026-01-09T12:00",
    )[2]
    assert not Learned()
    assert Learned(entries=entry.entries)
    assert Learned(lateness_gone=entry.lateness_gone)
    assert Learned(dates=(MovedDate("decide:r1", "Decide", None, None),))


def test_of_several_entries_the_one_learned_first_stands_first():
    first = event(
        "n1", "note.added", "2026-01-06T10:00", {"text": "x"}, recorded="2026-01-10T09:00", number=9
    )
    second = event(
        "n2", "note.added", "2026-01-05T12:00", {"text": "x"}, recorded="2026-01-11T09:00", number=3
    )
    alike = event(
        "n3", "note.added", "2026-01-05T11:00", {"text": "x"}, recorded="2026-01-10T09:00", number=8
    )
    _, _, found = learned(R1, first, second, alike, as_at=WEDNESDAY, known_at="2026-01-12")
    assert [one.event.id for one in found.entries] == ["n3", "n1", "n2"]


def test_nothing_was_learned_of_a_time_at_that_time():
    before, after, found = learned(R1, as_at=WEDNESDAY, known_at=WEDNESDAY)
    assert answers(before) == answers(after)
    assert not found


def test_a_decision_that_happened_in_time_and_was_recorded_late():
    """On Wednesday it looked undecided and late; on Friday it was known to have been decided on Tuesday."""
    late = decided("2026-01-06T16:00", recorded="2026-01-09T09:00")
    before, after, found = learned(R1, late, as_at=WEDNESDAY, known_at="2026-01-09T12:00")
    assert [shown(duty)[1] for duty in before.duties] == ["overdue"]
    assert [shown(duty)[1] for duty in after.duties] == ["met"]
    assert told(found) == [("recorded later", "d1", "d1")]
    assert [(gone.cause, gone.event.id) for gone in found.lateness_gone] == [
        ("a fact that happened in time", "d1")
    ]
    assert found.dates == ()


def test_what_happened_after_that_time_was_not_learned_of_it():
    _, _, found = learned(R1, decided("2026-01-08T16:00"), as_at=WEDNESDAY, known_at="2026-01-09")
    assert not found


def test_a_correction_recorded_later_moves_the_start_and_with_it_the_date():
    """The referral came on Tuesday, not on Monday, so on Wednesday noon there was time until its end."""
    mend = correct("c1", "r1", "2026-01-08T09:00", at="2026-01-06T10:00")
    before, after, found = learned(R1, mend, as_at=WEDNESDAY, known_at="2026-01-08T12:00")
    assert [shown(duty) for duty in before.duties] == [("decide:r1", "overdue", "2026-01-06T23:59")]
    assert [shown(duty) for duty in after.duties] == [("decide:r1", "due_today", "2026-01-07T23:59")]
    assert told(found) == [("corrected", "r1", "c1")]
    assert [(one.key, one.was.isoformat(), one.now.isoformat()) for one in found.dates] == [
        ("decide:r1", "2026-01-06T23:59:59+00:00", "2026-01-07T23:59:59+00:00")
    ]
    assert [(gone.cause, gone.event.id) for gone in found.lateness_gone] == [("correction", "c1")]


def test_a_lateness_that_had_gone_by_then_was_not_learned_of_since():
    mend = correct("c1", "r1", "2026-01-07T09:00", at="2026-01-06T10:00")
    before, after, found = learned(R1, mend, as_at=WEDNESDAY, known_at="2026-01-09")
    assert [gone.key for gone in before.lateness_gone] == ["decide:r1"]
    assert [gone.key for gone in after.lateness_gone] == ["decide:r1"]
    assert not found


def test_a_withdrawal_recorded_later_takes_the_entry_and_what_hung_on_it():
    before, after, found = learned(
        R1, withdraw("w1", "r1", "2026-01-08T09:00"), as_at=WEDNESDAY, known_at="2026-01-08T12:00"
    )
    assert [shown(duty)[1] for duty in before.duties] == ["overdue"]
    assert after.duties == ()
    assert told(found) == [("withdrawn", "r1", "w1")]
    assert [(gone.cause, gone.event.id) for gone in found.lateness_gone] == [("withdrawal", "w1")]


def test_a_withdrawal_that_was_itself_withdrawn_by_then_taught_nothing_and_one_undone_since_brings_the_entry():
    taken, back = withdraw("w1", "r1", "2026-01-08T09:00"), withdraw("w2", "w1", "2026-01-09T09:00")
    assert told(learned(R1, taken, back, as_at=WEDNESDAY, known_at="2026-01-09")[2]) == []
    undone = learned(R1, taken, back, as_at="2026-01-08T12:00", known_at="2026-01-09")[2]
    assert told(undone) == [("moved to that time", "r1", "w2")]


def test_an_entry_moved_out_of_that_time_and_one_moved_into_it():
    away = correct("c1", "d1", "2026-01-09T09:00", at="2026-01-08T10:00")
    assert told(
        learned(R1, decided("2026-01-06T16:00"), away, as_at=WEDNESDAY, known_at="2026-01-09")[2]
    ) == [("moved from that time", "d1", "c1")]
    here = correct("c1", "d1", "2026-01-09T09:00", at="2026-01-06T10:00")
    late = decided("2026-01-07T13:00")
    assert told(learned(R1, late, here, as_at=WEDNESDAY, known_at="2026-01-09")[2]) == [
        ("recorded later", "d1", "d1")
    ]


def test_a_bank_holiday_announced_later_is_named_where_it_moved_a_date():
    """Announced on the 7th for the 6th: one working day from the 5th was until the 7th after all."""
    holiday = Holiday(date(2026, 1, 6), "Made-up Day", announced_on=date(2026, 1, 7))
    table = calendar_with(holiday)
    before, after, found = learned(R1, as_at="2026-01-06T23:59:59", known_at="2026-01-07", holidays=table)
    assert [shown(duty)[2] for duty in before.duties] == ["2026-01-06T23:59"]
    assert [shown(duty)[2] for duty in after.duties] == ["2026-01-07T23:59"]
    assert found.holidays == (holiday,)
    assert [one.key for one in found.dates] == ["decide:r1"]
    assert found.entries == ()
    elsewhere = replace(holiday, date=date(2026, 5, 5))
    assert not learned(
        R1, as_at="2026-01-06T23:59:59", known_at="2026-01-07", holidays=calendar_with(elsewhere)
    )[2]


def test_the_last_of_several_corrections_is_named_and_a_correction_of_one_is_about_the_entry():
    first = correct("c1", "r1", "2026-01-08T09:00", {"source": "school"})
    second = correct("c2", "c1", "2026-01-08T10:00", {"source": "health"})
    assert told(learned(R1, first, second, as_at=WEDNESDAY, known_at="2026-01-08")[2]) == [
        ("corrected", "r1", "c2")
    ]


@SLOWLY
@given(streams(), st.tuples(instants(), instants()).map(sorted))
def test_nothing_recorded_after_what_is_known_changes_what_a_look_back_says(events, times):
    as_at, known = times
    by_then = [one for one in events if one.recorded_at <= known]

    def looked(given):
        after = look(given, as_at, known)
        return answers(after), learned_between(after.at(known_at=as_at), after)

    assert looked(events) == looked(by_then)


@SLOWLY
@given(streams(), st.tuples(instants(), instants()).map(sorted))
def test_whatever_reads_otherwise_is_among_what_was_learned_with_what_was_recorded_meanwhile(events, times):
    as_at, known = times
    before, after = look(events, as_at), look(events, as_at, known)
    found = learned_between(before, after)
    changed = {
        one.id for one in (*before.standing.events, *after.standing.events)
        if (one in before.standing.events) != (one in after.standing.events)
    }  # fmt: skip
    assert {one.event.id for one in found.entries} == changed
    assert all(as_at < one.by.recorded_at <= known for one in found.entries)
