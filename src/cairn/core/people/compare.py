"""Whether somebody on the register may be the person who was asked for, and why.

Nothing here decides that two are one: it lays out what agrees, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from cairn.core.people.births import compare_births
from cairn.core.people.finding import Finding, Line
from cairn.core.people.particulars import Asked, Known
from cairn.core.people.short_forms import NO_SHORT_FORMS, ShortForms
from cairn.core.people.surroundings import (
    compare_addresses,
    compare_nhs_numbers,
    compare_parents,
    compare_schools,
    compare_sex,
    compare_upns,
)
from cairn.core.people.weights import (
    BIRTH_AGREES,
    BITS,
    FORENAME_AGREES,
    FORENAME_LIKENS,
    HOUSEHOLD,
    POSSIBLE_FROM,
    STRONG_FROM,
    Grade,
)
from cairn.core.people.whole_names import compare_whole_names

Strength = Literal["strong", "possible", "unlikely"]
VERDICTS: Final = ("same", "close", "differs", "not known")


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody on the register beside what was asked.

    `lines` are for people, agreements first. `score` is in bits and only for ordering: pages show why, never a
    figure.
    """

    known: Known
    lines: tuple[Line, ...]
    strength: Strength
    score: float


def compare(asked: Asked, known: Known, short_forms: ShortForms = NO_SHORT_FORMS) -> Match:
    """How well somebody on the register fits what was asked.

    What one side does not say counts neither way. Never "strong" without a first name that agrees (or, with the
    same NHS number or UPN, is like it) and a date of birth or such a number: twins share everything else, a parent
    and child may share name and address.
    """
    findings = (
        *compare_births(asked, known),
        *compare_whole_names(asked, known, short_forms),
        *compare_nhs_numbers(asked, known),
        *compare_upns(asked, known),
        *compare_schools(asked, known),
        *compare_parents(asked, known, short_forms),
        *compare_sex(asked, known),
        *compare_addresses(asked, known),
    )
    grades = [finding.grade for finding in findings]
    score = _score(grades)
    return Match(known, _lines(findings), _strength(score, frozenset(grades)), score)


def _score(grades: Iterable[Grade]) -> float:
    """The sum of bits; beside another first name what a household shares counts for nothing."""
    found = list(grades)
    other_forename = Grade.FORENAME_DIFFERS in found
    return sum(BITS[grade] for grade in found if not (other_forename and grade in HOUSEHOLD))


def _strength(score: float, grades: frozenset[Grade]) -> Strength:
    if score >= STRONG_FROM and _may_be_strong(grades):
        return "strong"
    return "possible" if score >= POSSIBLE_FROM else "unlikely"


def _may_be_strong(grades: frozenset[Grade]) -> bool:
    numbered = Grade.NUMBER_SAME in grades
    forename = grades & FORENAME_AGREES or (numbered and grades & FORENAME_LIKENS)
    birth = numbered or grades & BIRTH_AGREES
    return bool(forename and birth and Grade.NUMBER_DIFFERS not in grades)


def _lines(findings: Iterable[Finding]) -> tuple[Line, ...]:
    lines = (finding.line for finding in findings)
    return tuple(sorted(lines, key=lambda line: VERDICTS.index(line.verdict)))
