"""What a transfer needs, in the order it is gone through, by the shipped procedures; what was left out says so."""

from __future__ import annotations

from tests.core.engine.test_around import view
from tests.core.transfer.test_transfers import AGREED, COMPLETED, PROPOSED

from cairn.core.transfer.steps import steps
from cairn.core.transfer.transfers import transfers

ASSESSED = (
    ("assessment.started", "2026-11-20T10:00", {"kind": "initial"}),
    ("assessment.approved", "2026-11-20T12:00", {"kind": "initial", "outcome": ["child_in_need_plan"]}),
)
TOLD = ("notice.given", "2026-11-21T10:00", {"to": "receiving_manager", "about": "transfer"})
WELL_AGREED = (
    *AGREED[:2],
    {**AGREED[2], "attended": ["outgoing_manager", "receiving_manager"]},
)
VISITED = ("visit.made", "2026-11-22T12:00", {"child_seen": True, "handover": True})
VERIFIED = ("record.verified", "2026-11-22T14:00", {"chronology": True, "record": True})


def found(*events):
    one = view(*ASSESSED, *events)
    return steps(one, transfers(one)[-1])


def stand(*events):
    return {step.rule: step.stands for step in found(*events)}


def test_proposed_it_says_what_is_to_be_done_and_what_each_act_will_ask():
    shown = found(PROPOSED, TOLD)
    assert [step.act for step in shown] == [
        "give-notice",
        "give-notice",
        "agree-transfer",
        "agree-transfer",
        "agree-transfer",
        "verify-record",
        "complete-transfer",
        "complete-transfer",
        "complete-transfer",
    ]
    assert stand(PROPOSED, TOLD) == {
        "receiving-manager-invited": "missing",
        "receiving-manager-alerted": "done",
        "agreed-at-allocation-meeting": "asked",
        "both-managers-at-allocation-meeting": "asked",
        "agreed-before-it-is-complete": "missing",
        "record-verified-at-transfer": "missing",
        "both-workers-at-meeting": "asked",
        "transfer-summary": "asked",
        "transfer-in-seven-days": "missing",
    }
    assert all(step.source.paragraph.startswith("9.") for step in shown)


def test_the_act_is_begun_with_what_meets_the_duty():
    begun = {step.rule: step.answers for step in found(PROPOSED, WELL_AGREED)}
    assert begun["receiving-manager-invited"] == {"to": "receiving_manager", "about": "meeting"}
    assert begun["joint-visit-at-transfer"] == {"handover": "yes"}


def test_what_is_there_is_done():
    stands = stand(PROPOSED, TOLD, WELL_AGREED, VISITED, VERIFIED)
    done = {rule for rule, one in stands.items() if one == "done"}
    assert done == {
        "receiving-manager-alerted",
        "agreed-at-allocation-meeting",
        "both-managers-at-allocation-meeting",
        "agreed-before-it-is-complete",
        "joint-visit-at-transfer",
        "record-verified-at-transfer",
    }


def test_a_record_that_was_found_wanting_is_not_verified():
    wanting = ("record.verified", "2026-11-22T14:00", {"chronology": False, "record": True})
    assert stand(PROPOSED, WELL_AGREED, wanting)["record-verified-at-transfer"] == "missing"


def test_complete_in_a_hurry_it_says_what_was_left_out():
    stands = stand(PROPOSED, AGREED, COMPLETED)
    assert {rule for rule, one in stands.items() if one == "without"} == {
        "receiving-manager-invited",
        "receiving-manager-alerted",
        "both-managers-at-allocation-meeting",
        "joint-visit-at-transfer",
        "record-verified-at-transfer",
        "both-workers-at-meeting",
        "transfer-summary",
    }
