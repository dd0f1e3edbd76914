"""Stretches of days in a child's episodes, and which begin within another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cairn.core.returns.census import Child, Leaf, Plan, ProtectionPlan
from cairn.core.returns.rules.model import Standard, day


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to another; one that is open lasts to the reference date, which is then in it."""

    leaf: Leaf
    start: date
    end: date
    is_open: bool

    def has(self, on: date, *, end_counts: bool) -> bool:
        """Whether a day is within. The last day of one that ended counts only where the rule says so."""
        if self.is_open or end_counts:
            return self.start <= on <= self.end
        return self.start <= on < self.end


def span(standard: Standard, start: Leaf | None, end: Leaf | None, *, ended: bool = False) -> Span | None:
    """The stretch between two values; None where its first day is not known. `ended`: it is over, though no end is given."""
    first, last = day(start), day(end)
    if start is None or first is None:
        return None
    is_open = last is None and not ended
    return Span(start, first, last or (first if ended else standard.last), is_open)


def plans_of(child: Child) -> Iterator[Plan]:
    """Every child in need plan of a child, in any episode."""
    return (one for episode in child.episodes for one in episode.plans)


def protection_plans_of(child: Child) -> Iterator[ProtectionPlan]:
    """Every child protection plan of a child, in any episode."""
    return (one for episode in child.episodes for one in episode.protection_plans)


def spans(standard: Standard, parts: Iterable[Plan | ProtectionPlan]) -> list[Span]:
    """The stretches of plans."""
    found = (span(standard, one.started, one.ended) for one in parts)
    return [one for one in found if one is not None]


def begins_within(own: Sequence[Span], others: Sequence[Span], *, end_counts: bool) -> Iterator[Leaf]:
    """The beginnings that fall within another stretch; one is never within itself."""
    for one in own:
        if any(other is not one and other.has(one.start, end_counts=end_counts) for other in others):
            yield one.leaf
