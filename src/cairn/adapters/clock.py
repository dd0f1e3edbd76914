"""The clock: the only code that asks the machine what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands: for tests, and for pictures of a made-up authority on a chosen day."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock needs a time with its offset from UTC")

    def now(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self.at.astimezone(UTC)
