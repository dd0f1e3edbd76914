"""Two managers sign the same assessment at once: one signature, and the other sees who signed and when (CO-2)."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from tests.assessments import begin, hand_in
from tests.cases import open_to_priya, record
from tests.people import made_up_staff

from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.application.section_writing import save_section
from cairn.core.calendar.london import say_instant
from cairn.records import ledger, staff
from cairn.records.models import Authorisation, LedgerEvent

MANAGERS = ("Joanne Whitlock", "Second Manager")
ANSWERS = {"kind": "child_and_family", "outcome": ["services"], "reason": "Help is agreed."}
ROUNDS = [pytest.param(5, id="5 rounds"), pytest.param(1_000, id="1000 rounds", marks=[pytest.mark.attack, pytest.mark.timeout(3_000)])]  # fmt: skip


@pytest.fixture
def people(committed_database, clock):
    people = made_up_staff()
    people.ids["Second Manager"] = staff.add_person(
        "Second Manager", "team manager", people.teams["Referral and Assessment"]
    )
    return people


class Two:
    """Both managers in threads of their own, each with its connection, let go at the same moment round after round."""

    def __init__(self, people):
        self.people, self.answers, self.request = people, {}, {}
        self.start, self.end = threading.Barrier(3), threading.Barrier(3)
        self.threads = [threading.Thread(target=self.run, args=(who,), daemon=True) for who in MANAGERS]
        self.going = True
        for thread in self.threads:
            thread.start()

    def run(self, who):
        try:
            while True:
                self.start.wait(60)
                if not self.going:
                    return
                try:
                    self.answers[who] = record_act(self.people.actor(who), self.request[who])
                finally:
                    self.end.wait(60)
        finally:
            connections.close_all()

    def sign(self, request):
        """One round: what each is answered."""
        self.request = {who: Request(**request, key=uuid4()) for who in MANAGERS}
        self.answers = {}
        self.start.wait(60)
        self.end.wait(60)
        return self.answers

    def stop(self):
        self.going = False
        self.start.wait(60)
        for thread in self.threads:
            thread.join(10)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_there_is_one_signature_and_the_other_is_told(people, rounds):
    two, signed_by = Two(people), []
    try:
        child = open_to_priya(people)
        seen = {"child_seen": True, "child_said": "“Bus.”", "place": "home"}
        record(people, ("Priya Shah", "record-visit", seen), on=child)
        for number in range(rounds):
            strand = begin(people, child)
            save_section(people.actor("Priya Shah"), child, strand, "health", {"text": f"Text {number}"}, 0)
            hand_in(people, child, strand)
            version = len(ledger.read_stream(child))
            wanted = {"act": "approve-assessment", "answers": ANSWERS, "record": child, "strand": strand}
            departures = departures_for(people, wanted)
            answers = two.sign({**wanted, "seen": version, "departures": departures})
            signed_by += judged(child, strand, answers)
            if number % 40 == 39:
                # A record of its own again, so that it stays as long as real ones.
                child = open_to_priya(people)
                record(people, ("Priya Shah", "record-visit", seen), on=child)
    finally:
        two.stop()
    assert len(signed_by) == rounds
    print({who: signed_by.count(who) for who in MANAGERS})
    assert Authorisation.objects.count() == rounds


def departures_for(people, wanted):
    """A reason for each gate that asks for what this made-up case has not: found without writing anything."""
    with transaction.atomic():
        tried = record_act(people.actor(MANAGERS[0]), Request(**wanted))
        transaction.set_rollback(True)
    if isinstance(tried, Recorded):
        return {}
    return {one.provision: "It was urgent." for one in tried.refusals if one.may_depart}


def judged(child, strand, answers):
    """Who signed: one of the two; the other is told by whom, and when."""
    done = [who for who, one in answers.items() if isinstance(one, Recorded)]
    told = [one for one in answers.values() if isinstance(one, Refused)]
    assert (len(done), len(told)) == (1, 1), answers
    approvals = LedgerEvent.objects.filter(record_id=child, type="assessment.approved", strand_id=strand)
    (signed,) = approvals
    assert told[0].code == "moved"
    approved = [one for one in told[0].moved if one.title == "Assessment approved"]
    assert [(one.by, one.when) for one in approved] == [(done[0], say_instant(signed.recorded_at))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT approver_id FROM records_authorisation WHERE event_id = %s", [signed.pk])
        assert len(cursor.fetchall()) == 1
    return done


def test_one_manager_alone_signs(people):
    """The twin."""
    child = open_to_priya(people)
    seen = {"child_seen": True, "child_said": "“Bus.”", "place": "home"}
    record(people, ("Priya Shah", "record-visit", seen), on=child)
    strand = begin(people, child)
    save_section(people.actor("Priya Shah"), child, strand, "health", {"text": "Well."}, 0)
    hand_in(people, child, strand)
    wanted = {"act": "approve-assessment", "answers": ANSWERS, "record": child, "strand": strand}
    request = Request(
        **wanted, seen=len(ledger.read_stream(child)), departures=departures_for(people, wanted)
    )
    assert isinstance(record_act(people.actor("Second Manager"), request), Recorded)
