"""One event: something that happened, or was authorised. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from cairn.core.calendar.moment import Moment

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Author:
    """Who recorded an event, and in which capacity (a role of the glossary)."""

    name: str
    role: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of one record's stream.

    `happened_at` is when it happened, `recorded_at` (UTC) when it was written down;
    `strand` names the event that opened the strand it belongs to (a case file calls
    it `for`); `number` is its place in the stream; `act` joins what one page wrote.
    """

    id: str
    type: str
    happened_at: Moment
    recorded_at: datetime
    author: Author
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    strand: str | None = None
    number: int = 0
    act: str | None = None
    schema_version: int = 1
