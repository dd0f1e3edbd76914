"""One episode of a return, read; and whether it is open, which decides who is to be allocated.

Where a return contradicts itself the episode is taken as open, with a note: a case that somebody
looks at and closes does less harm than a child whom nobody looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cairn.core.returns import reasons
from cairn.core.returns.census import Episode, Leaf
from cairn.core.returns.days import EndReasons, day_in, read_day, read_end
from cairn.core.returns.facts import ChildFacts, EpisodeFacts, Notebook
from cairn.core.returns.steps import (
    read_assessment,
    read_each,
    read_enquiry,
    read_flag,
    read_plan,
    read_protection_plan,
)

ELEMENT: Final = "CINdetails"
UNKNOWN_SOURCE: Final = "unknown"
SOURCE_ASKED_SINCE: Final = date(2013, 4, 1)
BEFORE_BIRTH: Final = timedelta(days=280)
DIED: Final = "RC2"
CLOSURE: Final = EndReasons(reasons.BAD_CLOSURE, reasons.CLOSURE_LATE, reasons.CLOSED_BEFORE_REFERRAL)


def read_episode(book: Notebook, raw: Episode, child: ChildFacts) -> EpisodeFacts | None:
    """The episode; None, with a finding, where it has no day on which it began."""
    referred = _referred(book, raw)
    if referred is None:
        return None
    facts = _with_steps(book, raw, _particulars(book, raw, referred))
    for block in raw.pre_proceedings:
        book.note(reasons.PRE_PROCEEDINGS, f"{ELEMENT}/PreProceedingsandFGDM", block.line)
    facts = _settle(book, raw, facts)
    _check_order(book, raw, facts)
    _check_against_child(book, raw, facts, child)
    return facts


def _referred(book: Notebook, raw: Episode) -> date | None:
    if raw.referred is None:
        missing = reasons.CLOSURE_WITHOUT_REFERRAL if raw.closed else reasons.NO_REFERRAL_DATE
        book.note(missing, f"{ELEMENT}/CINreferralDate", raw.line)
    return read_day(book, raw.referred, reasons.BAD_REFERRAL_DATE, reasons.REFERRAL_LATE)


def _particulars(book: Notebook, raw: Episode, referred: date) -> EpisodeFacts:
    codes = book.terms.codes
    source = book.code(raw.source, codes.referral_source, reasons.BAD_CODE)
    if raw.source is None and referred >= SOURCE_ASKED_SINCE:
        book.note(reasons.NO_CODE, f"{ELEMENT}/ReferralSource", raw.line)
    return EpisodeFacts(
        referred=referred,
        source=source or UNKNOWN_SOURCE,
        primary_need=book.code(raw.primary_need, codes.primary_need, reasons.BAD_CODE),
        no_further_action=_no_further_action(book, raw),
        closed=read_end(book, raw.closed, referred, CLOSURE),
        closure_reason=book.code(raw.closure_reason, codes.closure_reason, reasons.BAD_CODE),
        conference=read_day(book, raw.conference, reasons.BAD_START, reasons.START_LATE),
    )


def _no_further_action(book: Notebook, raw: Episode) -> bool:
    if raw.no_further_action is None:
        book.note(reasons.BAD_NFA, f"{ELEMENT}/ReferralNFA", raw.line)
    return read_flag(book, raw.no_further_action, reasons.BAD_NFA) is True


def _with_steps(book: Notebook, raw: Episode, facts: EpisodeFacts) -> EpisodeFacts:
    return replace(
        facts,
        assessments=read_each(book, raw.assessments, f"{ELEMENT}/Assessments", read_assessment),
        plans=read_each(book, raw.plans, f"{ELEMENT}/CINPlanDates", read_plan),
        enquiries=read_each(book, raw.enquiries, f"{ELEMENT}/Section47", read_enquiry),
        protection_plans=read_each(
            book, raw.protection_plans, f"{ELEMENT}/ChildProtectionPlans", read_protection_plan
        ),
    )


def _settle(book: Notebook, raw: Episode, facts: EpisodeFacts) -> EpisodeFacts:
    """Open, closed, or no further action; with the contradictions said."""
    if not facts.no_further_action and raw.primary_need is None:
        book.note(reasons.NO_CODE, f"{ELEMENT}/PrimaryNeedCode", raw.line)
    if facts.conference in {one.conference for one in facts.enquiries} - {None}:
        book.note(reasons.CONFERENCE_TWICE, f"{ELEMENT}/DateOfInitialCPC", raw.line)
        facts = replace(facts, conference=None)
    if facts.no_further_action:
        facts = _settle_no_further_action(book, raw, facts)
    if facts.closed is not None:
        _note_closed(book, raw, facts)
    elif raw.closure_reason is not None and raw.closed is None:
        book.note_leaf(reasons.REASON_WITHOUT_CLOSURE, raw.closure_reason)
    return facts if facts.closed else replace(facts, closure_reason=None)


def _settle_no_further_action(book: Notebook, raw: Episode, facts: EpisodeFacts) -> EpisodeFacts:
    place = (f"{ELEMENT}/ReferralNFA", raw.line)
    if facts.closed is None and facts.is_running:
        book.note(reasons.NFA_BUT_RUNNING, *place)
        return replace(facts, no_further_action=False)
    if facts.has_activity:
        book.note(reasons.NFA_WITH_ACTIVITY, *place)
    return facts


def _note_closed(book: Notebook, raw: Episode, facts: EpisodeFacts) -> None:
    place = (f"{ELEMENT}/CINclosureDate", raw.line)
    if facts.closed is not None and facts.closed < book.terms.first_day:
        book.note(reasons.CLOSED_EARLIER_YEAR, *place)
    if facts.closure_reason is None:
        book.note(reasons.NO_CLOSURE_REASON, f"{ELEMENT}/ReasonForClosure", raw.line)
    if facts.is_running:
        book.note(reasons.CLOSED_BUT_RUNNING, *place)


def _check_order(book: Notebook, raw: Episode, facts: EpisodeFacts) -> None:
    """Steps before the referral or after the closure: taken, and said (rules 1103 to 1105, 2889, 4015, 8565)."""
    for leaf in _dated_steps(raw):
        day = day_in(leaf.text) if leaf is not None else None
        if leaf is None or day is None or day > book.terms.last_day:
            continue
        if day < facts.referred:
            book.note_leaf(reasons.BEFORE_REFERRAL, leaf)
        if facts.closed is not None and day > facts.closed:
            book.note_leaf(reasons.AFTER_CLOSURE, leaf)


def _dated_steps(raw: Episode) -> Iterator[Leaf | None]:
    for assessment in raw.assessments:
        yield from (assessment.started, assessment.authorised)
    for plan in raw.plans:
        yield from (plan.started, plan.ended)
    for enquiry in raw.enquiries:
        yield from (enquiry.started, enquiry.conference)
    for protection in raw.protection_plans:
        yield from (protection.started, protection.ended)
    yield raw.conference


def _check_against_child(book: Notebook, raw: Episode, facts: EpisodeFacts, child: ChildFacts) -> None:
    place = (f"{ELEMENT}/CINreferralDate", raw.line)
    birth = child.born or child.expected
    if birth is not None and facts.referred < birth - BEFORE_BIRTH:
        book.note(reasons.REFERRED_BEFORE_CONCEPTION, *place)
    if child.died is None:
        if facts.closure_reason == DIED:
            book.note(reasons.CLOSED_BY_DEATH, f"{ELEMENT}/ReasonForClosure", raw.line)
        return
    if facts.referred > child.died:
        book.note(reasons.REFERRED_AFTER_DEATH, *place)
    if facts.is_open:
        book.note(reasons.DIED_BUT_OPEN, *place)
