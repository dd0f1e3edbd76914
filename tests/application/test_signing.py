"""Signing at the door: never own work, never nothing, and of two at once one."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.assessments import begin, hand_in
from tests.cases import open_to_priya, record
from tests.people import made_up_staff

from cairn.application.entries import Correction, correct_entry, move_entry
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.application.section_writing import save_section
from cairn.records import ledger, staff
from cairn.records.models import Authorisation

ANSWERS = {"kind": "child_and_family", "outcome": ["services"], "reason": "Help is agreed."}


def written(people, who=("Priya Shah",)):
    child = open_to_priya(people)
    strand = begin(people, child)
    for number, name in enumerate(who):
        save_section(people.actor(name), child, strand, ("health", "identity")[number], {"text": name}, 0)
    return child, strand


def gone_past(people, child, strand):
    """A reason for each gate that asks for what this made-up case has not."""
    tried = record_act(people.actor("Joanne Whitlock"), approval(child, strand))
    if isinstance(tried, Recorded):
        return {}
    return {one.provision: "It was urgent." for one in tried.refusals if one.may_depart}


def approval(child, strand, **more):
    return Request("approve-assessment", ANSWERS, child, strand=strand, **more)


@pytest.fixture
def people(db):
    return made_up_staff()


def test_who_wrote_a_section_is_refused_though_the_page_is_not_asked(people):
    child, strand = written(people, ("Priya Shah", "Joanne Whitlock"))
    hand_in(people, child, strand)
    refused = record_act(people.actor("Joanne Whitlock"), approval(child, strand))
    assert isinstance(refused, Refused)
    assert "own work" in [one.code for one in refused.refusals]
    assert not Authorisation.objects.exists()


def test_nothing_handed_in_is_nothing_to_sign(people):
    child, strand = written(people)
    refused = record_act(people.actor("Joanne Whitlock"), approval(child, strand))
    assert "nothing to approve" in [one.code for one in refused.refusals]


def test_an_empty_one_is_not_handed_in_past_its_page(people):
    child, strand = written(people)
    sent = Request(
        "submit-assessment", {"kind": "child_and_family", "summary": "All is well."}, child, strand=strand
    )
    refused = record_act(people.actor("Priya Shah"), sent)
    assert [one.code for one in refused.refusals] == ["empty"]


def signed(people, who=("Priya Shah",)):
    child, strand = written(people, who)
    record(people, ("Priya Shah", "record-visit", {"child_seen": True, "child_said": "“Bus.”"}), on=child)
    hand_in(people, child, strand)
    done = record_act(
        people.actor("Joanne Whitlock"), approval(child, strand, departures=gone_past(people, child, strand))
    )
    assert isinstance(done, Recorded), done
    return child, done.events[-1]


def test_no_author_corrects_the_decision_on_their_own_work(people):
    child, approved = signed(people)
    correction = Correction(approved, {"outcome": ["no_further_action"]}, "A slip.")
    mine = correct_entry(people.actor("Priya Shah"), child, correction, uuid4())
    theirs = correct_entry(people.actor("Martin Oyelaran"), child, correction, uuid4())
    assert (mine.code, type(theirs)) == ("own work", Recorded)


def test_a_signature_is_not_moved_to_another_child(people):
    child, approved = signed(people)
    other = open_to_priya(people)
    moved = move_entry(people.actor("Joanne Whitlock"), child, approved, other, "Wrong child.", uuid4())
    assert (moved.code, moved.reason) == (
        "not taken",
        "A signature is for what was shown, so it cannot be moved",
    )


def test_signed_twice_at_once_there_is_one_approval_and_the_other_is_told(committed_database):
    people = made_up_staff()
    child, strand = written(people)
    record(people, ("Priya Shah", "record-visit", {"child_seen": True, "child_said": "“Bus.”"}), on=child)
    hand_in(people, child, strand)
    seen, departures = len(ledger.read_stream(child)), gone_past(people, child, strand)
    both, answers = threading.Barrier(2), {}

    def sign(who: str) -> None:
        try:
            actor = people.actor(who)
            both.wait()
            answers[who] = record_act(actor, approval(child, strand, seen=seen, departures=departures))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(who,)) for who in ("Joanne Whitlock", "Second Manager")]
    people.ids["Second Manager"] = _second_manager(people)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [one for one in answers.values() if isinstance(one, Refused)]
    assert [one.code for one in told] == ["moved"]
    assert "Assessment approved" in [one.title for one in told[0].moved]
    assert [event.type for event in ledger.read_stream(child)].count("assessment.approved") == 1
    assert Authorisation.objects.count() == 1


def _second_manager(people):
    return staff.add_person("Second Manager", "team manager", people.teams["Referral and Assessment"])
