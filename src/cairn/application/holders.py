"""Who in a team holds what, in numbers that add up: every child and every open duty counts once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from uuid import UUID

from cairn.core.calendar.moment import LONDON, end_of_london_day
from cairn.records import staff, tallies
from cairn.records.tallies import Marks, Tally

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Load:
    """Some children, and what is overdue and due for them."""

    children: int = 0
    tally: Tally = field(default_factory=Tally)

    def __add__(self, other: Load) -> Load:
        return Load(self.children + other.children, self.tally + other.tally)


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One member of a team with what they hold."""

    id: UUID
    name: str
    role: str
    load: Load


@dataclass(frozen=True, slots=True)
class Holders:
    """A team's work by who holds the child: its members, workers of other teams, and nobody yet."""

    workers: tuple[WorkerLine, ...]
    elsewhere: Load
    nobody: Load

    @property
    def whole(self) -> Tally:
        """All of it together."""
        return reduce(add, (worker.load for worker in self.workers), self.elsewhere + self.nobody).tally


def holders(team_id: UUID, at: datetime) -> Holders:
    """The team's open cases and open duties at a time (UTC), counted in the database."""
    counted = tallies.tally_of_team(team_id, marks(at))
    children = tallies.children_by_worker([team_id])
    loads = {
        who: Load(children.get(who, 0), counted.get(who, Tally())) for who in counted.keys() | children.keys()
    }
    nobody = loads.pop(None, Load())
    workers = [
        WorkerLine(person.id, person.name, person.role, loads.pop(person.id, Load()))
        for person in staff.members([team_id])
    ]
    return Holders(tuple(workers), reduce(add, loads.values(), Load()), nobody)


def marks(at: datetime) -> Marks:
    """What is counted from at a time (UTC): today is the London day, soon the next seven days."""
    return Marks(at, end_of_london_day(at.astimezone(LONDON).date()), at + SOON)
