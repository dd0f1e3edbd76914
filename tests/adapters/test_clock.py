"""Times come in UTC, from one place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from cairn.adapters.clock import FixedClock, SystemClock


def test_the_machines_time_is_in_utc():
    before = datetime.now(UTC)
    told = SystemClock().now()
    assert before <= told <= datetime.now(UTC)
    assert told.utcoffset() == timedelta(0)


def test_a_fixed_clock_stands_and_tells_utc():
    summer = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    assert FixedClock(summer).now().isoformat() == "2026-07-01T09:00:00+00:00"


def test_a_fixed_clock_refuses_a_time_without_its_offset():
    with pytest.raises(ValueError, match="offset"):
        FixedClock(datetime(2026, 7, 1, 10))
