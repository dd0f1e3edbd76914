"""Closing at the door: in order, by somebody else, once, one of two referrals; and what may be recorded after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.assessments import past
from tests.cases import record
from tests.closings import JOANNE, PRIYA, SUMMARY, closed, handed_in, sign, view, worked_on
from tests.people import made_up_staff

from cairn.application import work
from cairn.application.child import open_child
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.core.engine.summary import summarise
from cairn.records import ledger


@pytest.fixture
def people(db):
    return made_up_staff()


def tried(people, who, act, answers, child, **more):
    return record_act(people.actor(who), Request(act, answers, child, **more))


def missing(refused):
    assert isinstance(refused, Refused), refused
    return " ".join(one.missing for one in refused.refusals)


def test_a_case_in_order_is_signed_and_closed_in_one_act(people):
    child, closing = handed_in(people)
    done = sign(people, child, closing)
    assert isinstance(done, Recorded), done
    signed, ended = ledger.read_stream(child)[-2:]
    assert (signed.type, ended.type) == ("closure.signed", "case.closed")
    assert signed.act == ended.act
    assert (signed.data["approves"], signed.strand) == (closing, closing)
    found = summarise(view(child))
    assert (found.stage, found.episode_closed) == ("closed", ended.happened_at.latest)


def test_who_handed_it_in_does_not_sign_it(people):
    child, _closing = handed_in(people, worked_on(people))
    record(people, (JOANNE, "propose-closure", SUMMARY), on=child)
    own = ledger.read_stream(child)[-1].id
    assert "Nobody approves their own work" in missing(sign(people, child, own))
    assert "case.closed" not in [one.type for one in ledger.read_stream(child)]


def test_without_what_the_procedures_ask_it_is_named_one_by_one(people):
    child = worked_on(people)
    refused = tried(people, JOANNE, "close-case", {"reason": "RC7", "summary": "Over."}, child)
    for line in (
        "A manager reads and signs the closing summary: hand one in",
        "Not all agencies agree that the case closes",
        "Enter the decision to close in the chronology, with who made it and when",
    ):
        assert line in missing(refused)
    assert "ethnicity" not in missing(refused)


def test_the_database_refuses_who_handed_it_in_though_the_door_were_passed_by(people):
    child, closing = handed_in(people)
    with pytest.raises(IntegrityError, match="approver"):
        past(people, child, closing, "closure.signed", {"approves": closing}, PRIYA)


def test_of_two_who_sign_at_once_the_second_is_told_who_was_first(people):
    child, closing = handed_in(people)
    seen = len(ledger.read_stream(child))
    assert isinstance(sign(people, child, closing, seen=seen), Recorded)
    late = sign(people, child, closing, "Martin Oyelaran", seen=seen)
    assert isinstance(late, Refused)
    assert late.code == "moved"
    assert {(one.title, one.by) for one in late.moved} == {
        ("Closing summary signed", JOANNE),
        ("Case closed", JOANNE),
    }


def test_a_summary_that_was_sent_back_is_not_signed(people):
    child, closing = handed_in(people)
    record_act(
        people.actor(JOANNE), Request("return-closure", {"reason": "Ask the GP."}, child, strand=closing)
    )
    said = missing(sign(people, child, closing))
    assert "It is over: Joanne Whitlock on" in said
    assert view(child).open_strands


def test_a_case_is_not_closed_twice(people):
    child = closed(people)
    again = tried(people, JOANNE, "close-case", {"reason": "RC7", "summary": "Over."}, child)
    assert "It was closed by Joanne Whitlock on" in missing(again)
    assert [one.type for one in ledger.read_stream(child)].count("case.closed") == 1


def test_of_two_referrals_the_other_goes_on_with_its_worker(people):
    child, closing = handed_in(people)
    record(people, (PRIYA, "record-referral", {"source": "school", "concern": "Something new."}), on=child)
    second = next(one.id for one in ledger.read_stream(child)[::-1] if one.type == "referral.received")
    assert isinstance(sign(people, child, closing), Recorded)
    found = view(child)
    assert {one.id for one in found.open_strands} == {second}
    assert summarise(found).worker == str(people.ids[PRIYA])
    assert summarise(found).episode_closed is None


def test_the_second_referral_is_held_to_its_own_work_though_the_first_closed_since(people):
    child, closing = handed_in(people)
    record(people, (PRIYA, "record-referral", {"source": "school", "concern": "Something new."}), on=child)
    second = next(one.id for one in ledger.read_stream(child)[::-1] if one.type == "referral.received")
    begun = Request("start-assessment", {"kind": "initial"}, child, strand=second)
    assert isinstance(record_act(people.actor(PRIYA), begun), Recorded)
    assert isinstance(sign(people, child, closing), Recorded)
    refused = tried(people, JOANNE, "close-case", {"reason": "RC7", "summary": "Over."}, child, strand=second)
    assert "A manager reads and signs the closing summary" in missing(refused)


def test_what_is_owed_after_closing_stands_on_the_lists_of_those_who_had_it(people):
    child = closed(people)
    listed = {
        name: {row.title for group in work.my_work(people.actor(name)).groups for row in group.rows}
        for name in (PRIYA, JOANNE, "Dilys Penhale")
    }
    assert "Write to the family that the case is closed" in listed[PRIYA]
    assert "Tell the named administrators" in listed[JOANNE]
    assert "Archive the file and log its place" in listed["Dilys Penhale"]
    assert not isinstance(open_child(people.actor(PRIYA), child, page="child"), Refused)
    assert child not in {one.record for one in work.my_work(people.actor(PRIYA)).cases}


def test_once_nothing_is_owed_the_worker_has_it_no_more_and_the_team_does(people):
    child = closed(people)
    for duty in view(child).open_duties:
        answers = {
            "send-standard-letter": {"letter": "closing-family", "to": "Ngozi Made-up", "how": "letter"},
            "give-notice": {"to": "administrators", "about": "closing"},
            "archive-file": {"place": "Shelf 4"},
            "hand-out": {"what": "closing_minutes", "to": ["agencies"]},
        }.get(duty.rule.act)
        if answers:
            who = "Dilys Penhale" if duty.rule.act == "archive-file" else JOANNE
            done = tried(people, who, duty.rule.act, answers, child)
            assert isinstance(done, Recorded), (duty.rule.id, done)
    assert [one.rule.id for one in view(child).open_duties] == []
    found = summarise(view(child))
    assert (found.worker, found.team) == (None, str(people.teams["Referral and Assessment"]))


def test_a_visit_before_the_closing_is_taken_late_and_reopens_nothing(people, clock):
    clock.at = now()
    child = worked_on(people)
    visited = clock.at
    clock.at += timedelta(days=2)
    handed_in(people, child)
    closing = next(one.id for one in ledger.read_stream(child) if one.type == "closure.proposed")
    assert isinstance(sign(people, child, closing), Recorded)
    clock.at += timedelta(days=1)
    late = (visited + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    visit = {"child_seen": True, "place": "home"}
    assert isinstance(tried(people, PRIYA, "record-visit", visit, child, at=late), Recorded)
    assert summarise(view(child)).stage == "closed"
    said = missing(tried(people, PRIYA, "record-visit", visit, child))
    assert "The case was closed by Joanne Whitlock on" in said
    assert "is a new contact" in said


@pytest.mark.parametrize(
    ("act", "answers"),
    [
        ("propose-closure", SUMMARY),
        ("start-assessment", {"kind": "initial"}),
        ("book-visit", {"when": "2099-06-01T10:00"}),
        ("step-down", {"to_service": "Early help", "reason": "Enough.", "agreed": True}),
    ],
)
def test_nothing_more_is_worked_in_a_case_that_closed(people, act, answers):
    child = closed(people)
    who = JOANNE if act == "step-down" else PRIYA
    assert "The case was closed by Joanne Whitlock" in missing(tried(people, who, act, answers, child))


@pytest.mark.parametrize(
    ("act", "answers"),
    [
        ("add-note", {"text": "The aunt rang to say thank you."}),
        ("record-correspondence", {"from_whom": "The school", "text": "Thank you."}),
        ("record-dissent", {"whose": "The school", "text": "Too early."}),
        ("record-scanned-paper", {"what": "A drawing"}),
        ("enter-chronology", {"what": "The family moved.", "significance": "New school."}),
    ],
)
def test_what_belongs_to_a_closed_case_is_still_taken(people, act, answers):
    child = closed(people)
    assert isinstance(tried(people, PRIYA, act, answers, child), Recorded)
    assert summarise(view(child)).stage == "closed"
