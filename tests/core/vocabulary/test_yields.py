"""One page yields its events; no fact is asked for twice."""

from __future__ import annotations

from tests.core.made_up_procedures import vocabulary

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
