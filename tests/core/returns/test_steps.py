"""The steps of an episode: a date that cannot be read costs its step, never the child or an open plan."""

import pytest
from tests.core.returns.made_up_returns import (
    assessment,
    child,
    enquiry,
    episode,
    events,
    plan,
    protection_plan,
    said,
    taken,
)


def of(*steps: str) -> list[tuple[str, str]]:
    return events(taken(child(episode(*steps))))[1:]


def found(*steps: str) -> list[str]:
    return said(child(episode(*steps)))


def test_an_assessment_with_its_authorisation_and_factors():
    over = taken(child(episode(assessment("2025-06-03", "2025-07-10", ("3B", "1A")))))
    started, approved = over.children[0].events[2:]
    assert started.data == {"kind": "child_and_family"}
    assert approved.data == {"kind": "child_and_family", "factors": ("1A", "3B")}
    assert approved.for_key == started.key
    assert started.for_key == over.children[0].open_referrals[0]


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (assessment(None), ["no-start"]),
        (assessment("2025-06-31"), ["bad-start"]),
        (assessment("2026-04-01"), ["start-late"]),
    ],
)
def test_an_assessment_without_a_start_is_not_taken(made, codes):
    assert found(made) == codes
    assert of(made) == []


@pytest.mark.parametrize(
    ("end", "code"),
    [("2025-07-32", "bad-end"), ("2026-04-01", "end-late"), ("2025-06-02", "end-before-start")],
)
def test_a_step_whose_end_cannot_be_right_has_not_ended(end, code):
    assert found(assessment("2025-06-03", end)) == [code]
    assert of(assessment("2025-06-03", end)) == [("assessment.started child_and_family", "2025-06-03")]
    assert found(plan("2025-06-03", end)) == [code]
    assert of(plan("2025-06-03", end)) == [("plan.made child_in_need", "2025-06-03")]
    assert found(protection_plan("2025-06-03", end)) == [code]
    assert of(protection_plan("2025-06-03", end)) == [("plan.made child_protection", "2025-06-03")]


def test_factors_of_an_unfinished_assessment_and_21_with_others():
    assert found(assessment("2025-06-03", factors=("1A",))) == ["factors-unfinished"]
    assert found(assessment("2025-06-03", "2025-07-10", ("21", "1A", "1A", "8A"))) == [
        "repeated-code",
        "bad-code",
        "not-alone",
    ]


def test_an_enquiry_with_its_conference():
    assert of(enquiry("2025-06-03", "2025-06-20")) == [
        ("enquiry.started", "2025-06-03"),
        ("conference.held initial", "2025-06-20"),
    ]
    (started,) = taken(child(episode(enquiry("2025-06-03", not_required="1")))).children[0].events[2:]
    assert started.also == {"conference_not_required": True}


def test_what_contradicts_itself_in_an_enquiry():
    assert found(enquiry("2025-06-10", "2025-06-09")) == ["out-of-order"]
    assert found(enquiry("2025-06-10", "2025-06-20", "1")) == ["conference-and-not-required"]
    assert found(enquiry("2025-06-10", not_required="perhaps")) == ["bad-flag"]


def test_a_protection_plan_with_category_reviews_and_what_has_no_field():
    made = protection_plan(
        "2025-06-20", first="NEG", latest="PHY", previous="2", reviews=("2026-03-01", "2025-09-15")
    )
    opened, first, second = taken(child(episode(made))).children[0].events[2:]
    assert opened.data == {"kind": "child_protection", "category": "NEG"}
    assert opened.also == {"latest_category": "PHY", "previous_plans": 2}
    assert [(one.data["kind"], one.on.isoformat(), one.for_key == opened.key) for one in (first, second)] == [
        ("review", "2025-09-15", True),
        ("review", "2026-03-01", True),
    ]


def test_what_is_wrong_with_a_protection_plan_does_not_lose_it():
    made = protection_plan(
        "2025-06-20", first="XXX", previous="-1", reviews=("2025-06-20", "2025-06-20", "soon")
    )
    assert found(made) == [
        "bad-code",
        "bad-number-of-plans",
        "out-of-order",
        "out-of-order",
        "same-step",
        "bad-start",
    ]
    assert of(made)[0] == ("plan.made child_protection", "2025-06-20")


def test_the_same_step_twice_is_taken_once():
    assert found(plan("2025-06-20"), plan("2025-06-20")) == ["same-step"]
    assert of(plan("2025-06-20"), plan("2025-06-20")) == [("plan.made child_in_need", "2025-06-20")]


def test_an_element_with_a_wrong_capital_is_said():
    assert found("<CINplanDates><CINPlanStartDate>2025-06-20</CINPlanStartDate></CINplanDates>") == [
        "unknown-element"
    ]
