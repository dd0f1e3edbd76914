"""What a return says, once read: dates and codes in place of texts, and only what can be taken.

Everything here is compared by its value, so that the order of a file's rows plays no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cairn.core.returns.census import Leaf
from cairn.core.returns.codes import CodeSet, CodeSets
from cairn.core.returns.reasons import Finding, Reason


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    started: date
    approved: date | None = None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A child in need plan."""

    started: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class EnquiryFacts:
    """A section 47 enquiry; `not_required` says that no conference was needed."""

    started: date
    conference: date | None = None
    not_required: bool = False


@dataclass(frozen=True, slots=True)
class ProtectionFacts:
    """A child protection plan, with the days of its review conferences."""

    started: date
    ended: date | None = None
    category: str | None = None
    latest_category: str | None = None
    previous: int | None = None
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFacts:
    """A referral and what came of it. `no_further_action` ended on the day of referral or at `closed`."""

    referred: date
    source: str
    primary_need: str | None = None
    no_further_action: bool = False
    closed: date | None = None
    closure_reason: str | None = None
    conference: date | None = None
    assessments: tuple[AssessmentFacts, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    enquiries: tuple[EnquiryFacts, ...] = ()
    protection_plans: tuple[ProtectionFacts, ...] = ()

    @property
    def is_open(self) -> bool:
        """Neither closed nor refused."""
        return self.closed is None and not self.no_further_action

    @property
    def has_activity(self) -> bool:
        """Whether anything followed the referral."""
        return bool(
            self.assessments or self.plans or self.enquiries or self.protection_plans or self.conference
        )

    @property
    def is_running(self) -> bool:
        """Whether an assessment, enquiry or plan of it has not ended."""
        return (
            None in (one.approved for one in self.assessments)
            or None in (one.ended for one in self.plans)
            or None in (one.ended for one in self.protection_plans)
            or any(one.conference is None and not one.not_required for one in self.enquiries)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """A child as a return describes it: born or expected, never both."""

    number: str
    born: date | None = None
    expected: date | None = None
    died: date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    disabilities: tuple[str, ...] = ()
    upn: str | None = None
    upn_unknown: str | None = None
    episodes: tuple[EpisodeFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a return is read against: its census year, the days it can know of, the code sets.

    `last_day` is the reference date, or today where that is still to come.
    """

    year: int
    authority: str
    reference_date: date
    last_day: date
    first_day: date
    codes: CodeSets


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals that add up: children = taken + joined + not taken; episodes likewise."""

    children: int = 0
    children_taken: int = 0
    children_joined: int = 0
    episodes: int = 0
    episodes_open: int = 0
    episodes_closed: int = 0
    no_further_action: int = 0
    episodes_repeated: int = 0

    @property
    def children_not_taken(self) -> int:
        return self.children - self.children_taken - self.children_joined

    @property
    def episodes_not_taken(self) -> int:
        return self.episodes - self.episodes_open - self.episodes_closed - self.episodes_repeated


@dataclass(frozen=True, slots=True)
class Examined:
    """A return once read: the children that can be taken, and everything found on the way."""

    terms: Terms
    children: tuple[ChildFacts, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    left_out: Mapping[str, int]


@dataclass(slots=True)
class Notebook:
    """What has been found about one child (or, without a number, about the return)."""

    terms: Terms
    child: str = ""
    findings: list[Finding] = field(default_factory=list)

    def note(self, reason: Reason, element: str, line: int | None, found: str = "") -> None:
        """Write a finding down."""
        self.findings.append(
            Finding(
                self.child,
                element,
                line,
                reason.says,
                reason.remedy,
                reason.severity,
                reason.code,
                reason.of,
                found,
            )
        )

    def note_leaf(self, reason: Reason, leaf: Leaf) -> None:
        """Write a finding about a value down."""
        self.note(reason, leaf.path, leaf.line, leaf.text)

    def code(self, leaf: Leaf | None, codes: CodeSet, bad: Reason) -> str | None:
        """Our word for a code; None, with a finding, where it is not in its set."""
        if leaf is None:
            return None
        found = codes.get(leaf.text, self.terms.year)
        if found is None:
            self.note_leaf(bad, leaf)
            return None
        return found.ours
