"""`cairn verify`: whether the tables say what the events say, and the events what was written."""

from __future__ import annotations

import argparse
import sys

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.interfaces.cli.progress import bar

HELP = "Compare what stands with what the events give, and the events with their digests; nothing is written."
NEEDS_DATABASE = True
SHOWN = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The instant to compare at."""
    parser.add_argument(
        "--at", metavar="TIME", help="compare at this time (2026-03-31T09:30, London) instead of now"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every difference (the first 200), with no personal data. 1 where there is any, or no such time."""
    from cairn.application import ports, upkeep, verifying  # noqa: PLC0415 - needs Django set up

    moment = parse_moment(arguments.at) if arguments.at else None
    if isinstance(moment, TimeFault):
        print(f"cairn: --at {arguments.at}: {moment.reason}; expected {moment.expected}", file=sys.stderr)
        return 1
    records, differences = upkeep.how_many(), 0
    with bar("Comparing", records) as progress:
        for difference in verifying.verify(moment.latest if moment else ports.now(), progress):
            differences += 1
            if differences <= SHOWN:
                print(difference)
    if differences > SHOWN:
        print(f"... and {differences - SHOWN:,} more.")
    print(f"{records:,} records compared: {differences:,} differences.")
    return 1 if differences else 0
