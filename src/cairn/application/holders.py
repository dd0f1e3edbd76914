"""Who in a team holds what, in numbers that add up: every child, duty, booking and approval counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cairn.application.procedures import in_use
from cairn.core.calendar.duration import Duration, Unit
from cairn.core.calendar.moment import LONDON, end_of_london_day, start_of_london_day
from cairn.core.protocol.model import Drift
from cairn.records import figures, staff
from cairn.records.figures import Band, KindLine, Marks

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """Some part of a team's work, each figure by its name; one that is not there is nought."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, figure: str) -> int:
        return self.counts.get(figure, 0)

    def __add__(self, other: Load) -> Load:
        names = self.counts.keys() | other.counts.keys()
        return Load({name: self[name] + other[name] for name in names})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One member of a team with what they hold."""

    id: UUID
    name: str
    role: str
    load: Load


@dataclass(frozen=True, slots=True)
class DriftLine:
    """A stretch of time for which episodes or plans have run, the rule it is looked at for, and its figure's name."""

    name: str
    rule: Drift
    until: Duration | None


@dataclass(frozen=True, slots=True)
class Holders:
    """A team's work by who holds the child: its members, workers who are not of it (any more), and nobody yet.

    `kinds` is what is overdue by the rule it is due under.
    """

    workers: tuple[WorkerLine, ...]
    elsewhere: Load
    nobody: Load
    kinds: tuple[KindLine, ...] = ()

    @property
    def whole(self) -> Load:
        """All of it together."""
        return sum((worker.load for worker in self.workers), self.elsewhere + self.nobody)


def holders(team_id: UUID, at: datetime) -> Holders:
    """Every figure of a team's work at a time (UTC), counted in the database; the queries do not grow with it."""
    when, drifting = marks(at), bands(at)
    loads = _added(
        figures.duties_by_worker(team_id, when),
        figures.children_by_worker(team_id, when, drifting),
        figures.waits_by_worker(team_id, when),
    )
    kinds = tuple(figures.overdue_by_kind(team_id, when))
    nobody = loads.pop(None, Load())
    workers = [
        WorkerLine(person.id, person.name, person.role, loads.pop(person.id, Load()))
        for person in staff.members([team_id])
    ]
    return Holders(tuple(workers), sum(loads.values(), Load()), nobody, kinds)


def _added(*found: Mapping[UUID | None, Mapping[str, int]]) -> dict[UUID | None, Load]:
    loads: dict[UUID | None, Load] = {}
    for by_worker in found:
        for worker, counts in by_worker.items():
            loads[worker] = loads.get(worker, Load()) + Load(counts)
    return loads


def marks(at: datetime) -> Marks:
    """What is counted from at a time (UTC): today is the London day, soon the next seven days."""
    return Marks(at, end_of_london_day(at.astimezone(LONDON).date()), at + SOON)


def drift_lines() -> tuple[DriftLine, ...]:
    """The stretches that the procedures look at, episodes first, each up to where the next begins."""
    by_kind = (
        _ordered(one for one in in_use().protocol.drift if one.of == kind) for kind in ("episode", "plan")
    )
    return tuple(
        DriftLine(_named(rule), rule, rules[place + 1].after if place + 1 < len(rules) else None)
        for rules in by_kind
        for place, rule in enumerate(rules)
    )


def _ordered(rules: Iterable[Drift]) -> Sequence[Drift]:
    return sorted(rules, key=lambda one: _days(one.after))


# A month is counted as its average here, for the order alone.
_LENGTHS = {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.MONTH: 30.4, Unit.YEAR: 365.25}


def _days(after: Duration) -> float:
    return after.amount * _LENGTHS[after.unit]


def _named(rule: Drift) -> str:
    return f"{rule.of}-over-{str(rule.after).replace(' ', '-')}"


def bands(at: datetime) -> tuple[Band, ...]:
    """What has run for each stretch at a time (UTC): six months have passed once the same day of the sixth month is over."""
    return tuple(
        Band(
            line.name,
            line.rule.of,
            _began(line.rule.after, at),
            _began(line.until, at) if line.until else None,
        )
        for line in drift_lines()
    )


def _began(ago: Duration, at: datetime) -> datetime:
    return start_of_london_day(ago.calendar_days_before(at.astimezone(LONDON).date()))
