"""The one door out: who is let in, by which relationship, and that every answer is in the access log."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.interfaces.web.views.children import allocated, contact, decided, looks, referral
from tests.people import made_up_staff

from cairn.application.door import OpenRecord, open_record
from cairn.application.refused import Refused
from cairn.application.sign_in import actor, choices
from cairn.records import access_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return made_up_staff()


def opened(people, who, record):
    return open_record(people.actor(who), record, page="child")


@pytest.mark.parametrize(
    ("who", "relied_on"),
    [("Priya Shah", "allocated worker"), ("Ewan Marsh", "own team"), ("Joanne Whitlock", "own team")],
)
def test_worker_team_and_manager_may_open(people, who, relied_on):
    found = opened(people, who, allocated(people))
    assert isinstance(found, OpenRecord)
    assert found.relied_on == relied_on


@pytest.mark.parametrize(
    "who", ["Rosa Quill", "Tunde Bright", "Farah Lindqvist", "Beth Lomas", "Sheila Knowles"]
)
def test_everybody_else_is_told_how_to_ask(people, who):
    found = opened(people, who, allocated(people))
    assert isinstance(found, Refused)
    assert found.code == "not allowed"
    assert found.how_to_ask


@pytest.mark.parametrize("stage", [contact, referral, decided])
def test_the_front_door_sees_what_is_at_the_front_door(people, stage):
    assert isinstance(opened(people, "Beth Lomas", stage(people)), OpenRecord)


def test_both_answers_are_in_the_access_log(people):
    child = allocated(people)
    opened(people, "Priya Shah", child)
    opened(people, "Rosa Quill", child)
    assert looks(child)[:2] == [("child", "refused", False), ("child", "view", True)]
    assert access_log.of_record(child)[0].line.reason


def test_a_record_that_is_not_there_is_not_found(people):
    assert opened(people, "Priya Shah", uuid4()).code == "not found"


def test_a_leaver_is_nobody(people):
    assert actor(people.ids["Gone Away"]) is None


def test_nobody_is_chosen_on_a_database_that_is_not_made_up(people):
    assert choices() is None
