"""A visit ends no earlier than it began, at the door and in a correction; past midnight it is said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cairn.application.procedures import in_use
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive, gates
from cairn.core.history.event import Author, Event

BEGAN = datetime(2026, 1, 14, 22, 30, tzinfo=UTC)
NOW = datetime(2026, 1, 20, 10, tzinfo=UTC)


def said(type_, happened=BEGAN, key="x", **data):
    return Event(key, type_, Moment.exact(happened), NOW, Author("A Worker", "social worker"), data)


def refused(candidate, *stream):
    referred = said("referral.received", datetime(2026, 1, 12, tzinfo=UTC), key="r1", source="school")
    return gates(derive((referred, *stream), in_use(), as_at=NOW), candidate)


def test_an_end_before_the_beginning_is_refused_with_the_place_and_the_way_on():
    (one,) = refused(said("visit.made", until="5:10pm"))
    assert (one.code, one.field) == ("impossible", "until")
    assert one.missing == (
        "It began at 10:30pm, so it cannot have ended at 5:10pm. "
        "If it went on past midnight, write “the next day” after the time"
    )


@pytest.mark.parametrize("until", ["11pm", "midnight", "12:40am the next day"])
def test_a_visit_past_midnight_is_taken(until):
    assert refused(said("visit.made", until=until)) == []


def test_a_correction_of_the_end_or_of_the_time_is_held_to_the_same():
    visit = replace(said("visit.made", key="v1", until="11pm"), number=1, strand="r1")
    earlier = said("event.corrected", NOW, corrects="v1", data={"until": "9pm"}, reason="Made up.")
    later = said("event.corrected", NOW, corrects="v1", at="2026-01-14T23:30", reason="Made up.")
    both = said(
        "event.corrected", NOW, corrects="v1", at="2026-01-14T20:30", data={"until": "9pm"}, reason="Made up."
    )
    assert [one.field for one in refused(earlier, visit)] == ["until"]
    assert [one.field for one in refused(later, visit)] == ["until"]
    assert refused(both, visit) == []


def test_of_a_visit_whose_hour_is_not_known_no_end_is_too_early():
    that_day = replace(said("visit.made", until="5:10pm"), happened_at=Moment.on_day(BEGAN.date()))
    assert refused(that_day) == []


def test_another_answer_that_reads_like_a_time_is_no_end():
    assert refused(said("visit.made", place="5:10pm")) == []
