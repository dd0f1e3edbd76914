"""A record in one line, under the shipped vocabulary."""

from __future__ import annotations

from datetime import date

from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import procedures
from cairn.core.engine.summary import closes_without_work, summarise
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


class TestWhoWorksWithIt:
    ENDED = event("l2", "allocation.ended", "2026-01-09T10:00")
    AGAIN = event("r2", "referral.received", "2026-02-06T10:00", {})

    def test_since_when_and_by_which_name(self):
        found = summary(R1, allocated())
        assert (found.worker_name, found.allocated) == ("A Worker", instant("2026-01-07T10:00"))
        nobody = summary(R1)
        assert (nobody.worker, nobody.worker_name, nobody.team, nobody.allocated) == (None, "", None, None)

    def test_the_latest_allocation_counts(self):
        later = allocated("l3", "2026-01-10T10:00", worker_id="v", team_id="u", worker="Another")
        found = summary(R1, allocated(), self.ENDED, later)
        assert (found.worker, found.worker_name, found.team) == ("v", "Another", "u")
        assert found.allocated == instant("2026-01-10T10:00")
        assert summary(R1, allocated(), later).worker == "v"

    def test_a_case_that_closed_stays_with_its_last_team_and_its_worker_has_what_is_owed(self):
        found = summary(R1, decided("assessment"), allocated(), CLOSED)
        assert (found.stage, found.team, found.allocated) == ("closed", "t", None)
        owing = derive((R1, allocated(), CLOSED), procedures("peterborough"), as_at=instant("2026-02-06"))
        assert bool(summarise(owing).worker) == bool(owing.open_duties)
        left = summary(R1, decided("assessment"), allocated(), self.ENDED, CLOSED)
        assert (left.worker, left.team) == (None, None)

    def test_of_two_referrals_the_one_that_goes_on_keeps_its_worker(self):
        r2 = event("r2", "referral.received", "2026-01-08T10:00", {})
        one_closed = event("x1", "case.closed", "2026-02-05T10:00", strand="r1")
        assert summary(R1, allocated(), r2, one_closed).worker == "w"
        both = event("x2", "case.closed", "2026-02-06T10:00", strand="r2")
        found = summary(R1, allocated(), r2, one_closed, both)
        assert (found.stage, found.worker_name) == ("closed", "A Worker" if found.worker else "")
        away = decided("no_further_action", identity="d2", strand="r2", at="2026-01-09T10:00")
        assert summary(R1, allocated(), r2, away, one_closed).stage == "closed"
        assert summary(R1, allocated(), r2, one_closed, self.ENDED).team == "t"

    def test_a_referral_that_came_after_a_closing_does_not_keep_the_worker_of_before(self):
        found = summary(R1, decided("assessment"), allocated(), CLOSED, self.AGAIN)
        assert (found.worker, found.team, found.stage) == (None, None, "referral")

    def test_on_a_record_that_was_closed_and_came_again_the_new_worker_has_it(self):
        anew = allocated("l3", "2026-02-07T10:00", worker_id="v", team_id="u")
        found = summary(R1, allocated(), CLOSED, self.AGAIN, anew)
        assert (found.worker, found.team, found.stage) == ("v", "u", "allocated")


