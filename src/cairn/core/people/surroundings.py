"""How the rest compares: sex, address, school, parents, NHS number and UPN."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from cairn.core.people.finding import Finding, close, differs, lacking, not_known, same
from cairn.core.people.forenames import compare_forenames
from cairn.core.people.identifiers import Fault, nhs_number_fault, tidy_number, upn_fault
from cairn.core.people.particulars import Known, Particulars
from cairn.core.people.short_forms import ShortForms
from cairn.core.people.spelling import words
from cairn.core.people.surnames import compare_surnames
from cairn.core.people.weights import BITS, FORENAME_AGREES, Grade

SEXES: Final = {"F": "female", "M": "male"}
# A postcode without its last two letters is a few streets.
UNIT: Final = 2
WORDS_AGREE: Final = 90
WORDS_NEAR: Final = 75
SCHOOLS_NEAR: Final = 85
SCHOOL_FILLERS: Final = frozenset({"the", "school", "and", "of", "s"})
NUMBER: Final = re.compile(r"\d+")


def compare_sex(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """Sex, where both say female or male; the census's U is not known."""
    one, other = SEXES.get(asked.sex), SEXES.get(known.sex)
    if one is None or other is None:
        return lacking("Sex", asked=one is not None, known=other is not None)
    if one == other:
        return (same("Sex", f"Sex, {other}", Grade.SEX_SAME),)
    return (differs("Sex", f"Sex, {other}: {one} was given", Grade.SEX_DIFFERS),)


def compare_addresses(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """The postcodes where both have one, else the text of the addresses; nothing of a restricted one."""
    if isinstance(known, Known) and known.address_restricted:
        return (not_known("Address", "restricted, so not compared"),)
    one, other = tidy_number(asked.postcode), tidy_number(known.postcode)
    if one and other:
        return (_compare_postcodes(one, other, known),)
    if asked.address.strip() and known.address.strip():
        return (_compare_address_texts(asked.address, known.address),)
    has_one, has_other = bool(one or asked.address.strip()), bool(other or known.address.strip())
    return lacking("Address", asked=has_one, known=has_other)


def _compare_postcodes(one: str, other: str, known: Particulars) -> Finding:
    where = known.address.strip() or known.postcode
    if one == other:
        return same("Address", f"Postcode, {known.postcode}", Grade.ADDRESS_SAME)
    if one[:-UNIT] == other[:-UNIT] or OSA.distance(one, other, score_cutoff=1) <= 1:
        return close("Address", f"Postcode, {known.postcode}", Grade.ADDRESS_NEAR)
    return differs("Address", f"Lives at {where}", Grade.ADDRESS_DIFFERS)


def _compare_address_texts(asked: str, known: str) -> Finding:
    """One text may be shorter ("8 Weir Lane"); house numbers that contradict each other never make a "same"."""
    agree = fuzz.token_set_ratio(" ".join(words(asked)), " ".join(words(known)))
    one, other = set(NUMBER.findall(asked)), set(NUMBER.findall(known))
    if agree >= WORDS_AGREE and one and other and (one <= other or other <= one):
        return same("Address", f"Address, {known}", Grade.ADDRESS_SAME)
    if agree >= WORDS_NEAR:
        return close("Address", f"Lives at {known}", Grade.ADDRESS_NEAR)
    return differs("Address", f"Lives at {known}", Grade.ADDRESS_DIFFERS)


def compare_schools(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """Schools by their names; "St Botolph's" is St Botolph's Primary School, a Primary is no Academy."""
    one, other = _school_words(asked.school), _school_words(known.school)
    if not one or not other:
        return lacking("School", asked=bool(one), known=bool(other))
    says = f"School, {known.school}"
    if one <= other or other <= one:
        return (same("School", says, Grade.SCHOOL_SAME),)
    if fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= SCHOOLS_NEAR:
        return (close("School", says, Grade.SCHOOL_NEAR),)
    return (differs("School", says, Grade.SCHOOL_DIFFERS),)


def _school_words(name: str) -> frozenset[str]:
    return frozenset("st" if word == "saint" else word for word in words(name)) - SCHOOL_FILLERS


def compare_parents(asked: Particulars, known: Particulars, table: ShortForms) -> tuple[Finding, ...]:
    """The best pair of parents' names; a whole name against a first name alone goes by the first name."""
    ones = [name for name in asked.parents if words(name)]
    others = [name for name in known.parents if words(name)]
    if not ones or not others:
        return lacking("Parent", asked=bool(ones), known=bool(others))
    found = [_compare_parent(one, other, table) for one, other in product(ones, others)]
    return (max(found, key=lambda finding: BITS[finding.grade]),)


def _compare_parent(asked: str, known: str, table: ShortForms) -> Finding:
    one, other = asked.split(), known.split()
    forename = compare_forenames(one[0], other[0], table).grade
    surname = compare_surnames(one[-1], other[-1]).grade if min(len(one), len(other)) > 1 else Grade.NOT_KNOWN
    if surname is Grade.SURNAME_DIFFERS or BITS[forename] < 0:
        return differs("Parent", f"Parent, {known}: “{asked}” was given", Grade.PARENT_DIFFERS)
    if forename is Grade.FORENAME_SAME:
        return same("Parent", f"Parent, {known}", Grade.PARENT_SAME)
    grade = Grade.PARENT_NEAR if forename in FORENAME_AGREES or BITS[forename] > 0 else Grade.NOT_KNOWN
    return close("Parent", f"Parent “{asked}”: record says {known}", grade)


def compare_nhs_numbers(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """NHS numbers; one that can't be right may be a slip of the other, else it tells nothing."""
    return _compare_numbers("NHS number", asked.nhs_number, known.nhs_number, nhs_number_fault)


def compare_upns(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """Unique pupil numbers, in the same way."""
    return _compare_numbers("UPN", asked.upn, known.upn, upn_fault)


def _compare_numbers(
    about: str, asked: str, known: str, fault: Callable[[str], Fault | None]
) -> tuple[Finding, ...]:
    one, other = tidy_number(asked), tidy_number(known)
    if not one or not other:
        return lacking(about, asked=bool(one), known=bool(other))
    wrong = fault(one) or fault(other)
    if one == other and wrong is None:
        return (same(about, f"{about}, {known}", Grade.NUMBER_SAME),)
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return (close(about, f"{about}, {known}: at most one slip away from {asked}", Grade.NUMBER_SLIP),)
    if wrong is not None:
        return (not_known(about, wrong.says),)
    return (differs(about, f"{about}, {known}", Grade.NUMBER_DIFFERS),)
