"""The digest that ties a ledger row to what it said: SHA-256 over a salt and one spelling of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cairn.core.history.event import Event

SALT_BYTES = 16


def plain(value: object) -> Any:
    """A value as the database gives it back: maps, lists, text, whole numbers, numbers, true, false, null.

    Anything else is refused with ValueError or TypeError, and so is text that can't be stored (NUL, half of
    a surrogate pair). 3.0 becomes 3, because a jsonb number may lose its point.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else _number(value)
    if isinstance(value, Mapping):
        return {_text(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    raise TypeError(f"an event can't hold a {type(value).__name__}")


def _text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("text with a NUL can't be stored")
    value.encode("utf-8")
    return value


def _number(value: float) -> float:
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - only NaN differs from itself
        raise ValueError("an event can't hold a number that is none")
    return value


def digest_of(salt: bytes, record: UUID, event: Event) -> bytes:
    """The 32 bytes for an event as stored: its envelope, its data and its author's name.

    `salt` (16 bytes, kept beside the content) goes with the content, so that what remains in the
    ledger can't be guessed at. Data must be `plain` already.
    """
    envelope = {
        "act": event.act,
        "author": event.author.id,
        "author_name": event.author.name,
        "capacity": event.author.role,
        "data": event.data,
        "happened_earliest": _instant(event.happened_at.earliest),
        "happened_latest": _instant(event.happened_at.latest),
        "id": event.id,
        "number": event.number,
        "record": str(record),
        "recorded_at": _instant(event.recorded_at),
        "schema_version": event.schema_version,
        "strand": event.strand,
        "type": event.type,
    }
    return hashlib.sha256(salt + canonical(envelope)).digest()


def canonical(value: object) -> bytes:
    """One spelling of a JSON value: keys sorted, no spaces, UTF-8."""
    spelled = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return spelled.encode("utf-8")


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