class TestHowFar:
    def test_to_be_allocated_once_every_open_referral_is_decided(self):
        r2 = event("r2", "referral.received", "2026-01-08T10:00", {})
        second = decided("assessment", identity="d2", strand="r2", at="2026-01-09T10:00")
        assert summary(R1, decided("assessment"), r2).stage == "referral"
        assert summary(R1, decided("assessment"), r2, second).stage == "to be allocated"

    def test_the_latest_decision_on_a_referral_counts(self):
        again = event(
            "d2", "referral.decided", "2026-01-08T10:00",
            {"outcome": ["assessment"], "supersedes": "d1", "reason": "More is known."}, strand="r1",
        )  # fmt: skip
        assert summary(R1, decided("no_further_action"), again).stage == "to be allocated"
        assert summary(R1, decided("no_further_action"), again).episode_closed is None

    def test_one_outcome_after_which_something_is_opened_keeps_it_open(self):
        assert summary(R1, decided("no_further_action", "assessment")).stage == "to be allocated"
        assert summary(R1, decided("advice_to_referrer")).stage == "closed"
        assert summary(R1, decided("advice_to_referrer", "no_further_action")).stage == "closed"
        assert summary(R1, decided()).stage == "to be allocated"

    def test_a_decision_told_as_one_word_is_one_outcome(self):
        one = event(
            "d1", "referral.decided", "2026-01-06T10:00", {"outcome": "no_further_action"}, strand="r1"
        )
        assert closes_without_work(one)

    def test_a_contact_beside_or_after_it(self):
        contact = event("c2", "contact.received", "2026-03-09T10:00")
        assert summary(R1, decided("assessment"), CLOSED, contact).stage == "contact"
        answered = event("k2", "contact.decided", "2026-03-10T10:00", {"outcome": "information"}, strand="c2")
        assert summary(R1, decided("assessment"), CLOSED, contact, answered).stage == "closed"
        assert summary(R1, decided("assessment"), contact).stage == "to be allocated"


class TestItsEpisode:
    def test_from_its_first_referral_to_the_end_of_its_last(self):
        r2 = event("r2", "referral.received", "2026-01-08T10:00", {})
        first = event("x1", "case.closed", "2026-02-05T10:00", strand="r1")
        second = event("x2", "case.closed", "2026-02-09T10:00", strand="r2")
        found = summary(R1, r2, first, second)
        assert (found.episode_opened, found.episode_closed) == (
            instant("2026-01-05T10:00"),
            instant("2026-02-09T10:00"),
        )
        early = event("x2", "case.closed", "2026-01-09T10:00", strand="r2")
        assert summary(R1, r2, early, first).episode_closed == instant("2026-02-05T10:00")
        assert summary(R1, r2, first).episode_closed is None
        assert summary(R1, r2, early).episode_closed is None

    def test_a_referral_at_the_very_minute_of_the_closing_opens_the_next(self):
        r2 = event("r2", "referral.received", "2026-02-05T10:00", {}, number=9)
        found = summary(R1, decided("assessment"), CLOSED, r2)
        assert found.episode_opened == instant("2026-02-05T10:00")


class TestWhereItIsMeantFor:
    def test_the_latest_that_says_so_counts_and_a_referral_may_say_it(self):
        referred = event("r1", "referral.received", "2026-01-05T10:00", {"recommended_service": "early_help"})
        silent = event("r2", "referral.received", "2026-01-06T10:00", {})
        other = event(
            "r3", "referral.received", "2026-01-07T10:00", {"recommended_service": "disabled_children"}
        )
        assert summary(referred).service == "early_help"
        assert summary(referred, silent).service == "early_help"
        assert summary(referred, other).service == "disabled_children"

    def test_what_a_contact_brought_is_not_where_it_is_meant_for_before_it_is_decided(self):
        assert summary(CONTACT).service == "contact_centre"


def test_without_an_address_or_a_restriction_nothing_is_said_of_it():
    found = summary(R1)
    assert (found.address, found.restricted, found.known_as, found.sex) == ("", False, "", "")
    open_to_all = event("h1", "address.recorded", "2026-01-06", {"address": "1 Made-up Road"})
    moved = event("h2", "address.recorded", "2026-01-08", {"address": "2 Made-up Road"})
    assert summary(R1, open_to_all).restricted is False
    assert summary(R1, open_to_all, moved).address == "2 Made-up Road"


def test_what_is_open_and_the_plan_are_in_it():
    plan = event("p1", "plan.made", "2026-01-20T10:00", {"kind": "child_in_need"}, strand="r1")
    called = event(
        "p2",
        "person.described",
        "2026-01-05",
        {"name": "Kene Fen", "known_as": "Ken", "expected": "2026-05-04"},
    )
    found = summary(R1, called, plan)
    assert (found.open_work, found.plan_made, found.known_as) == (
        "child_in_need_plan",
        instant("2026-01-20T10:00"),
        "Ken",
    )
    assert found.expected == date(2026, 5, 4)
