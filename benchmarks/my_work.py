"""My work, a team's work and a child's page, with 200 and with 2,000 open cases in the authority.

    python -m benchmarks.my_work [cases ...]

The reader holds twenty cases and the team has five workers at either size, so the time should stay: at most 1.2 times.
Each is asked as a use case and as a page (every layer but the network), the sizes in turn, each on a database of
its own. Prints JSON: the median and the 95th percentile at each size, and the ratio of medians of neighbouring sizes.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.table import Line, milliseconds, times

SIZES = (200, 2_000)
ROUNDS, WARM_UP, PROMISED = 100, 10, 1.2

Ways = Mapping[str, Callable[[], Any]]


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """The times at every size, asked in turn so that a busy moment of the machine falls on all."""
    with ExitStack() as stack:
        authorities = {size: stack.enter_context(_authority(size)) for size in sizes}
        names = _measured(authorities[sizes[0]], "")
        taken: dict[str, dict[int, list[float]]] = {name: {size: [] for size in sizes} for name in names}
        for number in range(ROUNDS + WARM_UP):
            for name in names:
                for size in sizes:
                    seconds = _measured(authorities[size], name)
                    if number >= WARM_UP:
                        taken[name][size].append(seconds)
    return {
        "rounds": ROUNDS,
        "sizes": list(sizes),
        "ways": {
            name: {str(size): milliseconds(seconds) for size, seconds in by_size.items()}
            for name, by_size in taken.items()
        },
    }


@contextmanager
def _authority(size: int) -> Iterator[Connection]:
    """A process with an authority of so many open cases, which does what it is told and says how long it took."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process: BaseProcess = context.Process(target=serve, args=(theirs, size), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(30)


def _measured(authority: Connection, name: str) -> Any:
    authority.send(name)
    return authority.recv()


def serve(told: Connection, size: int) -> None:
    """Make the authority; then, for each name sent, do that once and answer with its seconds; '' asks for the names."""
    with installed() as made:
        open_cases(made, size)
        ways = _ways(made)
        while True:
            try:
                name = told.recv()
            except (EOFError, KeyboardInterrupt):
                return
            told.send(_seconds(ways[name]) if name else list(ways))


def _seconds(way: Callable[[], Any]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def _ways(made: Installation) -> Ways:
    from cairn.application import team_work, work
    from cairn.application.team_work import ListWanted

    worker, manager = made.client("Worker 3"), made.client("Manager 0")
    record = made.records["Worker 3"][7]
    return {
        "my work": lambda: work.my_work(made.actor("Worker 3")),
        "team work": lambda: team_work.team_work(made.actor("Manager 0")),
        "team work, a list": lambda: team_work.team_list(made.actor("Manager 0"), ListWanted("due")),
        "my work, page": lambda: _page(worker, "/work/"),
        "team work, page": lambda: _page(manager, "/team/"),
        "team work, a list, page": lambda: _page(manager, "/team/list/?what=children"),
        "child, page": lambda: _page(worker, f"/records/{record}/"),
    }


def _page(browser: Any, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    few, many = (str(size) for size in found["sizes"][-2:])
    for name, way in found["ways"].items():
        yield Line(
            f"{name}, {int(many):,} open cases",
            f"{way[many]['p50_ms']} ms, p95 {way[many]['p95_ms']} ms (promised: p95 under 300 ms)",
            f"the same with {int(few):,}: {way[few]['p50_ms']} ms",
            f"{times(way[many]['p50_ms'] / way[few]['p50_ms'])} (promised: at most {PROMISED})",
        )


if __name__ == "__main__":
    print(json.dumps(run(tuple(int(size) for size in sys.argv[1:]) or SIZES), indent=2))
