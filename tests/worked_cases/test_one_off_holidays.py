"""One-off bank holidays: before the day each was announced the old date stood, since then the new one does.

A referral's response is decided within one working day (Peterborough 3.5), an assessment completed within ten (4.19).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cairn.application.procedures import procedures
from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.moment import Moment

RESPONSE, ASSESSMENT = "referral-response-decision", "assessment-complete"

# The holiday; the day it was announced; the rule; the day of the referral; due before the announcement; due since.
TABLE = [
    # Royal wedding, Friday 29 April 2011. A referral on Thursday the 28th: the next day, Friday. Since announced:
    # Friday is passed over, so are Saturday, Sunday and the May Day holiday of Monday 2 May: Tuesday 3 May.
    ("2011-04-29", "2010-11-23", RESPONSE, "2011-04-28", "2011-04-29", "2011-05-03"),
    # 2012: the spring holiday of 28 May moved to 4 June. From Friday 25 May: before, Monday 28 May was a holiday, so
    # Tuesday 29 May; since, Monday 28 May counts.
    ("2012-05-28", "2010-01-05", RESPONSE, "2012-05-25", "2012-05-29", "2012-05-28"),
    # 2012: 4 and 5 June (Diamond Jubilee). From Friday 1 June: before, Monday the 4th; since, Wednesday the 6th.
    ("2012-06-05", "2010-01-05", RESPONSE, "2012-06-01", "2012-06-04", "2012-06-06"),
    # 2020: May Day moved from Monday 4 to Friday 8 May. From Friday 1 May: before, Tuesday the 5th; since, Monday the 4th.
    ("2020-05-04", "2019-06-07", RESPONSE, "2020-05-01", "2020-05-05", "2020-05-04"),
    # 2020: from Thursday 7 May: before, Friday the 8th; since, Monday the 11th.
    ("2020-05-08", "2019-06-07", RESPONSE, "2020-05-07", "2020-05-08", "2020-05-11"),
    # 2022: the spring holiday moved from Monday 30 May to Thursday 2 June. From Friday 27 May: before, Tuesday the 31st
    # (Monday was the holiday); since, Monday the 30th.
    ("2022-05-30", "2020-11-12", RESPONSE, "2022-05-27", "2022-05-31", "2022-05-30"),
    # 2022: 2 and 3 June (Platinum Jubilee). From Wednesday 1 June: before, Thursday the 2nd; since, Monday the 6th.
    ("2022-06-03", "2020-11-12", RESPONSE, "2022-06-01", "2022-06-02", "2022-06-06"),
    # 2022: the Queen's funeral, Monday 19 September. Ten working days from Thursday 8 September: 9, 12, 13, 14, 15, 16,
    # 19, 20, 21, 22 (before); with the 19th passed over, the tenth is Friday the 23rd.
    ("2022-09-19", "2022-09-10", ASSESSMENT, "2022-09-08", "2022-09-22", "2022-09-23"),
    # 2023: the coronation, Monday 8 May. From Friday 5 May: before, Monday the 8th; since, Tuesday the 9th.
    ("2023-05-08", "2022-11-06", RESPONSE, "2023-05-05", "2023-05-08", "2023-05-09"),
]


@pytest.mark.parametrize(("holiday", "announced", "rule", "referred", "before", "since"), TABLE)
def test_a_date_is_the_old_one_until_the_holiday_is_announced(
    holiday, announced, rule, referred, before, since
):
    found = procedures("peterborough")
    within = found.protocol.duties[rule][0].within
    start, day = Moment.on_day(date.fromisoformat(referred)), date.fromisoformat(announced)
    known_before = deadline(start, within, found.calendar, day - timedelta(days=1))
    known_since = deadline(start, within, found.calendar, day)
    assert (known_before.due_day.isoformat(), known_since.due_day.isoformat()) == (before, since), holiday
