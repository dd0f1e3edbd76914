"""`cairn validate cin-census`: judge a census return by the census's own rules."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from cairn.application import census_validating
from cairn.core.returns.census import FileRefused
from cairn.core.returns.report import cell
from cairn.core.returns.rules.model import Fault
from cairn.interfaces.cli.progress import bar

HELP = "Judge a return by its own rules, errors and queries: cin-census, the children in need census."
COLUMNS = ("rule", "sort", "child", "element", "line", "found", "says", "what to do")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is judged, and where the faults go."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    census = kinds.add_parser("cin-census", help="the XML file of a children in need census return")
    census.add_argument("file", type=Path, metavar="FILE")
    where = census.add_mutually_exclusive_group()
    where.add_argument(
        "--report",
        type=Path,
        metavar="FILE.csv",
        help="write every fault to this file (readable by you only)",
    )
    where.add_argument(
        "--json", action="store_true", help="print each fault as a line of JSON, as it is found"
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge it and print how often each rule is broken. 1 where there is an error, or nothing could be judged."""
    told: Counter[tuple[str, str, str, str]] = Counter()
    with _where(arguments) as write, bar("Judging") as progress:

        def take(fault: Fault) -> None:
            told[fault.rule, fault.sort, fault.says, fault.remedy] += 1
            write(fault)

        done = census_validating.validate(arguments.file, take, progress)
    if isinstance(done, FileRefused):
        print(f"Nothing was judged. {done}", file=sys.stderr)
        return 1
    if not arguments.json:
        print(f"Return of {done.year - 1}-{done.year % 100:02}: {done.children:,} children.")
        for (rule, sort, says, remedy), number in told.most_common():
            print(f"{rule:>6}  {sort:<5}  {number:>7,}  {says}. {remedy}")
        print(f"{done.errors:,} errors, {done.queries:,} queries.")
    return 1 if done.errors else 0


@contextmanager
def _where(arguments: argparse.Namespace) -> Iterator[Callable[[Fault], None]]:
    if arguments.json:
        yield lambda fault: print(json.dumps(asdict(fault), ensure_ascii=False))
    elif arguments.report:
        path: Path = arguments.report
        # It quotes the return, so only its owner may read it.
        path.touch(mode=0o600)
        path.chmod(0o600)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            yield lambda fault: table.writerow(_row(fault))
    else:
        yield lambda _: None


def _row(fault: Fault) -> list[str]:
    line = str(fault.line) if fault.line else ""
    values = (fault.rule, fault.sort, fault.child, fault.element, line, fault.found, fault.says, fault.remedy)
    return [cell(one) for one in values]
