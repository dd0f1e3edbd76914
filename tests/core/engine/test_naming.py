"""Which of two came first, as far as it is known."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, stood

from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import came_before


def judged(one, other, *, stands=True):
    first, second = event("e1", "note.added", one, number=1), event("e2", "note.added", other, number=2)
    return came_before(first, second, Facts(stood(*((first, second) if stands else ())), first, None)).truth


@pytest.mark.parametrize(
    ("one", "other", "truth"),
    [
        ("2026-01-05T10:00", "2026-01-05T10:01", "yes"),
        ("2026-01-05T10:01", "2026-01-05T10:00", "no"),
        ("2026-01-05", "2026-01-06T00:00", "yes"),
        ("2026-01-06", "2026-01-05T23:59", "no"),
        ("2026-01-05", "2026-01-06", "yes"),
        ("2026-01-06", "2026-01-05", "no"),
        ("2026-01-05", "2026-01-05T10:00", "unknown"),
        ("2026-01-05T10:00", "2026-01-05", "unknown"),
        ("2026-01-05", "2026-01-05", "unknown"),
    ],
)
def test_by_the_hour_or_else_by_the_day(one, other, truth):
    assert judged(one, other) == truth


def test_of_two_at_one_instant_the_order_of_recording_decides_and_what_is_not_on_the_record_comes_last():
    same = "2026-01-05T10:00"
    assert judged(same, same) == "yes"
    first, second = event("e1", "note.added", same, number=1), event("e2", "note.added", same, number=2)
    on_record = Facts(stood(first, second), first, None)
    assert came_before(second, first, on_record).truth == "no"
    assert came_before(first, first, on_record).truth == "no"
    about_to_be = Facts(stood(first), second, None)
    assert came_before(first, second, about_to_be).truth == "yes"
