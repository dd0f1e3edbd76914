"""What may stand in braces in a letter: a closed list, and what is wrong is said with its file, its line and its remedy."""

from __future__ import annotations

import pytest

from cairn.application.procedures import in_use
from cairn.core.letters.placeholders import PLACEHOLDERS, faults_in, filled, missing, names_in
from cairn.core.protocol.load import ProceduresFaulty, load_protocol

HEAD = """
name: made-up
title: Made-up
documents: {book: {title: Book, publisher: Us}}
rules: []
"""
LETTERS = """# Our letters.
letters:
  - id: hello
    title: Hello
    to: family
    subject: Hello {recipient}
    source: {document: book, paragraph: "1"}
    paragraphs:
      - "Dear {recipient}"
      - "We write about {child_first_name}."
"""


def faults(letters):
    try:
        load_protocol({"protocol.yaml": HEAD, "letters.yaml": letters})
    except ProceduresFaulty as faulty:
        return [str(fault) for fault in faulty.faults]
    return []


def test_a_letter_as_it_should_be_is_read():
    assert faults(LETTERS) == []


@pytest.mark.parametrize(
    ("right", "planted", "line", "said"),
    [
        ("{child_first_name}", "{childs_name}", 10, "did you mean {child_name}"),
        ("{child_first_name}", "{Child first name}", 10, "did you mean {child_first_name}?"),
        ("{child_first_name}", "{colour_of_the_door}", 10, "write it out, or use one of"),
        ("{child_first_name}", "{child_first_name", 10, "a brace { stands alone"),
        ("{child_first_name}", "child_first_name}", 10, "a brace } stands alone"),
        ("{child_first_name}", "{}", 10, "nothing fills {}"),
        ("Hello {recipient}", "Hello {recipent}", 6, "did you mean {recipient}?"),
        ("to: family", "to: neighbours", 5, "'referrer', 'family', 'child' or 'professionals'"),
        ("    title: Hello\n", "", 3, "title: Field required"),
    ],
)
def test_a_planted_fault_is_named_with_its_file_its_line_and_its_remedy(right, planted, line, said):
    assert right in LETTERS
    found = faults(LETTERS.replace(right, planted))
    assert any(one.startswith(f"letters.yaml, line {line}: letters.0") and said in one for one in found), (
        found
    )


def test_every_fault_of_a_letter_is_said_at_once():
    found = faults(
        LETTERS.replace("{child_first_name}", "{one_thing}, {other_thing}").replace("family", "all")
    )
    assert len(found) == 2
    assert "{one_thing}" in found[1] + found[0]
    assert "{other_thing}" in found[1] + found[0]


def test_each_name_of_the_list_has_a_question():
    assert all(one.asks.endswith("?") and one.name == name for name, one in PLACEHOLDERS.items())
    assert len({one.asks for one in PLACEHOLDERS.values()}) == len(PLACEHOLDERS)


def test_each_name_of_the_list_stands_in_some_letter_or_is_of_use_to_one():
    letters = in_use().protocol.letters
    used = set(
        names_in([text for one in letters for text in (one.subject, *one.paragraphs, *one.once_decided)])
    )
    assert PLACEHOLDERS.keys() - used <= {"child_born", "today", "meeting", "review_outcome"}


def test_every_letter_says_when_it_is_written_from_where_it_is_and_who_signs():
    for letter in in_use().protocol.letters:
        assert letter.source.paragraph, letter.id
        assert letter.use or letter.to == "referrer", letter.id
        assert letter.paragraphs[0].startswith("Dear {"), letter.id
        assert "{signed_by}" in letter.paragraphs[-1], letter.id
        assert not list(faults_in(letter.subject))


def test_a_text_is_filled_and_what_is_not_known_stays_and_is_told():
    values = {"recipient": "Ada {worker}", "worker": "", "child_name": "Wren"}
    assert filled("{recipient}, {worker}, {child_name}", values) == "Ada {worker}, {worker}, Wren"
    assert [one.name for one in missing(["{worker} {child_name}", "{worker}"], values)] == ["worker"]
