"""Three answers: what is unknown is never taken for no."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event

from cairn.core.engine.truth import NO, YES, compare, every, is_answered, is_one_of, matches_any, unknown
from cairn.core.protocol.model import EventPattern

DOUBT = unknown("the hour")


def decided(data):
    return event("d1", "referral.decided", "2026-01-05", data)


def test_turned_about_unknown_stays_unknown():
    assert (YES.turned(), NO.turned(), DOUBT.turned()) == (NO, YES, DOUBT)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([], YES), ([YES, YES], YES), ([YES, DOUBT], DOUBT), ([DOUBT, NO], NO), ([DOUBT, unknown("x")], DOUBT)],
)
def test_all_of_them(answers, expected):
    assert every(answers) == expected


@pytest.mark.parametrize(
    "silent", [{}, {"outcome": None}, {"outcome": ""}, {"outcome": "  "}, {"outcome": []}]
)
def test_a_field_that_was_not_answered_is_unknown_and_named(silent):
    asked = compare(decided(silent), {"outcome": ("a",)})
    assert asked == unknown("outcome of referral decided on 2026-01-05")
    assert (asked.missing.field, asked.missing.event.id) == ("outcome", "d1")


def test_answers_are_compared_with_their_type():
    assert compare(decided({"n": True}), {"n": (True,)}) == YES
    assert compare(decided({"n": 1}), {"n": (True,)}) == NO
    assert compare(decided({"n": False}), {"n": (False,)}) == YES
    assert compare(decided({"n": ["a", "b"]}), {"n": ("b",)}) == YES
    assert compare(decided({"n": ["a"]}), {"n": ("b",)}) == NO


def test_of_several_patterns_one_is_enough_and_a_doubtful_one_leaves_a_doubt():
    patterns = (
        EventPattern(event="child.seen", where={"alone": (True,)}),
        EventPattern(event="child.seen", where={"alone": (False,)}),
        EventPattern(event="note.added"),
    )
    seen = event("s1", "child.seen", "2026-01-05", {"alone": False})
    assert matches_any(patterns, seen) == YES
    assert matches_any(patterns[:1], seen) == NO
    unsaid = event("s1", "child.seen", "2026-01-05")
    assert matches_any(patterns, unsaid) == unknown("alone of child seen on 2026-01-05")
    assert matches_any(patterns, event("n1", "note.added", "2026-01-05")) == YES
    assert matches_any((), seen) == NO


def test_false_and_nought_are_answers():
    assert is_answered(False)
    assert is_answered(0)
    assert is_answered({})
    assert not is_answered(())
    assert is_one_of(0, (0,))
    assert not is_one_of(0, (False,))
