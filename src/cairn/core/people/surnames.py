"""How two surnames compare: double names, their order, slips, and names written from hearing."""

from __future__ import annotations

from typing import Final

from cairn.core.people.forenames import Likeness, is_alike, is_slip
from cairn.core.people.spelling import words
from cairn.core.people.weights import Grade

# Parts that many unrelated surnames share, so that sharing one says nothing.
PARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "abu",
        "ibn",
        "bin",
        "bint",
        "binti",
        "ben",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ap",
        "ab",
        "mac",
        "mc",
        "st",
        "saint",
        "o",
        "ni",
        "nic",
    ]
)


def compare_surnames(asked: str, known: str) -> Likeness:
    """How the surname given compares with one on record; NOT_KNOWN where either is missing."""
    one, other = words(asked), words(known)
    if not one or not other:
        return Likeness(Grade.NOT_KNOWN)
    joined, other_joined = "".join(one), "".join(other)
    if joined == other_joined:
        return Likeness(Grade.SURNAME_SAME)
    if shared := _shared_parts(one, other):
        return Likeness(Grade.SURNAME_PART, _part(shared, asked, known))
    if is_slip(joined, other_joined):
        return Likeness(Grade.SURNAME_SLIP, f"“{asked}” is nearly spelt as {known}")
    if is_alike(joined, other_joined) or _part_alike(one, other):
        return Likeness(Grade.SURNAME_ALIKE, f"“{asked}” sounds like {known}")
    return Likeness(Grade.SURNAME_DIFFERS)


def _telling(name: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in name if word not in PARTICLES and len(word) > 1)


def _shared_parts(one: tuple[str, ...], other: tuple[str, ...]) -> frozenset[str]:
    return _telling(one) & _telling(other)


def _part_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == len(other) == 1:
        return False
    return any(is_slip(a, b) or is_alike(a, b) for a in _telling(one) for b in _telling(other))


def _part(shared: frozenset[str], asked: str, known: str) -> str:
    if _telling(words(asked)) == shared == _telling(words(known)):
        return f"“{asked}” has the parts of {known}"
    return f"“{asked}” shares a part with {known}"
