"""Meetings and reviews of a record: what belongs to each, which is due next, and what was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.core.engine.test_around import view

from cairn.application.procedures import in_use
from cairn.core.engine.met import held_late, meetings_held, next_due, not_held, same_day
from cairn.core.engine.view import derive

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
MADE = ("plan.made", "2026-09-01T10:00", {"kind": "child_in_need"})


def held(when, what="meeting.held", **data):
    return (what, when, {"kind": "child_in_need_review", **data})


def joined(found, *ids):
    """The same stream, with these entries signed in one act."""
    stream = tuple(replace(one, act="act") if one.id in ids else one for one in found.stream)
    return derive(stream, in_use(), as_at=AT)


def test_meetings_stand_with_the_latest_first():
    found = view(held("2026-11-20"), held("2026-11-22", "review.held", kind="child_in_need"))
    assert [one.event.type for one in meetings_held(found)] == ["review.held", "meeting.held"]


def test_a_dissent_belongs_to_the_meeting_it_was_signed_with_and_to_no_other():
    found = view(
        held("2026-11-20T10:00"), held("2026-11-22T10:00"),
        ("dissent.recorded", "2026-11-20T10:00", {"whose": "Daniel"}),
    )  # fmt: skip
    second, first = meetings_held(joined(found, "e1", "e3"))
    assert [one.data["whose"] for one in first.dissents] == ["Daniel"]
    assert second.dissents == ()


def test_a_copy_belongs_to_the_entry_it_names_and_one_that_names_none_to_the_last_before_it():
    found = view(
        held("2026-11-20T10:00"), held("2026-11-22T10:00"),
        ("copy.given", "2026-11-23T10:00", {"what": "minutes", "copy_of": "e1", "to": ["parents"]}),
        ("copy.given", "2026-11-23T11:00", {"what": "minutes", "to": ["child"]}),
        ("copy.given", "2026-11-23T11:00", {"what": "plan", "to": ["agencies"]}),
    )  # fmt: skip
    second, first = meetings_held(found)
    assert [one.data["to"] for one in first.copies] == [["parents"]]
    assert [one.data["to"] for one in second.copies] == [["child"]]


def test_who_has_no_copy_yet_is_told_from_the_duties_of_the_review():
    review = held("2026-11-22T10:00", "review.held", kind="child_in_need", parents_there=True)
    copy = {"what": "review_record", "copy_of": "e2", "to": ["parents"]}
    (before,) = meetings_held(view(MADE, review))
    (after,) = meetings_held(view(MADE, review, ("copy.given", "2026-11-23T10:00", copy)))
    told = {one.rule.id for one in before.waits} - {one.rule.id for one in after.waits}
    assert told == {"review-record-to-parents"}
    assert [one.rule.id for one in after.told] == ["review-record-to-parents"]


def test_the_next_meeting_and_review_are_due_from_the_plan():
    due = {one.rule.id for one in next_due(view(MADE))}
    assert {"child-in-need-meeting", "six-monthly-review"} <= due


def test_a_meeting_held_late_stays_among_the_missed():
    found = view(MADE, held("2026-10-20T10:00"))
    assert [one.rule.id for one in held_late(found)] == ["child-in-need-meeting"]
    assert held_late(view(MADE, held("2026-10-01T10:00"))) == ()


def test_one_of_the_same_kind_on_the_same_day_may_be_the_same():
    found = view(
        held("2026-11-20T10:00"),
        held("2026-11-20"),
        held("2026-11-20T10:00", kind="family"),
        held("2026-11-21"),
    )
    first = next(one for one in found.standing.events if one.id == "e1")
    assert [one.id for one in same_day(found, first)] == ["e2"]


def test_bookings_that_were_not_held_stay_and_visits_are_none_of_them():
    found = view(
        ("meeting.booked", "2026-11-20T09:30", {"when": "2026-11-21T10:00", "kind": "family"}),
        ("meeting.booked", "2026-11-20T09:30", {"when": "2026-11-30T10:00", "kind": "family"}),
        ("visit.booked", "2026-11-20T09:30", {"when": "2026-11-21T10:00"}),
    )
    assert [one.id for one in not_held(found)] == ["e1"]


def test_called_off_or_not_held_they_stand_with_the_latest_first():
    found = view(
        ("meeting.booked", "2026-11-20T09:30", {"when": "2026-11-21T10:00", "kind": "family"}),
        ("meeting.booked", "2026-11-20T09:30", {"when": "2026-11-23T10:00", "kind": "family"}),
        ("meeting.booked", "2026-11-20T09:30", {"when": "2026-11-30T10:00", "kind": "family"}),
        ("booking.cancelled", "2026-11-21T10:00", {"booking": "e3", "kind": "cancelled", "reason": "Ill."}),
    )
    assert [one.id for one in not_held(found)] == ["e3", "e2", "e1"]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("meeting.held", "family"),
        ("review.held", "child_in_need"),
        ("strategy.held", None),
        ("conference.held", "initial"),
        ("core_group.met", None),
    ],
)
def test_what_is_a_meeting_or_a_review(type_, kind):
    (found,) = meetings_held(view((type_, "2026-11-20T10:00", {"kind": kind} if kind else {})))
    assert found.event.type == type_


def test_of_two_of_one_minute_the_one_recorded_last_stands_first():
    found = view(held("2026-11-20T10:00"), held("2026-11-20T10:00", kind="family"), held("2026-11-20"))
    stream = tuple(replace(one, number=number) for number, one in enumerate(found.stream))
    known = derive(stream, in_use(), as_at=AT)
    assert [one.event.id for one in meetings_held(known)] == ["e3", "e2", "e1"]


def test_what_was_signed_in_no_act_is_signed_with_no_meeting():
    found = view(held("2026-11-20T10:00"), ("dissent.recorded", "2026-11-20T10:00", {"whose": "Daniel"}))
    (meeting,) = meetings_held(found)
    assert meeting.dissents == ()


@pytest.mark.parametrize(
    ("what", "type_", "data"),
    [
        ("minutes", "meeting.held", {"kind": "family"}),
        ("minutes", "conference.held", {"kind": "initial"}),
        ("minutes", "core_group.met", {}),
        ("review_record", "review.held", {"kind": "child_in_need"}),
    ],
)
def test_a_copy_that_names_none_is_of_what_is_handed_out_so(what, type_, data):
    copy = ("copy.given", "2026-11-23T10:00", {"what": what, "to": ["parents"]})
    later = ("copy.given", "2026-11-23T10:00", {"what": "plan", "to": ["child"]})
    (meeting,) = meetings_held(view((type_, "2026-11-20T10:00", data), copy, later))
    assert [one.data["what"] for one in meeting.copies] == [what]


def test_a_copy_given_before_the_meeting_is_not_of_it_and_on_the_day_it_may_be():
    minutes = {"what": "minutes", "to": ["parents"]}

    def copies(meeting, copy):
        (found,) = meetings_held(view(held(meeting), ("copy.given", copy, minutes)))
        return len(found.copies)

    assert copies("2026-11-22T10:00", "2026-11-21T10:00") == 0
    assert copies("2026-11-22T10:00", "2026-11-22") == 1
    assert copies("2026-11-22", "2026-11-22T09:00") == 1


def test_of_several_held_late_the_latest_stands_first_and_what_is_still_open_is_not_among_them():
    made = ("plan.made", "2026-03-01T10:00", {"kind": "child_in_need"})
    found = held_late(view(made, held("2026-06-20T10:00"), held("2026-11-20T10:00")))
    assert [one.met_by.id for one in found] == ["e3", "e2"]
    assert held_late(view(made)) == ()


def test_another_kind_of_entry_on_the_same_day_is_another():
    found = view(held("2026-11-20T10:00", kind="family"), ("supervision.held", "2026-11-20T10:00", {}))
    first = next(one for one in found.standing.events if one.id == "e1")
    assert same_day(found, first) == ()


def test_of_two_meetings_each_has_its_own_dissents_and_its_own_to_hand_out():
    first = held("2026-11-20T10:00", "review.held", kind="child_in_need", parents_there=True)
    second = held("2026-11-22T10:00", "review.held", kind="child_in_need", parents_there=True)
    found = view(MADE, first, second, ("dissent.recorded", "2026-11-22T10:00", {"whose": "Daniel"}))
    acts = {"e2": "one", "e3": "two", "e4": "two"}
    stream = tuple(replace(one, act=acts.get(one.id)) for one in found.stream)
    later, sooner = meetings_held(derive(stream, in_use(), as_at=AT))
    assert ([one.id for one in later.dissents], sooner.dissents) == (["e4"], ())
    for meeting in (later, sooner):
        assert {one.started_by.id for one in meeting.waits} == {meeting.event.id}
        assert {one.rule.act for one in meeting.waits} <= {"hand-out", "give-notice"}


def test_a_meeting_of_which_the_hour_is_not_known_stands_at_the_end_of_its_day():
    found = view(held("2026-11-20"), held("2026-11-20T10:00", kind="family"), held("2026-11-21T09:00"))
    assert [one.event.id for one in meetings_held(found)] == ["e3", "e1", "e2"]


def test_what_is_due_or_was_late_but_is_no_meeting_is_not_among_them():
    made = ("plan.made", "2026-03-01T10:00", {"kind": "child_in_need"})
    visit = ("visit.made", "2026-11-01T10:00", {"child_seen": True})
    found = view(made, visit, held("2026-11-20T10:00"))
    kinds = {one.event for duty in (*next_due(found), *held_late(found)) for one in duty.rule.met_by}
    assert "visit.made" not in kinds
    assert kinds & {"meeting.held", "review.held"}
