"""Who descends from whom, as the records of children say it: a line that comes back to where it began cannot be.

Only birth makes it impossible: a step-parent, an adopter, a foster carer or a guardian may be anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cairn.core.people.around import Someone, around
from cairn.core.people.joined import Joined
from cairn.core.people.told import Told

# Relations of one above the child by birth, and of one below.
ABOVE: Final = frozenset({"parent_mother", "parent_father", "grandmother", "grandfather"})
BELOW: Final = frozenset({"own_child"})


@dataclass(frozen=True, slots=True)
class Line:
    """What one record says of descent: that `upper` is a forebear of `lower`.

    Both are nodes (`node_of_record`, `node_of_person`); `entry` is what says so, on whose `record`, of somebody
    called `name` who is the child's `relation`.
    """

    lower: str
    upper: str
    record: str
    entry: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Descent:
    """What one record says: its lines, and which people of it are whose record is about whom (pairs of nodes)."""

    lines: tuple[Line, ...]
    same: tuple[tuple[str, str], ...]


def node_of_record(record: str) -> str:
    """Whom a record is about."""
    return f"record {record}"


def node_of_person(key: str) -> str:
    """Somebody around a child, by the key they share on all records."""
    return f"person {key}"


def descent_of(record: str, events: Iterable[Told]) -> Descent:
    """What a record's events that stand say of descent by birth; what is no longer so is left out."""
    there = [one for one in around(events, date.max).people if one.ended is None]
    return Descent(
        lines=tuple(_lines(record, there)),
        same=tuple(
            (node_of_person(one.key), node_of_record(one.text("record")))
            for one in there
            if one.text("record")
        ),
    )


def _lines(record: str, people: Iterable[Someone]) -> Iterator[Line]:
    child = node_of_record(record)
    for one in people:
        relation, other = one.text("relation"), node_of_person(one.key)
        if relation in ABOVE:
            yield Line(child, other, record, one.entries[0], one.text("name"), relation)
        elif relation in BELOW:
            yield Line(other, child, record, one.entries[0], one.text("name"), relation)


class Ancestry:
    """What several records say of descent, put together: the same person is one, however many records tell of them."""

    def __init__(self, told: Sequence[Descent]) -> None:
        self._joined = Joined()
        for said in told:
            for one, other in said.same:
                self._joined.join(one, other)
        self._above: dict[str, list[Line]] = {}
        for line in (line for said in told for line in said.lines):
            self._above.setdefault(self._joined.root(line.lower), []).append(line)

    def circle(self, line: Line) -> tuple[Line, ...]:
        """The lines that lead from the upper of this one back to its lower, the nearest way; () where none do."""
        begin, goal = self._joined.root(line.upper), self._joined.root(line.lower)
        if begin == goal:
            return (line,)
        came: dict[str, tuple[str, Line] | None] = {begin: None}
        ahead = [begin]
        for one in ahead:
            for step in self._above.get(one, ()):
                upper = self._joined.root(step.upper)
                if upper == goal:
                    return (*_way(came, one), step)
                if upper not in came:
                    came[upper] = (one, step)
                    ahead.append(upper)
        return ()

    def over(self, lines: Iterable[Line]) -> frozenset[str]:
        """Every node that may tell more of those above these lines: the forebears, by each name they go by."""
        ahead = [self._joined.root(line.upper) for line in lines]
        found = set(ahead)
        for one in ahead:
            for step in self._above.get(one, ()):
                upper = self._joined.root(step.upper)
                if upper not in found:
                    found.add(upper)
                    ahead.append(upper)
        return frozenset(node for root in found for node in self._joined.group(root))


def _way(came: dict[str, tuple[str, Line] | None], last: str) -> tuple[Line, ...]:
    """The lines by which a node was reached, the first one first."""
    steps: list[Line] = []
    while (before := came[last]) is not None:
        last, step = before
        steps.append(step)
    return tuple(reversed(steps))
