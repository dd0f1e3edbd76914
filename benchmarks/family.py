"""A family of sixty people shown, against one of six.

    python -m benchmarks.family

Sixty are twelve children and forty-eight adults, each adult around three of them; six are two children and four
adults. Each is asked as a use case and as a page (every layer but the network), in turn on one database. Prints JSON:
the median and the 95th percentile of each. The database is asked the same number of questions for both (the tests
count them); what grows is reading the children's records and writing out the table.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.table import Line, milliseconds, times

SMALL, LARGE = (2, 4), (12, 48)
ROUNDS, WARM_UP = 60, 5
AROUND = 3


def run() -> dict[str, Any]:
    """The times of both families, asked in turn so that a busy moment of the machine falls on both."""
    with installed() as made:
        open_cases(made, 100)
        families = {
            "6": _family(made, "Worker 0", *SMALL),
            "60": _family(made, "Worker 1", *LARGE),
        }
        ways = {size: _ways(made, *family) for size, family in families.items()}
        taken: dict[str, dict[str, list[float]]] = {name: {size: [] for size in ways} for name in ways["6"]}
        for number in range(ROUNDS + WARM_UP):
            for size, of_size in ways.items():
                for name, way in of_size.items():
                    seconds = _seconds(way)
                    if number >= WARM_UP:
                        taken[name][size].append(seconds)
    return {
        "rounds": ROUNDS,
        "ways": {
            name: {size: milliseconds(seconds) for size, seconds in by_size.items()}
            for name, by_size in taken.items()
        },
    }


def _family(made: Installation, worker: str, children: int, adults: int) -> tuple[str, UUID]:
    """Make children of one worker a family: all have one mother, every other adult belongs to three of them."""
    from cairn.application.recording import Recorded, Request, record_act

    records = made.records[worker][:children]
    for number in range(adults):
        around = records if number == 0 else [records[(number + step) % children] for step in range(AROUND)]
        for record in dict.fromkeys(around):
            said = {
                "name": f"Adult {number}",
                "relation": "parent_mother" if number == 0 else "aunt_or_uncle",
                "person": f"{worker} adult {number}",
                "household": "same" if number == 0 else "other",
            }
            done = record_act(made.actor(worker), Request("record-relationship", said, record))
            assert isinstance(done, Recorded), done
    return worker, records[0]


def _ways(made: Installation, worker: str, record: UUID) -> Mapping[str, Callable[[], Any]]:
    from cairn.application.family import open_family

    browser, actor = made.client(worker), made.actor(worker)
    return {
        "family": lambda: open_family(actor, record),
        "family, page": lambda: _page(browser, f"/records/{record}/family/"),
    }


def _page(browser: Any, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code


def _seconds(way: Callable[[], Any]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    for name, way in found["ways"].items():
        yield Line(
            f"{name}, 60 people",
            f"{way['60']['p50_ms']} ms, p95 {way['60']['p95_ms']} ms (promised: p95 under 300 ms)",
            f"the same with 6: {way['6']['p50_ms']} ms",
            times(way["60"]["p50_ms"] / way["6"]["p50_ms"]),
        )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
