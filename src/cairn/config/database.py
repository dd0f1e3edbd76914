"""The database a command works on: the one it is told of, else the embedded one, started for as long as it takes."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import django

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.databases import DATABASE, OWNER, make_database
from cairn.config import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN = ("CAIRN_DATABASE_URL", "CAIRN_APP_DATABASE_URL")


def say(line: str) -> None:
    """Tell whoever waits what takes so long; not on standard output, which may be somebody's data."""
    print(line, file=sys.stderr, flush=True)


def is_embedded() -> bool:
    """Whether no other database has been named."""
    return not any(os.environ.get(name) for name in GIVEN)


def cluster() -> Cluster:
    """The embedded cluster of this installation (in CAIRN_HOME)."""
    return Cluster(environment.home(os.environ) / "postgres", say=say)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The owner's URL of a database that runs while the caller is inside; empty where only the app's is known."""
    if not is_embedded():
        yield os.environ.get(GIVEN[0], "")
        return
    with cluster() as started:
        yield make_database(started)


def owners_address(started: Cluster) -> str:
    """The owner's URL of the embedded database."""
    return started.url(DATABASE, OWNER)


def prepare(owner: str) -> None:
    """Make roles, tables and rights in the database at this owner's URL, or bring them up to date."""
    set_up_django()
    from cairn.application import four_eyes  # noqa: PLC0415 - it needs Django's settings
    from cairn.records import roles  # noqa: PLC0415 - it needs Django's settings

    roles.prepare(owner, four_eyes.rules())


def set_up_django() -> None:
    """Load the settings (they find the running database) and wire the adapters."""
    django.setup()
