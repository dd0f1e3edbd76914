"""Identifiers of our own making."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

VERSION_AND_VARIANT = (7 << 76) | (2 << 62)
MILLISECONDS = 1_000


def time_ordered(at: datetime) -> UUID:
    """A UUID (version 7) that sorts by the instant given: rows written together lie together."""
    milliseconds = int(at.timestamp() * MILLISECONDS)
    return UUID(
        int=(milliseconds << 80) | VERSION_AND_VARIANT | (secrets.randbits(12) << 64) | secrets.randbits(62)
    )
