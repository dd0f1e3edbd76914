"""How dates of birth, expected dates and ages compare."""

from __future__ import annotations

from datetime import date
from typing import Final

from rapidfuzz.distance import OSA

from cairn.core.calendar.ages import age_on
from cairn.core.people.finding import NOT_ALIKE, Finding, close, differs, lacking, not_known, same
from cairn.core.people.names import long_date, long_partial_date
from cairn.core.people.particulars import Age, PartialDate, Particulars
from cairn.core.people.weights import Grade

ABOUT: Final = "Date of birth"
# A scan may move an expected date by some weeks; a child may come 16 weeks early or 3 late.
EXPECTED_MOVES: Final = 42
EARLIEST_BIRTH: Final = -112
LATEST_BIRTH: Final = 21
Parts = tuple[int | None, int | None, int | None]


def compare_births(asked: Particulars, known: Particulars) -> tuple[Finding, ...]:
    """The one finding about birth, from the best that both sides have: dates, expected dates, ages."""
    if asked.born and known.born:
        return (_compare_dates(asked.born, known.born),)
    if asked.expected and known.expected:
        return (_compare_expected(asked.expected, known.expected),)
    for one, other in ((asked, known), (known, asked)):
        if isinstance(one.born, date) and other.expected:
            return (_fits_birth(one.born, other.expected),)
    for one, other in ((asked, known), (known, asked)):
        if one.age and other.born:
            return _compare_age(one.age, other.born)
    if asked.age and known.age:
        return (
            _compare_years(
                abs(_first_year(asked.age) - _first_year(known.age)), f"{known.age.years} years old"
            ),
        )
    return lacking(ABOUT, asked=_has_any(asked), known=_has_any(known))


def _has_any(person: Particulars) -> bool:
    return bool(person.born or person.expected or person.age)


def _first_year(age: Age) -> int:
    return age.on.year - age.years


def _parts(given: date | PartialDate) -> Parts:
    return (given.year, given.month, given.day)


def _compare_dates(asked: date | PartialDate, known: date | PartialDate) -> Finding:
    one, other = _parts(asked), _parts(known)
    shown = long_partial_date(known)
    if None in one or None in other:
        return _compare_parts(one, other, shown)
    if one == other:
        grade = Grade.BORN_NEW_YEAR if one[1:] == (1, 1) else Grade.BORN_SAME
        return same(ABOUT, f"{ABOUT}, {shown}", grade)
    if one == (other[0], other[2], other[1]):
        return close(ABOUT, f"Born {shown}: day and month the other way round", Grade.BORN_SWAPPED)
    if OSA.distance(_figures(one), _figures(other), score_cutoff=1) <= 1:
        return close(ABOUT, f"Born {shown}: one slip away from what was given", Grade.BORN_SLIP)
    return differs(ABOUT, f"Born {shown}", Grade.BORN_DIFFERS)


def _figures(parts: Parts) -> str:
    year, month, day = (part or 0 for part in parts)
    return f"{day:02}{month:02}{year:04}"


def _compare_parts(one: Parts, other: Parts, shown: str) -> Finding:
    pairs = list(zip(one, other, strict=True))
    both = tuple(a is not None and b is not None for a, b in pairs)
    if any(a != b for (a, b), compared in zip(pairs, both, strict=True) if compared):
        return differs(ABOUT, f"Born {shown}", Grade.BORN_PART_DIFFERS)
    if not any(both):
        return not_known(ABOUT, NOT_ALIKE)
    grade = _grade_of_parts(*both)
    return close(ABOUT, f"Born {shown}: agrees as far as it is known", grade)


def _grade_of_parts(year: bool, month: bool, day: bool) -> Grade:
    if year and month:
        return Grade.BORN_MONTH
    if month and day:
        return Grade.BORN_DAY_OF_YEAR
    return Grade.BORN_YEAR if year else Grade.NOT_KNOWN


def _compare_expected(asked: date, known: date) -> Finding:
    if asked == known:
        return same(ABOUT, f"Expected {long_date(known)}", Grade.EXPECTED_SAME)
    if abs((asked - known).days) <= EXPECTED_MOVES:
        return close(ABOUT, f"Expected {long_date(known)}", Grade.EXPECTED_NEAR)
    return differs(ABOUT, f"Expected {long_date(known)}", Grade.BORN_DIFFERS)


def _fits_birth(born: date, expected: date) -> Finding:
    says = f"Expected {long_date(expected)}, born {long_date(born)}"
    if EARLIEST_BIRTH <= (born - expected).days <= LATEST_BIRTH:
        return close(ABOUT, says, Grade.EXPECTED_FITS_BIRTH)
    return differs(ABOUT, says, Grade.BORN_DIFFERS)


def _compare_age(age: Age, born: date | PartialDate) -> tuple[Finding, ...]:
    if isinstance(born, date):
        years = age_on(born, age.on)
        if years is None:
            return (differs(ABOUT, f"Born {long_date(born)}", Grade.AGE_DIFFERS),)
        return (_compare_years(abs(age.years - years), f"{years} years old"),)
    if born.year is None:
        return lacking("Age", asked=True, known=False)
    # Born in one year, a person has either of two ages in another.
    off = min(abs(_first_year(age) - born.year), abs(_first_year(age) - 1 - born.year))
    return (_compare_years(off, f"Born {long_partial_date(born)}"),)


def _compare_years(off: int, says: str) -> Finding:
    if off > 1:
        return differs("Age", says, Grade.AGE_DIFFERS)
    return close("Age", says, Grade.AGE_NEAR if off else Grade.AGE_SAME)
