"""What became of the mutants: of the last run, and which survivors have been looked at and are accepted, and why."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.meta.mutants.judging import ROOT, Judged

LAST = ROOT / "build" / "mutants.json"
ASSURANCE = ROOT / "docs" / "assurance"
FIGURES, ACCEPTED, PAGE = ASSURANCE / "mutants.csv", ASSURANCE / "survivors.csv", ASSURANCE / "mutants.md"
NAMES = ("module", "function", "before", "after", "nth")
COLUMNS = (*NAMES, "group", "reason")
# Why a mistake that no test noticed is let stand; given by where it is and what it changes, as the code was read.
GROUPS: Final[Mapping[str, str]] = {
    "equivalent": "nothing that can be recorded or asked makes a difference",
    "guard": "what is left out or changed guards against what the types, the vocabulary or the rules of today do not have",
    "speed": "the answer is the same, and takes longer",
    "words": "an empty text, a place or a number of a line that nobody reads",
    "slow": "properties would tell that take longer than a mistake was given",
    "elsewhere": "a test through the door or of a page asks for it, and judges nothing here",
    "edge": "at the very instant or number, or of an hour not known: no test asks for it",
    "open": "no test asks for it",
}
BEGINS, ENDS = "<!-- figures -->", "<!-- end of the figures -->"


@dataclass(frozen=True, slots=True)
class Account:
    """One mutant of a run."""

    module: str
    function: str
    before: str
    after: str
    nth: str
    line: int
    outcome: str
    by: str
    tests: int
    seconds: float

    @classmethod
    def of(cls, judged: Judged) -> Account:
        """What is kept of a mutant that was judged."""
        mutant = judged.mutant
        return cls(*mutant.key, mutant.line, judged.outcome, judged.by, judged.tests, judged.seconds)

    @property
    def key(self) -> tuple[str, ...]:
        """What names it for good."""
        return tuple(getattr(self, name) for name in NAMES)

    @property
    def survived(self) -> bool:
        """Whether no test noticed it."""
        return not self.outcome.startswith("killed")

    def sentence(self) -> str:
        """It in a line."""
        place = f"{self.module}:{self.line} {self.function}"
        return f"{place}: {self.before}  ->  {self.after}  [{self.nth}] ({self.outcome}, {self.tests} tests)"


def read_last() -> list[Account]:
    """The last run; empty where there was none."""
    return [Account(**one) for one in json.loads(LAST.read_text())] if LAST.exists() else []


def write_last(judged: Iterable[Account]) -> None:
    """Keep a run for the next."""
    LAST.parent.mkdir(exist_ok=True)
    ordered = sorted(judged, key=lambda one: (one.module, one.line, one.key))
    LAST.write_text(json.dumps([asdict(one) for one in ordered], indent=1) + "\n")


def accepted() -> dict[tuple[str, ...], dict[str, str]]:
    """The survivors that were looked at, by what names them, with the group and the reason of each."""
    return {tuple(row[name] for name in NAMES): row for row in _rows(ACCEPTED)}


def figures() -> list[dict[str, str]]:
    """What was measured of each module, and when."""
    return _rows(FIGURES)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def table(judged: Sequence[Account], day: str = "") -> list[dict[str, str]]:
    """The figures of a run, one row a module."""
    made = Counter(one.module for one in judged)
    killed = Counter(one.module for one in judged if not one.survived)
    return [
        {"module": name, "mutants": str(made[name]), "killed": str(killed[name]), "date": day}
        for name in sorted(made)
    ]


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """Figures as a table, with a line for each part and one for each module in it."""
    head = "| module | mutants | killed | share killed | date |\n|---|---|---|---|---|\n"
    parts = sorted({row["module"].partition("/")[0] for row in rows})
    lines = []
    for part in parts:
        within = [row for row in rows if row["module"].startswith(f"{part}/")]
        lines.append(_line(f"**core/{part}**", *_sums(within), ""))
        lines += [_line(row["module"], *_sums([row]), row["date"]) for row in within]
    return head + "".join(lines)


def _sums(rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    return sum(int(row["mutants"]) for row in rows), sum(int(row["killed"]) for row in rows)


def _line(name: str, mutants: int, killed: int, day: str) -> str:
    return f"| {name} | {mutants} | {killed} | {killed / mutants:.1%} | {day} |\n"


def share(part: str) -> float:
    """The share of a part's mutants that was killed."""
    mutants, killed = _sums([row for row in figures() if row["module"].startswith(f"{part}/")])
    return killed / mutants


def drawn() -> str:
    """What docs/assurance/mutants.md has between its marks: the figures, and each survivor with its reason."""
    return f"{BEGINS}\n\n{markdown(figures())}\n{''.join(_group(name) for name in GROUPS)}{ENDS}"


def _group(name: str) -> str:
    rows = [row for row in accepted().values() if row["group"] == name]
    if not rows:
        return ""
    lines = (
        f"- {row['module']}, {row['function'] or 'the module itself'}: {_code(row['before'])} → "
        f"{_code(row['after'])}. {row['reason']}\n"
        for row in rows
    )
    return f"### {name.capitalize()}: {GROUPS[name]} ({len(rows)})\n\n{''.join(lines)}\n"


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def keep(judged: Sequence[Account], day: str) -> None:
    """Write a run down: its figures, the survivors (those that are new have no reason yet), and the page."""
    modules = {one.module for one in judged}
    others = [row for row in figures() if row["module"] not in modules]
    rows = sorted([*others, *table(judged, day)], key=lambda row: row["module"])
    _write(FIGURES, ("module", "mutants", "killed", "date"), rows)
    known = accepted()
    stays = [row for row in known.values() if row["module"] not in modules]
    new = {"group": "open", "reason": "Not looked at yet."}
    found = [
        known.get(one.key, dict(zip(NAMES, one.key, strict=True)) | new) for one in judged if one.survived
    ]
    _write(ACCEPTED, COLUMNS, sorted([*stays, *found], key=lambda row: row["module"]))
    draw()


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def draw() -> None:
    """Put the figures into the page."""
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGINS)
    PAGE.write_text(before + drawn() + rest.partition(ENDS)[2])


def report(judged: Sequence[Account]) -> int:
    """Print the table and the survivors that nobody has looked at; 1 where there are any."""
    known = accepted()
    survivors = {one.key: one for one in judged if one.survived}
    new = [one for key, one in survivors.items() if key not in known]
    modules = {one.module for one in judged}
    stale = [key for key in known if key[0] in modules and key not in survivors]
    print(markdown(table(judged)))
    print(f"{len(survivors)} survived, of which {len(survivors) - len(new)} are accepted; {len(new)} are new")
    for one in new:
        print(f"NEW  {one.sentence()}")
    for key in stale:
        print(f"STALE  {' | '.join(key)}: listed in {ACCEPTED.name}, and killed now or no mutant any more")
    return int(bool(new))


if __name__ == "__main__":
    draw()
