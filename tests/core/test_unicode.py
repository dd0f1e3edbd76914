"""Normal forms, quickly whatever was typed."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cairn.core.unicode import MOST_MARKS, normal


@given(st.text(max_size=60))
def test_it_is_unicode_s_own_form_of_what_people_write(text):
    for form in ("NFC", "NFKC", "NFKD"):
        assert normal(form, text) == unicodedata.normalize(form, text)


def test_of_more_marks_than_any_writing_has_the_first_are_kept():
    zalgo = "e" + "\u0301\u0316" * 40 + "x"
    found = normal("NFKD", zalgo)
    assert sum(map(bool, map(unicodedata.combining, found))) == MOST_MARKS
    assert (found[0], found[-1]) == ("e", "x")


def test_a_million_marks_take_no_longer_than_a_million_letters():
    began = time.perf_counter()
    normal("NFC", "a" + "\u0301\u0316" * 500_000)
    assert time.perf_counter() - began < 5
