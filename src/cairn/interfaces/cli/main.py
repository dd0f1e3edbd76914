"""The command line: finds the command that was asked for, and runs it.

To add a command, write a module with three names and put one line into `COMMANDS`:

    HELP = "Print every duty of a case file."            # one sentence, shown by `cairn --help`
    def add_arguments(parser: argparse.ArgumentParser) -> None: ...
    def run(arguments: argparse.Namespace) -> int: ...   # 0 done, 1 refused, with the reason on standard error

The module is imported only when it is asked for, so that it may import what it likes at its top; but what needs Django
or the database says `NEEDS_DATABASE = True`. Then the database is running, Django is set up and the adapters are wired
before `run` is called (models and what uses them are imported inside `run`). A command that has to reach an adapter
itself belongs into `cairn.config.commands`, and into the registry of `cairn.config.main`.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

COMMANDS: Mapping[str, str] = {
    "account": "cairn.interfaces.cli.account",
    "deliver": "cairn.interfaces.cli.deliver",
    "duties": "cairn.interfaces.cli.duties",
    "export": "cairn.interfaces.cli.export_census",
    "gates": "cairn.interfaces.cli.gates",
    "import": "cairn.interfaces.cli.import_census",
    "next": "cairn.interfaces.cli.next_steps",
    "rebuild": "cairn.interfaces.cli.rebuild",
    "tick": "cairn.interfaces.cli.tick",
    "validate": "cairn.interfaces.cli.validate",
    "verify": "cairn.interfaces.cli.verify",
    "vocabulary": "cairn.interfaces.cli.vocabulary",
}

MISUSED = 2


class Command(Protocol):
    """What a command's module offers; `NEEDS_DATABASE` may be left out."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; the number is the exit status."""
        ...


def run(
    words: Sequence[str],
    commands: Mapping[str, str],
    surroundings: Callable[[Command], AbstractContextManager[None]],
) -> int:
    """Run the command named by the first of `words` with the rest, inside the surroundings it needs.

    `commands` says in which module each command is. Returns the exit status: 2 where no such command is known.
    """
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview(commands))
        return 0 if words else MISUSED
    name, *rest = words
    if name not in commands:
        print(_unknown(name, commands), file=sys.stderr)
        return MISUSED
    command = _command(commands[name])
    parser = argparse.ArgumentParser(prog=f"cairn {name}", description=command.HELP)
    command.add_arguments(parser)
    arguments = parser.parse_args(rest)
    with surroundings(command):
        return command.run(arguments)


def _command(module: str) -> Command:
    return cast("Command", import_module(module))


def _overview(commands: Mapping[str, str]) -> str:
    width = max(map(len, commands), default=0)
    lines = [f"  {name:<{width}}  {_command(commands[name]).HELP}" for name in sorted(commands)]
    return "\n".join(["Usage: cairn COMMAND ...", "", *lines, "", "cairn COMMAND --help says more."])


def _unknown(name: str, commands: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name, commands, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"cairn: there is no command {name!r}.{meant} cairn --help lists them."
