"""`cairn tick`: what the passing of time, or new procedures, have changed since records were derived."""

from __future__ import annotations

import argparse
import sys

HELP = "Derive again what time or new procedures have changed; to be run every few minutes."
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Derive what has changed by now. 1 where a record can't be derived."""
    from cairn.application import upkeep  # noqa: PLC0415 - needs Django set up
    from cairn.application.ports import now  # noqa: PLC0415 - as above
    from cairn.application.sweeping import sweep  # noqa: PLC0415 - as above

    kept = upkeep.tick(now())
    sweep()
    print(f"{kept.done:,} records derived again.")
    for record in kept.failed:
        print(f"Record {record} could not be derived; its lists stay as they were.", file=sys.stderr)
    return 1 if kept.failed else 0
