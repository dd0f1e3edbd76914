"""Who may open a record, who may add to one, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.access.people import who

from cairn.core.access.decide import (
    RECEIVING,
    decide_add,
    decide_here,
    decide_team,
    decide_view,
)
from cairn.core.access.facts import RecordFacts

BETH = who("beth", "contact centre", "contact")
SHEILA = who("sheila", "team manager", "contact", frozenset({"contact"}), takes_calls=True)
PRIYA = who("priya", "social worker", "assessment")
ANALYST = who("farah", "performance analyst", None)
ALLOCATED = RecordFacts(worker="priya", team="assessment", at_front_door=False)
NEW_CONTACT = RecordFacts(worker="priya", team="assessment", at_front_door=True)


def test_the_worker_opens_the_record():
    assert decide_view(PRIYA, ALLOCATED).relied_on == "allocated worker"


@pytest.mark.parametrize("actor", [BETH, SHEILA])
def test_the_front_door_opens_what_is_at_the_front_door_and_no_more(actor):
    assert decide_view(actor, NEW_CONTACT).relied_on == "front door"
    assert not decide_view(actor, ALLOCATED).allowed


@pytest.mark.parametrize("actor", [BETH, SHEILA])
def test_the_front_door_adds_to_a_record_its_search_found(actor):
    assert decide_add(actor, ALLOCATED, was_found=True).relied_on == "front door"


def test_the_front_door_adds_to_no_record_it_has_not_looked_up():
    refused = decide_add(BETH, ALLOCATED, was_found=False)
    assert not refused.allowed
    assert "look the person up" in refused.reason


@pytest.mark.parametrize("actor", [who("rosa", "social worker", "support"), ANALYST])
def test_nobody_else_adds_by_searching(actor):
    assert not decide_add(actor, ALLOCATED, was_found=True).allowed


def test_whoever_may_open_a_record_may_add_to_it_unsearched():
    assert decide_add(PRIYA, ALLOCATED, was_found=False).relied_on == "allocated worker"


GOING = RecordFacts(worker="priya", team="assessment", at_front_door=False, transfer_to="support")


def test_the_manager_of_the_team_that_may_take_over_reads_the_record_and_nobody_else_of_it():
    for manager in (
        who("tunde", "team manager", "support"),
        who("sue", "service manager", None, frozenset({"support"})),
    ):
        assert decide_view(manager, GOING).relied_on == RECEIVING
        assert not decide_view(manager, ALLOCATED).allowed
    assert not decide_view(who("rosa", "social worker", "support"), GOING).allowed
    assert not decide_view(who("colm", "team manager", "adolescents"), GOING).allowed
    assert not decide_view(who("nobody", "team manager", None), ALLOCATED).allowed


def test_before_it_is_their_team_s_they_take_part_in_the_transfer_and_in_nothing_else():
    for act in ("agree-transfer", "decline-transfer", "complete-transfer"):
        assert decide_here(RECEIVING, act).relied_on == RECEIVING
    refused = decide_here(RECEIVING, "allocate")
    assert not refused.allowed
    assert "before the transfer is complete" in refused.reason
    assert decide_here("own team", "allocate").allowed


def test_whoever_is_not_at_the_front_door_does_not_open_what_is_there():
    assert not decide_view(who("rosa", "social worker", "support"), NEW_CONTACT).allowed


def test_the_receiving_manager_does_not_open_a_restricted_record():
    assert not decide_view(who("tunde", "team manager", "support"), replace(GOING, restricted=True)).allowed


def test_the_front_door_adds_to_what_it_may_open_by_that_relationship_and_unsearched():
    theirs = replace(ALLOCATED, worker="beth")
    for found in (True, False):
        assert decide_add(BETH, theirs, was_found=found).relied_on == "allocated worker"


def test_to_take_calls_without_working_with_records_adds_nothing():
    operator = replace(BETH, rights=frozenset({"takes calls"}))
    assert not decide_add(operator, ALLOCATED, was_found=True).allowed


def test_another_team_is_said_to_be_none_of_theirs():
    refused = decide_team(who("rosa", "social worker", "support"), "assessment")
    assert refused.reason == "This is not a team of yours"
    assert "keeps the list of teams" in refused.how_to_ask
    assert "performance analyst" in decide_team(ANALYST, "assessment").reason


def test_a_team_that_takes_calls_makes_a_front_door_only_of_who_works_with_records():
    assert who("sam", "social worker", "contact", takes_calls=True).is_front_door
    assert not who("farah", "performance analyst", "contact", takes_calls=True).is_front_door
    assert not PRIYA.is_front_door
