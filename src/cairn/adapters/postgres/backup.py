"""A copy of a database in a folder, and a database made of one: what each table held is compared by number and digest."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from cairn.adapters.postgres.binaries import program

DUMP, MANIFEST = "cairn.dump", "manifest.json"
SCHEMA: Final = "public"
PIECE: Final = 1024 * 1024
# The rows as text are the same on every server only with these.
_SAME_EVERYWHERE: Final = (
    "SET timezone TO 'UTC'",
    "SET datestyle TO 'ISO, YMD'",
    "SET bytea_output TO 'hex'",
    "SET extra_float_digits TO 1",
)
# A sum of parts of each row's digest: whatever the order of the rows, and nothing is held.
_DIGEST: Final = """
SELECT count(*),
       coalesce(sum(('x' || substr(md5(row::text), 1, 15))::bit(60)::bigint::numeric), 0)::text
       || ':' || coalesce(sum(('x' || substr(md5(row::text), 16, 15))::bit(60)::bigint::numeric), 0)::text
FROM {} AS row
"""
Say = Callable[[str], None]


class BackupFailed(Exception):
    """Nothing usable was made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table held: how many rows, and a digest of them that does not depend on their order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a copy: when it was made (UTC), the digest of its file, and each table."""

    made_at: str
    dump: str
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(one.rows for one in self.tables.values())


def back_up(owner: str, folder: Path, at: datetime, say: Say) -> Manifest:
    """Copy the database at the owner's address into a new folder that only its owner may read; `at` is now, in UTC.

    The copy and the digests are of one instant, whoever writes meanwhile. Raises BackupFailed; then the folder holds no manifest,
    and a folder without one is no copy.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed(f"{folder} holds something already. Name a new folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with psycopg.connect(owner) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        tables = dict(_tables(connection, say))
        say("Copying")
        _run(
            "pg_dump", owner,
            "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={snapshot}", f"--file={folder / DUMP}",
        )  # fmt: skip
    made = Manifest(at.isoformat(timespec="seconds"), _digest_of(folder / DUMP), tables)
    (folder / MANIFEST).write_text(json.dumps(asdict(made), indent=1), "utf-8")
    return made


def restore(owner: str, folder: Path, say: Say) -> Manifest:
    """Make the empty database at the owner's address what the copy says, and compare each table with it.

    Raises BackupFailed where the copy is not whole, the database not empty, or a table differs. What was restored is then left
    for looking at; rights have still to be given (`cairn database prepare`).
    """
    manifest = read_manifest(folder)
    if _digest_of(folder / DUMP) != manifest.dump:
        raise BackupFailed(
            f"{folder / DUMP} is not the file that was made: it has been changed. Use another copy."
        )
    with psycopg.connect(owner) as connection:
        if list(_names(connection)):
            raise BackupFailed("The database holds tables already. Restore into an empty one.")
    say("Restoring")
    _run(
        "pg_restore",
        owner,
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={conninfo_to_dict(owner)['dbname']}",
        str(folder / DUMP),
    )
    with psycopg.connect(owner) as connection:
        found = dict(_tables(connection, say))
    differing = sorted(
        name for name in manifest.tables.keys() | found.keys() if manifest.tables.get(name) != found.get(name)
    )
    if differing:
        raise BackupFailed(f"Restored, and not the same: {', '.join(differing)}. Do not use this database.")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What a copy says of itself. Raises BackupFailed where the folder is no copy."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        tables = {name: Table(**one) for name, one in told["tables"].items()}
        return Manifest(told["made_at"], told["dump"], tables)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BackupFailed(
            f"{folder} is no whole copy: its {MANIFEST} is missing or cannot be read."
        ) from fault


def _names(connection: psycopg.Connection) -> Iterator[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [SCHEMA]
    )
    return (name for (name,) in found.fetchall())


def _tables(connection: psycopg.Connection, say: Say) -> Iterator[tuple[str, Table]]:
    for statement in _SAME_EVERYWHERE:
        connection.execute(statement)
    for name in _names(connection):
        say(f"Reading {name}")
        found = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(SCHEMA, name))).fetchone()
        yield name, Table(*found) if found else Table(0, "")


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise BackupFailed(f"{path} cannot be read: {fault.strerror}") from fault


def _run(name: str, owner: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the address goes by its surroundings, for arguments are seen by everybody."""
    with psycopg.connect(owner) as connection:
        version = connection.info.server_version // 10_000
    with _surroundings(owner) as surroundings:
        done = subprocess.run(
            [_program(name, version), *arguments],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BackupFailed(f"{name} failed: {done.stderr.strip() or done.returncode}")


def _program(name: str, version: int) -> str:
    """The program of the server's own version where the machine has it, else the one that came with pip.

    An older one refuses the server, and what a newer one writes an older server may not take.
    """
    here = shutil.which(name)
    if here is not None:
        said = subprocess.run([here, "--version"], capture_output=True, text=True, check=False).stdout
        major = re.search(r"\) (\d+)", said)
        if major is not None and int(major[1]) == version:
            return here
    return str(program(name))


@contextmanager
def _surroundings(owner: str) -> Iterator[dict[str, str]]:
    parts = conninfo_to_dict(owner)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
    }
    yield {**os.environ, **{names[key]: str(value) for key, value in parts.items() if key in names and value}}
