"""Judging a made-up census return of 1,000, 10,000 and 50,000 children: the time for each child, and the memory.

    python -m benchmarks.census [children ...]

Each return is written to a file and judged by `cairn validate`, each in a process of its own so that its memory is its own.
The time for a child should stay as the return grows, and 50,000 children stay under 500 MB. Prints JSON.
"""

# ruff: noqa: PLC0415 - the process whose memory is counted loads nothing but what judges

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.table import Line, times

SIZES = (1_000, 10_000, 50_000)
SEED, REFERENCE = 20261201, date(2026, 3, 31)
# Of a made-up return so many children are open cases; there are enough of all for any size.
OPEN_SHARE = 0.51
MEGABYTE = 1024


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """What each size took, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        return {str(size): _judged(Path(folder) / f"{size}.xml", size) for size in sizes}


def _judged(path: Path, size: int) -> dict[str, Any]:
    _write(path, size)
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.census", "--judge", str(path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(said.stdout)
    return {**found, "megabytes_of_file": round(path.stat().st_size / MEGABYTE**2, 1)}


def _write(path: Path, size: int) -> None:
    from cairn.adapters import census_writer
    from cairn.application.procedures import shipped_calendar
    from cairn.core.made_up.figures import read_figures
    from cairn.core.made_up.returns import Wanted, children, header

    text = (files("cairn.procedures") / "made_up" / "national_2025.csv").read_text("utf-8")
    wanted = Wanted(round(size * OPEN_SHARE), REFERENCE)
    made = children(wanted, read_figures(text), random.Random(SEED), shipped_calendar())
    with path.open("wb") as file:
        census_writer.write(file, header(wanted), islice(made, size))


def judge(path: Path) -> dict[str, Any]:
    """Judge one return, in this process: the seconds, and the most memory that the process ever had."""
    from cairn.application.census_validating import Validated, validate
    from cairn.config.wiring import wire

    wire()
    began = time.perf_counter()
    done = validate(path, lambda _: None)
    taken = time.perf_counter() - began
    if not isinstance(done, Validated):
        raise TypeError(str(done))
    return {
        "children": done.children,
        "errors": done.errors,
        "seconds": round(taken, 2),
        "children_a_second": round(done.children / taken),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE),
    }


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table: each size against the one before it."""
    sizes = list(found.values())
    for before, one in zip([None, *sizes], sizes, strict=False):
        against = f"{before['children_a_second']:,} a second of {before['children']:,}" if before else ""
        ratio = times(before["children_a_second"] / one["children_a_second"]) if before else ""
        yield Line(
            f"a census return of {one['children']:,} children judged by every rule",
            f"{one['seconds']} s, {one['children_a_second']:,} children a second, {one['megabytes']} MB",
            against,
            ratio,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--judge"]:
        print(json.dumps(judge(Path(sys.argv[2]))))
    else:
        print(json.dumps(run(tuple(int(size) for size in sys.argv[1:]) or SIZES), indent=2))
