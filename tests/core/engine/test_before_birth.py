"""A child who is not born cannot be seen: said all the same, it is refused with the way on (Peterborough 3.13, 4.12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cairn.application.procedures import in_use
from cairn.core.calendar.london import parse_roughly
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive, gates
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Subject

AT = datetime(2026, 5, 3, 10, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
BORN = Subject(born=datetime(2026, 5, 4, tzinfo=UTC).date())
EXPECTED = Subject(expected=datetime(2026, 5, 20, tzinfo=UTC).date())


def said(type_, happened=AT, key="x", **data):
    return Event(key, type_, Moment.exact(happened), NOW, Author("A Worker", "social worker"), data)


REFERRED = said("referral.received", datetime(2026, 4, 1, 10, tzinfo=UTC), key="r1", source="school")


def refused(subject, candidate, *stream):
    return gates(derive((REFERRED, *stream), in_use(), as_at=NOW, subject=subject), candidate)


def entered(text, **data):
    return replace(said("chronology.entered", what="Made up.", **data), happened_at=parse_roughly(text))


@pytest.mark.parametrize("subject", [BORN, EXPECTED])
@pytest.mark.parametrize("day", ["1987", "2025-06", "2025-07-01"])
def test_a_line_of_the_chronology_long_before_the_child_says_that_it_belongs(subject, day):
    ((code, field),) = [(one.code, one.field) for one in refused(subject, entered(day))]
    assert (code, field) == ("impossible", "themes")
    assert refused(subject, entered(day, themes=["before_birth"])) == []


@pytest.mark.parametrize(
    ("subject", "who"),
    [(BORN, "was born on 4 May 2026"), (EXPECTED, "is expected on 20 May 2026")],
)
def test_it_says_why_and_which_answer_puts_it_right(subject, who):
    (one,) = refused(subject, entered("2025-06-01"))
    assert one.missing == (
        f"1 June 2025 is long before the child, who {who}. "
        "Put the date right, or choose “Before the child was born or expected”"
    )


def test_the_longest_that_a_child_can_have_been_expected_is_forty_two_weeks():
    assert refused(BORN, entered("2025-07-14")) == []
    assert [one.code for one in refused(BORN, entered("2025-07-13"))] == ["impossible"]


@pytest.mark.parametrize("day", ["2025", "2025-08", "2025-09-01", "2026-05-20"])
def test_in_pregnancy_and_after_it_is_taken(day):
    assert refused(BORN, entered(day)) == []


def test_of_a_child_of_whom_neither_day_is_known_nothing_lies_before():
    assert refused(Subject(), entered("1987")) == []


@pytest.mark.parametrize("subject", [BORN, EXPECTED])
@pytest.mark.parametrize(
    "candidate",
    [said("child.seen"), said("child.not_seen", reason="Made up."), said("visit.made", child_seen=False)],
)
def test_that_an_unborn_child_was_seen_or_not_is_refused(subject, candidate):
    found = refused(subject, candidate)
    assert [one.code for one in found] == ["impossible"]
    assert found[0].field == ("child_seen" if candidate.type == "visit.made" else "at")


def test_the_refusal_names_the_question_and_the_way_on():
    (one,) = refused(EXPECTED, said("visit.made", bedroom_seen=True))
    assert one.field == "bedroom_seen"
    assert "record the birth first" in one.missing
    (one,) = refused(BORN, said("child.seen"))
    assert "born on 4 May 2026, after 3 May 2026" in one.missing


def test_a_visit_before_the_birth_is_taken_and_after_it_the_child_may_be_seen():
    assert refused(EXPECTED, said("visit.made", meaning="Made up.")) == []
    assert refused(BORN, said("child.seen", AT.replace(day=4))) == []
    assert refused(Subject(), said("child.seen")) == []


def test_a_correction_does_not_move_that_the_child_was_seen_before_the_birth():
    seen = replace(said("child.seen", AT.replace(day=5), key="c1"), number=1)
    moved = said("event.corrected", NOW, corrects="c1", at="2026-05-02T10:00", reason="Made up.")
    kept = said("event.corrected", NOW, corrects="c1", at="2026-05-04T10:00", reason="Made up.")
    assert [one.code for one in refused(BORN, moved, seen)] == ["impossible"]
    assert refused(BORN, kept, seen) == []


def test_what_a_later_birthday_made_impossible_can_still_be_corrected_otherwise():
    seen = replace(said("child.seen", key="c1", place="Home"), number=1)
    mended = said("event.corrected", NOW, corrects="c1", data={"place": "School"}, reason="Made up.")
    assert refused(BORN, mended, seen) == []
