"""How far an assessment has come, and what the last one said."""

from __future__ import annotations

import pytest
from tests.core.assessing.story import Story

from cairn.core.assessing.stage import assessments, last_time, stood


@pytest.fixture
def story():
    return Story()


def test_an_assessment_is_written_handed_in_returned_and_approved(story):
    strand = story.begin()
    seen = []
    for step in (None, "submit", "return", "submit", "approve"):
        if step == "submit":
            story.submit(strand, health="x")
        elif step == "return":
            story.add("assessment.returned", {"kind": "initial", "reason": "More."}, strand)
        elif step == "approve":
            story.approve(strand)
        found = stood(story.view, story.strand(strand))
        seen.append((found.stage, found.may_write, found.event.id if found.event else None))
    assert seen == [
        ("writing", True, None), ("handed in", False, "e2"), ("returned", True, "e3"), ("handed in", False, "e4"),
        ("approved", False, "e5"),
    ]  # fmt: skip


def test_one_assessment_says_nothing_of_the_stage_of_another(story):
    first, second = story.begin(), story.begin()
    story.submit(first, health="x")
    assert stood(story.view, story.strand(second)).stage == "writing"
    assert [one.id for one in assessments(story.view)] == [second, first]


def test_last_time_is_what_was_approved_and_named_by_the_approval(story):
    first = story.begin()
    wanted = story.submit(first, health="This one.")
    story.submit(first, health="Not this one.")
    approval = story.approve(first, wanted)
    second = story.begin()
    (before,) = last_time(story.view, story.strand(second)).values()
    assert (before.data["text"], before.event, before.author, before.approved_by) == (
        "This one.", wanted, "Priya Shah", "Joanne Whitlock",
    )  # fmt: skip
    assert before.on == next(one for one in story.events if one.id == approval).happened_at.day


def test_what_was_never_approved_or_came_later_is_not_last_time(story):
    first = story.begin()
    story.submit(first, health="Draft.")
    second = story.begin()
    third = story.begin()
    story.approve(third, story.submit(third, health="Later."))
    assert last_time(story.view, story.strand(second)) == {}
