"""A record in one line, under the shipped vocabulary."""

from __future__ import annotations

from datetime import date

from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import procedures
from cairn.core.engine.summary import summarise
from cairn.core.engine.view import derive

CONTACT = event("c1", "contact.received", "2026-01-05T09:00", {"recommended_service": "early_help"})
R1 = event("r1", "referral.received", "2026-01-05T10:00", {"source": "school"})
CLOSED = event("x1", "case.closed", "2026-02-05T10:00")


def summary(*events):
    return summarise(derive(events, procedures("peterborough"), as_at=instant("2027-01-01")))


def decided(*outcome, identity="d1", strand="r1", at="2026-01-06T10:00"):
    return event(identity, "referral.decided", at, {"outcome": list(outcome)}, strand=strand)


def allocated(identity="l1", at="2026-01-07T10:00", **data):
    return event(
        identity, "allocation.made", at, {"worker": "A Worker", "worker_id": "w", "team_id": "t", **data}
    )


def test_nothing_is_known_of_an_empty_record():
    found = summary()
    assert (found.name, found.stage, found.service, found.episode_opened) == ("", "", "contact_centre", None)


def test_who_it_is_the_latest_description_on_top():
    first = event("p1", "person.described", "2026-01-05", {"name": "K Fen", "sex": "F", "born": "2016-05-04"})
    anew = event("p2", "person.described", "2026-01-06", {"name": "Kene Fen"})
    home = event("h1", "address.recorded", "2026-01-06", {"address": "1 Made-up Road", "restricted": True})
    found = summary(first, anew, home)
    assert (found.name, found.sex, found.born) == ("Kene Fen", "F", date(2016, 5, 4))
    assert (found.address, found.restricted) == ("1 Made-up Road", True)


def test_who_works_with_it_until_the_allocation_or_the_case_ends():
    assert (summary(R1, allocated()).worker, summary(R1, allocated()).team) == ("w", "t")
    ended = event("l2", "allocation.ended", "2026-01-09")
    assert summary(R1, allocated(), ended).worker is None
    assert summary(R1, decided("assessment"), allocated(), ended).stage == "to be allocated"
    assert summary(R1, allocated(), CLOSED).worker is None


def test_the_team_keeps_a_child_whose_worker_has_left_until_the_case_closes():
    ended = event("l2", "allocation.ended", "2026-01-09")
    found = summary(R1, allocated(), ended)
    assert (found.worker, found.team, found.allocated) == (None, "t", instant("2026-01-07T10:00"))
    again = event("r2", "referral.received", "2026-02-06", {})
    assert summary(R1, allocated(), ended, CLOSED, again).team is None


def test_how_far_its_episode_has_come():
    assert summary(CONTACT).stage == "contact"
    assert summary(R1).stage == "referral"
    assert summary(R1, decided("assessment")).stage == "to be allocated"
    assert summary(R1, decided("assessment"), allocated()).stage == "allocated"
    again = event("c2", "contact.received", "2026-01-09")
    assert summary(R1, allocated(), again).stage == "allocated, new contact"
    assert summary(R1, decided("assessment"), CLOSED).stage == "closed"


def test_a_decision_that_ends_in_no_work_closes_the_episode():
    found = summary(R1, decided("no_further_action"))
    assert (found.stage, found.episode_closed) == ("closed", instant("2026-01-06T10:00"))


def test_a_referral_taken_over_from_a_source_that_does_not_tell_of_decisions_was_decided_there():
    imported = event("r1", "referral.received", "2026-01-05", {"not_known": ["referral.decided"]})
    assert summary(imported).stage == "to be allocated"


def test_a_referral_on_an_open_case_opens_no_second_episode():
    r2 = event("r2", "referral.received", "2026-01-05T12:00")
    found = summary(R1, r2, decided("no_further_action"))
    assert (found.episode_opened, found.episode_closed) == (instant("2026-01-05T10:00"), None)
    both = summary(R1, r2, CLOSED)
    assert both.episode_closed == instant("2026-02-05T10:00")


def test_a_referral_after_the_closure_opens_the_next():
    r2 = event("r2", "referral.received", "2026-03-05T10:00")
    found = summary(R1, CLOSED, r2)
    assert (found.episode_opened, found.episode_closed) == (instant("2026-03-05T10:00"), None)


def test_the_service_it_is_meant_for():
    decided_on = event(
        "k1", "contact.decided", "2026-01-05T09:30", {"recommended_service": "early_help"}, strand="c1"
    )
    assert summary(CONTACT, decided_on).service == "early_help"
    assert summary(R1).service == "referral_and_assessment"
