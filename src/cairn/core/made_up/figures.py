"""How often what happens, read from data, and drawing by it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

_COLUMNS: Final = ("of", "value", "weight", "source")


class Dice(Protocol):
    """What is drawn with: `random.Random` is one. The same seed draws the same."""

    def random(self) -> float:
        """A number from 0 up to 1, without 1."""
        ...

    def randint(self, a: int, b: int) -> int:
        """A whole number from `a` to `b`, both included."""
        ...

    def choices(
        self, population: Sequence[str], weights: Sequence[float] | None = None, *, k: int = 1
    ) -> list[str]:
        """So many of them by their weights, each drawn anew."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """The weights of what may be drawn, by what it is of."""

    weights: Mapping[str, Mapping[str, float]]

    def draw(self, dice: Dice, of: str) -> str:
        """One of the values by their weights."""
        values = self.weights[of]
        return dice.choices(list(values), list(values.values()))[0]

    def draw_between(self, dice: Dice, of: str) -> int:
        """A whole number out of a range that was drawn by its weight, such as 41 out of "41-45"."""
        low, _, high = self.draw(dice, of).partition("-")
        return dice.randint(int(low), int(high))

    def number(self, of: str, value: str) -> float:
        """One figure."""
        return self.weights[of][value]

    def happens(self, dice: Dice, share: str) -> bool:
        """Whether what happens in a share of cases happens in this one."""
        return dice.random() < self.number("share", share)


def read_figures(text: str) -> Figures:
    """The figures from their file; ValueError names a row that is not complete."""
    rows = csv.DictReader(text.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise ValueError(f"made-up figures: expected the columns {','.join(_COLUMNS)}")
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if not all(row.values()) or row["value"] in found[row["of"]]:
            raise ValueError(f"made-up figures: {row['of']}, {row['value']} is not complete, or stands twice")
        found[row["of"]][row["value"]] = float(row["weight"])
    return Figures(dict(found))
