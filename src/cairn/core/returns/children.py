"""One child of a return, read: who the child is, and the episodes that can be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cairn.core.calendar.duration import months_after
from cairn.core.people.identifiers import tidy_number, upn_fault
from cairn.core.returns import reasons
from cairn.core.returns.census import Child, Leaf, Stray
from cairn.core.returns.days import day_in, read_day
from cairn.core.returns.episodes import read_episode
from cairn.core.returns.facts import ChildFacts, Notebook
from cairn.core.returns.steps import read_codes

_IDENTIFIERS: Final = "ChildIdentifiers"
_NUMBER: Final = re.compile(r"[A-Za-z0-9]{1,20}")
LONGEST_NUMBER: Final = 60
_EXPECTED_BACK, _EXPECTED_MONTHS = timedelta(days=30), 9
_MONTHS_OF_25_YEARS: Final = 25 * 12


def read_child(book: Notebook, raw: Child) -> ChildFacts | None:
    """The child with its episodes; None, with a finding, where it has no number or no birth date."""
    note_stray(book, raw.stray)
    if not _has_number(book, raw) or raw.authority_number is None:
        return None
    child = _with_birth(book, raw, ChildFacts(number=raw.authority_number.text))
    if child is None:
        return None
    child = _described(book, raw, child)
    episodes = [found for one in raw.episodes if (found := read_episode(book, one, child)) is not None]
    return replace(child, episodes=tuple(episodes))


def note_stray(book: Notebook, stray: Iterable[Stray]) -> None:
    """Write down what had no place in the layout."""
    for one in stray:
        book.note(reasons.STRAY[one.kind], one.path, one.line, one.text)


def _has_number(book: Notebook, raw: Child) -> bool:
    leaf = raw.authority_number
    if leaf is None:
        book.note(reasons.NO_NUMBER, f"{_IDENTIFIERS}/LAchildID", raw.line)
        return False
    if len(leaf.text) > LONGEST_NUMBER or not leaf.text.isprintable():
        book.note_leaf(reasons.BAD_NUMBER, leaf)
        return False
    if not _NUMBER.fullmatch(leaf.text):
        book.note_leaf(reasons.ODD_NUMBER, leaf)
    return True


def _with_birth(book: Notebook, raw: Child, child: ChildFacts) -> ChildFacts | None:
    born, expected = read_day(book, raw.born), _expected(book, raw.expected)
    if raw.expected is not None and raw.born is not None:
        book.note_leaf(reasons.BOTH_BIRTH_DATES, raw.expected)
    if born is None and expected is None:
        book.note(reasons.NO_BIRTH_DATE, f"{_IDENTIFIERS}/PersonBirthDate", raw.line)
        return None
    if raw.born is not None and born is not None and _is_over_25(book, born):
        book.note_leaf(reasons.OVER_25, raw.born)
    return replace(child, born=born, expected=None if born else expected)


def _is_over_25(book: Notebook, born: date) -> bool:
    return months_after(book.terms.last_day, -_MONTHS_OF_25_YEARS) > born


def _expected(book: Notebook, leaf: Leaf | None) -> date | None:
    if leaf is None:
        return None
    day = day_in(leaf.text)
    if day is None:
        book.note_leaf(reasons.BAD_DATE, leaf)
        return None
    last = book.terms.last_day
    if not last - _EXPECTED_BACK < day < months_after(last, _EXPECTED_MONTHS):
        book.note_leaf(reasons.EXPECTED_OUT_OF_RANGE, leaf)
    return day


def _described(book: Notebook, raw: Child, child: ChildFacts) -> ChildFacts:
    codes = book.terms.codes
    upn = _upn(book, raw)
    if raw.ethnicity is None:
        book.note(reasons.NO_CODE, "ChildCharacteristics/Ethnicity", raw.line)
    return replace(
        child,
        died=_died(book, raw, child),
        sex=_sex(book, raw),
        ethnicity=book.code(raw.ethnicity, codes.ethnicity, reasons.BAD_CODE),
        disabilities=read_codes(book, raw.disabilities, codes.disability, "NONE"),
        upn=upn,
        upn_unknown=_upn_unknown(book, raw, upn),
    )


def _died(book: Notebook, raw: Child, child: ChildFacts) -> date | None:
    day = read_day(book, raw.died, reasons.BAD_DEATH_DATE, reasons.BAD_DEATH_DATE)
    if raw.died is not None and day is not None and child.born is not None and day < child.born:
        book.note_leaf(reasons.DIED_BEFORE_BIRTH, raw.died)
    return day


def _sex(book: Notebook, raw: Child) -> str | None:
    if raw.sex is not None:
        return book.code(raw.sex, book.terms.codes.sex, reasons.BAD_CODE)
    if raw.gender_current is None:
        book.note(reasons.NO_CODE, f"{_IDENTIFIERS}/Sex", raw.line)
    return book.code(raw.gender_current, book.terms.codes.gender_current, reasons.BAD_CODE)


def _upn(book: Notebook, raw: Child) -> str | None:
    if raw.upn is None:
        return None
    if upn_fault(raw.upn.text) is not None:
        book.note_leaf(reasons.BAD_UPN, raw.upn)
        return None
    return tidy_number(raw.upn.text)


def _upn_unknown(book: Notebook, raw: Child, upn: str | None) -> str | None:
    code = book.code(raw.upn_unknown, book.terms.codes.upn_unknown, reasons.BAD_CODE)
    if raw.upn_unknown is not None and upn is not None:
        book.note_leaf(reasons.UPN_AND_REASON, raw.upn_unknown)
        return None
    return code
