"""Each relationship opens the records it is to, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.access.people import BOOK, who

from cairn.core.access.decide import (
    decide_act,
    decide_team,
    decide_view,
)
from cairn.core.access.facts import Covering, RecordFacts
from cairn.core.roles import ROLES

RECORD = RecordFacts(worker="priya", team="assessment", at_front_door=False)
NOBODYS = RecordFacts(worker=None, team=None, at_front_door=False)


def test_the_team_of_the_record_opens_it():
    assert decide_view(who("tom", "business support", "assessment"), RECORD).relied_on == "own team"


def test_another_team_does_not_and_is_told_how_to_ask():
    refused = decide_view(who("rosa", "social worker", "support"), RECORD)
    assert not refused.allowed
    assert refused.reason == "You are not working with this child, nor is your team"
    assert "allocate it to you" in refused.how_to_ask


COVERS = (Covering("priya", "covering for Priya Shah, until 4 December 2026"),)


@pytest.mark.parametrize("team", ["assessment", "support", None])
def test_whoever_covers_for_the_worker_opens_it_and_the_log_says_for_whom(team):
    rosa = who("rosa", "social worker", team, covers=COVERS)
    assert decide_view(rosa, RECORD).relied_on == "covering for Priya Shah, until 4 December 2026"
    theirs = RecordFacts(worker="tom", team="other", at_front_door=False)
    assert not decide_view(rosa, theirs).allowed
    assert not decide_view(rosa, NOBODYS).allowed


def test_to_cover_for_its_worker_opens_no_restricted_record():
    rosa = who("rosa", "social worker", "support", covers=COVERS)
    refused = decide_view(rosa, replace(RECORD, restricted=True))
    assert not refused.allowed
    assert refused.reason == "This record is restricted to those named on it"


def test_out_of_hours_a_teams_work_as_a_whole_is_still_the_teams():
    nia = who("nia", "emergency duty", None, office_is_closed=True)
    assert not decide_team(nia, "assessment").allowed


def test_to_cover_opens_nothing_for_a_role_that_does_not_work_with_children():
    assert not decide_view(who("rosa", "auditor", "support", covers=COVERS), RECORD).allowed


@pytest.mark.parametrize(
    ("actor", "relied_on"),
    [
        (who("tom", "social worker", "assessment"), "own team"),
        (who("sam", "team manager", "board", frozenset({"assessment"})), "manager of the team"),
        (who("sam", "social worker", "board", frozenset({"assessment"})), ""),
        (who("rosa", "social worker", "support", covers=COVERS), ""),
        (who("farah", "performance analyst", "assessment"), ""),
        (who("beth", "contact centre", "contact", takes_calls=True), ""),
    ],
)
def test_a_teams_work_as_a_whole_is_for_the_team_and_its_managers(actor, relied_on):
    decision = decide_team(actor, "assessment")
    assert (decision.allowed, decision.relied_on) == (bool(relied_on), relied_on)
    assert decision.allowed or decision.how_to_ask


@pytest.mark.parametrize("role", ["team manager", "duty manager", "service manager"])
def test_a_manager_of_the_team_opens_it(role):
    manager = who("sam", role, "board", frozenset({"assessment"}))
    assert decide_view(manager, RECORD).relied_on == "manager of the team"
    assert not decide_view(who("sam", role, "board", frozenset({"support"})), RECORD).allowed


def test_to_manage_a_team_without_a_managers_role_opens_nothing():
    assert not decide_view(who("sam", "social worker", None, frozenset({"assessment"})), RECORD).allowed


@pytest.mark.parametrize("role", sorted(set(ROLES) - BOOK.with_right("opens records")))
def test_a_role_that_does_not_work_with_children_opens_nothing_whatever_the_relationship(role):
    there = who("priya", role, "assessment", frozenset({"assessment"}), takes_calls=True)
    refused = decide_view(there, RecordFacts("priya", "assessment", at_front_door=True))
    assert not refused.allowed
    assert role in refused.reason


@pytest.mark.parametrize("team", [None, "assessment"])
def test_a_record_of_nobody_is_opened_by_nobody(team):
    assert not decide_view(who("priya", "social worker", team), NOBODYS).allowed


def test_an_act_is_for_the_roles_the_vocabulary_names():
    assert decide_act("team manager", ("team manager",)).relied_on == "role"
    refused = decide_act("social worker", ("team manager", "service manager"))
    assert not refused.allowed
    assert (
        refused.reason == "This is done by: team manager, service manager. You are signed in as social worker"
    )
