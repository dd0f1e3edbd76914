"""A file's name leads nowhere, turns nothing round, and can be given to any computer."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.documents.names import LONGEST, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\letter.PDF", "letter.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("a\u2066b\u2069\u200f.pdf", "ab.pdf"),
        ("line\r\nSet-Cookie: x=1.pdf", "line Set-Cookie- x=1.pdf"),
        ("nul\x00l.pdf", "null.pdf"),
        ("", "Document"),
        ("...", "Document"),
        (".pdf", "pdf"),
        ("con.pdf", "_con.pdf"),
        ('say "hello" <b>.pdf', "say -hello- -b-.pdf"),
        ("Oświęcim—Łódź.pdf", "Oświęcim—Łódź.pdf"),
        ("دفترچه‌یادداشت.pdf", "دفترچه‌یادداشت.pdf"),
        ("תיק.pdf", "תיק.pdf"),
        ("letter  of \t May.pdf", "letter of May.pdf"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("v1.2 final version of it", "v1.2 final version of it"),
    ],
)
def test_a_name_is_made_safe_and_otherwise_kept(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text(max_size=400))
def test_whatever_is_given_a_name_is_one_plain_line(given_name):
    safe = safe_name(given_name)
    assert 0 < len(safe) <= LONGEST
    assert not set(safe) & set('/\\<>:"|?*\r\n\t\x00')
    assert safe == safe.strip(". ")
    assert not [
        one
        for one in safe
        if unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    ]
    assert safe_name(safe) == safe
