"""A booking is never lost: moved, ended with its reason, held, to come, or asking whether it happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.core.engine.test_around import view

from cairn.application.procedures import in_use
from cairn.core.engine.bookings import all_bookings, asking, open_bookings
from cairn.core.engine.view import derive

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def booked(when, what="visit.booked", **more):
    return (what, "2026-11-21T09:00", {"when": when, **more})


def about(what, hour=10, **data):
    return (what, f"2026-11-22T{hour}:00", {"booking": "e1", "reason": "She was ill.", **data})


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([booked("2026-11-26T10:00")], "to come"),
        ([booked("2026-11-24T15:00")], "today"),
        ([booked("2026-11-24")], "today"),
        ([booked("2026-11-23T10:00")], "did it happen"),
        ([booked("2026-11-23")], "did it happen"),
        ([booked("2026-11-23T10:00"), ("visit.made", "2026-11-23T16:00", {"child_seen": True})], "happened"),
        ([booked("2026-11-23T10:00"), ("visit.made", "2026-11-22T10:00", {"child_seen": True})], "did it happen"),
        ([booked("2026-11-23T10:00"), ("meeting.held", "2026-11-23T10:00", {"kind": "family"})], "did it happen"),
        ([booked("2026-11-23T10:00", "meeting.booked", kind="family"), ("meeting.held", "2026-11-23", {"kind": "family"})], "happened"),
        ([booked("2026-11-26T10:00"), about("booking.cancelled", kind="cancelled")], "ended"),
        ([booked("2026-11-23T10:00"), about("booking.moved", when="2026-11-27T10:00")], "to come"),
        ([booked("2026-11-26T10:00"), about("booking.moved", when="2026-11-23T10:00")], "did it happen"),
    ],
)  # fmt: skip
def test_how_a_booking_stands(events, state):
    (found,) = all_bookings(view(*events))
    assert found.state(AT) == state


def test_moved_twice_it_is_where_it_was_moved_last_and_all_of_it_is_kept():
    (found,) = all_bookings(
        view(
            booked("2026-11-25T10:00", place="At home"),
            about("booking.moved", when="2026-11-26T10:00"),
            about("booking.moved", hour=11, when="2026-11-27T10:00", place="At school"),
        )
    )
    assert (found.when.day.day, found.place, len(found.moved)) == (27, "At school", 2)


def test_those_that_ask_and_those_that_may_be_moved():
    found = view(
        booked("2026-11-23T10:00"),
        booked("2026-11-22T10:00"),
        booked("2026-11-26T10:00", "meeting.booked", kind="family"),
        about("booking.cancelled", kind="not_there"),
    )
    assert [one.id for one in asking(found)] == ["e2"]
    assert [(one.id, one.what) for one in open_bookings(found)] == [("e2", "Visit"), ("e3", "Family meeting")]


def test_a_booking_without_a_time_that_can_be_read_is_none():
    assert all_bookings(view(("visit.booked", "2026-11-21T09:00", {"place": "At home"}))) == ()


def held_by(*events):
    """Which entry answers each booking."""
    return {one.id: one.held.id if one.held else None for one in all_bookings(view(*events))}


MORNING, AFTERNOON = booked("2026-11-23T10:00"), booked("2026-11-23T16:00")


def visited(at):
    return ("visit.made", at, {"child_seen": True})


def test_of_two_visits_booked_for_one_day_a_visit_answers_the_nearest_and_the_other_asks():
    assert held_by(MORNING, AFTERNOON, visited("2026-11-23T15:30")) == {"e1": None, "e2": "e3"}
    assert held_by(MORNING, AFTERNOON, visited("2026-11-23T10:20")) == {"e1": "e3", "e2": None}
    assert held_by(MORNING, AFTERNOON, visited("2026-11-23T10:20"), visited("2026-11-23T16:00")) == {
        "e1": "e3",
        "e2": "e4",
    }


def test_a_visit_of_which_the_hour_is_not_known_answers_the_first_booking_of_the_day():
    assert held_by(AFTERNOON, MORNING, visited("2026-11-23")) == {"e1": None, "e2": "e3"}


def test_a_visit_and_that_the_child_was_seen_on_it_answer_one_booking():
    seen = ("child.seen", "2026-11-23T10:20", {})
    found = view(MORNING, AFTERNOON, visited("2026-11-23T10:20"), seen)
    events = [replace(one, act="one visit") if one.id in {"e3", "e4"} else one for one in found.stream]
    one_act = derive(events, in_use(), as_at=AT)
    assert [one.held.id if one.held else None for one in all_bookings(one_act)] == ["e3", None]


def test_what_was_called_off_takes_up_no_visit():
    events = (MORNING, AFTERNOON, about("booking.cancelled", kind="cancelled"), visited("2026-11-23T10:20"))
    assert held_by(*events) == {"e1": None, "e2": "e4"}


@pytest.mark.parametrize(
    ("booking", "shown_by"),
    [
        ("visit.booked", "visit.made"),
        ("visit.booked", "child.seen"),
        ("visit.booked", "child.not_seen"),
        ("meeting.booked", "meeting.held"),
        ("meeting.booked", "strategy.held"),
        ("meeting.booked", "conference.held"),
        ("meeting.booked", "core_group.met"),
        ("meeting.booked", "review.held"),
        ("meeting.booked", "supervision.held"),
    ],
)
def test_what_shows_that_it_took_place(booking, shown_by):
    kind = {"meeting.held": "family", "conference.held": "initial", "review.held": "child_in_need"}.get(
        shown_by
    )
    took_place = (shown_by, "2026-11-23T10:00", {"kind": kind} if kind else {})
    assert held_by(booked("2026-11-23T10:00", booking), took_place) == {"e1": "e2"}
    other = "meeting.booked" if booking == "visit.booked" else "visit.booked"
    assert held_by(booked("2026-11-23T10:00", other), took_place) == {"e1": None}


def test_a_booking_says_which_meeting_it_is_and_where():
    visit, family, other, unsaid = all_bookings(
        view(
            booked("2026-11-25T10:00", place="At home"),
            booked("2026-11-26T10:00", "meeting.booked", kind="family"),
            booked("2026-11-27T10:00", "meeting.booked", kind="Coffee morning"),
            booked("2026-11-28T10:00", "meeting.booked"),
        )
    )
    assert [one.what for one in (visit, family, other, unsaid)] == [
        "Visit", "Family meeting", "Coffee morning", "Meeting",
    ]  # fmt: skip
    assert [one.is_visit for one in (visit, family)] == [True, False]
    assert (visit.place, family.place) == ("At home", "")


def test_what_is_about_one_booking_changes_no_other():
    first, second = all_bookings(view(MORNING, AFTERNOON, about("booking.moved", when="2026-11-27T10:00")))[
        ::-1
    ]
    assert (first.id, first.when.day.day, first.state(AT)) == ("e1", 27, "to come")
    assert (second.id, second.moved, second.state(AT)) == ("e2", (), "did it happen")


def test_it_asks_from_the_minute_after():
    (found,) = all_bookings(view(booked("2026-11-24T12:00")))
    assert found.state(AT) == "today"
    assert found.state(AT.replace(second=1)) == "did it happen"


def test_they_stand_in_the_order_for_which_they_are_booked():
    later, sooner = booked("2026-11-27T10:00"), booked("2026-11-26T10:00")
    assert [one.id for one in all_bookings(view(later, sooner))] == ["e2", "e1"]
