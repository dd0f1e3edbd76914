"""Three answers: what is unknown is never taken for no."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.made_up_procedures import event

from cairn.core.engine.truth import (
    NO,
    YES,
    compare,
    every,
    is_answered,
    is_one_of,
    matches_any,
    unborn_on,
    unknown,
)
from cairn.core.history.history import Subject
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


class TestWhetherTheChildWasBorn:
    BORN, EXPECTED = Subject(born=date(2026, 3, 1)), Subject(expected=date(2026, 3, 1))
    OF_THE_BORN = (EventPattern(event="child.seen", child="born"),)
    OF_THE_UNBORN = (EventPattern(event="child.seen", child="unborn"),)

    def seen(self, day):
        return event("s1", "child.seen", day)

    @pytest.mark.parametrize(
        ("day", "unborn", "born"),
        [("2026-02-28", YES, NO), ("2026-03-01", NO, YES), ("2026-03-02", NO, YES)],
    )
    def test_of_a_child_whose_birthday_is_known(self, day, unborn, born):
        assert unborn_on(self.BORN, self.seen(day).happened_at.day) == unborn
        assert matches_any(self.OF_THE_UNBORN, self.seen(day), subject=self.BORN) == unborn
        assert matches_any(self.OF_THE_BORN, self.seen(day), subject=self.BORN) == born

    def test_of_one_who_is_expected_it_is_in_doubt_from_the_day_after(self):
        doubt = unknown("whether the baby is born")
        assert matches_any(self.OF_THE_UNBORN, self.seen("2026-03-01"), subject=self.EXPECTED) == YES
        assert matches_any(self.OF_THE_UNBORN, self.seen("2026-03-02"), subject=self.EXPECTED) == doubt
        assert matches_any(self.OF_THE_BORN, self.seen("2026-03-02"), subject=self.EXPECTED) == doubt

    def test_of_one_of_whom_neither_day_is_known_nobody_says_that_it_is_unborn(self):
        assert unborn_on(Subject(), date(2026, 3, 1)) == NO

    def test_of_no_child_it_cannot_be_told(self):
        assert matches_any(self.OF_THE_BORN, self.seen("2026-03-02")) == unknown("whose record it is")
        assert matches_any(self.OF_THE_UNBORN, event("n1", "note.added", "2026-03-02")) == NO

    def test_another_child_than_is_asked_for_is_no_match_whatever_else_is_in_doubt(self):
        asked = (EventPattern(event="child.seen", where={"alone": (True,)}, child="born"),)
        assert matches_any(asked, self.seen("2026-02-28"), subject=self.BORN) == NO
        assert matches_any(asked, self.seen("2026-03-02"), subject=self.BORN).truth == "unknown"


class TestTheSameAnswer:
    SAME = (EventPattern(event="sibling.decided", same=("sibling", "household")),)
    ASKED = event("q1", "sibling.listed", "2026-01-05", {"sibling": "Ana", "household": "same"})

    def answered(self, **data):
        return event("a1", "sibling.decided", "2026-01-06", data)

    def test_capitals_and_spaces_around_it_make_no_other(self):
        assert matches_any(self.SAME, self.answered(sibling=" ANA", household="same"), self.ASKED) == YES

    @pytest.mark.parametrize(
        "data", [{"sibling": "Ben", "household": "same"}, {"sibling": "Ana", "household": "other"}]
    )
    def test_each_of_them_has_to_be_the_same(self, data):
        assert matches_any(self.SAME, self.answered(**data), self.ASKED) == NO

    def test_what_was_not_answered_is_named_with_the_entry_that_lacks_it(self):
        unsaid = matches_any(self.SAME, self.answered(sibling="Ana"), self.ASKED)
        assert unsaid == unknown("household of sibling decided on 2026-01-06")
        asked = event("q1", "sibling.listed", "2026-01-05", {"household": "same"})
        unasked = matches_any(self.SAME, self.answered(sibling="Ana", household="same"), asked)
        assert unasked == unknown("sibling of sibling listed on 2026-01-05")

    def test_of_another_kind_it_is_no_match_and_without_a_beginning_nothing_has_to_be_the_same(self):
        assert matches_any(self.SAME, event("n1", "note.added", "2026-01-06"), self.ASKED) == NO
        assert matches_any(self.SAME, self.answered()) == YES


def test_a_missing_fact_is_named_in_words():
    asked = compare(event("p1", "early_help.stepped_up", "2026-01-05"), {"agreed_by": ("parent",)})
    assert asked.missing == "agreed by of early help stepped up on 2026-01-05"


def test_false_and_nought_are_answers():
    assert is_answered(False)
    assert is_answered(0)
    assert is_answered({})
    assert not is_answered(())
    assert is_one_of(0, (0,))
    assert not is_one_of(0, (False,))
