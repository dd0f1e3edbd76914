"""A duty met by the act that answers the same question, a time that people set, and events that are departures by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.made_up_procedures import event, unchecked, view, vocabulary

from cairn.core.engine.explain import explain
from cairn.core.protocol.check import check_protocol

ANSWERED = """
- id: answered
  kind: duty
  title: Answer
  text: The agency that was asked answers.
  source: {document: book, paragraph: "1.1"}
  starts: sibling.listed
  pace: no time is given
  met_by: {event: sibling.decided, same: [reason]}
  who: social worker
"""
SEEN = """
- id: seen
  kind: duty
  title: See the child
  text: See the child by the time that was set.
  source: {document: book, paragraph: "1.2"}
  starts: note.added
  within: 24 hours
  set_in: when
  met_by: child.seen
  who: social worker
"""
BY_A_DAY = SEEN.replace("  within: 24 hours\n", "  pace: at the pace of the child\n").replace("when", "day")
SIGNED = """
- id: signed
  kind: duty
  title: Sign
  text: Sign the assessment.
  source: {document: book, paragraph: "1.3"}
  starts: referral.received
  within: 1 working day
  met_by: assessment.approved
  who: team manager
  departure:
    by: [team manager]
    given_by: {event: strategy.held, where: {sort: [further]}}
    source: {document: book, paragraph: "1.4"}
"""
R1 = event("r1", "referral.received", "2026-01-12T10:00")


def states(found):
    return {duty.key: duty.state for duty in found.duties}


# Only a departure and a departure share a field in the made-up vocabulary: they stand in for asking and answering.
ASKED = ANSWERED.replace("sibling.listed", "departure.recorded").replace(
    "sibling.decided", "departure.recorded"
)


def asked(identity, reason, at, **more):
    data = {"provision": "x"} | ({"reason": reason} if reason else {})
    return event(identity, "departure.recorded", at, data, **more)


def test_of_two_that_were_asked_the_one_that_answers_meets_its_own():
    found = view(
        ASKED,
        R1,
        asked("q1", "The school", "2026-01-12T11:00"),
        asked("q2", "The GP", "2026-01-12T11:30"),
        asked("a2", " the gp", "2026-01-13T09:00"),
    )
    assert states(found) == {"answered:q1": "undated", "answered:q2": "met", "answered:a2": "undated"}
    assert [duty.title for duty in found.duties if duty.key == "answered:q2"] == ["Answer: The GP"]


def test_who_answered_must_be_known_to_meet_it():
    found = view(
        ASKED,
        R1,
        asked("q1", "The school", "2026-01-12T11:00"),
        asked("a1", "", "2026-01-13T09:00"),
    )
    assert states(found)["answered:q1"] == "cannot_tell"


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ("2026-01-12T18:00", "2026-01-12T18:00:00+00:00"),
        ("2026-01-14T18:00", "2026-01-13T10:00:00+00:00"),
        (None, "2026-01-13T10:00:00+00:00"),
    ],
)
def test_a_time_that_was_set_stands_but_never_after_the_figure(given, due):
    data = {"text": "Made up."} | ({"when": given} if given else {})
    (duty,) = view(SEEN, event("n1", "note.added", "2026-01-12T10:00", data), as_at="2026-01-12T12:00").duties
    assert duty.due.isoformat() == due


def test_late_by_the_time_that_was_set():
    data = {"text": "Made up.", "when": "2026-01-12T18:00"}
    found = view(
        SEEN,
        event("n1", "note.added", "2026-01-12T10:00", data),
        event("s1", "child.seen", "2026-01-12T19:00"),
    )
    assert states(found) == {"seen:n1": "met_late"}
    assert "The time was set with it: 12 January 2026, 6pm." in explain(found.duties[0], vocabulary())


def test_a_day_that_was_set_ends_with_that_day_and_dates_an_undated_duty():
    data = {"text": "Made up.", "day": "2026-01-14"}
    (duty,) = view(BY_A_DAY, event("n1", "note.added", "2026-01-12T10:00", data), as_at="2026-01-13").duties
    assert (duty.state, duty.due.isoformat()) == ("upcoming", "2026-01-14T23:59:59+00:00")
    assert "no date is set" not in explain(duty, vocabulary())


def extended(sort, role="team manager"):
    data = {"sort": sort, "reason": "Family away."}
    return event("x1", "strategy.held", "2026-01-13T12:00", data, role=role)


@pytest.mark.parametrize(
    ("sort", "role", "state"),
    [
        ("further", "team manager", "departed"),
        ("first", "team manager", "overdue"),
        ("further", "social worker", "overdue"),
    ],
)
def test_an_event_that_is_a_departure_by_itself(sort, role, state):
    assert states(view(SIGNED, R1, extended(sort, role))) == {"signed:r1": state}


def test_such_an_event_counts_from_anywhere_in_the_episode_and_from_no_other():
    rules = SIGNED.replace("starts: referral.received", "starts: assessment.started")
    started = event("a1", "assessment.started", "2026-01-12T10:00", strand="r1")
    assert states(view(rules, R1, started, extended("further"))) == {"signed:a1": "departed"}
    another = event("r2", "referral.received", "2026-01-12T10:00")
    elsewhere = replace(extended("further"), strand="r2")
    assert states(view(rules, R1, another, started, elsewhere)) == {"signed:a1": "overdue"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (ANSWERED, "answered: sibling.listed has no field 'reason'"),
        (
            SEEN.replace("set_in: when", "set_in: text"),
            "seen: note.added has no date or moment 'text'",
        ),
        (
            SIGNED.replace("event: strategy.held", "event: strategy.kept"),
            "signed: no event type is called 'strategy.kept'",
        ),
    ],
)
def test_what_is_not_there_is_named(rules, said):
    assert said in check_protocol(unchecked(rules), vocabulary())
