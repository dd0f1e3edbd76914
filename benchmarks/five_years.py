"""A record of five years, derived and shown, against a tenth of it.

    python -m benchmarks.five_years

Six hundred events (benchmarks/long_record.py) against sixty. They are derived by the core alone; then each page that
is read from the whole record is asked for (every layer but the network), in turn on one database. Prints JSON: the
median and the 95th percentile of each. The database is asked the same for both (a test counts it); what may grow is
what is told, at most as the record does.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.long_record import TENTH, WHOLE, in_ledger, long_record
from benchmarks.table import Line, milliseconds, times

ROUNDS, WARM_UP, PROMISED = 30, 3, 300
SIZES = (TENTH, WHOLE)
# Looked back on from here, when either record was being written.
BACK = timedelta(days=60)

Ways = Mapping[str, Callable[[], Any]]


def run() -> dict[str, Any]:
    """The times of both records, taken in turn so that a busy moment of the machine falls on both."""
    with installed() as made:
        open_cases(made, 20)
        ways = {size: {**_core(size), **_pages(made, size)} for size in SIZES}
        taken: dict[str, dict[int, list[float]]] = {
            name: {size: [] for size in SIZES} for name in ways[WHOLE]
        }
        for number in range(ROUNDS + WARM_UP):
            for name, by_size in taken.items():
                for size, seconds in by_size.items():
                    took = _seconds(ways[size][name])
                    if number >= WARM_UP:
                        seconds.append(took)
    return {
        "rounds": ROUNDS,
        "sizes": list(SIZES),
        "ways": {
            name: {str(size): milliseconds(seconds) for size, seconds in by_size.items()}
            for name, by_size in taken.items()
        },
    }


def _core(size: int) -> Ways:
    from cairn.application.procedures import in_use
    from cairn.core.engine.view import View, derive

    ends = datetime.now(UTC)
    events = long_record(size, in_use(), ends=ends)
    parts: Mapping[str, Callable[[View], Any]] = {
        "its duties derived": lambda view: view.duties,
        "derived whole": lambda view: (
            *(view.duties, view.recorded_without, view.next_steps, view.positions, view.lateness_gone),
        ),
    }

    def of(part: Callable[[View], Any]) -> Callable[[], Any]:
        return lambda: part(derive(events, in_use(), as_at=ends))

    return {name: of(part) for name, part in parts.items()}


def _pages(made: Installation, size: int) -> Ways:
    from cairn.application.ports import now

    actor = made.actor("Worker 0")
    record = in_ledger(size, actor, made.actor("Manager 0"), str(size))
    browser, back = made.client("Worker 0"), (now() - BACK).date().isoformat()
    addresses = {
        "overview": "",
        "timeline": "timeline/",
        "plan": "plan/",
        "chronology": "chronology/",
        "look-back": f"look-back/?on={back}",
    }
    return {
        f"{name}, page": lambda address=f"/records/{record}/{rest}": _page(browser, address)
        for name, rest in addresses.items()
    }


def _page(browser: Any, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _seconds(way: Callable[[], Any]) -> float:
    began = perf_counter()
    way()
    return perf_counter() - began


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    tenth, whole = (str(size) for size in found["sizes"])
    for name, way in found["ways"].items():
        promised = f" (promised: p95 under {PROMISED} ms)" if name.endswith("page") else ""
        yield Line(
            f"a record of {whole} events: {name}",
            f"{way[whole]['p50_ms']} ms, p95 {way[whole]['p95_ms']} ms{promised}",
            f"the same of {tenth}: {way[tenth]['p50_ms']} ms",
            times(way[whole]["p50_ms"] / way[tenth]["p50_ms"]),
        )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
