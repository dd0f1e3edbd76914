"""One page yields its events; no fact is asked for twice."""

from __future__ import annotations

from tests.core.made_up_procedures import vocabulary

from cairn.core.vocabulary.model import Act, Yield
from cairn.core.vocabulary.yields import events_of


def made(act, **answers):
    return [(one.type, one.data) for one in events_of(vocabulary().acts[act], answers)]


def test_a_visit_with_the_child_seen_is_two_events():
    assert made("visit", child_seen=True, alone=False) == [
        ("visit.made", {"child_seen": True}),
        ("child.seen", {"alone": False}),
    ]


def test_a_visit_without_is_one():
    assert made("visit", child_seen=False) == [("visit.made", {"child_seen": False})]
    assert made("visit", child_seen=1) == [("visit.made", {"child_seen": 1})]


def test_one_for_each_row_with_what_stands_fixed():
    found = made("siblings", children=[{"called": "Kene"}, {"called": ""}])
    assert found == [
        ("sibling.listed", {"name": "Kene", "household": "same"}),
        ("sibling.listed", {"household": "same"}),
    ]
    assert made("siblings") == []


def test_an_answer_under_another_name_and_what_was_left_empty():
    assert made("decide", outcome=["advice"], why="x") == [
        ("referral.decided", {"outcome": ["advice"], "reason": "x"})
    ]
    assert made("decide", outcome=[], why="") == [("referral.decided", {})]


def test_what_stands_fixed_is_no_answer():
    """An event with a fixed value is not written where nothing else was said for it."""
    act = Act(
        name="both",
        title="Both",
        verb="Both",
        roles=(),
        yields=(
            Yield(event="visit.made", fields=("place",)),
            Yield(event="views.recorded", fields=("text",), set={"whose": "parent"}),
        ),
    )
    assert [one.type for one in events_of(act, {"place": "Home"})] == ["visit.made"]
    assert [one.data for one in events_of(act, {"text": "We try."})] == [
        {"whose": "parent", "text": "We try."}
    ]
