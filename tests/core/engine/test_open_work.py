"""What is open for a child: the weightiest process, the oldest plan, and what is booked or waits for a signature."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import procedures
from cairn.core.engine.open_work import open_work, plan_made
from cairn.core.engine.view import derive
from cairn.core.work.waits import waits

C1 = event("c1", "contact.received", "2026-01-05T09:00")
R1 = event("r1", "referral.received", "2026-01-05T10:00", {"source": "school"})
A1 = event("a1", "assessment.started", "2026-01-08", {"kind": "child_and_family"}, strand="r1")
E1 = event("e1", "enquiry.started", "2026-01-09", strand="r1")
P1 = event("p1", "plan.made", "2026-02-02T10:00", {"kind": "child_in_need"}, strand="r1")
P2 = event("p2", "plan.made", "2026-03-02T10:00", {"kind": "child_protection"}, strand="r1")


def seen(*events):
    return derive(events, procedures("peterborough"), as_at=instant("2027-01-01"))


def ended(plan, at="2026-06-01"):
    return event(f"end-{plan}", "plan.ended", at, strand=plan)


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((), ""),
        ((C1,), "contact"),
        ((R1,), "referral"),
        ((R1, A1), "assessment"),
        ((R1, A1, E1), "enquiry"),
        ((R1, A1, E1, P1), "child_in_need_plan"),
        ((R1, P1, P2), "child_protection_plan"),
        ((R1, P1, P2, ended("p2")), "child_in_need_plan"),
        ((R1, P1, ended("p1")), "referral"),
        ((R1, P1, event("x1", "case.closed", "2026-06-01")), ""),
    ],
)
def test_a_child_counts_under_the_weightiest_process_that_runs(events, found):
    assert open_work(seen(*events)) == found


def test_a_plan_runs_since_the_oldest_that_has_not_ended():
    assert plan_made(seen(R1)) is None
    assert plan_made(seen(R1, P1, P2)) == instant("2026-02-02T10:00")
    assert plan_made(seen(R1, P1, P2, ended("p1"))) == instant("2026-03-02T10:00")
    assert plan_made(seen(R1, P1, ended("p1"))) is None


def test_a_visit_and_a_meeting_wait_until_they_took_place_or_were_called_off():
    visit = event("v1", "visit.booked", "2026-01-06", {"when": "2026-01-12T10:00", "place": "At home"})
    meeting = event("m1", "meeting.booked", "2026-01-06", {"when": "2026-01-10", "kind": "family"})
    first, second = waits(seen(R1, visit, meeting))
    assert (first.sort, first.what, first.act, first.when.is_day) == (
        "meeting",
        "Family meeting",
        "record-meeting",
        True,
    )
    assert (second.sort, second.place, second.by) == ("visit", "At home", visit.author.name)
    made = event("v2", "visit.made", "2026-01-12T10:00", {"child_seen": True})
    off = event("m2", "booking.cancelled", "2026-01-09", {"booking": "m1", "reason": "Ill."})
    assert waits(seen(R1, visit, meeting, made, off)) == ()


def test_an_assessment_waits_from_its_handing_in_until_it_is_decided():
    handed_in = event(
        "a2", "assessment.submitted", "2026-01-20T10:00", {"kind": "child_and_family"}, strand="a1"
    )
    (found,) = waits(seen(R1, A1, handed_in))
    assert (found.id, found.sort, found.act) == ("a1", "approval", "approve-assessment")
    assert found.when.latest == instant("2026-01-20T10:00")
    back = event("a3", "assessment.returned", "2026-01-21T10:00", {"reason": "More."}, strand="a1")
    assert waits(seen(R1, A1, handed_in, back)) == ()


def test_a_closure_waits_from_its_proposal_until_the_case_is_closed():
    proposed = event("z1", "closure.proposed", "2026-04-01", {"reason": "Well."}, strand="r1")
    (found,) = waits(seen(R1, proposed))
    assert (found.act, found.what) == ("sign-closure", "Closing the case")
    assert waits(seen(R1, proposed, event("x1", "case.closed", "2026-04-03"))) == ()
