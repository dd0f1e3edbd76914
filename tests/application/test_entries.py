"""Mending one entry of an act: what hangs on it goes with it, in one act, or nothing is written."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, event, later, view
from tests.people import made_up_staff

from cairn.application import entries
from cairn.application.entries import Correction, correct_entry, move_entry, withdraw_entry
from cairn.application.ports import now
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.calendar.moment import Moment
from cairn.core.engine.instants import OPEN_STATES

pytestmark = pytest.mark.django_db
VISIT = {"child_seen": True, "seen_alone": True, "child_said": "I like the dog.", "account": "We talked.",
         "parents_views": "We try."}  # fmt: skip
SEE = "see-child-as-soon-as-possible"
STRATEGY = {"outcome": ["section_47"], "points": "Made up."}


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def child(people):
    """A child whom the worker said to have seen on a visit."""
    made = allocated(people)
    do(people, ("Priya Shah", "record-visit", VISIT), on=made)
    return made


def types(child):
    return [one.type for one in view(child).standing.events if one.act == event(child, "visit.made").act]


def seeing(child):
    return next(duty for duty in view(child).duties if duty.rule.id == SEE)


def within_24_hours(child):
    found = next(one for one in view(child).duties if one.rule.id == "child-seen-in-section-47")
    return found.state, found.late


def correct(people, child, key=None, at="", **answers):
    entry = event(child, "visit.made").id
    return correct_entry(
        people.actor("Priya Shah"), child, Correction(entry, answers, "He was out.", at), key or uuid4()
    )


def test_that_the_child_was_seen_goes_with_the_answer_and_the_seeing_is_due_again(people, child):
    assert seeing(child).met_by.type == "child.seen"
    done = correct(people, child, child_seen=False)
    assert isinstance(done, Recorded)
    assert types(child) == ["visit.made", "views.recorded"]
    assert seeing(child).state in OPEN_STATES
    assert seeing(child).met_by is None
    written = [one for one in view(child).stream if one.id in done.events]
    assert [one.type for one in written] == ["event.corrected", "event.withdrawn"]
    assert len({one.act for one in written}) == 1
    assert {one.data["reason"] for one in written} == {"He was out."}


def test_sent_twice_it_is_done_once(people, child):
    key = uuid4()
    first = correct(people, child, key, child_seen=False)
    before = len(view(child).stream)
    again = correct(people, child, key, child_seen=False)
    assert not isinstance(first, Refused)
    assert again.again
    assert len(view(child).stream) == before


def test_of_what_goes_together_all_is_written_or_nothing(people, child, monkeypatch):
    before = len(view(child).stream)
    real = entries.record_within

    def refused(actor, request):
        return Refused("not allowed", "No.") if request.act == "withdraw-entry" else real(actor, request)

    monkeypatch.setattr(entries, "record_within", refused)
    assert isinstance(correct(people, child, child_seen=False), Refused)
    assert len(view(child).stream) == before


def test_the_time_of_a_visit_is_that_of_seeing_the_child(people, child, clock):
    later(clock, hours=3)
    at = now() - timedelta(hours=1)
    assert isinstance(correct(people, child, at=at.isoformat()), Recorded)
    assert {event(child, one).happened_at for one in types(child)} == {Moment.exact(at)}


def test_what_the_entry_never_said_is_not_made_up(people):
    made = allocated(people)
    do(
        people,
        ("Priya Shah", "record-visit", {"child_seen": False, "refused": False, "not_seen_reason": "Out."}),
        on=made,
    )
    assert types(made) == ["visit.made", "child.not_seen"]
    correct(people, made, child_seen=True)
    assert types(made) == ["visit.made"]


@pytest.mark.parametrize(("others", "left"), [(True, []), (False, ["child.seen", "views.recorded"])])
def test_a_visit_withdrawn_takes_the_others_along_where_that_is_wished(people, child, others, left):
    entry = event(child, "visit.made")
    withdraw_entry(people.actor("Priya Shah"), child, entry.id, "Never made.", uuid4(), others=others)
    assert [one.type for one in view(child).standing.events if one.act == entry.act] == left


NOT_SEEN = {"not_seen_reason": "He had left.", "agreement": "asked"}


def correct_with(people, child, besides, at="", **answers):
    entry = event(child, "visit.made").id
    correction = Correction(entry, answers, "He was out.", at, besides)
    return correct_entry(people.actor("Priya Shah"), child, correction, uuid4())


def test_that_the_child_was_not_seen_is_recorded_with_the_correction_as_of_the_same_act(people, child):
    visit = event(child, "visit.made")
    done = correct_with(people, child, NOT_SEEN, child_seen=False, refused=False)
    assert isinstance(done, Recorded)
    assert types(child) == ["visit.made", "views.recorded", "child.not_seen"]
    one = event(child, "child.not_seen")
    assert one.data == {"reason": "He had left.", "agreement": "asked", "agreed_by": "nobody"}
    assert (one.act, one.happened_at) == (visit.act, visit.happened_at)
    assert seeing(child).state in OPEN_STATES


def test_corrected_back_it_is_withdrawn_and_the_child_is_seen_again_as_of_the_visit(people, child):
    correct_with(people, child, NOT_SEEN, child_seen=False)
    correct_with(people, child, {"seen_alone": True, "child_said": "I was there."}, child_seen=True)
    assert types(child) == ["visit.made", "views.recorded", "child.seen"]
    assert event(child, "child.seen").data["child_said"] == "I was there."
    assert seeing(child).met_by.id == event(child, "child.seen").id


def test_with_another_time_all_of_it_has_that_time(people, child, clock):
    later(clock, hours=3)
    at = now() - timedelta(hours=1)
    assert isinstance(correct_with(people, child, NOT_SEEN, at=at.isoformat(), child_seen=False), Recorded)
    assert {event(child, one).happened_at for one in types(child)} == {Moment.exact(at)}


def test_a_visit_moved_past_the_time_makes_seeing_the_child_late(people, clock):
    """4.28: section 47 at a stroke; within 24 hours the child was seen, until the time of the visit is put right."""
    made = allocated(people)
    do(people, ("Joanne Whitlock", "hold-strategy", STRATEGY), on=made)
    later(clock, hours=20)
    do(people, ("Priya Shah", "record-visit", VISIT), on=made)
    assert within_24_hours(made) == ("met", False)
    later(clock, hours=10)
    at = now() - timedelta(hours=1)
    assert isinstance(correct(people, made, at=at.isoformat()), Recorded)
    assert within_24_hours(made) == ("met_late", True)


def test_a_visit_that_went_on_the_wrong_child_moves_with_what_was_recorded_with_it(people, child):
    right = allocated(people)
    visit = event(child, "visit.made")
    done = move_entry(people.actor("Priya Shah"), child, visit.id, right, "Two drafts.", uuid4(), others=True)
    assert isinstance(done, Recorded)
    assert [one.type for one in view(child).standing.events if one.act == visit.act] == []
    assert types(right) == ["visit.made", "child.seen", "views.recorded"]
    assert event(right, "child.seen").data["child_said"] == "I like the dog."
    assert seeing(right).met_by.id == event(right, "child.seen").id
    assert seeing(child).met_by is None


def test_moved_alone_the_rest_stays(people, child):
    right = allocated(people)
    visit = event(child, "visit.made")
    move_entry(people.actor("Priya Shah"), child, visit.id, right, "Two drafts.", uuid4())
    assert [one.type for one in view(child).standing.events if one.act == visit.act] == [
        "child.seen",
        "views.recorded",
    ]
    assert types(right) == ["visit.made"]
