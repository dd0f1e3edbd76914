"""The steps of an episode, read: assessments, enquiries, conferences and plans.

A step whose start cannot be read is not taken; one whose end cannot be read has not ended: a child
on a plan is never lost because a date is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from cairn.core.returns import census, reasons
from cairn.core.returns.census import Leaf, Part
from cairn.core.returns.codes import CodeSet
from cairn.core.returns.days import read_day, read_end, read_start
from cairn.core.returns.facts import AssessmentFacts, EnquiryFacts, Notebook, PlanFacts, ProtectionFacts

SomePart = TypeVar("SomePart", bound=Part)
Facts = TypeVar("Facts")
_YES, _NO = ("1", "true"), ("0", "false")


def read_each(
    book: Notebook, parts: Iterable[SomePart], path: str, read: Callable[[Notebook, SomePart], Facts | None]
) -> tuple[Facts, ...]:
    """Read the parts of one kind; the same part given twice is taken once. In an order of their own."""
    found: set[Facts] = set()
    for part in parts:
        facts = read(book, part)
        if facts is None:
            continue
        if facts in found:
            book.note(reasons.SAME_STEP, path, part.line)
        found.add(facts)
    return tuple(sorted(found, key=repr))


def read_assessment(book: Notebook, part: census.Assessment) -> AssessmentFacts | None:
    """An assessment with its authorisation and, once authorised, its factors."""
    path = "CINdetails/Assessments/AssessmentActualStartDate"
    started = read_start(book, part.started, path, part.line)
    if started is None:
        return None
    approved = read_end(book, part.authorised, started)
    factors = read_codes(book, part.factors, book.terms.codes.assessment_factor, "21")
    if factors and approved is None:
        book.note_leaf(reasons.FACTORS_UNFINISHED, part.factors[0])
        factors = ()
    return AssessmentFacts(started, approved, factors)


def read_plan(book: Notebook, part: census.Plan) -> PlanFacts | None:
    """A child in need plan."""
    started = read_start(book, part.started, "CINdetails/CINPlanDates/CINPlanStartDate", part.line)
    return PlanFacts(started, read_end(book, part.ended, started)) if started else None


def read_enquiry(book: Notebook, part: census.Section47) -> EnquiryFacts | None:
    """A section 47 enquiry with the conference it led to."""
    started = read_start(book, part.started, "CINdetails/Section47/S47ActualStartDate", part.line)
    if started is None:
        return None
    conference = read_day(book, part.conference, reasons.BAD_START, reasons.START_LATE)
    if part.conference is not None and conference is not None and conference < started:
        book.note_leaf(reasons.OUT_OF_ORDER, part.conference)
    not_required = read_flag(book, part.not_required, reasons.BAD_FLAG) is True
    if part.not_required is not None and not_required and conference is not None:
        book.note_leaf(reasons.CONFERENCE_AND_NOT_REQUIRED, part.not_required)
    return EnquiryFacts(started, conference, not_required and conference is None)


def read_protection_plan(book: Notebook, part: census.ProtectionPlan) -> ProtectionFacts | None:
    """A child protection plan with its categories and reviews."""
    started = read_start(book, part.started, "CINdetails/ChildProtectionPlans/CPPstartDate", part.line)
    if started is None:
        return None
    categories = book.terms.codes.abuse_category
    return ProtectionFacts(
        started,
        read_end(book, part.ended, started),
        book.code(part.initial_category, categories, reasons.BAD_CODE),
        book.code(part.latest_category, categories, reasons.BAD_CODE),
        _whole_number(book, part.previous),
        _reviews(book, part.reviews, started),
    )


def _reviews(book: Notebook, leaves: tuple[Leaf, ...], started: date) -> tuple[date, ...]:
    days: set[date] = set()
    for leaf in leaves:
        day = read_day(book, leaf, reasons.BAD_START, reasons.START_LATE)
        if day is None:
            continue
        if day <= started:
            book.note_leaf(reasons.OUT_OF_ORDER, leaf)
        if day in days:
            book.note_leaf(reasons.SAME_STEP, leaf)
        days.add(day)
    return tuple(sorted(days))


def read_codes(book: Notebook, leaves: tuple[Leaf, ...], codes: CodeSet, nothing: str) -> tuple[str, ...]:
    """A list of codes, sorted, each once; `nothing` is the code that may only stand alone."""
    found: set[str] = set()
    for leaf in leaves:
        code = book.code(leaf, codes, reasons.BAD_CODE)
        if code in found:
            book.note_leaf(reasons.REPEATED_CODE, leaf)
        if code is not None:
            found.add(code)
    if nothing in found and len(found) > 1:
        book.note_leaf(reasons.NOT_ALONE, next(leaf for leaf in leaves if leaf.text == nothing))
        found.remove(nothing)
    return tuple(sorted(found))


def read_flag(book: Notebook, leaf: Leaf | None, bad: reasons.Reason) -> bool | None:
    """1 or true, 0 or false, in any case; None, with a finding, for anything else but nothing."""
    if leaf is None:
        return None
    answer = leaf.text.lower()
    if answer not in (*_YES, *_NO):
        book.note_leaf(bad, leaf)
        return None
    return answer in _YES


def _whole_number(book: Notebook, leaf: Leaf | None) -> int | None:
    if leaf is None:
        return None
    # Three figures are enough for plans, and keep a long row of figures from being read as one.
    if leaf.text.isascii() and leaf.text.isdigit() and len(leaf.text) <= 3:  # noqa: PLR2004 - as said
        return int(leaf.text)
    book.note_leaf(reasons.BAD_NUMBER_OF_PLANS, leaf)
    return None
