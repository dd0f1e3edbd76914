"""How two forenames compare. The care taken here is for twins, brothers and sisters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from cairn.core.people.short_forms import ShortForms
from cairn.core.people.spelling import sound, words
from cairn.core.people.weights import Grade

# Under four letters one letter off is another name (Ava, Eva); from eight on two may be slips.
SLIP_FROM: Final = 4
TWO_SLIPS_FROM: Final = 8
LIKE_ENOUGH: Final = 0.75
BEGINNING: Final = 3
# What stands in a forename's place until there is one.
PLACEHOLDERS: Final = frozenset(
    [
        "baby",
        "babygirl",
        "babyboy",
        "unborn",
        "infant",
        "child",
        "boy",
        "girl",
        "twin",
        "triplet",
        "unknown",
        "not",
        "known",
        "fnu",
        "tbc",
        "of",
    ]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The grade of a pair of names and why, in words; empty where nothing need be said."""

    grade: Grade
    why: str = ""


def forename_words(name: str) -> tuple[str, ...]:
    """The words of a forename; none where it is a placeholder such as "Baby" or "Unknown"."""
    found = words(name)
    return () if PLACEHOLDERS.issuperset(found) else found


def is_slip(one: str, other: str) -> bool:
    """Whether two words are one letter left out, added, mistaken or exchanged apart (two in long words)."""
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= TWO_SLIPS_FROM else 1
    return shorter >= SLIP_FROM and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def is_alike(one: str, other: str) -> bool:
    """Whether two words sound the same and look somewhat alike."""
    return sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= LIKE_ENOUGH


def compare_forenames(asked: str, known: str, table: ShortForms) -> Likeness:
    """How the forename given compares with one on record; NOT_KNOWN where either is missing."""
    one, other = forename_words(asked), forename_words(known)
    if not one or not other:
        return Likeness(Grade.NOT_KNOWN)
    if "".join(one) == "".join(other):
        return Likeness(Grade.FORENAME_SAME)
    return _compare_words(_called(one, table), _called(other, table), (asked, known), table)


def _called(name: tuple[str, ...], table: ShortForms) -> tuple[str, ...]:
    """The words in one spelling, a name that brothers share (Muhammad) put behind the name one is called by."""
    spelt = tuple(table.one_spelling(word) for word in name)
    if len(spelt) > 1 and spelt[0] in table.carried:
        return (*spelt[1:], spelt[0])
    return spelt


def _compare_words(
    one: tuple[str, ...], other: tuple[str, ...], shown: tuple[str, str], table: ShortForms
) -> Likeness:
    asked, known = shown
    if one == other:
        return Likeness(Grade.FORENAME_SPELLING, f"“{asked}” is another spelling of {known}")
    further = set(one[1:]) <= set(other[1:]) or set(other[1:]) <= set(one[1:])
    if one[0] == other[0] and further:
        return Likeness(Grade.FORENAME_FURTHER, f"“{asked}”: record says {known}")
    if table.short_for(one[0], other[0]) and further:
        return Likeness(Grade.FORENAME_SHORT_FORM, _short_form(one[0], shown, table, other[0]))
    if one[0] in other or other[0] in one:
        return Likeness(Grade.FORENAME_MIDDLE, f"“{asked}”: record says {known}")
    return _compare_single(one[0], other[0], shown, table)


def _short_form(one: str, shown: tuple[str, str], table: ShortForms, other: str) -> str:
    asked, known = shown
    if other in table.full_names(one):
        return f"“{asked}” is short for {known}"
    return f"{known} is short for “{asked}”"


def _compare_single(one: str, other: str, shown: tuple[str, str], table: ShortForms) -> Likeness:
    asked, known = shown
    if 1 in {len(one), len(other)}:
        return _compare_initial(one, other, shown)
    if is_slip(one, other):
        return Likeness(Grade.FORENAME_SLIP, f"“{asked}” is nearly spelt as {known}")
    if is_alike(one, other):
        return Likeness(Grade.FORENAME_ALIKE, f"“{asked}” sounds like {known}")
    return _compare_beginnings(one, other, shown, table)


def _compare_initial(one: str, other: str, shown: tuple[str, str]) -> Likeness:
    asked, known = shown
    if one[0] == other[0]:
        return Likeness(Grade.FORENAME_INITIAL, f"“{asked}”: record says {known}")
    return Likeness(Grade.FORENAME_DIFFERS)


def _compare_beginnings(one: str, other: str, shown: tuple[str, str], table: ShortForms) -> Likeness:
    """Ify may be Ifeoma, and Ifeanyi begins like Ifeoma."""
    asked, known = shown
    ones, others = {one} | table.full_names(one), {other} | table.full_names(other)
    if common := ones & others:
        both = min(common).capitalize()
        return Likeness(Grade.FORENAME_ALIKE, f"“{asked}” and {known} may both stand for {both}")
    for a in sorted(ones):
        for b in sorted(others):
            if a[:BEGINNING] == b[:BEGINNING] and min(len(a), len(b)) >= BEGINNING:
                return Likeness(Grade.FORENAME_ALIKE, _begins(a, one, shown))
    return Likeness(Grade.FORENAME_DIFFERS)


def _begins(found: str, one: str, shown: tuple[str, str]) -> str:
    asked, known = shown
    if found == one:
        return f"{known} begins like “{asked}”"
    return f"{known} begins like {found.capitalize()}, which “{asked}” may stand for"
