"""Working days: our table against numpy, over whole vectors and one by one, in one run.

    python -m benchmarks.working_days

A million additions ("n working days from a day") and a million counts ("working days
between two days"), the same ones for each way of doing it. Prints JSON: the median
seconds of each way, and how many times as long as ours it takes (above 1: ours is
faster). Ours takes dates and gives dates. `numpy_vectors` begins and ends with numpy's
own arrays; `numpy_vectors_from_dates` makes them of the same dates and turns the
answer back, as a caller who holds dates must.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

import cairn.procedures
from benchmarks.table import Line, times
from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.moment import Moment
from cairn.core.calendar.working_days import Calendar

FILE = Path(cairn.procedures.__file__).parent / "calendars" / "bank_holidays_england.csv"
KNOWN = date(2026, 1, 1)
# Within the years whose bank holidays are announced: past them ours computes what the statute fixes, and numpy cannot.
FIRST, LENGTH = date(2006, 1, 1), 21 * 365
WITHIN = Duration.parse("10 working days")

Ways = dict[str, Callable[[], Any]]


def run(size: int = 1_000_000, repeats: int = 5) -> dict[str, Any]:
    """The median seconds of every way, and the ratios to ours; numpy's answers must be ours."""
    table = HolidayTable.from_csv(FILE.read_text(encoding="utf-8"))
    calendar = Calendar(table)
    by_numpy = np.busdaycalendar(holidays=[h.date for h in table.holidays if h.was_known(KNOWN)])
    chance = random.Random(5)
    starts = [FIRST + timedelta(days=chance.randrange(LENGTH)) for _ in range(size)]
    numbers = [chance.randrange(1, 46) for _ in range(size)]
    ends = [start + timedelta(days=chance.randrange(90)) for start in starts]
    return {
        "size": size,
        "repeats": repeats,
        "additions": _compare(_additions(calendar, by_numpy, starts, numbers), repeats),
        "counts": _compare(_counts(calendar, by_numpy, starts, ends), repeats),
        "deadline_microseconds": _deadline_microseconds(calendar, starts, repeats),
    }


def _additions(calendar: Calendar, by_numpy: Any, starts: list[date], numbers: list[int]) -> Ways:
    days, amounts = np.array(starts, "datetime64[D]"), np.array(numbers)
    one_by_one = list(zip(days, numbers, strict=True))

    def vectors(from_days: Any) -> Any:
        return np.busday_offset(from_days, amounts, roll="backward", busdaycal=by_numpy)

    def offset(day: Any, number: int) -> Any:
        return np.busday_offset(day, number, roll="backward", busdaycal=by_numpy)

    add = calendar.add_working_days
    return {
        "ours": lambda: [add(day, number, KNOWN) for day, number in zip(starts, numbers, strict=True)],
        "numpy_vectors": lambda: vectors(days),
        "numpy_vectors_from_dates": lambda: vectors(np.array(starts, "datetime64[D]")).tolist(),
        "numpy_one_by_one": lambda: [offset(day, number).item() for day, number in one_by_one],
    }


def _counts(calendar: Calendar, by_numpy: Any, starts: list[date], ends: list[date]) -> Ways:
    next_day = np.timedelta64(1, "D")
    first = np.array(starts, "datetime64[D]") + next_day
    last = np.array(ends, "datetime64[D]") + next_day
    one_by_one = list(zip(first, last, strict=True))
    count = calendar.working_days_between

    def from_dates() -> list[int]:
        after, up_to = (np.array(days, "datetime64[D]") + next_day for days in (starts, ends))
        counted: list[int] = np.busday_count(after, up_to, busdaycal=by_numpy).tolist()
        return counted

    return {
        "ours": lambda: [count(a, b, KNOWN) for a, b in zip(starts, ends, strict=True)],
        "numpy_vectors": lambda: np.busday_count(first, last, busdaycal=by_numpy),
        "numpy_vectors_from_dates": from_dates,
        "numpy_one_by_one": lambda: [int(np.busday_count(a, b, busdaycal=by_numpy)) for a, b in one_by_one],
    }


def _compare(ways: Ways, repeats: int) -> dict[str, Any]:
    """Each way in turn, several times over, so that a busy moment of the machine falls on all."""
    answers = {name: np.asarray(way()) for name, way in ways.items()}
    assert all(np.array_equal(answer, answers["ours"]) for answer in answers.values())
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            times[name].append(_seconds(way))
    medians = {name: median(each) for name, each in times.items()}
    return {
        "seconds": {name: round(each, 3) for name, each in medians.items()},
        "times_ours": {name: round(each / medians["ours"], 2) for name, each in medians.items()},
    }


def _deadline_microseconds(calendar: Calendar, starts: list[date], repeats: int) -> float:
    """What one whole deadline costs, from a moment to the second it is due."""
    moments = [Moment.exact(Moment.on_day(day).latest) for day in starts[:100_000]]

    def work_out() -> list[Any]:
        return [deadline(moment, WITHIN, calendar, KNOWN) for moment in moments]

    return round(median(_seconds(work_out) for _ in range(repeats)) / len(moments) * 1e6, 2)


def _seconds(way: Callable[[], Any]) -> float:
    began = perf_counter()
    way()
    return perf_counter() - began


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    for name in ("additions", "counts"):
        seconds, to_ours = found[name]["seconds"], found[name]["times_ours"]
        for peer, what in PEERS.items():
            yield Line(
                f"a million working-day {name}",
                f"{seconds['ours']} s",
                f"{what}: {seconds[peer]} s",
                times(1 / to_ours[peer]),
            )


PEERS = {"numpy_vectors": "numpy, arrays to arrays", "numpy_one_by_one": "numpy, one by one"}

if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
