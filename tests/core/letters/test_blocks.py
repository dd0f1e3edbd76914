"""A text is set by how its lines begin, and nothing else in it is markup."""

from __future__ import annotations

import pytest

from cairn.core.letters.blocks import Block, blocks, paragraphs_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One\nTwo", [Block("paragraph", ("One", "Two"))]),
        ("# What for", [Block("heading", ("What for",))]),
        ("#notes and #more", [Block("paragraph", ("#notes and #more",))]),
        ("- a\n- b", [Block("list", ("a", "b"))]),
        ("We look at\n- a\n- b\nThen", [Block("paragraph", ("We look at",)), Block("list", ("a", "b")), Block("paragraph", ("Then",))]),
        ("# A\n# B", [Block("heading", ("A",)), Block("heading", ("B",))]),
        ("-5 degrees\n*bold* <b>", [Block("paragraph", ("-5 degrees", "*bold* <b>"))]),
        ("", []),
    ],
)  # fmt: skip
def test_lines_are_told_apart(text, found):
    assert list(blocks(text)) == found


def test_paragraphs_stand_between_blank_lines_however_they_were_typed():
    assert paragraphs_of("\n One\r\nmore\r\n \r\n\r\nTwo\n\n\n") == ("One\nmore", "Two")
    assert paragraphs_of("  \n ") == ()
