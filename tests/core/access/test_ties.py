"""What stands between one person and one record beside allocation: it opens or bars, and ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.access.people import NOON, who

from cairn.core.access.decide import (
    AUDITING,
    CONFLICT,
    OUT_OF_HOURS,
    RECEIVING,
    RESTRICTED_OPENED,
    decide_add,
    decide_break_glass,
    decide_here,
    decide_right,
    decide_view,
)
from cairn.core.access.facts import RecordFacts, Tie

RECORD = RecordFacts(worker="priya", team="assessment", at_front_door=False, id="fc-1")
RESTRICTED = replace(RECORD, restricted=True)
EIGHT_HOURS = timedelta(hours=8)


def tie(kind, record="fc-1", since=NOON, until=NOON + EIGHT_HOURS):
    return Tie(record, kind, since, until)


@pytest.mark.parametrize(
    ("role", "kind", "relied_on"),
    [
        ("independent chair", "chair", "chair of the conference"),
        ("auditor", "auditor", AUDITING),
        ("social worker", "named", "named on the restricted record"),
        ("social worker", "break glass", "broken glass"),
    ],
)
def test_a_tie_opens_its_own_record_for_as_long_as_it_lasts(role, kind, relied_on):
    rosa = who("rosa", role, "support", ties=(tie(kind),))
    assert decide_view(rosa, RECORD).relied_on == relied_on
    last = replace(rosa, at=NOON + EIGHT_HOURS - timedelta(seconds=1))
    assert decide_view(last, RECORD).allowed
    for over in (replace(rosa, at=NOON + EIGHT_HOURS), replace(rosa, at=NOON - timedelta(seconds=1))):
        assert not decide_view(over, RECORD).allowed
    assert not decide_view(rosa, replace(RECORD, id="fc-2")).allowed
    assert not decide_view(replace(rosa, ties=()), RECORD).allowed


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("social worker", "chair"),
        ("social worker", "auditor"),
        ("performance analyst", "named"),
        ("business support", "break glass"),
        ("administrator", "break glass"),
    ],
)
def test_a_tie_opens_nothing_for_a_role_that_has_not_its_right(role, kind):
    refused = decide_view(who("rosa", role, None, ties=(tie(kind),)), RECORD)
    assert not refused.allowed
    assert refused.reason


@pytest.mark.parametrize("kind", ["own", "family", "neighbour"])
@pytest.mark.parametrize("until", [None, NOON + EIGHT_HOURS])
def test_with_a_conflict_of_interest_there_is_no_such_record_whatever_else_is_so(kind, until):
    for everything in (
        who("priya", "service manager", "assessment", frozenset({"assessment"})),
        who("nia", "emergency duty", None, office_is_closed=True),
        who("ann", "administrator", None),
    ):
        barred = replace(everything, ties=(tie("break glass"), tie("chair"), tie(kind, until=until)))
        decision = decide_view(barred, RECORD)
        assert (decision.allowed, decision.hidden, decision.alert) == (False, True, CONFLICT)
        assert decide_add(barred, RECORD, was_found=True).hidden
        assert decide_break_glass(barred, RECORD).hidden
        assert barred.barred == {"fc-1"}
        assert not barred.tied_to
    assert not decide_view(
        who("rosa", "social worker", None, ties=(tie(kind),)), replace(RECORD, id="fc-2")
    ).hidden


def test_a_restricted_record_is_for_its_worker_the_managers_of_its_team_and_those_named():
    assert (
        decide_view(who("priya", "social worker", "assessment"), RESTRICTED).relied_on == "allocated worker"
    )
    joanne = who("joanne", "team manager", "assessment", frozenset({"assessment"}))
    assert decide_view(joanne, RESTRICTED).relied_on == "manager of the team"
    named = who("rosa", "social worker", "support", ties=(tie("named"),))
    assert decide_view(named, RESTRICTED).relied_on == "named on the restricted record"
    refused = decide_view(who("ewan", "social worker", "assessment"), RESTRICTED)
    assert refused.reason == "This record is restricted to those named on it"
    front = who("beth", "contact centre", "contact")
    assert not decide_view(front, replace(RESTRICTED, at_front_door=True)).allowed
    assert decide_add(front, RESTRICTED, was_found=True).allowed
    assert not decide_view(who("an", "auditor", None, ties=(tie("auditor"),)), RESTRICTED).allowed


def test_out_of_hours_the_emergency_team_opens_what_is_open_and_a_restricted_record_with_an_alert():
    nia = who("nia", "emergency duty", None, office_is_closed=True)
    assert decide_view(nia, RECORD).relied_on == OUT_OF_HOURS
    assert decide_view(nia, RECORD).allowed
    assert not decide_view(nia, RECORD).alert
    assert decide_view(nia, RESTRICTED).alert == RESTRICTED_OPENED
    assert not decide_view(nia, replace(RECORD, is_open=False)).allowed
    assert not decide_view(replace(nia, office_is_closed=False), RECORD).allowed
    assert not decide_view(who("rosa", "social worker", None, office_is_closed=True), RECORD).allowed


def test_the_glass_is_broken_by_those_who_may_not_open_the_record_and_whose_role_may():
    assert decide_break_glass(who("rosa", "social worker", "support"), RECORD).allowed
    open_already = decide_break_glass(who("priya", "social worker", "assessment"), RECORD)
    assert "allocated worker" in open_already.reason
    for role in (
        "business support",
        "auditor",
        "administrator",
        "information governance",
        "performance analyst",
    ):
        assert not decide_break_glass(who("tom", role, "support"), RECORD).allowed, role


def test_an_auditor_reads_and_writes_nothing():
    refused = decide_here(f"{AUDITING}, until 9 December 2026, 9am", "add-note")
    assert not refused.allowed
    assert "writes nothing" in refused.reason
    assert decide_here("own team", "add-note").allowed


def test_the_access_log_has_the_words_of_a_tie():
    drawn = Tie("fc-1", "auditor", NOON, NOON + EIGHT_HOURS, "until 9 December 2026, 9am")
    an = who("an", "auditor", None, ties=(drawn,))
    assert decide_view(an, RECORD).relied_on == f"{AUDITING}, until 9 December 2026, 9am"


def test_whoever_has_a_conflict_is_told_that_nothing_is_shown():
    barred = decide_view(who("priya", "social worker", "assessment", ties=(tie("own"),)), RECORD)
    assert (barred.reason, barred.how_to_ask) == ("Conflict of interest", "Nothing is shown of it.")


@pytest.mark.parametrize(
    ("kind", "role"),
    [("chair", "independent chair"), ("named", "social worker"), ("break glass", "social worker")],
)
def test_the_records_that_a_tie_opens_are_known_while_it_lasts(kind, role):
    rosa = who("rosa", role, None, ties=(tie(kind), tie("own", "fc-2"), tie(kind, "fc-2")))
    assert rosa.tied_to == {"fc-1"}
    assert rosa.barred == {"fc-2"}
    over = replace(rosa, at=NOON + EIGHT_HOURS)
    assert (over.tied_to, over.barred) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("kind", "role"),
    [("chair", "service manager"), ("auditor", "auditor"), ("named", "administrator"), ("break glass", "business support")],
)  # fmt: skip
def test_a_tie_that_opens_no_restricted_record_to_a_role_lists_none_either(kind, role):
    assert who("rosa", role, None, ties=(tie(kind),)).tied_to == frozenset()


def test_what_is_decided_says_by_what_right_and_what_is_refused_says_what_to_do():
    glass = decide_break_glass(who("rosa", "social worker", "support"), RECORD)
    assert (glass.allowed, glass.relied_on) == (True, "breaks the glass")
    audited = decide_here(AUDITING, "add-note")
    assert audited.how_to_ask == "Tell the child's team or its manager what you found."
    received = decide_here(RECEIVING, "add-note")
    assert received.how_to_ask.startswith("Ask the team that works with the child to record it")
    joanne = who("joanne", "team manager", "assessment")
    assert decide_right(joanne, "restricts", ()).relied_on == "restricts"
    refused = decide_right(who("priya", "social worker", None), "restricts", ("team manager", "duty manager"))
    assert refused.reason.startswith("This is done by: duty manager, team manager.")
    assert refused.how_to_ask
