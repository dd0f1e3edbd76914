"""A table of a hundred worked cases of the statutory clocks, the named situations among them (TI-6).

Most are under tests/worked_cases, whole cases with their working; `clocks_by_hand.csv` adds starts late on a Friday,
over holidays and over the change of the clocks. Here it is held that none of the named situations goes missing.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
from tests.worked_cases.worked_case import cases, failures, view_of

BY_HAND = list(csv.DictReader((Path(__file__).parent / "clocks_by_hand.csv").read_text("utf-8").splitlines()))

# Each situation of the table of attacks, and the cases that show it.
SITUATIONS = {
    "one working day to decide": ("one-decision-meets-both", "late-for-one-and-not-for-the-other", "a-minute-over-twenty-four-hours"),
    "ten working days to assess": ("initial-assessment-over-christmas-2026", "initial-assessment-over-easter-2027"),
    "thirty-five working days to assess": ("thirty-five-working-days-from-the-strategy-decision", "thirty-five-working-days-over-easter"),
    "fifteen working days to the conference": ("the-initial-conference", "section-47-without-a-conference", "conference-over-christmas-2026"),
    "reviews after three and six months": ("the-six-month-review", "reviews-every-three-months"),
    "received late on a Friday": ("friday-at-four", "reopened-late-before-easter-2027"),
    "received on a day on which nobody works": ("referral-on-a-saturday", "christmas-2025", "new-year"),
    "the clocks change": ("clocks-go-forward", "clocks-go-back", "seen-within-24-hours-as-the-clocks-go-forward"),
    "transferred": ("a-transfer-that-takes-too-long", "nobody-proposed-a-transfer", "a-transfer-that-is-not-agreed"),
    "re-opened": ("closed-and-reopened-a-new-assessment-always", "reopened-late-before-easter-2027"),
    "re-dated": ("corrected-time-of-receipt", "a-correction-that-moves-the-seeing", "re-dated-over-christmas-2026"),
    "recorded late": ("recorded-late-but-done-in-time", "visit-in-section-47-typed-in-late"),
    "only the day is known": ("only-the-day-is-known",),
    "unborn": ("unborn-child-has-the-same-times",),
    "a holiday announced later": ("funeral-of-2022-before-it-was-announced", "funeral-of-2022-after-it-was-announced"),
    "two clocks at once": ("two-referrals-two-clocks", "two-assessments-at-once-on-two-referrals"),
}  # fmt: skip


def dated(case):
    """The days and times that a case was worked out to."""
    duties = case["expect"].get("duties", {})
    return [said["due"] for said in duties.values() if isinstance(said, dict) and said.get("due")]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_named_situations_are_among_them_and_come_out(situation):
    for name in SITUATIONS[situation]:
        assert failures(cases()[name]) == [], name


def started(row):
    """A case in which nothing happened but what starts the clock, looked at in the last second that it has."""
    clock, at = row["clock"], row["started"]
    referral = {"r1": "referral.received", "at": at, "by": "contact centre", "data": {"source": "school"}}
    strategy = {"s1": "strategy.held", "at": at, "by": "team manager", "data": {"outcome": ["section_47"]}}
    asked = {"kind": "initial", "reason": "Made up."}
    to_assess = {"outcome": ["assessment"], "reason": "Made up."}
    decided = {"d1": "referral.decided", "at": at, "by": "team manager", "data": to_assess}
    begun = {"a1": "assessment.started", "at": at, "by": "social worker", "data": {"kind": "initial"}}
    later = {
        "decide": [],
        "assess": [decided, begun],
        "confer": [strategy, {"q1": "conference.requested", "at": at, "by": "team manager", "data": asked}],
    }[clock]
    return {"child": {"born": "2016-05-04"}, "events": [referral, *later], "as_at": row["due"]}


DUTIES = {
    "decide": "referral-response-decision",
    "assess": "assessment-complete",
    "confer": "conference-in-15-working-days",
}


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row['clock']} {row['started']}")
def test_each_clock_ends_when_it_was_worked_out_to(row):
    (duty,) = [one for one in view_of(started(row)).duties if one.rule.id == DUTIES[row["clock"]]]
    assert duty.due == datetime.fromisoformat(row["due"]), row["working"]
    assert duty.state == "due_today"


def test_there_are_a_hundred_with_a_date_worked_out_by_hand_each_with_its_working():
    with_date = [name for name, case in cases().items() if dated(case)]
    assert len(with_date) + len(BY_HAND) >= 100
    for name in with_date:
        assert cases()[name]["working"].strip(), name
        assert cases()[name]["paragraphs"], name
    assert all(row["working"] for row in BY_HAND)
