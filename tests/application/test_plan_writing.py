"""Parts of a plan at the door: kept apart where they moved on, begun anew with each version, and in no other list."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.cases import open_to_priya
from tests.people import made_up_staff
from tests.plans import changed, planned

from cairn.application.plan_writing import (
    MAKE,
    REVISE,
    PlanWriting,
    Typed,
    open_writing,
    save_part,
    sign,
)
from cairn.application.refused import Refused
from cairn.application.section_writing import SectionDiverged, SectionSaved
from cairn.application.shared_documents import shared_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return made_up_staff()


@pytest.fixture
def child(people):
    return open_to_priya(people)


def opened(people, child, act=MAKE, who="Priya Shah"):
    found = open_writing(people.actor(who), child, act, None)
    assert isinstance(found, PlanWriting), found
    return found


def saved(people, it, text, version, who="Priya Shah"):
    typed = Typed({"child_words": text}, {"child_words": text}, 0)
    return save_part(people.actor(who), it, "words", typed, version)


def test_a_part_is_never_written_over(people, child):
    it = opened(people, child)
    assert isinstance(saved(people, it, "Toast", 0), SectionSaved)
    assert isinstance(saved(people, it, "Porridge", 0), SectionDiverged)
    part = opened(people, child).part("words")
    assert (part.answers["child_words"], [one.data["answers"]["child_words"] for one in part.beside]) == (
        "Toast", ["Porridge"],
    )  # fmt: skip
    refused = sign(
        people.actor("Priya Shah"), opened(people, child), at="", seen=None, departures={}, key=uuid4()
    )
    assert isinstance(refused, Refused)
    assert "In their own words" in refused.reason


def test_each_version_begins_from_what_stands(people, child):
    saved(people, opened(people, child), "Toast", 0)
    planned(people, child)
    part = opened(people, child, REVISE).part("words")
    assert (part.version, part.answers["child_words"]) == (0, "I want breakfast before school.")
    saved(people, opened(people, child, REVISE), "Porridge", 0)
    changed(people, child)
    assert opened(people, child, REVISE).part("words").version == 0


def test_a_number_that_some_version_gave_is_taken(people, child):
    planned(people, child)
    outcomes = [{"key": "1", "need": "x", "outcome": "Breakfast every day", "measure": "x"}]
    changed(
        people,
        child,
        outcomes=outcomes,
        actions=[{"key": "1", "outcome": "1", "what": "x", "who": "x", "going_on": "x"}],
    )
    assert opened(people, child, REVISE).taken_keys("outcomes") == {"1", "2"}


def test_a_plan_that_is_written_is_not_listed_as_an_assessment(people, child):
    saved(people, opened(people, child), "Toast", 0)
    assert shared_with(people.actor("Priya Shah")) == ()


def test_who_may_not_open_the_record_or_do_the_act_gets_nothing(people, child):
    for who, act in (("Rosa Quill", MAKE), ("Beth Lomas", MAKE), ("Rosa Quill", REVISE)):
        assert isinstance(open_writing(people.actor(who), child, act, None), Refused)
