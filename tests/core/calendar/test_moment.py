"""A moment is an instant to the second, or a whole London day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cairn.core.calendar.moment import Moment, end_of_london_day, start_of_london_day

SUMMER_NIGHT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        Moment.exact(SUMMER_NIGHT.replace(tzinfo=None))


def test_half_past_midnight_in_summer_belongs_to_the_london_date():
    moment = Moment.exact(datetime(2026, 7, 2, 0, 30, tzinfo=timezone(timedelta(hours=1))))
    assert moment.earliest == SUMMER_NIGHT
    assert moment.day == date(2026, 7, 2)
    assert not moment.is_day


def test_the_last_half_second_of_the_day_is_not_late():
    moment = Moment.exact(datetime(2026, 1, 9, 23, 59, 59, 700_000, tzinfo=UTC))
    assert moment.surely_by(end_of_london_day(date(2026, 1, 9)))


def test_a_day_is_all_of_its_seconds():
    moment = Moment.on_day(date(2026, 3, 29))
    assert moment.is_day
    assert moment.day == date(2026, 3, 29)
    # The day the clocks go forward has 23 hours.
    assert moment.latest - moment.earliest == timedelta(hours=23) - timedelta(seconds=1)


def test_a_day_is_before_or_after_only_where_all_of_it_is():
    moment = Moment.on_day(date(2026, 1, 9))
    noon = datetime(2026, 1, 9, 12, tzinfo=UTC)
    assert not moment.surely_by(noon)
    assert not moment.surely_after(noon)
    assert moment.surely_by(end_of_london_day(date(2026, 1, 9)))
    assert moment.surely_after(start_of_london_day(date(2026, 1, 9)) - timedelta(seconds=1))
