"""Unicode's normal forms of a text that somebody has typed, in a time that grows with its length and no faster."""

from __future__ import annotations

import unicodedata
from typing import Literal

# As many as a stream-safe text has on one letter (Unicode Standard Annex 15, section 13); no writing needs a third of them.
MOST_MARKS = 30


def normal(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in that form, no letter of it with more than thirty marks: the others are left out.

    To put marks into their order takes a time that grows with the square of their number: with a million of them on
    one letter, minutes, in which nobody else would be answered.
    """
    return unicodedata.normalize(form, _with_few_marks(text))


def _with_few_marks(text: str) -> str:
    if len(text) <= MOST_MARKS or text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for one in text:
        marks = marks + 1 if unicodedata.combining(one) else 0
        if marks <= MOST_MARKS:
            kept.append(one)
    return "".join(kept)
