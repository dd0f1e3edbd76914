"""What has to be so before a case is closed, beyond the example of each answer."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

from cairn.core.history.history import Subject

# A closing that names no referral closes all that is open; one that names it closes that.
OF_ALL = event("here", "case.closed", "2026-04-01T10:00", {"reason": "RC7"}, role="team manager")
OF_ONE = event("here", "case.closed", "2026-04-01T10:00", {"reason": "RC7"}, strand="r1", role="team manager")
BOTH = pytest.mark.parametrize("closed", [OF_ALL, OF_ONE], ids=["of all", "of one"])


def said(identity, type_, at="2026-02-01T10:00", strand="r1", **data):
    return event(identity, type_, at, data, strand=strand)


def proposed(identity="z1", at="2026-03-01T10:00", **data):
    return said(identity, "closure.proposed", at, summary="Made up.", **data)


def taken_over(*silent, source="a file"):
    data = {"source": "school", "not_known": list(silent)} | ({"imported_from": source} if source else {})
    return event("r1", "referral.received", "2026-01-05T10:00", data)


class TestWhatIsClosed:
    """What was done in a case that closed before has no part in closing this one."""

    PLAN = said("p1", "plan.made", kind="child_in_need")

    def test_what_was_done_since_the_last_closing_counts_and_what_before_it_does_not(self):
        before = event("x1", "case.closed", "2026-02-10T10:00", {"reason": "RC7"})
        again = event("r2", "referral.received", "2026-02-20T10:00", {"source": "gp"})
        assert judged("was_on_a_plan", R1, self.PLAN, OF_ALL) == "yes"
        assert judged("was_on_a_plan", R1, self.PLAN, before, again, OF_ALL) == "no"
        since = said("p2", "plan.made", "2026-02-21T10:00", strand="r2", kind="child_in_need")
        assert judged("was_on_a_plan", R1, self.PLAN, before, again, since, OF_ALL) == "yes"

    def test_of_two_closings_before_it_the_later_counts_and_one_after_it_does_not(self):
        first = event("x1", "case.closed", "2026-01-10T10:00", {"reason": "RC7"})
        r2 = event("r2", "referral.received", "2026-01-12T10:00", {"source": "gp"})
        plan = said("p1", "plan.made", "2026-01-14T10:00", strand="r2", kind="child_in_need")
        second = event("x2", "case.closed", "2026-01-20T10:00", {"reason": "RC7"})
        r3 = event("r3", "referral.received", "2026-01-22T10:00", {"source": "gp"})
        assert judged("was_on_a_plan", R1, first, r2, plan, second, r3, OF_ALL) == "no"
        later = event("x3", "case.closed", "2026-05-20T10:00", {"reason": "RC7"})
        assert judged("was_on_a_plan", R1, first, r2, plan, OF_ALL, later) == "yes"

    def test_named_for_one_referral_it_is_of_that_one(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00", {"source": "gp"})
        elsewhere = said("p1", "plan.made", strand="r2", kind="child_in_need")
        assert judged("was_on_a_plan", R1, r2, elsewhere, OF_ONE) == "no"
        assert judged("was_on_a_plan", R1, r2, elsewhere, OF_ALL) == "yes"
        assert judged("was_on_a_plan", R1, r2, said("p1", "plan.made", kind="child_in_need"), OF_ONE) == "yes"

    @BOTH
    @pytest.mark.parametrize(
        ("kind", "data"),
        [("assessment.started", {"kind": "initial"}), ("plan.made", {"kind": "child_in_need"})],
    )
    def test_an_assessment_or_a_plan_is_work(self, closed, kind, data):
        assert judged("was_worked_on", R1, said("w1", kind, **data), closed) == "yes"
        assert judged("was_worked_on", R1, said("w1", "visit.made", child_seen=True), closed) == "no"

    @pytest.mark.parametrize(("source", "says"), [("the old system", "the old system"), ("", "the source")])
    def test_what_the_source_does_not_say_names_the_source(self, source, says):
        silent = taken_over("plan.made", source=source)
        assert judged("was_on_a_plan", silent, OF_ONE) == f"unknown: whether it was done: {says} does not say"
        assert judged("was_on_a_plan", taken_over("closure.signed"), OF_ONE) == "no"


@BOTH
def test_what_the_last_closing_summary_says_counts(closed):
    first, second = (
        proposed(decided_in="meeting"),
        proposed("z2", "2026-03-02T10:00", decided_in="consultation"),
    )
    assert judged("closing_was_decided_in_a_meeting", R1, first, closed) == "yes"
    assert judged("closing_was_decided_in_a_meeting", R1, first, second, closed) == "no"
    assert judged("closing_was_decided_in_a_meeting", R1, closed) == "no"


@pytest.mark.parametrize(
    ("name", "field", "yes", "no", "missing"),
    [
        ("closing_was_decided_in_a_meeting", "decided_in", ["meeting", "conference"], ["consultation"], "where closing was decided"),
        ("family_took_part_in_closing", "family_part", ["there", "consulted"], ["not_reached"], "how child and family took part"),
        ("agencies_agree_to_close", "agencies_agree", [True], [False], "what the agencies say"),
    ],
)  # fmt: skip
def test_each_answer_of_the_closing_summary(name, field, yes, no, missing):
    for answers, truth in ((yes, "yes"), (no, "no")):
        for answer in answers:
            assert judged(name, R1, proposed(**{field: answer}), OF_ONE) == truth, answer
    assert judged(name, R1, proposed(), OF_ONE) == f"unknown: {missing}"


class TestActions:
    def plan(self, identity="p1", at="2026-02-01T10:00", kind="plan.made", keys=("1", "2")):
        actions = [{"key": key, "what": "Made up.", "who": "A Worker"} for key in keys]
        strand = "r1" if kind == "plan.made" else "p1"
        return event(identity, kind, at, {"kind": "child_in_need", "actions": actions}, strand=strand)

    def done(self, action, state, day=10, identity=None):
        data = {"action": action} | ({"state": state} if state else {})
        return event(
            identity or f"g{action}{day}", "action.progressed", f"2026-02-{day}T10:00", data, strand="p1"
        )

    def judged(self, *events):
        return judged("actions_are_settled", R1, *events, OF_ALL)

    def test_without_a_plan_there_is_nothing_to_settle(self):
        assert self.judged() == "yes"

    def test_each_has_to_be_done_or_not_needed(self):
        one, two = self.done("1", "done"), self.done("2", "not_needed")
        assert self.judged(self.plan(), one, two) == "yes"
        assert self.judged(self.plan(), one) == "no"
        assert self.judged(self.plan(), one, self.done("2", "going_on")) == "no"
        assert (
            self.judged(self.plan(), one, self.done("2", "")) == "unknown: how far an action of the plan is"
        )

    def test_the_last_word_on_each_counts(self):
        again = self.done("1", "going_on", 12)
        assert self.judged(self.plan(keys=("1",)), self.done("1", "done"), again) == "no"

    def test_the_actions_of_the_plan_as_it_was_last_revised_count(self):
        revised = self.plan("q1", "2026-02-05T10:00", "plan.revised", ("2",))
        assert self.judged(self.plan(), revised, self.done("2", "done")) == "yes"
        assert self.judged(self.plan(), revised, self.done("1", "done")) == "no"

    def test_actions_without_a_name_are_told_by_their_place(self):
        plan = event(
            "p1",
            "plan.made",
            "2026-02-01T10:00",
            {"kind": "child_in_need", "actions": [{"what": "A"}, {"what": "B"}]},
            strand="r1",
        )
        assert self.judged(plan, self.done("1", "done"), self.done("2", "done")) == "yes"
        assert self.judged(plan, self.done("1", "done")) == "no"

    def test_what_the_closing_summary_says_becomes_of_one_settles_it(self):
        told = proposed(
            actions_left=[{"action": "1", "becomes": "taken_on"}, {"action": "2", "becomes": " "}]
        )
        assert self.judged(self.plan(), told) == "no"
        assert self.judged(self.plan(), self.done("2", "done"), told) == "yes"


def test_who_leads_from_now_on_is_asked_only_where_somebody_goes_on_helping():
    assert judged("next_lead_professional_is_named", R1, proposed(other_help="nobody"), OF_ONE) == "yes"
    assert judged("next_lead_professional_is_named", R1, OF_ONE) == "no"
    assert judged("next_lead_professional_is_named", R1, proposed(), OF_ONE) == "unknown: who goes on helping"
    blank = proposed(other_help="caf", lead_professional=" ")
    assert judged("next_lead_professional_is_named", R1, blank, OF_ONE) == "no"


class TestDissent:
    def dissent(self, identity="x1", **data):
        return said(identity, "dissent.recorded", whose="A school", **data)

    def answered(self, dissent="x1", identity="y1", **data):
        return said(
            identity, "dissent.answered", "2026-02-02T10:00", dissent=dissent, text="Made up.", **data
        )

    def judged(self, *events):
        return judged("dissent_is_answered", R1, *events, OF_ALL)

    @pytest.mark.parametrize(
        ("about", "counts"),
        [
            ("Closing the case", True),
            ("they CLOSE it", True),
            ("", True),
            (" ", True),
            (None, True),
            ("The plan", False),
        ],
    )
    def test_it_counts_where_it_is_about_closing_or_does_not_say(self, about, counts):
        data = {} if about is None else {"about": about}
        assert self.judged(self.dissent(**data)) == ("no" if counts else "yes")

    def test_each_has_to_have_an_answer_in_writing(self):
        one, two = self.dissent(), self.dissent("x2")
        assert self.judged(one, self.answered(how="written")) == "yes"
        assert self.judged(one, self.answered(how="spoken")) == "no"
        assert self.judged(one, self.answered()) == "unknown: whether the answer was in writing"
        assert self.judged(one, self.answered(), self.answered(identity="y2", how="written")) == "yes"
        assert self.judged(one, two, self.answered(how="written")) == "no"
        assert self.judged(one, two, self.answered("x2", how="written")) == "no"

    def test_an_answer_may_stand_with_it(self):
        assert self.judged(self.dissent(reply="Made up.")) == "yes"
        assert self.judged(self.dissent(reply=" ")) == "no"


class TestWhoTheChildIs:
    def test_of_an_unborn_child_the_day_it_is_expected_is_enough(self):
        assert (
            judged("birth_date_is_filled_in", R1, OF_ONE, child=Subject(expected=date(2026, 6, 1))) == "yes"
        )
        assert judged("birth_date_is_filled_in", R1, OF_ONE, child=Subject()) == "no"

    def test_ethnicity_and_relationships_may_have_been_recorded_at_any_time(self):
        other = event("r0", "referral.received", "2025-01-05T10:00", {"source": "gp"})
        described = said("k1", "person.described", "2025-01-06T10:00", strand=None, ethnicity="WBRI")
        blank = said("k3", "person.described", "2026-01-06T10:00", strand=None, ethnicity=" ")
        assert judged("ethnicity_is_filled_in", other, described, R1, blank, OF_ONE) == "yes"
        assert judged("ethnicity_is_filled_in", R1, blank, OF_ONE) == "no"
        mother = said(
            "k2",
            "relationship.recorded",
            "2025-01-06T10:00",
            strand=None,
            name="Ana",
            relation="parent_mother",
        )
        assert judged("relationships_are_filled_in", other, mother, R1, OF_ONE) == "yes"


class TestChronology:
    def entered(self, at):
        return event("c1", "chronology.entered", at, {"what": "Made up."}, strand="r1")

    def judged(self, *events):
        return judged("closing_is_in_the_chronology", R1, *events, OF_ALL)

    def test_on_the_day_of_the_decision_or_later_it_is_of_the_decision(self):
        decided = proposed(decided_on="2026-02-20")
        assert self.judged(self.entered("2026-02-19"), decided) == "no"
        assert self.judged(self.entered("2026-02-20"), decided) == "yes"
        assert self.judged(self.entered("2026-02-21"), decided) == "yes"

    def test_where_no_day_is_given_an_entry_after_the_summary_counts(self):
        assert self.judged(self.entered("2026-03-01T09:59"), proposed()) == "no"
        assert self.judged(proposed(), self.entered("2026-03-01T10:01")) == "yes"
        assert self.judged(proposed(), self.entered("2026-03-01")).startswith("unknown: which came first")

    def test_without_a_summary_or_an_entry_it_does_not(self):
        assert self.judged(self.entered("2026-03-01T10:01")) == "no"
        assert self.judged(proposed(decided_on="2026-02-20")) == "no"


def test_both_leaflets_may_have_been_given_at_any_time_and_each_is_asked_for():
    files, comments = (
        said(name, "leaflet.given", "2025-02-01T10:00", strand=None, leaflet=name)
        for name in ("access_to_records", "comments_compliments_complaints")
    )
    assert judged("both_leaflets_were_given", files, comments, R1, OF_ONE) == "yes"
    assert judged("both_leaflets_were_given", comments, R1, OF_ONE) == "no"
    assert judged("both_leaflets_were_given", files, R1, OF_ONE) == "no"
