"""A census return taken over: its children, and their episodes as draft events of day precision.

Open episodes come in to be allocated, closed ones as history. What a return cannot know is named on
the referral, so that it is never held against anybody as late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from cairn.core.calendar.london import say_date
from cairn.core.returns.census import CensusReturn
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.draft import DraftEvent, Drafts, key_of
from cairn.core.returns.examine import examine
from cairn.core.returns.facts import (
    AssessmentFacts,
    ChildFacts,
    Counts,
    EnquiryFacts,
    EpisodeFacts,
    PlanFacts,
    ProtectionFacts,
    Terms,
)
from cairn.core.returns.reasons import NOT_TAKEN, Finding

# Event types of which a return says nothing: whether they happened cannot be told from it.
NOT_KNOWN: Final = (
    "referral.decided",
    "referral.acknowledged",
    "referral.outcome_told",
    "sibling.decided",
    "consent.recorded",
    "contact.decided",
    "notice.given",
    "check.requested",
)
# What comes before what on one day of one episode.
_ORDER: Final = (
    "referral.received",
    "enquiry.started",
    "assessment.started",
    "assessment.approved",
    "conference.held initial",
    "plan.made",
    "conference.held review",
    "plan.ended",
    "case.closed",
)
RANK: Final = {name: rank for rank, name in enumerate(_ORDER)}
NO_FURTHER_ACTION: Final = "no_further_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenChild:
    """A child that comes in: particulars, events in the order to record them, keys of the open referrals."""

    authority_number: str
    born: date | None
    expected: date | None
    sex: str | None
    ethnicity: str | None
    disabilities: tuple[str, ...]
    upn: str | None
    upn_unknown: str | None
    died: date | None
    events: tuple[DraftEvent, ...]
    open_referrals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """What comes in from a return, what does not and why, and the totals.

    `reference_date` is the return's own; it knows nothing after it. `left_out` counts the elements
    that a take-over has no use for.
    """

    authority: str
    year: int
    reference_date: date
    children: tuple[TakenChild, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    left_out: Mapping[str, int]

    @property
    def not_taken(self) -> tuple[Finding, ...]:
        """The findings about what was not taken."""
        return tuple(finding for finding in self.findings if finding.severity == NOT_TAKEN)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings about what was taken nevertheless."""
        return tuple(finding for finding in self.findings if finding.severity != NOT_TAKEN)


def take_over(census_return: CensusReturn, *, codes: CodeSets, today: date) -> TakeOver:
    """Take a return over; `today` is the London date. Never refuses: what cannot be taken is a finding.

    The same return gives the same children, events and keys, whatever the order of its rows.
    """
    examined = examine(census_return, codes=codes, today=today)
    terms = examined.terms
    return TakeOver(
        authority=terms.authority,
        year=terms.year,
        reference_date=terms.reference_date,
        children=tuple(_taken(child, terms) for child in examined.children),
        findings=examined.findings,
        counts=examined.counts,
        left_out=examined.left_out,
    )


def _taken(child: ChildFacts, terms: Terms) -> TakenChild:
    drafts = Drafts((terms.authority, child.number))
    keys = [_Episode(drafts, episode, number, terms).draft() for number, episode in enumerate(child.episodes)]
    return TakenChild(
        authority_number=child.number,
        born=child.born,
        expected=child.expected,
        sex=child.sex,
        ethnicity=child.ethnicity,
        disabilities=child.disabilities,
        upn=child.upn,
        upn_unknown=child.upn_unknown,
        died=child.died,
        events=(_described(child, terms), *drafts.in_order()),
        open_referrals=tuple(key for key, one in zip(keys, child.episodes, strict=True) if one.is_open),
    )


