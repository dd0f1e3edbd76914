"""Judging a census return by the census's own rules, before it is taken over or sent: nothing is stored, no database is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cairn.application.ports import wired
from cairn.application.procedures import shipped_calendar
from cairn.core.returns.census import Child, FileRefused, Header
from cairn.core.returns.days import day_in
from cairn.core.returns.rules.judge import Judge, standard_for
from cairn.core.returns.rules.model import Fault

Take = Callable[[Fault], None]
_MARCH, _LAST = 3, 31
NO_YEAR = FileRefused(
    "no-year",
    "The return says neither its reference date nor its year, so that no rule can be judged",
    "Give the return its reference date (31 March of its year).",
)


@dataclass(frozen=True, slots=True)
class Validated:
    """How a return stands: its year, its children, and how many errors and queries each rule has."""

    year: int
    children: int
    errors: int
    queries: int


@dataclass(slots=True)
class _Run:
    """A return being judged while it is read."""

    take: Take
    progress: Callable[[int], None]
    judge: Judge | None = None
    counts: dict[str, int] = field(default_factory=lambda: {"error": 0, "query": 0})

    def header(self, header: Header) -> None:
        """The return's year says by what it is judged."""
        reference = _reference(header)
        if reference is None:
            return
        census = wired().census
        if census is None:
            raise RuntimeError("no reader of census files is wired")
        self.judge = Judge(standard_for(reference, census.codes(), shipped_calendar(), census.rules()))
        self._say(self.judge.header(header))

    def child(self, child: Child) -> None:
        """One child, once the year is known."""
        if self.judge is not None:
            self._say(self.judge.child(child))
            self.progress(1)

    def end(self) -> Validated | FileRefused:
        """What the whole return breaks, and the totals."""
        if self.judge is None:
            return NO_YEAR
        self._say(self.judge.end())
        year = self.judge.standard.year
        return Validated(year, self.judge.children, self.counts["error"], self.counts["query"])

    def _say(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.counts[fault.sort] += 1
            self.take(fault)


def _reference(header: Header) -> date | None:
    given = day_in(header.reference_date.text) if header.reference_date else None
    if given is not None:
        # Of a date that is not 31 March the year stands; rule 100 says the rest.
        return date(given.year, _MARCH, _LAST)
    year = header.year.text if header.year else ""
    return day_in(f"{year}-03-31")


def validate(
    path: Path, take: Take, progress: Callable[[int], None] = lambda _: None
) -> Validated | FileRefused:
    """Judge a return as it is read: each fault is handed to `take` when it is found, and none is held here.

    Refused is a file that is no whole, harmless census return, or one that does not say its year. The authority and
    its codes play no part: that a return is another authority's is no rule of the census.
    """
    census = wired().census
    if census is None:
        raise RuntimeError("no reader of census files is wired")
    run = _Run(take, progress)
    refused = census.each_child(path, run.header, run.child)
    return refused if refused is not None else run.end()
