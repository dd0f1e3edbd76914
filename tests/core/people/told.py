"""Events as the tests of people tell them: a type, a day, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from typing import Any

from cairn.core.calendar.moment import LONDON, Moment

NUMBERS = count(1)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Said:
    """One event: happened and was recorded on one day, at noon, unless another day of recording is given."""

    type: str
    data: dict[str, Any] = field(default_factory=dict)
    on: date = TODAY
    written: date | None = None
    id: str = field(default_factory=lambda: f"e{next(NUMBERS)}")

    @property
    def happened_at(self) -> Moment:
        return Moment.on_day(self.on)

    @property
    def recorded_at(self) -> datetime:
        return datetime.combine(self.written or self.on, time(12), LONDON)


def born(day: str, **more: Any) -> Said:
    """The child as described: born on a day."""
    return Said("person.described", {"born": day, **more})


def parent(day: str | None = None, relation: str = "parent_mother", **more: Any) -> Said:
    """A parent born on a day."""
    known = {"born": day} if day else {}
    return Said("relationship.recorded", {"name": "Grace Okafor", "relation": relation, **known, **more})


def home(address: str, begins: str, ends: str | None = None, **more: Any) -> Said:
    """Where the child lives, from a day to a day."""
    until = {"to_day": ends} if ends else {}
    return Said("address.recorded", {"kind": "home", "address": address, "from_day": begins, **until, **more})
