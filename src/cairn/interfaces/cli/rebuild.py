"""`cairn rebuild`: derive every record again from its events."""

from __future__ import annotations

import argparse
import sys

from cairn.interfaces.cli.progress import bar

HELP = "Derive every record's lists, duties and look-up keys again from its events."
NEEDS_DATABASE = True
INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Derive in batches, beside people at work; stopped, it can be run again. 1 where a record can't be derived."""
    from cairn.application import upkeep  # noqa: PLC0415 - needs Django set up

    try:
        with bar("Deriving", upkeep.how_many()) as progress:
            kept = upkeep.rebuild(progress)
    except KeyboardInterrupt:
        print("Stopped: what was derived so far stands. Run it again to derive the rest.", file=sys.stderr)
        return INTERRUPTED
    print(f"{kept.done:,} records derived again.")
    for record in kept.failed:
        print(f"Record {record} could not be derived; its lists stay as they were.", file=sys.stderr)
    return 1 if kept.failed else 0
