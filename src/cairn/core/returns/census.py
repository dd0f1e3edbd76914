"""A children in need census return as it stands in the file: nothing judged, nothing left out.

Each leaf keeps its text, its element path and its line. The fields say where in a return
they stand, so that the layout is written down once: in these classes.
"""
# ruff: noqa: RUF009 - `one`, `many` and `holds` give dataclass fields, each its own

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value as the file has it, white space at its ends left off.

    `path` is the element's path from the child (or the message) down; `line` counts from 1.
    """

    text: str
    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that has no place in the layout: loose text, an unknown or a repeated element."""

    kind: Literal["loose text", "unknown element", "repeated element"]
    path: str
    line: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file of which nothing is taken: why, where, and what to do about it.

    `code` is for programs; `message` names no child.
    """

    code: str
    message: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        at = f" (line {self.line})" if self.line else ""
        return f"{self.message}{at}. {self.remedy}"


def one(path: str) -> Any:
    """A field for an element that comes once at most."""
    return field(default=None, metadata={"path": path, "many": False})


def many(path: str, part: type[Part] | None = None) -> Any:
    """A field for an element that may repeat: a leaf, or a part with elements of its own."""
    return field(default=(), metadata={"path": path, "many": True, "part": part})


def holds(path: str) -> Any:
    """A field that says whether an element that only holds others is there."""
    return field(default=False, metadata={"holds": path})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An element with elements in it, and the line where it begins."""

    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Part):
    """What the return says of itself."""

    collection: Leaf | None = one("CollectionDetails/Collection")
    year: Leaf | None = one("CollectionDetails/Year")
    reference_date: Leaf | None = one("CollectionDetails/ReferenceDate")
    source_level: Leaf | None = one("Source/SourceLevel")
    authority: Leaf | None = one("Source/LEA")
    software: Leaf | None = one("Source/SoftwareCode")
    release: Leaf | None = one("Source/Release")
    serial_number: Leaf | None = one("Source/SerialNo")
    made_at: Leaf | None = one("Source/DateTime")
    levels: tuple[Leaf, ...] = many("Content/CBDSLevels/CBDSLevel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Part):
    started: Leaf | None = one("AssessmentActualStartDate")
    reviewed: Leaf | None = one("AssessmentInternalReviewDate")
    authorised: Leaf | None = one("AssessmentAuthorisationDate")
    factors: tuple[Leaf, ...] = many("FactorsIdentifiedAtAssessment/AssessmentFactors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Part):
    """A child in need plan."""

    started: Leaf | None = one("CINPlanStartDate")
    ended: Leaf | None = one("CINPlanEndDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section47(Part):
    started: Leaf | None = one("S47ActualStartDate")
    target: Leaf | None = one("InitialCPCtarget")
    conference: Leaf | None = one("DateOfInitialCPC")
    not_required: Leaf | None = one("ICPCnotRequired")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlan(Part):
    """A child protection plan."""

    started: Leaf | None = one("CPPstartDate")
    ended: Leaf | None = one("CPPendDate")
    initial_category: Leaf | None = one("InitialCategoryOfAbuse")
    latest_category: Leaf | None = one("LatestCategoryOfAbuse")
    previous: Leaf | None = one("NumberOfPreviousCPP")
    reviews: tuple[Leaf, ...] = many("Reviews/CPPreviewDate")
    # Whether there was a block of reviews at all: one without a date says that something was left out.
    has_reviews: bool = holds("Reviews")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreProceedings(Part):
    """Pre-proceedings and family group decision making, from the 2026-27 return."""

    started: Leaf | None = one("PPStartDate")
    letter_sent: Leaf | None = one("LBPSentDate")
    meeting_offered: Leaf | None = one("FGDMMeetingOffer")
    meeting_held: Leaf | None = one("FGDMMeetingFac")
    first_meeting: Leaf | None = one("InitialPPMeetingDate")
    review_meetings: Leaf | None = one("ReviewMeetingsCount")
    step_decided: Leaf | None = one("StepDecisionDate")
    outcome: Leaf | None = one("PPOutcome")
    applied_to_court: Leaf | None = one("CourtAppDate")
    letter_of_issue: Leaf | None = one("LetterInitCPDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(Part):
    """One CINdetails: a referral and what came of it."""

    referred: Leaf | None = one("CINreferralDate")
    source: Leaf | None = one("ReferralSource")
    primary_need: Leaf | None = one("PrimaryNeedCode")
    closed: Leaf | None = one("CINclosureDate")
    closure_reason: Leaf | None = one("ReasonForClosure")
    conference: Leaf | None = one("DateOfInitialCPC")
    assessments: tuple[Assessment, ...] = many("Assessments", Assessment)
    plans: tuple[Plan, ...] = many("CINPlanDates", Plan)
    enquiries: tuple[Section47, ...] = many("Section47", Section47)
    no_further_action: Leaf | None = one("ReferralNFA")
    protection_plans: tuple[ProtectionPlan, ...] = many("ChildProtectionPlans", ProtectionPlan)
    pre_proceedings: tuple[PreProceedings, ...] = many("PreProceedingsandFGDM", PreProceedings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Part):
    """One Child, with what stood in it that has no place (`stray`)."""

    authority_number: Leaf | None = one("ChildIdentifiers/LAchildID")
    upn: Leaf | None = one("ChildIdentifiers/UPN")
    former_upn: Leaf | None = one("ChildIdentifiers/FormerUPN")
    upn_unknown: Leaf | None = one("ChildIdentifiers/UPNunknown")
    born: Leaf | None = one("ChildIdentifiers/PersonBirthDate")
    expected: Leaf | None = one("ChildIdentifiers/ExpectedPersonBirthDate")
    sex: Leaf | None = one("ChildIdentifiers/Sex")
    gender_current: Leaf | None = one("ChildIdentifiers/GenderCurrent")
    died: Leaf | None = one("ChildIdentifiers/PersonDeathDate")
    ethnicity: Leaf | None = one("ChildCharacteristics/Ethnicity")
    disabilities: tuple[Leaf, ...] = many("ChildCharacteristics/Disabilities/Disability")
    episodes: tuple[Episode, ...] = many("CINdetails", Episode)
    stray: tuple[Stray, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusReturn:
    """A whole return. `stray` is what stood outside any child."""

    header: Header
    children: tuple[Child, ...] = ()
    stray: tuple[Stray, ...] = ()
