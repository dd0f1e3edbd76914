"""When something ended, by a time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cairn.core.calendar.end_time import ended_before_it_began, is_end_time
from cairn.core.calendar.moment import Moment

HALF_PAST_TEN_AT_NIGHT = Moment.exact(datetime(2026, 6, 1, 21, 30, 40, tzinfo=UTC))


@pytest.mark.parametrize("text", ["5pm", "5:10pm", "12am", "midday", "midnight", "12:40am the next day"])
def test_it_is_a_time(text):
    assert is_end_time(text)


@pytest.mark.parametrize("text", ["17:10", "13pm", "5:60pm", "5", "", "5pm tomorrow", "the next day", "５pm"])
def test_it_is_none(text):
    assert not is_end_time(text)


@pytest.mark.parametrize("until", ["10:29pm", "9pm", "midday", "12:40am", "12am", "11am"])
def test_before_it_began(until):
    assert ended_before_it_began(until, HALF_PAST_TEN_AT_NIGHT)


@pytest.mark.parametrize(
    "until", ["10:30pm", "11pm", "midnight", "12:40am the next day", "9pm the next day", "late"]
)
def test_not_before_it_began(until):
    assert not ended_before_it_began(until, HALF_PAST_TEN_AT_NIGHT)


def test_of_a_day_without_a_time_nobody_can_tell():
    assert not ended_before_it_began("1am", Moment.on_day(date(2026, 6, 1)))
