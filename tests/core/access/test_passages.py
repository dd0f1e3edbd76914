"""Whether a text holds words of another, however they were pasted; a few words in common are no copy."""

from __future__ import annotations

import pytest

from cairn.core.access.passages import holds_words_of, runs_of, texts_in, words_of

TEXT = "The officer was told by a neighbour that there had been shouting at night."


def holds(text, of=TEXT):
    return holds_words_of(text, runs_of(of))


def test_words_have_no_case_no_marks_and_no_line_ends():
    assert words_of("  The Officer,\nwas — told!") == ("the", "officer", "was", "told")


def test_eight_words_in_the_same_order_are_words_of_it_wherever_they_stand():
    assert holds(f"As we know: {TEXT.upper()} We spoke of it.")
    assert holds("Told by a neighbour that there had been.")
    assert holds("the officer was told by a neighbour that")
    assert not holds("that there had been shouting at night")
    assert holds("neighbour that there had been shouting at night")
    assert not holds("The officer was told by a teacher that there had been shouting at noon.")


def test_of_a_shorter_text_all_of_it_is_looked_for_where_it_has_four_words():
    assert holds("She said: he came back late, and left.", "He came back late.")
    assert not holds("He came back.", "He came back late.")
    assert runs_of("He came back") == frozenset()
    assert len(runs_of("one two three four five six seven")) == 1
    assert len(runs_of("one two three four five six seven eight")) == 1
    assert len(runs_of("one two three four five six seven eight nine")) == 2


def test_of_several_texts_one_is_enough_and_of_none_there_is_nothing_to_hold():
    runs = runs_of("He came back late.") | runs_of(TEXT)
    assert holds_words_of("then he came back late again", runs)
    assert holds_words_of(TEXT, runs)
    assert not holds_words_of(TEXT, ())
    assert not holds_words_of("", runs)


def test_the_last_words_of_a_text_may_be_the_ones():
    assert holds("said: he came back late", "He came back late.")
    assert not holds("came back late he", "He came back late.")
    assert not holds("came back late", "He came back late.")


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("a", ["a"]),
        ({"x": "a", "y": ["b", {"z": ("c",)}]}, ["a", "b", "c"]),
        ([1, None, True], []),
        (None, []),
    ],
)
def test_every_text_of_an_answer_is_looked_at(value, texts):
    assert list(texts_in(value)) == texts
