"""`cairn restore`: an empty database made what a copy says, each table compared with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.adapters.postgres.backup import BackupFailed, restore
from cairn.config import database
from cairn.config.commands.backup import NO_OWNER

if TYPE_CHECKING:
    import argparse

HELP = "Make an empty database what a copy says, compare each table with it, and give the rights."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy is."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="as `cairn backup` made it")


def run(arguments: argparse.Namespace) -> int:
    """Restore, compare, prepare. 1 where anything is not as the copy says."""
    with database.running() as owner:
        if not owner:
            print(NO_OWNER, file=sys.stderr)
            return 1
        try:
            told = restore(owner, arguments.folder, database.say)
        except BackupFailed as failure:
            print(f"cairn: {failure}", file=sys.stderr)
            return 1
        database.prepare(owner)
    print(
        f"{told.rows:,} rows of {len(told.tables)} tables are as they were on {told.made_at}, each by its digest."
    )
    return 0
