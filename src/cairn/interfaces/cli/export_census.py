"""`cairn export cin-census`: give the children in need census return out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cairn.core.returns.census import FileRefused
from cairn.interfaces.cli.progress import bar

HELP = "Give out what another body asks for: cin-census, the children in need census return."
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is given out, for which year, and where it goes."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    census = kinds.add_parser("cin-census", help="the XML file of a children in need census return")
    census.add_argument("file", type=Path, metavar="FILE", help="written anew, readable by you only")
    census.add_argument(
        "--year", type=int, required=True, help="the year of its reference date, 31 March: 2026 is 2025-26"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the return and say what is in it. 1 where none could be written."""
    from cairn.application import census_export, upkeep  # noqa: PLC0415 - needs Django set up

    with bar("Giving out", upkeep.how_many()) as progress:
        done = census_export.export_return(arguments.file, arguments.year, progress)
    if isinstance(done, FileRefused):
        print(f"Nothing was written. {done}", file=sys.stderr)
        return 1
    print(
        f"Return of {done.year - 1}-{done.year % 100:02}: {done.children:,} children of {done.records:,} records."
    )
    print(f"Now judge it by the census's own rules: cairn validate cin-census {arguments.file}")
    return 0
