"""What stood on a day, as known on a day; and whose record it is."""

from datetime import date

import pytest
from tests.core.made_up_procedures import correct, event, stood, withdraw

from cairn.core.history.history import Subject


def ids(standing):
    return [event.id for event in standing.events]


def test_events_stand_in_the_order_they_happened_not_in_that_of_recording():
    late = event("n1", "note.added", "2026-01-05T10:00", {"text": "a"}, recorded="2026-01-09T10:00")
    early = event("n2", "note.added", "2026-01-06T10:00", {"text": "b"})
    assert ids(stood(early, late)) == ["n1", "n2"]


def test_nothing_that_happened_after_the_day_stands():
    first, second = (
        event("n1", "note.added", "2026-01-05T10:00"),
        event("n2", "note.added", "2026-01-05T10:01"),
    )
    assert ids(stood(first, second, as_at="2026-01-05T10:00", known_at="2026-02-01")) == ["n1"]


def test_nothing_that_was_recorded_after_the_day_of_knowledge_is_known():
    late = event("n1", "note.added", "2026-01-05T10:00", recorded="2026-01-09T10:00")
    assert ids(stood(late, known_at="2026-01-09T09:59")) == []
    assert ids(stood(late, known_at="2026-01-09T10:00")) == ["n1"]


def test_an_event_of_day_precision_counts_once_its_day_has_begun():
    known = event("n1", "note.added", "2026-01-05", recorded="2026-01-05T00:00")
    assert ids(stood(known, as_at="2026-01-04T23:59", known_at="2026-02-01")) == []
    assert ids(stood(known, as_at="2026-01-05T00:00")) == ["n1"]


def test_at_one_instant_what_was_recorded_later_comes_later():
    first = event("b", "note.added", "2026-01-05T10:00", number=1)
    second = event("a", "note.added", "2026-01-05T10:00", number=2)
    assert ids(stood(second, first)) == ["b", "a"]


def test_an_event_type_the_vocabulary_does_not_know_is_a_bug():
    with pytest.raises(ValueError, match=r"no event type moon\.seen"):
        stood(event("n1", "moon.seen", "2026-01-05T10:00"))


def test_the_child_is_who_the_case_says_until_the_record_says_more():
    expected = Subject(expected=date(2026, 3, 3))
    assert stood(subject=expected).subject == expected
    described = event("p1", "person.described", "2026-01-05T10:00", {"expected": "2026-03-09"})
    assert stood(described, subject=expected).subject == Subject(expected=date(2026, 3, 9))


def test_a_birth_is_told_by_the_event_or_by_its_day():
    assert stood(event("b1", "child.born", "2026-03-04T05:00")).subject.born == date(2026, 3, 4)
    told_later = event("b1", "child.born", "2026-03-06T09:00", {"born": "2026-03-04"})
    assert stood(told_later).subject.born == date(2026, 3, 4)


def test_a_described_person_with_nothing_said_about_birth_stays_unknown():
    assert stood(event("p1", "person.described", "2026-01-05T10:00", {"born": ""})).subject == Subject()


def test_a_birth_corrected_or_withdrawn_is_so_for_the_child_too():
    described = event("p1", "person.described", "2026-01-05T10:00", {"born": "2016-05-04"})
    correction = correct("c1", "p1", "2026-01-06T10:00", {"born": "2015-05-04"})
    assert stood(described, correction).subject.born == date(2015, 5, 4)
    assert stood(described, withdraw("w1", "p1", "2026-01-06T10:00")).subject == Subject()


def test_a_birth_is_true_of_days_before_it_was_recorded_but_not_known_then():
    described = event("p1", "person.described", "2026-01-09T10:00", {"born": "2016-05-04"})
    assert stood(described, as_at="2026-01-01", known_at="2026-01-10").subject.born == date(2016, 5, 4)
    assert stood(described, known_at="2026-01-08").subject.born is None
