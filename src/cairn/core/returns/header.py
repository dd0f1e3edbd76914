"""What a return says of itself, and so what it can know."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from cairn.core.calendar.duration import months_after
from cairn.core.calendar.london import EARLIEST_YEAR, LATEST_YEAR
from cairn.core.returns import reasons
from cairn.core.returns.census import CensusReturn, Header, Leaf
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.days import day_in
from cairn.core.returns.facts import Notebook, Terms

_REFERENCE: Final = "Header/CollectionDetails/ReferenceDate"
_MARCH, _LAST = 3, 31
_AUTHORITY: Final = re.compile(r"\d{3}", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


def open_book(census_return: CensusReturn, codes: CodeSets, today: date) -> Notebook:
    """A notebook with the terms of the return, and what is wrong with its header in it."""
    header = census_return.header
    reference = _reference_date(header, today)
    terms = Terms(
        year=reference.year,
        authority=header.authority.text if header.authority else "",
        reference_date=reference,
        last_day=min(reference, today),
        first_day=months_after(reference, -12) + timedelta(days=1),
        codes=codes,
    )
    book = Notebook(terms)
    _check_header(book, header, today)
    return book


def _reference_date(header: Header, today: date) -> date:
    given = _day(header.reference_date)
    if given is not None:
        return given
    year = _year(header.year)
    return date(year, _MARCH, _LAST) if year else today


def _day(leaf: Leaf | None) -> date | None:
    return day_in(leaf.text) if leaf else None


def _year(leaf: Leaf | None) -> int | None:
    if leaf is None or not _YEAR.fullmatch(leaf.text):
        return None
    year = int(leaf.text)
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _check_header(book: Notebook, header: Header, today: date) -> None:
    given, text = _day(header.reference_date), header.reference_date.text if header.reference_date else ""
    line = header.reference_date.line if header.reference_date else header.line
    if given is None:
        book.note(reasons.NO_REFERENCE_DATE, _REFERENCE, line, text)
    elif given != date(_year(header.year) or given.year, _MARCH, _LAST):
        book.note(reasons.NOT_31_MARCH, _REFERENCE, line, text)
    if given is not None and given > today:
        book.note(reasons.REFERENCE_IN_FUTURE, _REFERENCE, line, text)
    if header.collection is None:
        book.note(reasons.NO_COLLECTION, "Header/CollectionDetails/Collection", header.line)
    if not _AUTHORITY.fullmatch(book.terms.authority):
        book.note(reasons.NO_AUTHORITY, "Header/Source/LEA", header.line, book.terms.authority)
