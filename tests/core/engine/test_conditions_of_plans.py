"""What a plan and its meetings have to say, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

OUTCOME = {"outcome": "Made up.", "need": "Made up.", "measure": "Made up."}
ACTION = {"what": "Made up.", "who": "A Worker", "by_when": "2026-02-20", "outcome": "1"}


def plan(identity="here", at="2026-02-01T10:00", **data):
    return event(identity, "plan.made", at, {"kind": "child_in_need", **data}, strand="r1")


def of_plan(name, *events, **data):
    return judged(name, R1, *events, plan(**data))


@pytest.mark.parametrize("missing", ["need", "measure"])
def test_of_several_outcomes_each_has_to_be_specific(missing):
    assert of_plan("outcomes_are_specific", outcomes=[OUTCOME, OUTCOME]) == "yes"
    assert of_plan("outcomes_are_specific", outcomes=[OUTCOME, {**OUTCOME, missing: " "}]) == "no"


class TestOutcomesAndActions:
    def judged(self, outcomes, *of):
        actions = [{**ACTION, "outcome": number} if number else {"what": "Made up."} for number in of]
        return of_plan("every_outcome_has_an_action", outcomes=outcomes, actions=actions)

    def test_each_has_the_other_by_its_place_or_by_its_name(self):
        assert self.judged([OUTCOME, OUTCOME], "1", " 2 ") == "yes"
        assert self.judged([OUTCOME, OUTCOME], "1") == "no"
        assert self.judged([OUTCOME], "1", "2") == "no"
        named = [{**OUTCOME, "key": "7"}, {**OUTCOME, "key": "8"}]
        assert self.judged(named, "7", "8") == "yes"
        assert self.judged(named, "1", "2") == "no"

    def test_an_action_that_says_not_for_what_is_for_none(self):
        assert self.judged([OUTCOME], "1", "") == "no"


def test_of_several_actions_each_says_who_and_by_when_or_how_often():
    ongoing = {"what": "Made up.", "who": "A Worker", "going_on": "Weekly"}
    assert of_plan("actions_say_who_and_when", actions=[ACTION, ongoing]) == "yes"
    assert of_plan("actions_say_who_and_when", actions=[ACTION, {**ongoing, "going_on": " "}]) == "no"
    assert of_plan("actions_say_who_and_when", actions=[ACTION, {**ongoing, "who": ""}]) == "no"


class TestTimes:
    def test_each_day_lies_on_the_day_of_the_plan_or_after(self):
        today, before = {**ACTION, "by_when": "2026-02-01"}, {**ACTION, "by_when": "2026-01-31"}
        assert of_plan("times_lie_ahead", actions=[ACTION, today]) == "yes"
        assert of_plan("times_lie_ahead", actions=[ACTION, before]) == "no"
        assert of_plan("times_lie_ahead", actions=[{"what": "Made up.", "going_on": "Weekly"}]) == "yes"

    def test_in_a_plan_that_is_changed_an_action_keeps_its_day(self):
        revised = event(
            "here",
            "plan.revised",
            "2026-03-01T10:00",
            {"kind": "child_in_need", "actions": [ACTION]},
            strand="p1",
        )
        assert judged("times_lie_ahead", R1, plan("p1"), revised) == "yes"


class TestFromWhichMeeting:
    @pytest.mark.parametrize(
        ("kind", "truth"),
        [("child_in_need_planning", "yes"), ("child_in_need_review", "yes"), ("family", "no")],
    )
    def test_it_is_made_at_a_child_in_need_meeting(self, kind, truth):
        met = event("m1", "meeting.held", "2026-01-20T10:00", {"kind": kind}, strand="r1")
        assert of_plan("plan_follows_a_meeting", met) == truth

    def test_or_at_a_conference_that_decided_it(self):
        def held(identity, **data):
            return event(
                identity, "conference.held", "2026-01-20T10:00", {"kind": "initial", **data}, strand="r1"
            )

        decided, other = held("c1", outcome="child_in_need_plan"), held("c2", outcome="no_plan")
        assert of_plan("plan_follows_a_meeting", decided, other) == "yes"
        assert of_plan("plan_follows_a_meeting", other) == "no"
        assert of_plan("plan_follows_a_meeting", other, held("c3")) == "unknown: what the conference decided"

    def test_one_of_another_referral_is_none(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        met = event("m1", "meeting.held", "2026-01-20T10:00", {"kind": "child_in_need_planning"}, strand="r2")
        assert of_plan("plan_follows_a_meeting", r2, met) == "no"


@pytest.mark.parametrize(
    ("bought", "truth"),
    [
        ([False, True], "yes"),
        ([None, True], "yes"),
        ([False, None], "unknown: whether a service has to be bought from outside"),
        ([False], "no"),
        ([], "no"),
    ],
)
def test_of_several_services_one_to_be_bought_is_enough(bought, truth):
    services = [{"service": "Made up."} | ({} if one is None else {"bought": one}) for one in bought]
    assert of_plan("service_to_be_bought", services=services) == truth


@pytest.mark.parametrize(
    ("data", "truth"),
    [
        ({"parents_there": True, "child_there": True}, "no"),
        ({"parents_there": False}, "yes"),
        ({"parents_there": True, "child_there": False}, "yes"),
        ({"child_there": False, "child_why_not": "did_not_want"}, "yes"),
        ({"parents_there": True, "child_there": False, "child_why_not": "too_young"}, "no"),
        ({"child_there": False, "child_why_not": "too_young"}, "unknown"),
        ({"child_there": True}, "unknown"),
        ({"parents_there": True}, "unknown"),
    ],
)
def test_who_was_not_at_the_meeting(data, truth):
    met = event(
        "here", "meeting.held", "2026-02-01T10:00", {"kind": "child_in_need_review", **data}, strand="r1"
    )
    assert judged("family_was_absent", R1, met).partition(":")[0] == truth


class TestWhetherAnybodyHasTheCase:
    HERE = event("here", "review.held", "2026-03-01T10:00", {"kind": "child_in_need"}, strand="r1")

    def judged(self, *events):
        return judged("nobody_is_allocated", R1, *events, self.HERE)

    def made(self, at, role="lead_social_worker", strand="r1"):
        data = {"worker": "A Worker"} | ({"role": role} if role else {})
        return event(f"m{at}", "allocation.made", at, data, strand=strand)

    def ended(self, at):
        return event(f"e{at}", "allocation.ended", at, {"worker": "A Worker"}, strand="r1")

    @pytest.mark.parametrize(
        ("role", "truth"),
        [("lead_social_worker", "no"), ("second_worker", "no"), (None, "no"), ("key_worker", "yes"), ("supervisor", "yes")],
    )  # fmt: skip
    def test_only_a_worker_has_it(self, role, truth):
        assert self.judged(self.made("2026-01-10T10:00", role)) == truth

    def test_what_was_so_at_the_review_counts(self):
        assert self.judged() == "yes"
        assert self.judged(self.made("2026-01-10T10:00"), self.ended("2026-02-10T10:00")) == "yes"
        assert self.judged(self.made("2026-01-10T10:00"), self.ended("2026-03-02T10:00")) == "no"
        again = self.made("2026-02-20T10:00")
        assert self.judged(self.made("2026-01-10T10:00"), self.ended("2026-02-10T10:00"), again) == "no"
        assert self.judged(self.made("2026-03-02T10:00")) == "yes"
        assert self.judged(self.made("2026-03-01T10:00")) == "no"

    def test_of_an_end_on_a_day_without_its_hour_it_cannot_be_told(self):
        assert self.judged(self.made("2026-01-10T10:00"), self.ended("2026-02-10")).startswith("unknown")
        assert self.judged(self.made("2026-01-10")) == "no"

    def test_one_of_another_referral_has_no_part_in_it(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        assert self.judged(r2, self.made("2026-01-10T10:00", strand="r2")) == "yes"


def test_how_often_it_meets_and_why():
    assert of_plan("frequent_meetings_are_explained", meetings_every="6 weeks") == "yes"
    assert of_plan("frequent_meetings_are_explained", meetings_every="4 weeks", meetings_reason=" ") == "no"
    met = event("here", "meeting.held", "2026-02-01T10:00", {"kind": "child_in_need_review"}, strand="r1")
    assert judged("frequent_meetings_are_explained", R1, met) == "yes"


def test_support_for_longer_than_a_year_needs_a_reason_and_a_shorter_one_none():
    assert of_plan("longer_support_is_explained", longer_than_year=False) == "yes"
    assert of_plan("longer_support_is_explained", longer_than_year=True, longer_reason=" ") == "no"
