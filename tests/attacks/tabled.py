"""The reviewed tables of access beside this file: what a security officer reads, and the tests hold the product to."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by the names of its columns. Lines that begin with "#" say what the table is."""
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def column(name: str, key: str) -> list[str]:
    """One column of a table, in its order."""
    return [row[key] for row in rows(name)]
