"""When a case enters section 47, and what a strategy discussion decided, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event


def strategy(identity, day, *outcome):
    return event(
        identity,
        "strategy.held",
        f"2026-01-{day:02}T10:00",
        {"outcome": list(outcome)} if outcome else {},
        strand="r1",
    )


def enquiry(identity, day, strand="r1"):
    return event(
        identity, "enquiry.started", f"2026-01-{day:02}T10:00", {"reason": "Made up."}, strand=strand
    )


def concluded(identity, day, of, **data):
    return event(identity, "enquiry.concluded", f"2026-01-{day:02}T10:00", data, strand=of)


def approved(identity, day, kind="child_and_family", strand="r1"):
    return event(identity, "assessment.approved", f"2026-01-{day:02}T10:00", {"kind": kind}, strand=strand)


class TestWhereItEnters:
    def judged(self, *events):
        return judged("case_enters_section_47", R1, *events)

    def test_with_the_first_enquiry_or_the_discussion_that_decided_it(self):
        assert self.judged(enquiry("here", 12)) == "yes"
        assert self.judged(strategy("here", 12, "section_47")) == "yes"
        assert self.judged(strategy("s1", 10, "section_47"), enquiry("here", 12)) == "no"
        assert self.judged(strategy("s1", 10, "assessment"), enquiry("here", 12)) == "yes"
        assert self.judged(enquiry("e1", 10), enquiry("here", 12)) == "no"
        assert self.judged(enquiry("e1", 14), enquiry("here", 12)) == "yes"

    def test_anew_once_the_last_enquiry_was_concluded(self):
        before = strategy("s1", 7, "section_47"), enquiry("e1", 8), concluded("c1", 10, "e1")
        assert self.judged(*before, enquiry("here", 12)) == "yes"
        assert self.judged(*before, strategy("s2", 11, "section_47"), enquiry("here", 12)) == "no"
        assert self.judged(*before[:2], enquiry("here", 12), concluded("c1", 14, "e1")) == "no"

    def test_one_of_another_referral_has_no_part_in_it(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        assert self.judged(r2, enquiry("e1", 8, "r2"), enquiry("here", 12)) == "yes"
        assert (
            self.judged(
                r2, enquiry("e1", 8), enquiry("e2", 8, "r2"), concluded("c2", 9, "e2"), enquiry("here", 12)
            )
            == "no"
        )

    def test_an_undecided_discussion_before_it_is_a_doubt_and_an_enquiry_before_it_is_none(self):
        unclear = strategy("s1", 8)
        doubt = "unknown: what the strategy discussion decided"
        assert self.judged(unclear, enquiry("here", 12)) == doubt
        assert self.judged(unclear, enquiry("e1", 9), enquiry("here", 12)) == "no"
        assert self.judged(enquiry("here", 12), strategy("s1", 14)) == "yes"


class TestDecidingToAssess:
    def judged(self, *events):
        return judged("first_decision_to_assess_fully", R1, *events, strategy("here", 14, "assessment"))

    @pytest.mark.parametrize(
        ("outcome", "truth"), [("assessment", "no"), ("section_47", "no"), ("no_further_action", "yes")]
    )
    def test_a_further_discussion_starts_no_second_clock(self, outcome, truth):
        assert self.judged(strategy("s1", 8, outcome)) == truth

    def test_once_that_assessment_is_signed_it_does(self):
        assert self.judged(strategy("s1", 8, "assessment"), approved("p1", 10)) == "yes"
        assert self.judged(strategy("s1", 8, "assessment"), approved("p1", 10, "initial")) == "no"
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        assert self.judged(r2, strategy("s1", 8, "assessment"), approved("p1", 10, strand="r2")) == "no"


def test_which_discussion_decided_on_the_assessment():
    here = event("here", "assessment.started", "2026-01-14T10:00", {"kind": "child_and_family"}, strand="r1")

    def decided(*events):
        return judged("strategy_decided_on_it", R1, *events, here)

    assert decided() == "no"
    assert decided(strategy("s1", 8, "section_47")) == decided(strategy("s1", 8, "assessment")) == "yes"
    assert decided(strategy("s1", 8, "no_further_action")) == "no"
    assert decided(strategy("s1", 8), strategy("s2", 9, "assessment")) == "yes"


class TestChildProtection:
    def judged(self, name, *events):
        return judged(name, R1, *events, approved("here", 20))

    @pytest.mark.parametrize("kind", ["conference.requested", "conference.convened", "conference.held"])
    @pytest.mark.parametrize(("sort", "truth"), [("initial", "yes"), ("pre_birth", "yes"), ("review", "no")])
    def test_an_initial_conference_is_child_protection(self, kind, sort, truth):
        met = event("k1", kind, "2026-01-15T10:00", {"kind": sort}, strand="r1")
        assert self.judged("goes_to_child_protection", met) == truth
        assert self.judged("strategy_and_conference", strategy("s1", 8, "assessment"), met) == truth

    def test_one_of_another_referral_is_none(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        met = event("k1", "conference.requested", "2026-01-15T10:00", {"kind": "initial"}, strand="r2")
        assert self.judged("goes_to_child_protection", r2, met) == "no"

    def test_what_the_enquiry_found_counts_and_one_that_is_not_over_is_a_doubt(self):
        found = concluded("c1", 10, "e1", outcome="substantiated_continuing_risk")
        other = concluded("c2", 12, "e2", outcome="not_substantiated")
        unsaid = concluded("c2", 12, "e2")
        first, second = enquiry("e1", 8), enquiry("e2", 9)
        doubt = "unknown: what the section 47 enquiry found"
        assert self.judged("goes_to_child_protection", first, second, found, other) == "yes"
        assert self.judged("goes_to_child_protection", second, other) == "no"
        assert self.judged("goes_to_child_protection", first, second, other) == doubt
        assert self.judged("goes_to_child_protection", second, unsaid) == doubt
