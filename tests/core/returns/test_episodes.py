"""Which episodes are open; and that a contradiction never loses a child."""

from datetime import date

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


def opens(made: str) -> int:
    return len(taken(child(made)).children[0].open_referrals)


def test_neither_closed_nor_refused_is_open():
    assert opens(episode()) == 1
    assert said(child(episode())) == []


def test_closed_is_history():
    made = episode(closed="2025-09-30", reason="RC7")
    assert opens(made) == 0
    assert events(taken(child(made))) == [("referral.received", "2025-06-02"), ("case.closed", "2025-09-30")]
    assert said(child(made)) == []


def test_no_further_action_is_history_that_ends_with_the_referral():
    made = episode(nfa="1", need="")
    over = taken(child(made))
    assert opens(made) == 0
    assert said(child(made)) == []
    closed = over.children[0].events[-1]
    assert (closed.type, closed.on, closed.data["reason"]) == (
        "case.closed",
        date(2025, 6, 2),
        "no_further_action",
    )
    assert closed.also == {"day_not_known": True}


@pytest.mark.parametrize("flag", ["true", "TRUE", "1", " 1 "])
def test_the_flag_is_read_in_each_of_its_spellings(flag):
    assert opens(episode(nfa=flag)) == 0
    assert opens(episode(nfa=flag.replace("true", "false").replace("TRUE", "False").replace("1", "0"))) == 1


@pytest.mark.parametrize("flag", [None, "", "maybe", "2"])
def test_a_flag_that_cannot_be_read_leaves_the_episode_open(flag):
    assert opens(episode(nfa=flag)) == 1
    assert said(child(episode(nfa=flag))) == ["bad-nfa"]


@pytest.mark.parametrize(
    ("closed", "code"),
    [
        ("2025-02-30", "bad-closure"),
        ("30/09/2025", "bad-closure"),
        ("2026-04-02", "closure-late"),
        ("2025-06-01", "closed-before-referral"),
    ],
)
def test_a_closure_that_cannot_be_right_leaves_the_episode_open(closed, code):
    made = episode(closed=closed, reason="RC7")
    assert opens(made) == 1
    assert said(child(made)) == [code]


def test_a_reason_without_a_date_leaves_the_episode_open():
    assert opens(episode(reason="RC7")) == 1
    assert said(child(episode(reason="RC7"))) == ["reason-without-closure"]


def test_a_closure_without_a_reason_is_a_closure():
    assert opens(episode(closed="2025-09-30")) == 0
    assert said(child(episode(closed="2025-09-30"))) == ["no-closure-reason"]
    assert said(child(episode(closed="2025-09-30", reason="RC0"))) == ["bad-code", "no-closure-reason"]


@pytest.mark.parametrize(
    "running",
    [assessment("2025-06-03"), plan("2025-07-01"), enquiry("2025-06-03"), protection_plan("2025-06-20")],
)
def test_no_further_action_with_something_running_is_open(running):
    made = episode(running, nfa="1")
    assert opens(made) == 1
    assert said(child(made)) == ["nfa-but-running"]


def test_no_further_action_with_something_finished_stays_history():
    made = episode(plan("2025-07-01", "2025-08-01"), nfa="1")
    assert opens(made) == 0
    assert said(child(made)) == ["nfa-with-activity"]


def test_a_closed_episode_with_a_plan_that_has_not_ended_is_said():
    assert said(child(episode(protection_plan("2025-06-20"), closed="2025-09-30", reason="RC7"))) == [
        "closed-but-running"
    ]


def test_an_episode_closed_before_the_year_is_history_with_a_note():
    made = episode(referred="2024-06-02", closed="2025-03-31", reason="RC7")
    assert said(child(made)) == ["closed-earlier-year"]
    assert said(child(episode(referred="2024-06-02", closed="2025-04-01", reason="RC7"))) == []


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (episode(referred=None), "no-referral-date"),
        (episode(referred=None, closed="2025-09-30", reason="RC7"), "closure-without-referral"),
        (episode(referred="2025-13-01"), "bad-referral-date"),
        (episode(referred="1066-10-14"), "bad-referral-date"),
        (episode(referred="20250602"), "bad-referral-date"),
        (episode(referred="2026-04-01"), "referral-late"),
    ],
)
def test_an_episode_without_a_day_of_referral_is_not_taken_and_the_others_are(made, code):
    over = taken(child(made, episode()))
    assert [finding.code for finding in over.not_taken] == [code]
    assert len(over.children[0].open_referrals) == 1
    assert over.counts.episodes_not_taken == 1


def test_a_source_or_need_that_is_not_a_code_is_said_and_the_referral_taken():
    made = child(
        episode(source="<ReferralSource>2a</ReferralSource>", need="<PrimaryNeedCode>N99</PrimaryNeedCode>")
    )
    referral = taken(made).children[0].events[1]
    assert referral.data["source"] == "unknown"
    assert "primary_need" not in referral.data
    assert said(made) == ["bad-code", "bad-code"]


def test_a_source_was_not_asked_for_before_april_2013():
    assert said(
        child(
            episode(source="", referred="2012-06-01", need=""),
            birth="<PersonBirthDate>2010-01-01</PersonBirthDate>",
        )
    ) == ["no-code"]
    assert (
        said(
            child(
                episode(source="", referred="2012-06-01"),
                birth="<PersonBirthDate>2010-01-01</PersonBirthDate>",
            )
        )
        == []
    )
    assert said(child(episode(source=""))) == ["no-code"]


def test_steps_before_the_referral_or_after_the_closure_are_taken_and_said():
    made = episode(plan("2025-06-01", "2025-10-01"), closed="2025-09-30", reason="RC7")
    assert said(child(made)) == ["before-referral", "after-closure"]
    assert [name for name, _ in events(taken(child(made)))].count("plan.made child_in_need") == 1


def test_a_conference_given_twice_is_taken_once():
    made = episode("<DateOfInitialCPC>2025-06-20</DateOfInitialCPC>", enquiry("2025-06-05", "2025-06-20"))
    assert said(child(made)) == ["conference-twice"]
    assert [name for name, _ in events(taken(child(made)))].count("conference.held initial") == 1


def test_closed_by_death_asks_for_the_date_of_death():
    assert said(child(episode(closed="2025-09-30", reason="RC2"))) == ["closed-by-death"]


def test_pre_proceedings_are_named_as_not_taken():
    block = "<PreProceedingsandFGDM><PPStartDate>2026-01-05</PPStartDate></PreProceedingsandFGDM>"
    over = taken(child(episode(block)))
    assert [(one.code, one.element) for one in over.not_taken] == [
        ("pre-proceedings", "CINdetails/PreProceedingsandFGDM")
    ]
    assert len(over.children[0].open_referrals) == 1
