"""Forename and surname together: aliases, single names, and names given the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Final

from cairn.core.people.finding import Finding, close, differs, lacking, same
from cairn.core.people.forenames import Likeness, compare_forenames
from cairn.core.people.particulars import Particulars
from cairn.core.people.short_forms import ShortForms
from cairn.core.people.surnames import compare_surnames
from cairn.core.people.weights import BITS, Grade

FIRST_NAME: Final = "First name"
SURNAME: Final = "Surname"
FORENAME_CERTAIN: Final = frozenset(
    {Grade.FORENAME_SAME, Grade.FORENAME_SHORT_FORM, Grade.FORENAME_SPELLING, Grade.FORENAME_FURTHER}
)
SURNAME_CERTAIN: Final = frozenset({Grade.SURNAME_SAME, Grade.SURNAME_PART, Grade.SURNAME_SLIP})
Likely = tuple[Likeness, str, str]


def compare_whole_names(asked: Particulars, known: Particulars, table: ShortForms) -> tuple[Finding, ...]:
    """The findings about first name and surname, the best that any of the names of both sides allow."""
    forename = _best(
        _forenames(asked), _forenames(known), lambda one, other: compare_forenames(one, other, table)
    )
    surname = _best(_surnames(asked), _surnames(known), compare_surnames)
    if _both_differ(forename, surname) and _exchanged(asked, known, table):
        return (
            close(FIRST_NAME, f"First name, {known.forename}: given as surname", Grade.FORENAME_EXCHANGED),
            close(SURNAME, f"Surname, {known.surname}: given as first name", Grade.SURNAME_EXCHANGED),
        )
    if single := _single(asked, known, table):
        return single
    return (
        *_told(FIRST_NAME, forename, known.forename, Grade.FORENAME_SAME, Grade.FORENAME_DIFFERS),
        *_told(SURNAME, surname, known.surname, Grade.SURNAME_SAME, Grade.SURNAME_DIFFERS),
    )


def _forenames(person: Particulars) -> tuple[str, ...]:
    found = (person.forename, *(alias.rsplit(maxsplit=1)[0] for alias in person.aliases if alias.strip()))
    return tuple(name for name in found if name.strip())


def _surnames(person: Particulars) -> tuple[str, ...]:
    parts = (alias.rsplit(maxsplit=1) for alias in person.aliases)
    found = (person.surname, *(part[1] for part in parts if len(part) > 1))
    return tuple(name for name in found if name.strip())


def _best(
    asked: tuple[str, ...], known: tuple[str, ...], compare: Callable[[str, str], Likeness]
) -> Likely | None:
    """The best pair; None where a side has no name. Of equals the first, so the names in use before aliases."""
    pairs = [(compare(one, other), one, other) for one, other in product(asked, known)]
    told = [pair for pair in pairs if pair[0].grade is not Grade.NOT_KNOWN]
    return max(told, key=lambda pair: BITS[pair[0].grade], default=None)


def _both_differ(forename: Likely | None, surname: Likely | None) -> bool:
    return (
        forename is not None and surname is not None and BITS[forename[0].grade] + BITS[surname[0].grade] < 0
    )


def _exchanged(asked: Particulars, known: Particulars, table: ShortForms) -> bool:
    """Each name of one side agrees with the other name of the other side, one as forename, one as surname."""
    crossed = ((asked.surname, known.forename), (asked.forename, known.surname))
    return any(
        compare_forenames(*one, table).grade in FORENAME_CERTAIN
        and compare_surnames(*other).grade in SURNAME_CERTAIN
        for one, other in (crossed, crossed[::-1])
    )


def _single(asked: Particulars, known: Particulars, table: ShortForms) -> tuple[Finding, ...]:
    """A single name of one side beside the two of the other.

    Nobody can tell which it was meant for, so the one that fits is taken and the other is not known.
    """
    for one, other, given in ((asked, known, True), (known, asked, False)):
        names = [name for name in (one.forename, one.surname) if name.strip()]
        if len(names) == 1 and not one.aliases and other.forename.strip() and other.surname.strip():
            return _place_single(names[0], other, table, given=given)
    return ()


def _place_single(name: str, other: Particulars, table: ShortForms, *, given: bool) -> tuple[Finding, ...]:
    forenames = (name, other.forename) if given else (other.forename, name)
    surnames = (name, other.surname) if given else (other.surname, name)
    forename = compare_forenames(*forenames, table=table)
    surname = compare_surnames(*surnames)
    if max(BITS[forename.grade], BITS[surname.grade]) <= 0:
        return ()
    if BITS[forename.grade] > BITS[surname.grade]:
        return (
            *_told(FIRST_NAME, (forename, *forenames), "", Grade.FORENAME_SAME, Grade.FORENAME_DIFFERS),
            *lacking(SURNAME, asked=not given, known=given),
        )
    return (
        *lacking(FIRST_NAME, asked=not given, known=given),
        *_told(SURNAME, (surname, *surnames), "", Grade.SURNAME_SAME, Grade.SURNAME_DIFFERS),
    )


def _told(
    about: str, found: Likely | None, current: str, agrees: Grade, contradicts: Grade
) -> Iterator[Finding]:
    if found is None:
        return
    likeness, _, name = found
    also = f" (also known as {name})" if current.strip() and name != current else ""
    if likeness.grade is agrees:
        yield same(about, f"{about}, {name}{' (an alias)' if also else ''}", agrees)
    elif likeness.grade is contradicts:
        yield differs(about, f"{about}, {current or name}", contradicts)
    else:
        yield close(about, likeness.why + also, likeness.grade)
