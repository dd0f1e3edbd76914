"""How much of each ledger is carried, by area: `make traceability` prints it, and docs/assurance/README.md holds it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ASSURANCE = Path(__file__).parents[2] / "docs" / "assurance"
BEGINS = "<!-- what is carried -->"


def table() -> str:
    """A Markdown table: one line for each ledger, then one for each of its areas."""
    ledgers = sorted(path.stem for path in (ASSURANCE / "traceability").glob("*.csv"))
    head = (
        "| ledger and area | rows | carried | listed with a reason | share carried |\n|---|---|---|---|---|\n"
    )
    return head + "".join(line for name in ledgers for line in _lines(name))


def _lines(ledger: str) -> Iterator[str]:
    traced = {row["id"]: row for row in _read("traceability", ledger)}
    areas = Counter(row["area"] for row in _read("provisions", ledger))
    carried = Counter(row["area"] for row in _read("provisions", ledger) if traced[row["id"]]["carried_by"])
    yield _line(f"**{ledger}**", areas.total(), carried.total())
    for area, rows in sorted(areas.items()):
        yield _line(area, rows, carried[area])


def _line(what: str, rows: int, carried: int) -> str:
    return f"| {what} | {rows} | {carried} | {rows - carried} | {carried / rows:.1%} |\n"


def _read(folder: str, ledger: str) -> list[dict[str, str]]:
    with (ASSURANCE / folder / f"{ledger}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    print(table(), end="")
