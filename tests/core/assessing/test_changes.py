"""What changed between two hand-ins, in whole sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.assessing.changes import Part, changes, compare, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("She is well.", ("She is well.",)),
        ("She said “bus.” She ate. Why?", ("She said “bus.”", "She ate.", "Why?")),
        ("One line\n\nAnother line", ("One line", "Another line")),
        ("Seen by Dr. Marsh today. Next", ("Seen by Dr. Marsh today.", "Next")),
        ("Weight 9.5 kg. J. Reed was there.", ("Weight 9.5 kg.", "J. Reed was there.")),
    ],
)
def test_a_sentence_is_whole(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet="ab .!?\n”“’D", max_size=60))
def test_no_word_is_lost_in_sentences(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(alphabet="ab. ", max_size=40), st.text(alphabet="ab. ", max_size=40))
def test_what_went_and_what_came_explain_the_difference(before, after):
    gone = [one for removed, _ in compare(before, after) for one in removed]
    came = [one for _, added in compare(before, after) for one in added]
    kept = list(sentences(before))
    for one in gone:
        kept.remove(one)
    assert sorted([*kept, *came]) == sorted(sentences(after))


def row(section, text="", **more):
    return {"section": section, "title": section.capitalize(), "text": text, **more}


def test_a_sentence_that_was_put_another_way_is_shown_whole_on_both_sides():
    before = [row("health", "She is well. Her weight fell to the 20th centile. She eats.")]
    after = [row("health", "She is well. Her weight fell to the 25th centile. It was checked. She eats.")]
    (change,) = changes(before, after, ["text"]).changed
    assert (change.title, change.what) == ("Health", "changed")
    assert change.parts == (
        Part(
            "text",
            ("Her weight fell to the 20th centile.",),
            ("Her weight fell to the 25th centile.", "It was checked."),
        ),
    )


def test_new_removed_and_unchanged_sections_are_told_apart():
    found = changes([row("a", "Same."), row("b", "Gone.")], [row("a", "Same."), row("c", "New.")], ["text"])
    assert [(one.section, one.what) for one in found.changed] == [("c", "new"), ("b", "removed")]
    assert found.unchanged == ("A",)


def test_answers_that_are_no_text_are_compared_too():
    before, after = [row("a", "Same.", nothing_new=True)], [row("a", "Same.", harmed="yes")]
    (change,) = changes(before, after, ["text", "harmed", "nothing_new"]).changed
    assert change.parts == (Part("harmed", (), ("yes",)), Part("nothing_new", ("Yes",), ()))
