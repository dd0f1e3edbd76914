"""The rows of a plan: by which number each is known, and the numbers new ones are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cairn.core.engine.conditions_of_plans import number_of, rows

Row = Mapping[str, Any]


def with_keys(found: Iterable[Row], taken: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The rows, each with a number: its own is kept, a new one has the next after all that were ever given.

    `taken` are the numbers given in earlier versions, so that none is used for something else later. Of two rows
    with one number the second is a new row.
    """
    given = list(found)
    highest = max(map(_number, (*taken, *(str(row.get("key") or "") for row in given))), default=0)
    used: set[str] = set()
    numbered = []
    for row in given:
        own = str(row.get("key") or "")
        if not own or own in used:
            highest += 1
            own = str(highest)
        used.add(own)
        numbered.append({**row, "key": own})
    return numbered


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() else 0


def keys_in(versions: Iterable[Mapping[str, Any]], name: str) -> set[str]:
    """Every number that some version gave to a row of this field."""
    return {number_of(row, place) for data in versions for place, row in enumerate(rows(data, name), start=1)}
