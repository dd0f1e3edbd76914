"""The package `eventsourcing` as a peer, in an environment of its own: nothing here depends on it.

Run as a program by that environment's Python, it appends as many events as each line of its input says, in one
transaction, and answers with the seconds that took.
"""

# ruff: noqa: PLC0415 - the package is there for the peer's own process only

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.installation import Installation

FOLDER = Path(__file__).resolve().parent.parent / "build" / "peer-eventsourcing"
PYTHON = FOLDER / "bin" / "python"
PACKAGES = ["eventsourcing==9.5.*", "psycopg[binary,pool]"]
MINUTES = 2
TEXT = "Rang the school. The head of year says that Robin is in today, fed and cheerful. " * 6

_reasons: list[str] = []


class Peer:
    """A process that appends events through `eventsourcing` when told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def append(self, events: int) -> float:
        """Append events to one aggregate in one transaction; the seconds it took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{events}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def started(made: Installation) -> Iterator[Peer | None]:
    """The peer on a database of its own in the same cluster; None where it can't be had (see `why_not`)."""
    if not _is_there():
        yield None
        return
    command = [str(PYTHON), str(Path(__file__).resolve()), made.make_empty("peer")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        try:
            yield Peer(process)
        finally:
            process.stdin.close()
            process.wait(10)


def why_not() -> str:
    """Why the peer could not be had."""
    return _reasons[-1] if _reasons else ""


def _is_there() -> bool:
    commands = (
        [sys.executable, "-m", "venv", str(FOLDER)],
        [str(PYTHON), "-m", "pip", "install", "-q", *PACKAGES],
    )
    try:
        if (
            not PYTHON.exists()
            or subprocess.run([PYTHON, "-c", "import eventsourcing"], check=False, stderr=-3).returncode
        ):
            for command in commands:
                subprocess.run(command, check=True, capture_output=True, timeout=MINUTES * 60)
    except (OSError, subprocess.SubprocessError) as fault:
        _reasons.append(f"it could not be installed ({type(fault).__name__})")
        return False
    return True


def _application(address: str) -> Any:
    from eventsourcing.application import Application
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(address)
    return Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(parts["dbname"]),
            "POSTGRES_HOST": str(parts["host"]),
            "POSTGRES_PORT": str(parts.get("port", "")),
            "POSTGRES_USER": str(parts["user"]),
            "POSTGRES_PASSWORD": "",
        }
    )


def serve(address: str) -> None:
    """Append when told to, until the input ends."""
    from eventsourcing.domain import Aggregate, event

    class Case(Aggregate):
        def __init__(self) -> None:
            self.notes = 0

        @event("NoteAdded")
        def add_note(self, text: str) -> None:
            self.notes += 1

    application = _application(address)
    case = Case()
    application.save(case)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            case.add_note(TEXT)
        application.save(case)
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
