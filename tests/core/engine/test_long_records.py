"""A long record takes as much longer as it is longer: counted in calls, which no busy machine changes."""

from __future__ import annotations

import cProfile
import pstats
from datetime import UTC, datetime

import pytest
from benchmarks.long_record import TENTH, WHOLE, long_record

from cairn.application.procedures import procedures
from cairn.core.engine.view import derive

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNDER = procedures("peterborough")
EVENTS = {size: long_record(size, UNDER, ends=AT) for size in (TENTH, WHOLE)}


def calls(size, part):
    """How many calls it takes to derive a part of the record of so many events."""
    profile = cProfile.Profile()
    view = derive(EVENTS[size], UNDER, as_at=AT)
    profile.enable()
    getattr(view, part)
    profile.disable()
    return pstats.Stats(profile).total_calls


# Ten times the events; a third more is left for what is sorted and looked up in what is sorted.
@pytest.mark.parametrize("part", ["duties", "next_steps", "positions", "recorded_without", "lateness_gone"])
def test_ten_times_the_events_take_about_ten_times_the_calls(part):
    derive(EVENTS[WHOLE], UNDER, as_at=AT).lateness_gone  # noqa: B018 - what is kept for good is not counted
    assert calls(WHOLE, part) < 15 * calls(TENTH, part)
