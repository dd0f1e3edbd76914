"""A rule of the census, what it finds, and what it is judged against. Dates are days as written in the return."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from cairn.core.calendar.working_days import Calendar
from cairn.core.returns.census import Child, Episode, Leaf, Part
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.days import day_in

Sort = Literal["error", "query"]
_SORTS: Final[Mapping[str, Sort]] = {"E": "error", "Q": "query"}
_COLUMNS: Final = ("rule", "sort", "first_year", "says", "remedy")
_YES: Final = frozenset({"1", "true"})
_NO: Final = frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is called, whether breaking it is an error or a query, what is then said, and what to do about it.

    `first_year` is the census year (2026 is 2025-26) from which it is judged; None: in every return.
    """

    rule: str
    sort: Sort
    first_year: int | None
    says: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a return breaks: for which child (their number in the return, '' for the whole), where, and what stands there.

    `element` is the path from the child down; `line` counts from 1. `found` is left out of its own text, so that no log quotes it.
    """

    rule: str
    sort: Sort
    child: str
    element: str
    line: int | None
    says: str
    remedy: str
    found: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Standard:
    """What a return is judged against: its census year, that year's first and last day, codes, working days, the rules' words."""

    year: int
    first: date
    last: date
    codes: CodeSets
    calendar: Calendar
    texts: Mapping[str, RuleText]

    def is_in_year(self, day: date) -> bool:
        """Whether a day is in the census period, both ends included."""
        return self.first <= day <= self.last

    def judges(self, rule: str) -> bool:
        """Whether a rule is judged in a return of this year."""
        return (self.texts[rule].first_year or self.year) <= self.year


# What a rule points at: a value, or a part (with the path of what is missing in it).
Where = Leaf | tuple[str, Part]
ChildRule = Callable[[Standard, Child], Iterable[Where]]
EpisodeRule = Callable[[Standard, Child, Episode], Iterable[Where]]
CHILD_RULES: Final[dict[str, ChildRule]] = {}
EPISODE_RULES: Final[dict[str, EpisodeRule]] = {}


def of_child(name: str) -> Callable[[ChildRule], ChildRule]:
    """Enter a rule about a child as a whole."""

    def enter(judge: ChildRule) -> ChildRule:
        CHILD_RULES[name] = judge
        return judge

    return enter


def of_episode(name: str) -> Callable[[EpisodeRule], EpisodeRule]:
    """Enter a rule about one episode of a child."""

    def enter(judge: EpisodeRule) -> EpisodeRule:
        EPISODE_RULES[name] = judge
        return judge

    return enter


def read_texts(text: str) -> dict[str, RuleText]:
    """The rules' words from their file; ValueError names a row that is not complete or stands twice."""
    rows = csv.DictReader(text.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise ValueError(f"census rules: expected the columns {','.join(_COLUMNS)}")
    found: dict[str, RuleText] = {}
    for row in rows:
        name = row["rule"]
        if not row["says"] or not row["remedy"] or row["sort"] not in _SORTS or name in found:
            raise ValueError(f"census rules: {name or 'a row'} is not complete, or stands twice")
        year = int(row["first_year"]) if row["first_year"] else None
        found[name] = RuleText(name, _SORTS[row["sort"]], year, row["says"], row["remedy"])
    return found


@lru_cache(maxsize=65_536)
def _day(text: str) -> date | None:
    return day_in(text)


def day(leaf: Leaf | None) -> date | None:
    """The day a value names; None where there is none that can be read."""
    return _day(leaf.text) if leaf is not None else None


def is_before(leaf: Leaf | None, other: Leaf | None) -> bool:
    """Whether a day is before another; not where either is not known."""
    a, b = day(leaf), day(other)
    return a is not None and b is not None and a < b


def text(leaf: Leaf | None) -> str:
    """What stands there, or ''."""
    return leaf.text if leaf is not None else ""


def is_yes(leaf: Leaf | None) -> bool:
    """Whether a flag says yes."""
    return text(leaf).lower() in _YES


def is_no(leaf: Leaf | None) -> bool:
    """Whether a flag says no."""
    return text(leaf).lower() in _NO


def is_flag(leaf: Leaf | None) -> bool:
    """Whether it is a flag at all."""
    return is_yes(leaf) or is_no(leaf)


def outside(standard: Standard, *leaves: Leaf | None) -> Iterator[Leaf]:
    """Those of the values that name a day outside the census period."""
    for leaf in leaves:
        on = day(leaf)
        if leaf is not None and on is not None and not standard.is_in_year(on):
            yield leaf


def repeated(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Each value that stands among these a second time."""
    seen: set[str] = set()
    for leaf in leaves:
        if leaf.text in seen:
            yield leaf
        seen.add(leaf.text)


def has_further_action(child: Child) -> bool:
    """Whether some referral of the child led to further action."""
    return any(is_no(one.no_further_action) for one in child.episodes)