def _described(child: ChildFacts, terms: Terms) -> DraftEvent:
    """Who the child is, as on the return's last day; another description is another event."""
    data = _given(
        authority_number=child.number,
        born=_iso(child.born),
        expected=_iso(child.expected),
        sex=child.sex,
        ethnicity=child.ethnicity,
        disabilities=child.disabilities or None,
        upn=child.upn,
        upn_unknown=child.upn_unknown,
    )
    also = _given(died=_iso(child.died))
    key = key_of(terms.authority, child.number, "person.described", repr((sorted(data.items()), also)))
    return DraftEvent(key, "person.described", terms.last_day, MappingProxyType(data), None, also)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _given(**values: Any) -> dict[str, Any]:
    """Only what is known: a field that is left out says nothing."""
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class _Episode:
    """One episode being turned into drafts."""

    drafts: Drafts
    facts: EpisodeFacts
    number: int
    terms: Terms

    def draft(self) -> str:
        """Draft every event of the episode; the key of its referral."""
        referral = self._referral()
        for assessment in self.facts.assessments:
            self._assessment(assessment, referral)
        for enquiry in self.facts.enquiries:
            self._enquiry(enquiry, referral)
        if self.facts.conference is not None:
            self._add("conference.held", self.facts.conference, {"kind": "initial"}, referral)
        for plan in self.facts.plans:
            self._plan(plan, referral)
        for protection in self.facts.protection_plans:
            self._protection_plan(protection, referral)
        self._closure(referral)
        return referral

    def _add(self, event: str, on: date, data: Mapping[str, Any], opener: str | None, **also: Any) -> str:
        name = f"{event} {data['kind']}" if event == "conference.held" else event
        return self.drafts.add(
            event, on, data, episode=self.number, rank=RANK[name], opener=opener, also=_given(**also)
        )

    def _referral(self) -> str:
        need = self.facts.primary_need
        label = f"{self.terms.codes.primary_need.label(need)} ({need})" if need else "not given"
        day = say_date(self.terms.reference_date)
        data = _given(
            source=self.facts.source,
            concern=f"Taken over from the census return of {day}; primary need: {label}.",
            primary_need=need,
            imported_from=f"cin-census {self.terms.year}",
            not_known=NOT_KNOWN,
        )
        return self._add("referral.received", self.facts.referred, data, None)

    def _assessment(self, facts: AssessmentFacts, referral: str) -> None:
        kind = {"kind": "child_and_family"}
        started = self._add("assessment.started", facts.started, kind, referral)
        if facts.approved is not None:
            data = kind | _given(factors=facts.factors or None)
            self._add("assessment.approved", facts.approved, data, started)

    def _enquiry(self, facts: EnquiryFacts, referral: str) -> None:
        not_required = True if facts.not_required else None
        started = self._add(
            "enquiry.started", facts.started, {}, referral, conference_not_required=not_required
        )
        if facts.conference is not None:
            self._add("conference.held", facts.conference, {"kind": "initial"}, started)

    def _plan(self, facts: PlanFacts, referral: str) -> None:
        kind = {"kind": "child_in_need"}
        made = self._add("plan.made", facts.started, kind, referral)
        if facts.ended is not None:
            self._add("plan.ended", facts.ended, kind, made)

    def _protection_plan(self, facts: ProtectionFacts, referral: str) -> None:
        kind = {"kind": "child_protection"}
        latest = facts.latest_category if facts.latest_category != facts.category else None
        made = self._add(
            "plan.made",
            facts.started,
            kind | _given(category=facts.category),
            referral,
            latest_category=latest,
            previous_plans=facts.previous,
        )
        for day in facts.reviews:
            self._add("conference.held", day, {"kind": "review"}, made)
        if facts.ended is not None:
            self._add("plan.ended", facts.ended, kind, made)

    def _closure(self, referral: str) -> None:
        """The closure; of a referral with no further action and no date of it, the day of referral."""
        facts = self.facts
        if facts.closed is not None:
            self._add("case.closed", facts.closed, _given(reason=facts.closure_reason), referral)
        elif facts.no_further_action:
            data = {"reason": NO_FURTHER_ACTION}
            self._add("case.closed", facts.referred, data, referral, day_not_known=True)
