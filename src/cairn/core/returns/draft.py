"""The events that a census return gives rise to, as drafts with keys that stay the same.

A key is worked out from who, what and when, and from nothing that may be put right later: the same
return in another order, or the next year's return of the same episode, gives the same key again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event of day precision, not yet recorded.

    `for_key` is the key of the event that opened its strand, and that event stands before it.
    `also` holds what the return says beyond the fields of `data`. Dates in both are ISO texts.
    """

    key: str
    type: str
    on: date
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    for_key: str | None = None
    also: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(slots=True)
class Drafts:
    """The drafts of one child while they are being made."""

    whose: tuple[str, ...]
    made: list[tuple[tuple[date, int, int], DraftEvent]] = field(default_factory=list)
    given: Counter[tuple[str, ...]] = field(default_factory=Counter)
    places: dict[str, date] = field(default_factory=dict)

    def add(
        self,
        event: str,
        on: date,
        data: Mapping[str, Any],
        *,
        episode: int,
        rank: int,
        opener: str | None = None,
        also: Mapping[str, Any] = NOTHING,
    ) -> str:
        """Add a draft and give its key; `episode` and `rank` order what happened on one day."""
        about = (*self.whose, opener or "", event, on.isoformat(), str(data.get("kind", "")))
        key = self._key(about)
        draft = DraftEvent(key, event, on, MappingProxyType(dict(data)), opener, also)
        # What is said to be before its opener still stands after it.
        self.places[key] = max(on, self.places[opener]) if opener else on
        self.made.append(((self.places[key], episode, rank), draft))
        return key

    def in_order(self) -> tuple[DraftEvent, ...]:
        """By day; on one day an earlier episode first, and in it what opens before what follows."""
        return tuple(draft for _, draft in sorted(self.made, key=lambda one: one[0]))

    def _key(self, about: tuple[str, ...]) -> str:
        # Two steps alike in all of this are told apart by their number, in an order of their own.
        self.given[about] += 1
        return key_of(*about, str(self.given[about]))


def key_of(*parts: str) -> str:
    """A key from its parts, which no part can be read back from without guessing all of them."""
    return "cin-" + sha256("\x1f".join(parts).encode()).hexdigest()[:40]
