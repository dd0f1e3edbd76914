"""What has to be decided about brothers and sisters, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event


def listed(identity, strand="r1", at="2026-01-05T11:00"):
    return event(
        identity, "sibling.listed", at, {"name": f"Child {identity}", "household": "same"}, strand=strand
    )


def decided(identity, sibling, decision="open", at="2026-01-06T10:00", strand="r1"):
    return event(
        identity,
        "sibling.decided",
        at,
        {"sibling": sibling, "decision": decision, "reason": "Made up."},
        strand=strand,
    )


DECISION = event("here", "referral.decided", "2026-01-07T10:00", {"outcome": ["assessment"]}, strand="r1")


def test_each_of_them_has_to_be_decided_on_this_referral_and_who_is_listed_once_stays_listed():
    def told(*events):
        return judged("every_sibling_decided", *events, DECISION)

    r0 = event("r0", "referral.received", "2025-01-05T10:00")
    before = listed("s0", "r0", "2025-01-05T11:00"), decided("d0", "s0", at="2025-01-06T10:00", strand="r0")
    assert told(R1, listed("s1"), listed("s2"), decided("d1", "s1")) == "no"
    assert told(R1, listed("s1"), listed("s2"), decided("d1", "s1"), decided("d2", "s2")) == "yes"
    assert told(r0, *before, R1) == "no"
    assert told(r0, *before, R1, decided("d1", "s0")) == "yes"


@pytest.mark.parametrize(("none", "truth"), [(True, "yes"), (False, "unknown"), (None, "unknown")])
def test_that_there_are_none_has_to_be_said(none, truth):
    data = {"outcome": ["assessment"]} | ({} if none is None else {"no_siblings": none})
    here = event("here", "referral.decided", "2026-01-07T10:00", data, strand="r1")
    assert judged("every_sibling_decided", R1, here).partition(":")[0] == truth
    assert judged("every_sibling_decided", R1, listed("s1"), here) == "no"


@pytest.mark.parametrize(
    ("kinds", "reaches", "truth"),
    [
        (["child_protection"], True, "yes"),
        (["neglect"], True, "yes"),
        (["domestic_violence"], True, "yes"),
        (["learning_disability", "neglect"], True, "yes"),
        (["learning_disability"], True, "no"),
        (["neglect"], False, "no"),
        (["neglect"], None, "unknown: whether the concern reaches other children"),
        (None, True, "unknown: the kind of concern"),
        ("neglect", True, "yes"),
    ],
)
def test_whether_the_worry_reaches_them_is_told_of_the_referral(kinds, reaches, truth):
    data = {"concern_kind": kinds, "affects_other_children": reaches}
    referral = event(
        "r1",
        "referral.received",
        "2026-01-05T10:00",
        {key: value for key, value in data.items() if value is not None},
    )
    assert judged("concern_reaches_siblings", referral, DECISION) == truth


def test_the_latest_decision_on_each_counts_and_to_ask_first_is_no_refusal():
    def told(*events):
        return judged("siblings_opened", R1, *events, DECISION)

    first, second = listed("s1"), listed("s2")
    assert told(first, decided("d1", "s1", "ask_first")) == "yes"
    assert (
        told(first, decided("d1", "s1", "do_not_open"), decided("d2", "s1", "open", "2026-01-06T11:00"))
        == "yes"
    )
    assert told(first, second, decided("d1", "s1"), decided("d2", "s2", "do_not_open")) == "no"
    assert told(first, second, decided("d1", "s1")) == "unknown: the decision about Child s2"
    assert told() == "yes"


class TestAfterTheDecision:
    def judged(self, at, decision="2026-01-06T10:00"):
        before = event("d1", "referral.decided", decision, {"outcome": ["assessment"]}, strand="r1")
        return judged("after_the_decision", R1, before, decided("here", "s1", at=at))

    def test_at_one_time_is_not_after(self):
        assert self.judged("2026-01-06T10:01") == "yes"
        assert self.judged("2026-01-06T10:00") == "no"
        assert self.judged("2026-01-06T09:59") == "no"

    def test_on_one_day_without_the_hour_it_cannot_be_told(self):
        assert self.judged("2026-01-06").startswith("unknown")
        assert self.judged("2026-01-06T10:00", "2026-01-06").startswith("unknown")
        assert self.judged("2026-01-07") == "yes"
        assert self.judged("2026-01-06T10:00", "2026-01-05T12:00") == "yes"
        assert self.judged("2026-01-05T10:30", "2026-01-06") == "no"


def test_the_last_word_is_about_the_same_brother_or_sister():
    here = decided("here", "s1", "ask_first")
    assert judged("sibling_still_open", R1, here) == "yes"
    assert judged("sibling_still_open", R1, here, decided("d2", "s2", at="2026-01-08T10:00")) == "yes"
    assert judged("sibling_still_open", R1, here, decided("d2", "s1", at="2026-01-08T10:00")) == "no"
    assert judged("sibling_still_open", R1, decided("d0", "s1", at="2026-01-05T12:00"), here) == "yes"
