"""Every benchmark, one after the other: `make bench`, or `python -m benchmarks [name ...]`.

Each runs in a process of its own and says what it found as JSON. All of it goes to build/benchmarks.json, and as a
table to docs/reference/benchmarks.md; a run of some of them, or one that was interrupted, writes neither.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.table import markdown

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "one_act",
    "my_work",
    "family",
    "five_years",
    "assessment",
    "web_worker",
    "derive_record",
    "working_days",
    "person_search",
    "census",
    "access",
)
JSON, PAGE = ROOT / "build" / "benchmarks.json", ROOT / "docs" / "reference" / "benchmarks.md"
PATIENCE = 30

HEAD = """# Speed

What `make bench` found on {day} (Python {python}, {processors} processors). Machines are shared and noisy: times are
medians unless they say otherwise, and what counts is the ratio, to a named peer or to a tenth of the data, taken in
turn in the same run: ours over the other, so that below 1 ours is the faster. Written by `python -m benchmarks`; the
numbers behind it are then in `build/benchmarks.json`.

"""


def main(wanted: list[str]) -> int:
    """Run them, show how far it is, write what was found."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        print(f"there is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
        return 2
    names = [name for name in NAMES if name in (wanted or NAMES) and _is_there(name)]
    try:
        found = {name: _measured(name, place, len(names)) for place, name in enumerate(names, start=1)}
    except KeyboardInterrupt:
        print("\ninterrupted: nothing was written", file=sys.stderr)
        return 130
    if wanted:
        print(json.dumps(found, indent=2))
    else:
        _write(found)
    return 0


def _is_there(name: str) -> bool:
    return (ROOT / "benchmarks" / f"{name}.py").exists()


def _measured(name: str, place: int, of: int) -> dict[str, Any]:
    print(f"[{place}/{of}] {name} ...", end=" ", file=sys.stderr, flush=True)
    began = time.perf_counter()
    with _process(name) as process:
        said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"failed: python -m benchmarks.{name}")
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    found: dict[str, Any] = json.loads(said)
    return found


@contextlib.contextmanager
def _process(name: str) -> Iterator[subprocess.Popen[str]]:
    """Interrupted, it has time to stop its database before we go."""
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        except KeyboardInterrupt:
            # It was interrupted with us: anything more would stop it from putting its database away.
            process.wait(PATIENCE)
            raise


def _write(found: dict[str, Any]) -> None:
    JSON.parent.mkdir(exist_ok=True)
    JSON.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    lines = [line for name in found for line in import_module(f"benchmarks.{name}").lines(found[name])]
    head = HEAD.format(
        day=datetime.now(UTC).date().isoformat(), python=platform.python_version(), processors=os.cpu_count()
    )
    table = markdown(lines)
    PAGE.write_text(f"{head}{table}\n", encoding="utf-8")
    print(f"\n{table}\n\nwritten: {PAGE.relative_to(ROOT)}, {JSON.relative_to(ROOT)}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
