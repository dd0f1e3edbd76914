"""The plan as the family is given it: for one reader, in plain words, and what stays out until somebody decides."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.planning.plan_story import PlanStory

from cairn.core.planning.for_family import Around, Said, plain_text, sheet

WORDS = (
    Said("Theo", "I want toast.", True, True),
    Said("Gran", "I can come.", False, True),
    Said("Dad", "She shouts.", False, False),
)
AROUND = Around("Theo", "Priya Shah", date(2026, 3, 20), WORDS, ("We visit by 1 April 2026.",))


@pytest.fixture
def story():
    story = PlanStory()
    story.report("1", "done", done_on="2026-03-05", says="The police", effect="Told by the police.")
    story.judge(
        "1", progress="worse", count=2, evidence="The police came.", differs="Gran sees it differently."
    )
    return story


def lines(story, reader):
    return {line.id: line for part in sheet(story.plan, AROUND, reader) for line in part.lines}


def at_first(story, reader):
    return frozenset(one.id for one in lines(story, reader).values() if not one.held)


def test_nobody_elses_words_are_in_the_childs_copy(story):
    assert [one.lead for name, one in lines(story, "child").items() if name.startswith("words")] == ["Theo:"]


def test_what_a_child_said_is_in_a_parents_copy_only_where_somebody_ticks_it(story):
    found = lines(story, "parents")
    assert found["words-0"].held
    assert not found["words-1"].held
    text = plain_text(sheet(story.plan, AROUND, "parents"), at_first(story, "parents"))
    assert "toast" not in text
    # Nor what one parent said of the other, outside the plan.
    assert "shouts" not in text


@pytest.mark.parametrize("reader", ["parents", "child"])
def test_the_police_and_who_said_what_of_whom_stay_out(story, reader):
    text = plain_text(sheet(story.plan, AROUND, reader), at_first(story, reader)).lower()
    assert "police" not in text
    assert "differently" not in text
    everything = plain_text(sheet(story.plan, AROUND, reader), frozenset(lines(story, reader)))
    assert "Told by" not in everything
    assert "Gran sees it differently" not in everything


def test_what_is_done_is_ticked_and_what_is_not_says_by_when(story):
    text = plain_text(sheet(story.plan, AROUND, "parents"), at_first(story, "parents"))
    assert "☑ Done. Gran: Ring in the morning." in text
    assert "☐ Mum: Walk with Theo. Daily." in text
    assert "We visit by 1 April 2026." in text
    assert "Tell Priya Shah, or ask for their manager." in text


def test_what_is_no_longer_needed_is_left_out(story):
    story.report("2", "not_needed")
    assert "action-2" not in lines(story, "parents")
