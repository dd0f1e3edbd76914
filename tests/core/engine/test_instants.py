"""The ten states of a duty, each from its instants alone, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cairn.core.calendar.moment import Moment
from cairn.core.engine.instants import HOUR_UNKNOWN, Instants, is_late, state_of

SECOND = timedelta(seconds=1)
STARTED = datetime(2026, 1, 5, 10, tzinfo=UTC)
DUE = datetime(2026, 1, 6, 12, tzinfo=UTC)
# Of a start whose hour is not known: somewhen between the two.
FIRST, LAST = datetime(2026, 1, 6, 0, tzinfo=UTC), datetime(2026, 1, 6, 23, 59, 59, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)


def instants(due=(DUE, DUE), **more):
    return Instants(STARTED, due, **more)


def read(at=LATER, **more):
    made = instants(**more)
    state, missing = state_of(made, at)
    assert bool(missing) == (state == "cannot_tell")
    return state, is_late(made, at)


@pytest.mark.parametrize(
    ("at", "state", "late"),
    [
        (datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC), "upcoming", False),
        (datetime(2026, 1, 6, tzinfo=UTC), "due_today", False),
        (DUE, "due_today", False),
        (DUE + SECOND, "overdue", True),
    ],
)
def test_a_duty_that_runs(at, state, late):
    assert read(at) == (state, late)


def test_in_summer_the_day_it_is_due_begins_at_midnight_in_london():
    due = datetime(2026, 7, 2, 12, tzinfo=UTC)
    # Five to eleven in the evening of 1 July in UTC is five to midnight in London.
    assert read(datetime(2026, 7, 1, 22, 55, tzinfo=UTC), due=(due, due)) == ("upcoming", False)
    assert read(datetime(2026, 7, 1, 23, 5, tzinfo=UTC), due=(due, due)) == ("due_today", False)


@pytest.mark.parametrize(
    ("at", "state", "late"),
    [
        (FIRST - SECOND, "upcoming", False),
        (FIRST, "due_today", False),
        (FIRST + SECOND, "cannot_tell", False),
        (LAST, "cannot_tell", False),
        (LAST + SECOND, "overdue", True),
    ],
)
def test_between_the_earliest_and_the_latest_that_it_may_be_due_it_cannot_be_told(at, state, late):
    assert read(at, due=(FIRST, LAST)) == (state, late)
    if state == "cannot_tell":
        assert state_of(instants(due=(FIRST, LAST)), at)[1] == HOUR_UNKNOWN


@pytest.mark.parametrize(
    ("met", "state"),
    [
        (Moment.exact(DUE), "met"),
        (Moment.exact(DUE + SECOND), "met_late"),
        (Moment.on_day(DUE.date()), "cannot_tell"),
        (Moment.on_day(datetime(2026, 1, 7, tzinfo=UTC).date()), "met_late"),
        (Moment.on_day(STARTED.date()), "met"),
    ],
)
def test_done(met, state):
    assert read(met=met) == (state, state == "met_late")


def test_what_was_done_is_done_whatever_reason_was_given_and_whatever_ended_it():
    assert read(met=Moment.exact(DUE), departed=DUE, ended=DUE) == ("met", False)
    assert read(due=None, met=Moment.exact(DUE), departed=DUE, ended=DUE) == ("met", False)


@pytest.mark.parametrize(
    ("ended", "state"), [(DUE, "ended"), (DUE + SECOND, "ended_unmet"), (LATER, "ended_unmet")]
)
def test_ended_without_being_done(ended, state):
    assert read(ended=ended) == (state, state == "ended_unmet")


@pytest.mark.parametrize(
    ("at", "ended", "late"),
    [
        (DUE, None, False),
        (DUE + SECOND, None, True),
        (LATER, DUE, False),
        (LATER, DUE + SECOND, True),
    ],
)
def test_with_a_reason_it_is_late_all_the_same(at, ended, late):
    assert read(at, departed=STARTED, ended=ended) == ("departed", late)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "undated"),
        ({"met": Moment.exact(LATER)}, "met"),
        ({"departed": STARTED}, "departed"),
        ({"departed": STARTED, "ended": LATER}, "departed"),
        ({"ended": LATER}, "ended"),
    ],
)
def test_without_a_date_nothing_is_late(more, state):
    assert read(due=None, **more) == (state, False)


def test_what_cannot_be_told_names_the_fact_before_anything_else():
    made = instants(met=Moment.exact(LATER), cannot_tell="whether it was done")
    assert state_of(made, LATER) == ("cannot_tell", "whether it was done")
    assert not is_late(made, LATER)
