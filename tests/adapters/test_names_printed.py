"""Names of every script in the letters and documents that are printed: nobody's stops one, and none is left out unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.adapters.test_letters import LETTER, text_of


@pytest.mark.parametrize(
    "name", ["Siobhán O'Neill", "Zoë O’Brien-Müller", "Nguyễn Thị Ánh", "Жанна Ивановна", "Ἀθηνᾶ"]
)
def test_apostrophes_and_accents_are_printed_as_they_are_written(name):
    assert name in text_of(replace(LETTER, recipient=name, subject=name))


@pytest.mark.parametrize(
    "name",
    ["李小龍", "नीलम", "Star 🌟 Child", "e\u0301e\u0300 Combined", "محمد بن سلمان", "שרה כהן", "a" * 300],
)
def test_a_name_of_any_script_stops_no_letter_and_what_no_font_has_is_said(name):
    """Each letter of it is there, or stands as its number."""
    text = text_of(replace(LETTER, recipient=name, paragraphs=(f"Dear {name},",)))
    assert "Dear" in text
    for letter in name.replace(" ", ""):
        assert letter in text or f"[U+{ord(letter):04X}]" in text
