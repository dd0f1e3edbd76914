"""When agencies may be asked and a child need not have been seen, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

ASKED = event("here", "check.requested", "2026-01-20T10:00", {"agency": "school"}, strand="r1")
STEPPED_DOWN = event("here", "early_help.stepped_down", "2026-01-20T10:00", strand="r1")


def word(identity="c1", day=10, strand="r1", **data):
    given = {
        "whose": "Ana",
        "by_parent": "parent",
        "decision": "given",
        "for": ["agency_checks", "early_help"],
    }
    told = {name: value for name, value in {**given, **data}.items() if value}
    return event(identity, "consent.recorded", f"2026-01-{day}T10:00", told, strand=strand)


def both(*events):
    return tuple(
        judged(name, R1, *events, here)
        for name, here in (("consent_stands", ASKED), ("consent_for_early_help_stands", STEPPED_DOWN))
    )


@pytest.mark.parametrize(
    ("data", "truth"),
    [
        ({}, "yes"),
        ({"by_parent": "other"}, "no"),
        ({"by_parent": "child"}, "yes"),
        ({"by_parent": None}, "unknown: who gave consent, and for what"),
        ({"for": None}, "unknown: who gave consent, and for what"),
        ({"decision": None}, "unknown: what was said when consent was asked for"),
        ({"decision": "refused"}, "no"),
        ({"decision": "withdrawn"}, "no"),
        ({"for": ["other"]}, "no"),
    ],
)
def test_one_word(data, truth):
    assert both(word(**data)) == (truth, truth)


@pytest.mark.parametrize("ground", ["safeguarding", "court_order"])
def test_a_ground_without_consent_is_one_for_asking_agencies_and_none_for_early_help(ground):
    assert both(word(decision="refused", lawful_reason=ground)) == ("yes", "no")
    assert both(word(decision="refused", lawful_reason="other")) == ("no", "no")


def test_of_several_one_is_enough_and_a_doubt_is_told_only_where_none_is():
    ben = word("c2", 11, whose="Ben", decision="refused")
    unclear = word("c3", 12, whose="Cleo", by_parent=None)
    assert both(word(), ben, unclear) == ("yes", "yes")
    assert both(ben, unclear)[0].startswith("unknown: who gave")
    assert both(ben) == ("no", "no")


def test_what_a_source_does_not_say_is_in_doubt_only_where_nothing_was_said():
    silent = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["consent.recorded"]})
    for name, here in (("consent_stands", ASKED), ("consent_for_early_help_stands", STEPPED_DOWN)):
        assert judged(name, silent, here).startswith("unknown: whether it was done")
        assert judged(name, silent, word(decision="refused"), here) == "no"
        assert judged(name, R1, here) == "no"


def test_the_leaflet_is_given_once_whenever_consent_was_sought_before():
    here = event("here", "consent.recorded", "2026-01-20T10:00", {"whose": "Ana"}, strand="r1")
    earlier = event("r0", "referral.received", "2025-01-05T10:00")
    before = event("c0", "consent.recorded", "2025-01-06T10:00", {"whose": "Ana"}, strand="r0")
    assert judged("first_consent_sought", R1, here) == "yes"
    assert judged("first_consent_sought", earlier, before, R1, here) == "no"
    assert judged("first_consent_sought", R1, here, word("c1", 21)) == "yes"


class TestWhetherTheChildWasSeen:
    A1 = event("a1", "assessment.started", "2026-01-06T10:00", {"kind": "initial"}, strand="r1")
    HERE = event("here", "assessment.approved", "2026-01-20T10:00", {"kind": "initial"}, strand="a1")

    def judged(self, *events, first=R1):
        return judged("child_seen_or_agreed", first, self.A1, *events, self.HERE)

    def not_seen(self, day=10, **data):
        told = {"reason": "Away.", "agreed_by": "team manager", **data}
        return event(f"n{day}", "child.not_seen", f"2026-01-{day}T10:00", told, strand="a1")

    def test_seen_in_another_assessment_is_not_seen_in_this(self):
        a2 = event("a2", "assessment.started", "2026-01-06T11:00", {"kind": "child_and_family"}, strand="r1")
        assert self.judged(a2, event("v1", "child.seen", "2026-01-10T10:00", strand="a2")) == "no"
        assert self.judged(event("v1", "child.seen", "2026-01-10T10:00", strand="a1")) == "yes"

    @pytest.mark.parametrize(
        ("data", "truth"),
        [
            ({}, "yes"),
            ({"no_concern": True}, "yes"),
            ({"no_concern": False}, "no"),
            ({"agreed_by": "social worker"}, "no"),
            ({"agreed_by": None}, "unknown: who agreed that the child was not seen"),
            ({"reason": " "}, "no"),
            ({"reason": ""}, "no"),
        ],
    )
    def test_it_is_agreed_by_the_team_manager_with_a_reason_and_without_worry(self, data, truth):
        assert self.judged(self.not_seen(**data)) == truth

    def test_what_was_said_last_counts(self):
        assert self.judged(self.not_seen(10), self.not_seen(11, agreed_by="social worker")) == "no"

    def test_what_a_source_does_not_say_is_in_doubt(self):
        silent = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["child.seen"]})
        assert self.judged(first=silent).startswith("unknown: whether it was done")
