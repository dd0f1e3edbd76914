"""Passages are taken over with their origin, and never the whole."""

from __future__ import annotations

import pytest
from tests.core.assessing.story import PETERBOROUGH, Story

from cairn.core.assessing.passages import is_whole, offered, paragraphs, taken
from cairn.core.assessing.stage import last_time

FORM = PETERBOROUGH.protocol.form_for("assessment", "initial")


@pytest.fixture
def story():
    return Story()


def test_passages_are_offered_with_their_origin_and_only_where_they_belong(story):
    first = story.begin()
    story.approve(first, story.submit(first, health="One.\n\nTwo."))
    strand = story.begin()
    story.add("check.answered", {"agency": "gp", "name": "Dr Marsh", "answer": "Seen twice."}, strand)
    story.add("views.recorded", {"whose": "child", "text": "I like the nurse."})
    before, facts = last_time(story.view, story.strand(strand)), story.told(strand)
    offer = offered(FORM.section("health"), before.get("health"), facts)
    assert [(one.kind, one.text, one.taken_from) for one in offer] == [
        ("before", "One.", "Assessment by Priya Shah, approved"),
        ("before", "Two.", "Assessment by Priya Shah, approved"),
        ("check", "Seen twice.", "Dr Marsh"),
        ("view", "I like the nurse.", "Ify Okafor"),
    ]
    housing = offered(FORM.section("housing"), before.get("housing"), facts)
    assert [one.kind for one in housing] == ["view"]


def test_an_answer_that_says_what_it_is_about_stands_there_and_with_what_agencies_say(story):
    strand = story.begin()
    story.add("check.answered", {"agency": "gp", "answer": "Works nights.", "about": ["employment"]}, strand)
    facts = story.told(strand)
    found = [one.id for one in FORM.sections if any(p.kind == "check" for p in offered(one, None, facts))]
    assert found == ["agencies", "employment"]


def test_what_is_taken_keeps_its_words_and_nothing_else_can_be_taken(story):
    first = story.begin()
    story.approve(first, story.submit(first, health="One.\n\nTwo."))
    strand = story.begin()
    offer = offered(
        FORM.section("health"), last_time(story.view, story.strand(strand))["health"], story.told(strand)
    )
    standing = [{"key": "gone", "text": "As it was.", "taken_from": "Dr Marsh", "written_on": "2026-01-05"}]
    rows, unknown = taken([offer[0].key, "gone", "made up", "gone"], offer, standing)
    assert ([row["text"] for row in rows], unknown) == (["One.", "As it was."], ["made up"])
    assert not is_whole(rows, offer)
    assert is_whole(taken([one.key for one in offer], offer, ())[0], offer)
    assert not is_whole([], offer[:1])
    # Of a single passage there is no less than the whole.
    assert not is_whole(taken([offer[0].key], offer[:1], ())[0], offer[:1])


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), ("one", ["one"]), ("a\r\n\r\nb\n \nc\nd", ["a", "b", "c\nd"]), ("\n\n", [])],
)
def test_paragraphs_stand_between_empty_lines(text, found):
    assert paragraphs(text) == found
