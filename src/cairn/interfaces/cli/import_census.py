"""`cairn import cin-census`: take the children of a census return over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.core.returns.census import FileRefused
from cairn.core.returns.report import as_csv, as_text
from cairn.interfaces.cli.progress import bar

if TYPE_CHECKING:
    from cairn.application.census_import import Imported

HELP = "Take over what another system gives out: cin-census, the children in need census return."
NEEDS_DATABASE = True
UNCHECKED = "CAIRN_AUTHORITY_CODE is not set, so nobody checked that this is the authority's own return."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is imported, and from where."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    census = kinds.add_parser("cin-census", help="the XML file of a children in need census return")
    census.add_argument("file", type=Path, metavar="FILE")
    census.add_argument(
        "--report",
        type=Path,
        metavar="FILE.csv",
        help="write every finding to this file (readable by you only)",
    )
    census.add_argument(
        "--dry-run", action="store_true", help="do all of it, say what came of it, store nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    """Import and print the report. 1 where nothing of the file is taken; children left out do not count as failure."""
    from cairn.application import census_import, installation  # noqa: PLC0415 - needs Django set up

    wanted = census_import.read_return(arguments.file)
    if isinstance(wanted, FileRefused):
        return _refused(wanted)
    if not installation.authority_code():
        print(UNCHECKED, file=sys.stderr)
    with bar("Taking over", wanted.children) as progress:
        imported = census_import.import_return(wanted, dry_run=arguments.dry_run, progress=progress)
    if isinstance(imported, FileRefused):
        return _refused(imported)
    print(as_text(imported.report))
    print(_said(imported, dry_run=arguments.dry_run))
    if arguments.report:
        _write(arguments.report, as_csv(imported.report))
    return 0


def _refused(refusal: FileRefused) -> int:
    print(f"Nothing was stored. {refusal}", file=sys.stderr)
    return 1


def _said(imported: Imported, *, dry_run: bool) -> str:
    lines = (
        f"Records: {imported.new_records:,} new, {imported.known_records:,} there already.",
        f"Events: {imported.new_events:,} new, {imported.known_events:,} there already.",
        "This was a dry run: nothing was stored." if dry_run else "Stored.",
    )
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    """It quotes the return, so only its owner may read it."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8-sig", newline="")
