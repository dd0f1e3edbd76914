"""A plan as it stands: versions, the state of each action on a day, and how each outcome goes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.planning.plan_story import ACTIONS, OUTCOMES, PlanStory

from cairn.core.planning.plans import OVER, in_its_words, plans


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-03-03", "due soon"),
        ("2026-03-02", "to come"),
        ("2026-03-10", "due soon"),
        ("2026-03-11", "late"),
    ],
)
def test_an_action_of_which_nothing_is_told_stands_by_its_day(today, state):
    assert PlanStory().action("1").state(date.fromisoformat(today)) == state


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [("going_on", "going on", "late"), ("partly", "partly", "late"), ("not_done", "not done", "late"),
     ("not_needed", "not needed", "not needed"), ("done", "done", "done")],
)  # fmt: skip
def test_what_is_reported_counts_until_the_day_is_past(said, before, after):
    story = PlanStory()
    story.report("1", said)
    states = [story.action("1").state(date(2026, 3, day)) for day in (8, 20)]
    assert states == [before, after]


def test_done_after_its_day_is_done_late_for_good():
    story = PlanStory()
    story.report("1", "done", done_on="2026-03-11")
    assert {story.action("1").state(date(2026, month, 1)) for month in (4, 9)} == {"done late"}


def test_done_without_a_day_is_done_on_the_day_of_the_report():
    story = PlanStory()
    story.report("1", "done")
    assert story.action("1").done_on == date(2026, 3, 4)


def test_an_action_that_goes_on_has_no_day_and_is_never_late():
    assert PlanStory().action("2").state(date(2027, 1, 1)) == "going on"


def test_a_change_keeps_what_was_reported_under_the_number_and_says_the_first_day():
    story = PlanStory()
    story.report("1", "partly", effect="Once.")
    story.revise(outcomes=OUTCOMES, actions=[{**ACTIONS[0], "by_when": "2026-04-01"}])
    found = story.action("1")
    assert (found.first_due, [one.data["effect"] for one in found.reports]) == (date(2026, 3, 10), ["Once."])
    assert [(one.number, one.day) for one in story.plan.versions] == [
        (1, date(2026, 3, 3)),
        (2, date(2026, 3, 5)),
    ]
    assert len(story.plan.actions) == 1


def test_outcomes_are_judged_and_counted_over_time():
    story = PlanStory()
    story.judge("1", count=2)
    story.judge("1", progress="some", count=4)
    story.judge("9", progress="worse")
    found = story.plan.outcomes[0]
    assert found.progress == "some"
    assert found.counts == ((date(2026, 3, 4), 2), (date(2026, 3, 5), 4))


def test_an_action_whose_outcome_is_gone_is_still_shown():
    story = PlanStory(actions=[{**ACTIONS[0], "outcome": "7"}])
    assert [one.key for one in story.plan.loose] == ["1"]


def test_rows_without_a_number_are_known_by_their_place():
    story = PlanStory(
        outcomes=[{"outcome": "One"}, {"outcome": "Two"}], actions=[{"what": "A walk", "outcome": "2"}]
    )
    assert [(one.key, [action.what for action in one.actions]) for one in story.plan.outcomes] == [
        ("1", []), ("2", ["A walk"]),
    ]  # fmt: skip


def test_a_plan_that_a_return_brought_has_no_outcomes_and_stands():
    story = PlanStory()
    story.events[1] = story.events[1].__class__(
        **{**_fields(story.events[1]), "data": {"kind": "child_in_need"}}
    )
    assert (story.plan.outcomes, story.plan.twelve_months_on) == ((), date(2027, 3, 3))


def _fields(event):
    return {name: getattr(event, name) for name in event.__slots__}


def test_the_plan_that_goes_on_stands_before_the_one_that_ended():
    story = PlanStory()
    story.add("plan.ended", {"reason": "Done."}, "e1")
    story.add("plan.made", {"kind": "child_in_need"}, "e0")
    found = plans(story.view.standing)
    assert [one.is_open for one in found] == [True, False]


DAYS = st.dates(date(2026, 3, 3), date(2027, 3, 3))


@given(
    st.lists(st.sampled_from(["going_on", "partly", "not_done", "not_needed", "done"]), max_size=6),
    DAYS,
    DAYS,
)
def test_whatever_is_reported_only_the_last_report_and_the_day_decide(said, today, later):
    whole, last = PlanStory(), PlanStory()
    for one in said:
        whole.report("1", one, done_on="2026-03-09")
    for one in said[-1:]:
        last.report("1", one, done_on="2026-03-09")
    states = [story.action("1").state(today) for story in (whole, last)]
    assert states[0] == states[1]
    # What is over stays over however much time passes; what is late is never on time again by waiting.
    if states[0] in OVER or (states[0] == "late" and later >= today):
        assert whole.action("1").state(later) == states[0]


def test_a_report_names_what_it_is_about_in_the_words_that_stand():
    story = PlanStory()
    story.report("2", "going_on")
    story.revise(actions=[{**ACTIONS[0]}, {**ACTIONS[1], "what": "Walk with Theo and Amara"}])
    story.judge("1", progress="some")
    story.report("9", "done")
    standing = story.view.standing
    reports = [one for one in standing.events if one.type in ("action.progressed", "outcome.judged")]
    assert [in_its_words(standing, one) for one in reports] == [
        {"action": "Walk with Theo and Amara"},
        {"outcome": "At school by nine"},
        {},
    ]
