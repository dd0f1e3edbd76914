"""The history strip, the clock's bar and the calendar of a count."""

import re
from datetime import UTC, date, datetime

import pytest
from tests.interfaces.web.looks.conftest import HOLIDAYS

from cairn.core.calendar.counting import Count
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar
from cairn.interfaces.web.drawing.clock_bar import Span, clock_bar
from cairn.interfaces.web.drawing.day_count import count_calendar, sum_rows
from cairn.interfaces.web.drawing.history_strip import HistoryEntry, history_strip


def entry(day, kind="contact", **more):
    return HistoryEntry(
        **{"on": day, "kind": kind, "title": "Contact", "short": str(day), "told": f"{day}, Northwick"} | more
    )


def strip(entries):
    return history_strip(entries, first=date(2024, 1, 1), last=date(2026, 11, 23), title="History")


def test_every_entry_is_in_the_picture_and_in_the_list():
    made = strip(
        [
            entry(date(2024, 8, 17), "police notice"),
            entry(date(2025, 3, 14)),
            entry(date(2026, 11, 23), "referral", now=True),
        ]
    )
    assert made.svg.count("<g transform") == 3
    assert [step.line for step in made.steps.steps] == [
        "2024-08-17, Northwick",
        "2025-03-14, Northwick",
        "2026-11-23, Northwick",
    ]
    assert [word for _, word in made.key] == ["Police notice", "Contact", "Referral"]
    assert made.steps.steps[-1].now


def test_labels_never_lie_over_one_another():
    made = strip([entry(date(2025, 3, day), title=f"Contact {day}") for day in range(1, 29)])
    placed = [
        (float(x), float(y))
        for x, y in re.findall(r'<text x="([\d.]+)" y="(\d+)"[^>]*font-weight="700"', made.svg)
    ]
    assert len(placed) == len(set(placed)) > 1
    # Those for which there was no room are in the list all the same.
    assert len(made.steps.steps) == 28
    assert made.svg.count("<g transform") == 28


@pytest.mark.parametrize(("minute", "gone"), [(0, 0.0), (720, 139.0), (1440, 278.0), (9999, 278.0)])
def test_the_bar_shows_how_much_has_gone(minute, gone):
    start = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
    whole = Span(start, datetime(2026, 11, 24, 9, 40, tzinfo=UTC))
    now = datetime.fromtimestamp(start.timestamp() + minute * 60, UTC)
    made = clock_bar(whole, now, (), told="24 hours")
    filled = float(re.search(r'<rect x="1" y="20" width="([\d.]+)" height="18" fill="#1f4f4a"', made)[1])
    assert filled == pytest.approx(gone, abs=0.2)
    assert ">9:40am</text>" in made


@pytest.fixture(scope="module")
def count():
    calendar = Calendar(HolidayTable.from_csv(HOLIDAYS.read_text(encoding="utf-8")))
    return Count(
        date(2026, 11, 10),
        date(2026, 12, 31),
        Duration.parse("35 working days"),
        calendar,
        date(2026, 11, 23),
    )


def test_the_calendar_numbers_each_counted_day(count):
    made = count_calendar("35 days", tuple(count.counted_days()), date(2026, 11, 23))
    days = [day for week in made.weeks for day in week.days]
    assert [day.number for day in days if day.number is not None] == list(range(36))
    assert [day.day for day in days if day.kind == "holiday"] == [25, 28]
    assert [(day.day, day.number) for day in days if day.kind == "end"] == [(31, 35)]
    assert [(day.day, day.number) for day in days if day.today] == [(23, 9)]
    assert made.today == 9
    assert {len(week.days) for week in made.weeks} == {7}
    assert [made.weeks[0].label, made.weeks[-1].label] == ["9 Nov", "28 Dec"]


def test_the_sum_adds_up(count):
    rows = sum_rows(count.sum())
    figures = [int(row.figure.replace("− ", "-")) for row in rows]
    assert sum(figures[:-1]) == figures[-1] == 35
    assert rows[1].figure == "− 14"


def test_hours_have_no_calendar():
    assert count_calendar("24 hours", (), date(2026, 11, 23)) is None
