"""An assessment past its limit: the reason is signed, the date stays, and so does the lateness (4.22)."""

from __future__ import annotations

from datetime import timedelta

from tests.interfaces.web.views.signing import JOANNE, PRIYA, begun, handed_in
from tests.interfaces.web.views.test_approval import page, sign, text_of

from cairn.application.child import open_child
from cairn.records import ledger

UNTIL = {"new_date-day": "20", "new_date-month": "12", "new_date-year": "2026"}


def extend(people, child, strand, who=JOANNE, **more):
    sent = {"strand": strand, "reason": "Her father is at sea until June.", **UNTIL, "sign": "yes", **more}
    return people.client(who).post(f"/records/{child}/assessment/extend/", sent)


def test_a_manager_signs_why_and_the_date_stays(people):
    child, strand = begun(people, "initial")
    shown = text_of(people.client(JOANNE).get(f"/records/{child}/assessment/extend/"))
    assert "The date stays, and so does the lateness" in shown
    assert extend(people, child, strand).status_code == 302
    extended = ledger.read_stream(child)[-1]
    assert (extended.type, extended.data["reason"], extended.data["new_date"]) == (
        "assessment.extended",
        "Her father is at sea until June.",
        "2026-12-20",
    )


def test_the_new_day_lies_ahead_and_is_never_offered_as_yesterday(people):
    child, _ = begun(people, "initial")
    shown = people.client(JOANNE).get(f"/records/{child}/assessment/extend/").content.decode()
    assert 'data-date-buttons="ahead"' in shown


def test_without_a_reason_nothing_is_signed_and_the_day_stays_typed(people):
    child, strand = begun(people, "initial")
    refused = extend(people, child, strand, reason="")
    assert refused.status_code == 422
    assert "Say why it needs longer" in text_of(refused)
    assert 'value="20"' in refused.content.decode()


def test_a_worker_does_not_extend_their_own(people):
    child, strand = begun(people, "initial")
    assert extend(people, child, strand, PRIYA).status_code == 403


def test_past_its_limit_it_is_signed_with_the_reason_and_stays_late(people, clock):
    child, _ = handed_in(people)
    clock.at += timedelta(days=120)
    shown = page(people, child)
    assert "The reason why it took longer" in text_of(shown)
    without = sign(people, child, shown)
    assert without.status_code == 422
    assert "Say why it took longer than the procedures allow" in text_of(without)
    assert sign(people, child, shown, late_reason="Her father was at sea.").status_code == 302
    late = [one for one in _duties(people, child) if one.rule.act == "submit-assessment" and one.met_by]
    assert late
    assert all(one.late for one in late)


def _duties(people, child):
    return open_child(people.actor(JOANNE), child, page="overview").duties
