"""Mending one entry of an act: what hangs on it goes with it, in one act, or nothing is written."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, event, later, view
from tests.people import made_up_staff

from cairn.application import entries
from cairn.application.entries import Correction, correct_entry, withdraw_entry
from cairn.application.ports import now
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.calendar.moment import Moment
from cairn.core.engine.instants import OPEN_STATES

pytestmark = pytest.mark.django_db
VISIT = {"child_seen": True, "seen_alone": True, "child_said": "I like the dog.", "account": "We talked.",
         "parents_views": "We try."}  # fmt: skip
SEE = "see-child-as-soon-as-possible"


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
