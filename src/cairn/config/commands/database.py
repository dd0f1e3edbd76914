"""`cairn database`: the embedded PostgreSQL, and making any database ready."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cairn.adapters.postgres.databases import make_database
from cairn.config import database

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

HELP = "Start, stop or look at the embedded PostgreSQL; prepare or check a database (tables, roles, rights, who signs)."
NOT_RUNNING = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=list(_ACTIONS), help="what to do with the database")


def run(arguments: argparse.Namespace) -> int:
    return _ACTIONS[arguments.do]()


def _start() -> int:
    if not database.is_embedded():
        return _refuse_foreign()
    cluster = database.cluster()
    cluster.start()
    print(make_database(cluster))
    return 0


def _stop() -> int:
    if not database.is_embedded():
        return _refuse_foreign()
    database.cluster().stop()
    return 0


def _status() -> int:
    """0 where it runs, 3 where it doesn't, as service managers have it."""
    if not database.is_embedded():
        return _refuse_foreign()
    cluster = database.cluster()
    if not cluster.is_running():
        print("not running")
        return NOT_RUNNING
    print(f"running: {database.owners_address(cluster)}")
    return 0


def _prepare() -> int:
    """Make or bring up to date roles, tables and rights, as the owner."""
    with database.running() as owner:
        if not owner:
            print("cairn: set CAIRN_DATABASE_URL to the owner's address to prepare it.", file=sys.stderr)
            return 1
        database.prepare(owner)
    print("The database is ready.")
    return 0


def _check() -> int:
    """1 where the database guards something else than the vocabulary says, or logs what is typed; with what to do."""
    with database.running():
        database.set_up_django()
        from django.db import OperationalError  # noqa: PLC0415 - it needs Django's settings

        from cairn.config import checks  # noqa: PLC0415 - it needs Django's settings

        try:
            found = checks.unprepared()
            loud = checks.loud_database()
        except OperationalError as failure:
            print(f"cairn: the database does not answer: {failure}", file=sys.stderr)
            return 1
    for _, words in found:
        print(words)
    if not found:
        print("The database guards what the vocabulary says.")
    for setting in loud:
        print(setting)
    return 1 if found or loud else 0


def _refuse_foreign() -> int:
    name = next(name for name in database.GIVEN if os.environ.get(name))
    print(f"cairn: {name} is set, and that database isn't ours to start or stop.", file=sys.stderr)
    return 1


_ACTIONS: Mapping[str, Callable[[], int]] = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "prepare": _prepare,
    "check": _check,
}
