"""Where the command `cairn` begins: the top layer, which knows every part and puts them together."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.adapters.postgres import ClusterFailed
from cairn.config import wiring
from cairn.interfaces.cli.main import COMMANDS, Command, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_COMMANDS: Mapping[str, str] = {
    "backup": "cairn.config.commands.backup",
    "database": "cairn.config.commands.database",
    "demo": "cairn.config.commands.demo",
    "identities": "cairn.config.commands.identities",
    "restore": "cairn.config.commands.restore",
}


def main() -> int:
    """Run the command that this process was given; the number is its exit status."""
    os.environ.setdefault("CAIRN_HOME", str(Path.cwd() / ".cairn"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cairn.config.settings")
    try:
        done = run(sys.argv[1:], {**COMMANDS, **OWN_COMMANDS}, _surroundings)
        sys.stdout.flush()
    except ClusterFailed as failure:
        print(f"cairn: {failure}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return _nobody_reads_on()
    return done


def _nobody_reads_on() -> int:
    """`cairn duties ... | head` has read enough: end as other commands do, and let nothing more be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


@contextlib.contextmanager
def _surroundings(command: Command) -> Iterator[None]:
    """For a command that needs the database: it runs, and Django is set up."""
    wiring.wire()
    if not getattr(command, "NEEDS_DATABASE", False):
        yield
        return
    from cairn.config import database  # noqa: PLC0415 - Django is loaded only for commands that need it

    with database.running():
        database.set_up_django()
        yield
