"""The table of attacks as a page: `python -m tests.meta.attacks` writes docs/assurance/attacks.md from attacks.csv."""

from __future__ import annotations

import csv
import re
from pathlib import Path

ASSURANCE = Path(__file__).parents[2] / "docs" / "assurance"
TABLE, PAGE = ASSURANCE / "attacks.csv", ASSURANCE / "attacks.md"
COLUMNS = ("id", "tried", "test", "figures", "found")
HEAD = """# What is tried against Cairn, and what it found

Written from `attacks.csv` by `python -m tests.meta.attacks`; `tests/meta/test_attacks.py` holds it to that, and each test
it names to be there. `make attack` runs them all, on one machine and against nothing but itself; `make test` runs a sample.
Each refusal has a twin beside it that succeeds. What is not there to be attacked yet says so in place of a test.

| id | what is tried | test | figures | what it found |
|---|---|---|---|---|
"""
ID = re.compile(r"([A-Z]{2})-(\d+)")


def rows() -> list[dict[str, str]]:
    """The rows of the table, in the order of their ids."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return sorted(csv.DictReader(file), key=lambda row: order(row["id"]))


def order(id_: str) -> tuple[str, int]:
    """The letters of an id and its number; ValueError where it is none."""
    found = ID.fullmatch(id_)
    if found is None:
        raise ValueError(f"{id_!r} is no id such as AZ-1")
    return found[1], int(found[2])


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_line(row) for row in rows())


def _line(row: dict[str, str]) -> str:
    tests = "<br>".join(f"`{one}`" for one in row["test"].split()) or "none"
    said = [row[name].replace("|", r"\|") for name in ("tried", "figures", "found")]
    return f"| {row['id']} | {said[0]} | {tests} | {said[1]} | {said[2]} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
