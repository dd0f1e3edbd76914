"""Rules about who the child is: numbers, birth, sex, ethnicity, disabilities, death."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cairn.core.calendar.duration import months_after
from cairn.core.people.identifiers import UPN_AUTHORITIES, UPN_LENGTH, upn_check_letter
from cairn.core.returns.census import Child, Leaf
from cairn.core.returns.rules.model import (
    Standard,
    Where,
    day,
    has_further_action,
    is_before,
    of_child,
    repeated,
    text,
)

_FIGURES: Final = re.compile(r"[0-9]+")
_LAST_OF_UPN: Final = re.compile(r"[0-9A-HJ-NP-RT-Z]")
_FORMER: Final = re.compile(r"[A-Z][0-9]{12}")
_NUMBER: Final = re.compile(r"[A-Za-z0-9]+")
_LONGEST_NUMBER: Final = 20
_WEEKS_40: Final = timedelta(days=280)
_EXPECTED_BACK, _EXPECTED_MONTHS = timedelta(days=30), 9
_AUGUST, _LAST_OF_AUGUST, _SCHOOL_AGE = 8, 31, 6
_ADULT_MONTHS: Final = 25 * 12
_NUMBERS, _TRAITS = "ChildIdentifiers", "ChildCharacteristics"


def _whole_upn(child: Child) -> str:
    upn = text(child.upn)
    return upn if len(upn) == UPN_LENGTH else ""


@of_child("1510")
def upn_check(standard: Standard, child: Child) -> Iterator[Where]:
    upn = _whole_upn(child)
    if upn and _FIGURES.fullmatch(upn[1:]) and upn[0] != upn_check_letter(upn) and child.upn:
        yield child.upn


@of_child("1530")
def upn_authority(standard: Standard, child: Child) -> Iterator[Where]:
    code = _whole_upn(child)[1:4]
    known = _FIGURES.fullmatch(code) and any(first <= int(code) <= last for first, last in UPN_AUTHORITIES)
    if code and not known and child.upn:
        yield child.upn


@of_child("1540")
def upn_figures(standard: Standard, child: Child) -> Iterator[Where]:
    if child.upn and not _FIGURES.fullmatch(child.upn.text[4:12]):
        yield child.upn


@of_child("1550")
def upn_last(standard: Standard, child: Child) -> Iterator[Where]:
    upn = _whole_upn(child)
    if upn and not _LAST_OF_UPN.fullmatch(upn[12]) and child.upn:
        yield child.upn


@of_child("1560Q")
def former_upn(standard: Standard, child: Child) -> Iterator[Where]:
    if child.former_upn and not _FORMER.fullmatch(child.former_upn.text):
        yield child.former_upn


@of_child("1570")
def number_too_long(standard: Standard, child: Child) -> Iterator[Where]:
    if child.authority_number and len(child.authority_number.text) > _LONGEST_NUMBER:
        yield child.authority_number


@of_child("1580")
def number_letters_and_figures(standard: Standard, child: Child) -> Iterator[Where]:
    if child.authority_number and not _NUMBER.fullmatch(child.authority_number.text):
        yield child.authority_number


@of_child("4180")
def sex_code(standard: Standard, child: Child) -> Iterator[Where]:
    if child.sex is None and child.gender_current is not None:
        if standard.codes.gender_current.get(child.gender_current.text, standard.year) is None:
            yield child.gender_current
    elif child.sex is None:
        yield f"{_NUMBERS}/Sex", child
    elif standard.codes.sex.get(child.sex.text, standard.year) is None:
        yield child.sex


@of_child("4220")
def ethnicity_code(standard: Standard, child: Child) -> Iterator[Where]:
    if child.ethnicity is None:
        yield f"{_TRAITS}/Ethnicity", child
    elif standard.codes.ethnicity.get(child.ethnicity.text, standard.year) is None:
        yield child.ethnicity


@of_child("8500")
def number_missing(standard: Standard, child: Child) -> Iterator[Where]:
    if child.authority_number is None:
        yield f"{_NUMBERS}/LAchildID", child


@of_child("8520")
def born_after(standard: Standard, child: Child) -> Iterator[Where]:
    born = day(child.born)
    if born and born > standard.last and child.born:
        yield child.born


@of_child("8525Q")
def one_birth_date(standard: Standard, child: Child) -> Iterator[Where]:
    if child.born is None and child.expected is None:
        yield f"{_NUMBERS}/PersonBirthDate", child
    elif child.born is not None and child.expected is not None:
        yield child.expected


@of_child("8530Q")
def expected_range(standard: Standard, child: Child) -> Iterator[Where]:
    expected = day(child.expected)
    first, last = standard.last - _EXPECTED_BACK, months_after(standard.last, _EXPECTED_MONTHS)
    if expected and not first < expected < last and child.expected:
        yield child.expected


@of_child("8535Q")
def died_before_birth(standard: Standard, child: Child) -> Iterator[Where]:
    if child.died is not None and (day(child.born) is None or is_before(child.died, child.born)):
        yield child.died


@of_child("8540")
def disability_given(standard: Standard, child: Child) -> Iterator[Where]:
    if child.born is None or not has_further_action(child):
        return
    if not child.disabilities:
        yield f"{_TRAITS}/Disabilities/Disability", child
    for one in child.disabilities:
        if standard.codes.disability.get(one.text, standard.year) is None:
            yield one


@of_child("8545Q")
def died_in_year(standard: Standard, child: Child) -> Iterator[Where]:
    died = day(child.died)
    if child.died and died and not standard.is_in_year(died):
        yield child.died


@of_child("8590")
def has_episode(standard: Standard, child: Child) -> Iterator[Where]:
    if not child.episodes:
        yield "CINdetails", child


@of_child("8606")
def long_before_birth(standard: Standard, child: Child) -> Iterator[Where]:
    birth = day(child.born) or day(child.expected)
    for one in child.episodes:
        referred = day(one.referred)
        if birth and referred and referred < birth - _WEEKS_40 and one.referred:
            yield one.referred


@of_child("8750")
def unborn_sex(standard: Standard, child: Child) -> Iterator[Where]:
    unborn = child.born is None and child.expected is not None
    if unborn and child.sex and child.sex.text != "U":
        yield child.sex


@of_child("8770Q")
def upn_at_school_age(standard: Standard, child: Child) -> Iterator[Where]:
    born = day(child.born)
    of_age = date(standard.year - _SCHOOL_AGE, _AUGUST, _LAST_OF_AUGUST)
    if born is None or born > of_age or not has_further_action(child) or child.upn is not None:
        return
    why = text(child.upn_unknown)
    if why == "UN1" or standard.codes.upn_unknown.get(why, standard.year) is None:
        yield child.upn_unknown or (f"{_NUMBERS}/UPN", child)


@of_child("8772")
def un7_with_action(standard: Standard, child: Child) -> Iterator[Where]:
    if child.upn_unknown and child.upn_unknown.text == "UN7" and has_further_action(child):
        yield child.upn_unknown


@of_child("8775Q")
def over_25(standard: Standard, child: Child) -> Iterator[Where]:
    born = day(child.born)
    if born is None or child.born is None:
        return
    birthday = months_after(born, _ADULT_MONTHS)
    for one in child.episodes:
        closed = day(one.closed)
        if (closed is None and birthday < standard.last) or (closed is not None and closed > birthday):
            yield child.born
            return


@of_child("8790")
def none_alone(standard: Standard, child: Child) -> Iterator[Where]:
    if len(child.disabilities) > 1:
        yield from (one for one in child.disabilities if one.text == "NONE")


@of_child("8794")
def disability_once(standard: Standard, child: Child) -> Iterator[Where]:
    yield from repeated(child.disabilities)


def disabilities_of(child: Child) -> tuple[Leaf, ...]:
    """The child's disabilities, without the code for none."""
    return tuple(one for one in child.disabilities if one.text != "NONE")
