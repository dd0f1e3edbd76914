"""What each role may do at all, and how long access lasts: an authority's own, or as shipped."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cairn.application.procedures import FOLDER, in_use
from cairn.core.access.limits import Limits, office_is_open, read_limits
from cairn.core.access.roles import RoleBook, read_roles

ROLES_FILE, LIMITS_FILE = "roles.yaml", "limits.yaml"


def role_book() -> RoleBook:
    """The roles and their rights."""
    return _roles(os.environ.get(FOLDER, ""))


def limits() -> Limits:
    """How long access lasts."""
    return _limits(os.environ.get(FOLDER, ""))


def is_office_closed(at: datetime) -> bool:
    """Whether the emergency duty team covers at an instant (UTC)."""
    return not office_is_open(limits(), at, in_use().calendar)


@cache
def _roles(folder: str) -> RoleBook:
    return read_roles(ROLES_FILE, access_file(folder, ROLES_FILE).read_text("utf-8"))


@cache
def _limits(folder: str) -> Limits:
    return read_limits(LIMITS_FILE, access_file(folder, LIMITS_FILE).read_text("utf-8"))


def access_file(folder: str, name: str) -> Traversable:
    """The authority's own file; where it has none, the one that is shipped."""
    own = Path(folder) / "access" / name if folder else None
    return own if own is not None and own.is_file() else files("cairn.procedures") / "access" / name
