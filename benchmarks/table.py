"""How a benchmark's findings become lines of the table in the reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Line:
    """What was measured, the figure, what it is held against in the same run, and the ratio of the two."""

    what: str
    figure: str
    against: str = ""
    ratio: str = ""


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of times taken in seconds, in milliseconds."""
    return {
        "p50_ms": round(median(seconds) * 1_000, 2),
        "p95_ms": round(quantiles(seconds, n=20)[-1] * 1_000, 2),
    }


def times(number: float) -> str:
    """A ratio as it is read: "1.07 times"."""
    return f"{number:.2f} times" if number < 10 else f"{number:.0f} times"


def markdown(lines: Iterable[Line]) -> str:
    """The lines as a table."""
    rows = [f"| {line.what} | {line.figure} | {line.against} | {line.ratio} |" for line in lines]
    return "\n".join(["| what | figure | against, in the same run | ratio |", "|---|---|---|---|", *rows])
