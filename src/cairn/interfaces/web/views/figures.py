"""What the figures of a team's work are called, on the page and on the list behind each number."""

from __future__ import annotations

from cairn.application.holders import DriftLine, drift_lines

# As it is read after its number: "4 things overdue".
COUNTED_AS = {
    "due": "things to do",
    "overdue": "things overdue",
    "today": "things due today",
    "week": "things due in 7 days",
    "coming": "last days in the next 14 days",
    "visits-overdue": "visits overdue",
    "visits-missed": "visits of the last 4 weeks made late or not made",
    "children": "children",
    "new": "children newly allocated in the last 7 days",
    "to-allocate": "children to be allocated",
    "child-protection-plan": "children with a child protection plan",
    "child-in-need-plan": "children with a child in need plan",
    "enquiry": "children with a section 47 enquiry and no plan",
    "assessment": "children being assessed, without a plan or enquiry",
    "other": "children with a contact or referral and nothing else yet",
    "approvals": "things waiting for approval",
    "asking": "booked visits and meetings that are past: did they happen?",
    "booked": "bookings in the next 14 days",
}


ONE = {
    "children": "child",
    "things": "thing",
    "visits": "visit",
    "bookings": "booking",
    "cases": "case",
    "last days": "last day",
}


def counted_as(figure: str, number: int = 2) -> str:
    """What a number counts, in words that follow it: 2 things overdue, 1 child being assessed."""
    line = next((one for one in drift_lines() if one.name == figure), None)
    said = drift_words(line).lower() if line else COUNTED_AS[figure]
    many = next((one for one in ONE if said.startswith(one)), None) if number == 1 else None
    return f"{ONE[many]}{said.removeprefix(many)}" if many else said


def drift_words(line: DriftLine) -> str:
    """Plans that have run over 6 months, up to 12 months."""
    what = {"episode": "Cases open", "plan": "Children with a plan that has run"}[line.rule.of]
    return f"{what} over {line.rule.after}{f', up to {line.until}' if line.until else ''}"
