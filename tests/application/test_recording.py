"""The one door in: taken once with all its consequences, or refused with nothing stored."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.interfaces.web.views.children import CONTACT, DECISION, allocated, contact, decided, referral, view
from tests.people import made_up_staff

from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.records import access_log, ledger, projections, register
from cairn.records.models import LedgerEvent, Outbox, Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return made_up_staff()


def decide(people, record, who="Martin Oyelaran", seen=None, key=None, **changed):
    answers = {**DECISION, **changed}
    request = Request("decide-referral", answers, record, seen=seen, key=key or uuid4())
    return record_act(people.actor(who), request)


def test_an_act_is_written_with_all_its_consequences(people):
    child = contact(people)
    written = [event.type for event in ledger.read_stream(child)]
    assert written == ["person.described", "contact.received"]
    summary = projections.summary(child)
    assert (summary.name, summary.stage, summary.last_number) == (CONTACT["name"], "contact", 2)
    assert [duty.provision for duty in projections.duties_of(child)] == ["contact-decision"]
    assert Outbox.objects.filter(record_id=child).count() == 2


def test_the_ledger_says_to_which_strand_an_event_belongs(people):
    child = decided(people)
    of = {event.type: event for event in ledger.read_stream(child)}
    assert of["referral.decided"].strand == of["referral.received"].id
    assert of["contact.decided"].strand == of["contact.received"].id
    assert of["person.described"].strand is None
    rows = dict(LedgerEvent.objects.filter(record_id=child).values_list("type", "strand_id"))
    assert str(rows["referral.decided"]) == of["referral.received"].id


def test_a_refusal_names_the_provision_and_who_may_and_stores_nothing(people):
    child = referral(people)
    before = len(ledger.read_stream(child))
    refused = decide(people, child, status=None, reason="")
    assert isinstance(refused, Refused)
    assert refused.code == "gates"
    assert {one.source.paragraph for one in refused.refusals} >= {"3.5", "3.23"}
    assert len(ledger.read_stream(child)) == before


def test_a_role_that_may_not_is_told_who_does_it(people):
    refused = decide(people, referral(people), who="Beth Lomas")
    assert refused.code == "not allowed"
    assert "team manager" in refused.reason


def test_a_new_record_that_is_refused_leaves_no_record_behind(people):
    request = Request("record-contact", {"source": "nobody there", "contact_type": "information"})
    refused = record_act(people.actor("Beth Lomas"), request)
    assert refused.code == "not taken"
    assert refused.faults[0].place == "data.source"
    assert not Record.objects.exists()


def test_the_same_submit_twice_is_taken_once_and_answered_alike(people):
    child, key = referral(people), uuid4()
    first = decide(people, child, key=key)
    again = decide(people, child, key=key)
    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert (again.again, again.events) == (True, first.events)
    assert LedgerEvent.objects.filter(record_id=child, type="referral.decided").count() == 1


def test_somebody_elses_submit_is_refused(people):
    child, key = referral(people), uuid4()
    decide(people, child, key=key)
    assert decide(people, child, who="Joanne Whitlock", key=key).code == "not allowed"


def test_a_decision_on_a_record_that_moved_is_shown_what_happened(people):
    child = referral(people)
    seen = register.record(child).version
    note = Request("add-note", {"text": "The school rang again."}, child)
    assert isinstance(record_act(people.actor("Beth Lomas"), note), Recorded)
    refused = decide(people, child, seen=seen)
    assert refused.code == "moved"
    assert [(one.title, one.by) for one in refused.moved] == [("Case note", "Beth Lomas")]


def test_a_second_decision_must_name_the_first_and_say_why(people):
    child = decided(people)
    refused = decide(people, child, outcome=["no_further_action"])
    assert "second decision" in [one.code for one in refused.refusals]
    first = next(event.id for event in view(child).standing.events if event.type == "referral.decided")
    taken = decide(people, child, outcome=["no_further_action"], supersedes=first, reason="New facts.")
    assert isinstance(taken, Recorded)


def test_a_gate_may_be_passed_with_a_reason_by_whoever_may_depart_from_it(people):
    child = referral(people, affects_other_children=True, concern_kind=["neglect"])
    listed = Request("list-sibling", {"name": "Kene Made-up", "household": "same"}, child)
    record_act(people.actor("Martin Oyelaran"), listed)
    sibling = next(event.id for event in view(child).standing.events if event.type == "sibling.listed")
    answers = {
        **DECISION,
        "no_siblings": None,
        "siblings": [{"sibling": sibling, "decision": "do_not_open", "reason": "Lives abroad."}],
    }
    refused = record_act(people.actor("Martin Oyelaran"), Request("decide-referral", answers, child))
    gate = next(one for one in refused.refusals if one.source.paragraph == "3.7")
    assert gate.may_depart
    reasons = {gate.provision: "He lives abroad with his father."}
    passed = Request("decide-referral", answers, child, departures=reasons)
    assert isinstance(record_act(people.actor("Martin Oyelaran"), passed), Recorded)


def test_an_impossible_time_is_refused_with_its_place(people):
    child = allocated(people)
    future = Request("add-note", {"text": "Tomorrow."}, child, at="2099-01-01T09:00")
    assert record_act(people.actor("Priya Shah"), future).refusals[0].code == "impossible"
    no_hour = Request("add-note", {"text": "In the gap."}, child, at="2026-03-29T01:30")
    assert record_act(people.actor("Priya Shah"), no_hour).faults[0].place == "at"


def test_every_act_on_a_record_is_in_its_access_log(people):
    child = referral(people)
    decide(people, child)
    pages = [(row.line.page, row.line.relied_on) for row in access_log.of_record(child)]
    assert ("act:decide-referral", "own team") in pages


def test_what_cannot_be_logged_is_not_recorded(people, monkeypatch):
    child = referral(people)
    before = len(ledger.read_stream(child))
    monkeypatch.setattr(access_log, "write", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide(people, child)
    assert len(ledger.read_stream(child)) == before
