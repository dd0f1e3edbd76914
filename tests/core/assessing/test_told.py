"""Who was heard for an assessment, who saw the child, and what agencies said."""

from __future__ import annotations

import pytest
from tests.core.assessing.story import Story


@pytest.fixture
def story():
    return Story()


def test_the_child_then_each_parent_and_carer_is_heard_or_missing(story):
    story.add("relationship.recorded", {"name": "Ada Okafor", "relation": "parent_mother"})
    story.add("relationship.recorded", {"name": "Daniel Reed", "relation": "parent_father"})
    story.add("relationship.recorded", {"name": "Kate Doyle", "relation": "professional"})
    story.add(
        "relationship.recorded", {"name": "Old Flame", "relation": "step_parent", "ended": "2025-01-01"}
    )
    strand = story.begin()
    story.add("views.recorded", {"whose": "parent", "name": "ada okafor ", "text": "Help."})
    story.add("child.seen", {"child_said": "Stay."})
    found = story.told(strand)
    assert [(one.name, len(one.views)) for one in found.heard] == [
        ("Ify Okafor", 1), ("Ada Okafor", 1), ("Daniel Reed", 0),
    ]  # fmt: skip
    assert [one.name for one in found.missing_views] == ["Daniel Reed"]


def test_what_was_said_before_it_was_begun_is_not_of_this_assessment(story):
    story.add("child.seen", {"child_said": "Long ago."})
    strand = story.begin()
    assert story.told(strand).seen == ()
    assert story.told(strand).heard[0].views == ()


def test_an_agency_asked_twice_is_one_and_others_are_told_apart(story):
    strand = story.begin()
    for agency, name in (
        ("gp", "Fenside"),
        ("gp", "Fenside"),
        ("other", "Brownies"),
        ("other", "Chess club"),
    ):
        story.add("check.requested", {"agency": agency, "name": name}, strand)
    story.add("check.answered", {"agency": "other", "name": "Chess club", "answer": "Comes."}, strand)
    story.add("check.answered", {"agency": "school", "name": "Millbrook", "answer": "Reads."}, strand)
    found = story.told(strand).checks
    assert [(one.name, len(one.asked), len(one.answered)) for one in found] == [
        ("Fenside", 2, 0), ("Brownies", 1, 0), ("Chess club", 1, 1), ("Millbrook", 0, 1),
    ]  # fmt: skip
    assert [one.name for one in story.told(strand).unanswered] == ["Fenside", "Brownies"]


def test_an_answer_goes_with_the_request_it_names(story):
    strand = story.begin()
    first = story.add("check.requested", {"agency": "other", "name": "Brownies"}, strand)
    story.add("check.requested", {"agency": "other", "name": "Chess club"}, strand)
    story.add(
        "check.answered", {"agency": "other", "name": "Kay", "check": first, "answer": "Comes."}, strand
    )
    assert [(one.name, len(one.answered)) for one in story.told(strand).checks] == [
        ("Brownies", 1),
        ("Chess club", 0),
    ]
