"""Why something of a return was not taken, or taken with a note; and what to do about it.

Each reason is one sentence without names or values, so that findings can be grouped by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["not taken", "taken with a note"]
NOT_TAKEN: Final = "not taken"
NOTED: Final = "taken with a note"
# What a finding is about: the whole return, a child, an episode, a step of one (an assessment, an
# enquiry, a plan, a conference), or one value.
Of = Literal["return", "child", "episode", "step", "value"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `of` says what it is about, `severity` what became of that."""

    code: str
    of: Of
    severity: Severity
    says: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the return that is not as it should be.

    `child` is the authority's number ("" where there is none); `element` the path in the child;
    `found` what stands there: left out of the finding's own text form, so that no log quotes it.
    """

    child: str
    element: str
    line: int | None
    reason: str
    remedy: str
    severity: Severity
    code: str
    of: Of
    found: str = field(default="", repr=False)


def _not_taken(code: str, of: Of, says: str, remedy: str) -> Reason:
    return Reason(code, of, NOT_TAKEN, says, remedy)


def _noted(code: str, of: Of, says: str, remedy: str) -> Reason:
    return Reason(code, of, NOTED, says, remedy)


_DATE = "Write the date as 2026-03-31."
_CODE = "Use a code that the census guide lists, in capitals."
_LOOK = "Look at the case and put it right in the file or after the take-over."
_ENTER = "Correct the file and import it again, or enter it by hand."

# The whole return
NO_REFERENCE_DATE = _noted(
    "no-reference-date",
    "return",
    "The reference date is missing or cannot be read",
    "31 March of the return's year is used, or today where there is no year. " + _DATE,
)
NOT_31_MARCH = _noted(
    "not-31-march",
    "return",
    "The reference date is not 31 March of the return's year",
    "The reference date is used as it stands. Check that this is the return you mean.",
)
REFERENCE_IN_FUTURE = _noted(
    "reference-in-future",
    "return",
    "The reference date is still to come",
    "Today is used in its place: nothing later is taken.",
)
NO_COLLECTION = _noted(
    "no-collection",
    "return",
    "The return does not say that it is a CIN return",
    "Check that this is the return you mean.",
)
NO_AUTHORITY = _noted(
    "no-authority",
    "return",
    "The return does not name its authority by three figures",
    "Give the authority's code in LEA.",
)
LOOSE_TEXT = _noted(
    "loose-text",
    "value",
    "Text stands outside any element",
    "The text is passed over. Check whether an element's tags are missing.",
)
UNKNOWN_ELEMENT = _not_taken(
    "unknown-element",
    "value",
    "The element is not in the layout of the return",
    "Check its name, its capitals and its place: only the exact name is read.",
)
REPEATED_ELEMENT = _not_taken(
    "repeated-element", "value", "The element may come only once; the first is taken", "Keep the right one."
)

# A child
NO_NUMBER = _not_taken(
    "no-number", "child", "The child has no authority number", "Give the number in LAchildID. " + _ENTER
)
BAD_NUMBER = _not_taken(
    "bad-number",
    "child",
    "The authority number is too long or cannot be printed",
    "Give a number of at most 20 letters and digits. " + _ENTER,
)
ODD_NUMBER = _noted(
    "odd-number",
    "child",
    "The authority number is not 1 to 20 letters and digits",
    "It is taken as it stands; the census will refuse it.",
)
SAME_NUMBER = _not_taken(
    "same-number",
    "child",
    "The authority number stands for children who differ in what is said of them",
    "No child under this number is taken, so that two children are never made one. Give each child one number and import again.",
)
JOINED = _noted(
    "joined",
    "child",
    "The child is given more than once, with the same particulars",
    "The episodes are taken together.",
)
NO_BIRTH_DATE = _not_taken(
    "no-birth-date",
    "child",
    "The child has neither a date of birth nor an expected one that can be taken",
    _ENTER,
)
BOTH_BIRTH_DATES = _noted(
    "both-birth-dates", "value", "There is a date of birth and an expected one", "The date of birth is used."
)
EXPECTED_OUT_OF_RANGE = _noted(
    "expected-out-of-range",
    "value",
    "The expected date of birth is not within 30 days before and 9 months after the reference date",
    "Ask whether the child has been born.",
)
OVER_25 = _noted(
    "over-25",
    "value",
    "By the date of birth the person is over 25",
    "Check the date: it may stand for one that is not known.",
)
BAD_DEATH_DATE = _noted(
    "bad-death-date",
    "value",
    "The date of death cannot be taken",
    "Ask at once whether the child has died, and record it. " + _DATE,
)
DIED_BEFORE_BIRTH = _noted(
    "died-before-birth", "value", "The date of death is before the date of birth", "Check both dates."
)
DIED_BUT_OPEN = _noted(
    "died-but-open",
    "episode",
    "The child has died and the episode is open",
    "Read the case before anyone writes to the family; close the episode if it is over.",
)
NO_EPISODE = _noted(
    "no-episode", "child", "No episode of the child could be taken", "The child is taken without one."
)
BAD_DATE = _noted(
    "bad-date", "value", "The date cannot be read or lies after the reference date; it is left out", _DATE
)
BAD_CODE = _noted("bad-code", "value", "The code is not in its code set; it is left out", _CODE)
NO_CODE = _noted("no-code", "value", "The code is missing", _CODE)
REPEATED_CODE = _noted(
    "repeated-code", "value", "The code is there twice; it is taken once", "Give each code once."
)
NOT_ALONE = _noted(
    "not-alone",
    "value",
    "The code says that there is nothing, beside codes that say what there is; it is left out",
    "Keep one or the other.",
)
BAD_UPN = _noted(
    "bad-upn", "value", "The unique pupil number cannot be right; it is left out", "Ask the school for it."
)
SHARED_UPN = _noted(
    "shared-upn",
    "value",
    "Children with different authority numbers have this unique pupil number; it is left out of each",
    "Check whether it is one child with two numbers.",
)
UPN_AND_REASON = _noted(
    "upn-and-reason",
    "value",
    "There is a unique pupil number and a reason for having none",
    "The number is taken and the reason left out.",
)

# An episode
NO_REFERRAL_DATE = _not_taken("no-referral-date", "episode", "The referral date is missing", _ENTER)
CLOSURE_WITHOUT_REFERRAL = _not_taken(
    "closure-without-referral", "episode", "The episode is closed and has no referral date", _ENTER
)
BAD_REFERRAL_DATE = _not_taken(
    "bad-referral-date", "episode", "The referral date cannot be read", _DATE + " " + _ENTER
)
REFERRAL_LATE = _not_taken("referral-late", "episode", "The referral is after the reference date", _ENTER)
SAME_EPISODE = _noted("same-episode", "episode", "The episode is given more than once", "It is taken once.")
REFERRED_BEFORE_CONCEPTION = _noted(
    "referred-before-conception", "episode", "The referral is over 40 weeks before birth", "Check both dates."
)
REFERRED_AFTER_DEATH = _noted(
    "referred-after-death", "episode", "The referral is after the child's death", "Check both dates."
)
SEVERAL_OPEN = _noted(
    "several-open",
    "episode",
    "The child has more than one open episode",
    "All are taken; close those that are over.",
)
OVERLAPS = _noted(
    "overlaps", "episode", "The referral lies within another episode of the child", "Both are taken. " + _LOOK
)
CLOSED_EARLIER_YEAR = _noted(
    "closed-earlier-year",
    "episode",
    "The episode was closed before the return's year",
    "It is taken as history; the census will refuse it.",
)
NO_CLOSURE_REASON = _noted(
    "no-closure-reason",
    "episode",
    "The episode is closed and no reason can be read",
    "It is taken as closed, without a reason.",
)
REASON_WITHOUT_CLOSURE = _noted(
    "reason-without-closure",
    "episode",
    "There is a reason for closure and no date of it; it is left out",
    _LOOK,
)
BAD_CLOSURE = _noted(
    "bad-closure",
    "episode",
    "The closure date cannot be read; the episode is open unless there was no further action",
    _DATE,
)
CLOSURE_LATE = _noted(
    "closure-late",
    "episode",
    "The closure is after the reference date; the episode is open unless there was no further action",
    _LOOK,
)
CLOSED_BEFORE_REFERRAL = _noted(
    "closed-before-referral",
    "episode",
    "The closure is before the referral; the episode is open unless there was no further action",
    "Check both dates.",
)
BAD_NFA = _noted(
    "bad-nfa",
    "episode",
    "Whether there was no further action is missing or cannot be read; taken as further action",
    "Give ReferralNFA as 1 or 0.",
)
NFA_BUT_RUNNING = _noted(
    "nfa-but-running",
    "episode",
    "No further action, yet something in the episode has not ended; taken as open",
    _LOOK,
)
NFA_WITH_ACTIVITY = _noted(
    "nfa-with-activity",
    "episode",
    "No further action, yet there is an assessment, enquiry, conference or plan",
    "All of it is taken. " + _LOOK,
)
CLOSED_BUT_RUNNING = _noted(
    "closed-but-running",
    "episode",
    "The episode is closed, yet something in it has not ended",
    "It is taken as closed. See that no plan, enquiry or assessment is still wanted.",
)
CLOSED_BY_DEATH = _noted(
    "closed-by-death",
    "episode",
    "The episode was closed because the child died, and there is no date of death",
    "Ask when the child died, and record it.",
)

# A step of an episode
NO_START = _not_taken("no-start", "step", "The date is missing: what it dates is not taken", _ENTER)
BAD_START = _not_taken(
    "bad-start", "step", "The date cannot be read: what it dates is not taken", _DATE + " " + _ENTER
)
START_LATE = _not_taken(
    "start-late", "step", "The date is after the reference date: what it dates is not taken", _ENTER
)
BEFORE_REFERRAL = _noted(
    "before-referral", "step", "The date is before the referral of its episode", "Check both dates."
)
AFTER_CLOSURE = _noted(
    "after-closure", "step", "The date is after the closure of its episode", "Check both dates."
)
BAD_END = _noted("bad-end", "value", "The end date cannot be read: taken as not ended", _DATE)
END_LATE = _noted("end-late", "value", "The end date is after the reference date: taken as not ended", _LOOK)
END_BEFORE_START = _noted(
    "end-before-start", "value", "The end is before the start: taken as not ended", "Check both dates."
)
OUT_OF_ORDER = _noted(
    "out-of-order", "step", "The date is before the step that it follows", "Check both dates."
)
SAME_STEP = _noted(
    "same-step", "step", "The step is given more than once in the episode", "It is taken once."
)
CONFERENCE_TWICE = _noted(
    "conference-twice",
    "step",
    "The conference is given for the episode and for an enquiry",
    "It is taken once, with the enquiry.",
)
CONFERENCE_AND_NOT_REQUIRED = _noted(
    "conference-and-not-required",
    "step",
    "A conference was held and was not required",
    "The conference is taken.",
)
BAD_FLAG = _noted("bad-flag", "value", "The answer is neither 1 nor 0; it is left out", "Give 1 or 0.")
BAD_NUMBER_OF_PLANS = _noted(
    "bad-number-of-plans",
    "value",
    "The number of earlier plans is not a whole number; it is left out",
    "Give a whole number.",
)
FACTORS_UNFINISHED = _noted(
    "factors-unfinished",
    "value",
    "An assessment that is not authorised has factors; they are left out",
    "Factors come in with the authorisation.",
)
PRE_PROCEEDINGS = _not_taken(
    "pre-proceedings",
    "step",
    "Pre-proceedings are not taken over",
    "Record them in the case after the take-over.",
)

STRAY: Final = {
    "loose text": LOOSE_TEXT,
    "unknown element": UNKNOWN_ELEMENT,
    "repeated element": REPEATED_ELEMENT,
}
