"""`cairn backup`: a copy of the database in a folder, with the digest of each table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.adapters.postgres.backup import BackupFailed, back_up
from cairn.application.ports import now
from cairn.config import database

if TYPE_CHECKING:
    import argparse

HELP = "Copy the database into a new folder, while people work, with the digest of each table."
KEYS = (
    "The keys of this installation (secret key, referrers’ identity) are not in the copy. Keep them apart from it: without the "
    "second one nobody can read who referred where they did not wish to be named."
)
NO_OWNER = "cairn: set CAIRN_DATABASE_URL to the owner's address."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="made anew, readable by you only")


def run(arguments: argparse.Namespace) -> int:
    """Make the copy and say what is in it. 1 where there is none."""
    with database.running() as owner:
        if not owner:
            print(NO_OWNER, file=sys.stderr)
            return 1
        try:
            made = back_up(owner, arguments.folder, now(), database.say)
        except BackupFailed as failure:
            print(f"cairn: {failure}", file=sys.stderr)
            return 1
    print(f"{made.rows:,} rows of {len(made.tables)} tables are in {arguments.folder}.")
    print(KEYS)
    return 0
