"""Judging a return, one child after the other: memory grows with numbers that must be unique, and with nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cairn.core.calendar.duration import months_after
from cairn.core.calendar.working_days import Calendar
from cairn.core.returns.census import Child, Header, Leaf
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.days import day_in
from cairn.core.returns.rules import (  # noqa: F401 - each enters its rules
    assessments,
    enquiries,
    episodes,
    plans,
    pre_proceedings,
    protection,
)
from cairn.core.returns.rules.children import disabilities_of
from cairn.core.returns.rules.model import (
    CHILD_RULES,
    EPISODE_RULES,
    Fault,
    RuleText,
    Standard,
    Where,
    day,
    text,
)

# Rules that only a whole return can break.
WHOLE_RULES: Final = ("100", "1520", "2883", "2886Q", "2887Q", "2888Q", "8510", "8995Q")
_MARCH, _LAST = 3, 31
_MOST_WITHOUT_SEX: Final = 50  # one child in fifty: 2 %
_FEWEST_DISABILITY_CODES: Final = 8
_SEVERAL: Final = 2


def standard_for(reference: date, codes: CodeSets, calendar: Calendar, texts: Iterable[RuleText]) -> Standard:
    """What a return to a reference date (31 March) is judged against."""
    first = months_after(reference, -12)
    return Standard(
        year=reference.year,
        # 31 March and 12 months before it are both 31 March: the year begins the day after.
        first=date.fromordinal(first.toordinal() + 1),
        last=reference,
        codes=codes,
        calendar=calendar,
        texts={one.rule: one for one in texts},
    )


@dataclass(slots=True)
class Judge:
    """A return being judged. Give it the header, each child in the order of the file, then ask for the end."""

    standard: Standard
    children: int = 0
    conferences: int = 0
    plans: int = 0
    without_sex: int = 0
    with_pre_proceedings: int = 0
    disability_codes: set[str] = field(default_factory=set)
    most_disabilities: int = 0
    upns: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def header(self, header: Header) -> Iterator[Fault]:
        """Rule 100: the reference date is 31 March of the year."""
        given = header.reference_date
        on = day_in(text(given))
        year = text(header.year)
        if on is None or (on.month, on.day) != (_MARCH, _LAST) or str(on.year) != year:
            where: Where = given or ("Header/CollectionDetails/ReferenceDate", header)
            yield from self._faults("100", "", [where])

    def child(self, child: Child) -> Iterator[Fault]:
        """Every rule that one child breaks, rule by rule."""
        number = text(child.authority_number)
        for name, of_child in CHILD_RULES.items():
            yield from self._faults(name, number, of_child(self.standard, child))
        for name, of_episode in EPISODE_RULES.items():
            for episode in child.episodes:
                yield from self._faults(name, number, of_episode(self.standard, child, episode))
        yield from self._again("8510", number, child.authority_number, self.numbers)
        yield from self._again("1520", number, child.upn, self.upns)
        self._count(child)

    def end(self) -> Iterator[Fault]:
        """What only the whole return breaks."""
        broken = {
            "2883": self.plans > self.conferences,
            "2886Q": self.without_sex * _MOST_WITHOUT_SEX > self.children,
            "2887Q": len(self.disability_codes) < _FEWEST_DISABILITY_CODES,
            "2888Q": self.most_disabilities == 1,
            "8995Q": not self.with_pre_proceedings,
        }
        for name, is_broken in broken.items():
            if is_broken and self.standard.judges(name):
                yield self._fault(name, "", "", None, "")

    def _count(self, child: Child) -> None:
        self.children += 1
        self.without_sex += _is_without_sex(child)
        codes = disabilities_of(child)
        self.disability_codes |= {one.text for one in codes}
        self.most_disabilities = max(self.most_disabilities, len(codes))
        for episode in child.episodes:
            self.with_pre_proceedings += bool(episode.pre_proceedings)
            self.plans += sum(self._in_year(one.started) for one in episode.protection_plans)
            held = [episode.conference, *(one.conference for one in episode.enquiries)]
            self.conferences += sum(map(self._in_year, held))

    def _in_year(self, leaf: Leaf | None) -> bool:
        on = day(leaf)
        return on is not None and self.standard.is_in_year(on)

    def _again(self, rule: str, number: str, leaf: Leaf | None, known: set[str]) -> Iterator[Fault]:
        if leaf is None:
            return
        if leaf.text in known:
            yield from self._faults(rule, number, [leaf])
        known.add(leaf.text)

    def _faults(self, rule: str, number: str, found: Iterable[Where]) -> Iterator[Fault]:
        if not self.standard.judges(rule):
            return
        for where in found:
            if isinstance(where, Leaf):
                yield self._fault(rule, number, where.path, where.line, where.text)
            else:
                yield self._fault(rule, number, where[0], where[1].line, "")

    def _fault(self, rule: str, number: str, element: str, line: int | None, found: str) -> Fault:
        words = self.standard.texts[rule]
        return Fault(rule, words.sort, number, element, line, words.says, words.remedy, found)


def _is_without_sex(child: Child) -> bool:
    """Not known, or not given; of an unborn child it is not yet known."""
    given = child.sex or child.gender_current
    return child.expected is None and (given is None or given.text in ("U", "0", "9"))


def every_rule() -> frozenset[str]:
    """The names of all rules that are judged."""
    return frozenset((*CHILD_RULES, *EPISODE_RULES, *WHOLE_RULES))
