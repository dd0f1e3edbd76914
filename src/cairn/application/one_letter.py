"""Work that one letter does stands on one line of a list: what has a date, with what the same letter counts for besides.

Which duties a letter meets is data (`meets` of the letter). Only what has no date of its own is taken in, so that
nothing that can be late is hidden, and only where it is plain which is meant: one of each for the child.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from cairn.application.procedures import in_use

DATED = frozenset({"overdue", "due_today", "upcoming"})


class Row(Protocol):
    """A line of a work list: a frozen record with a place for what its letter counts for."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def record(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def letter_does(self) -> tuple[str, ...]: ...


RowT = TypeVar("RowT", bound=Row)


def joined(rows: Sequence[RowT]) -> list[RowT]:
    """The rows in their order, where one letter does two things for a child as one row that names the other."""
    with_it = dict(_pairs(rows))
    taken = {other for others in with_it.values() for other in others}
    named = {_place(row): row for row in rows}
    return [
        replace(row, letter_does=tuple(_words(named[one]) for one in with_it.get(_place(row), ())))
        for row in rows
        if _place(row) not in taken
    ]


def _pairs(rows: Iterable[Row]) -> Iterator[tuple[tuple[UUID, str], tuple[tuple[UUID, str], ...]]]:
    """The row with a date, and those without one that the same letter meets."""
    by_child: dict[UUID, dict[str, list[Row]]] = {}
    for row in rows:
        by_child.setdefault(row.record, {}).setdefault(row.key.partition(":")[0], []).append(row)
    for duties in by_child.values():
        for letter in in_use().protocol.letters:
            found = _of_letter(duties, letter.meets)
            dated = [row for row in found if row.state in DATED]
            undated = tuple(_place(row) for row in found if row.state == "undated")
            if len(dated) == 1 and undated:
                yield _place(dated[0]), undated


def _of_letter(duties: Mapping[str, list[Row]], meets: Iterable[str]) -> list[Row]:
    """The rows of a child that the letter meets; none where one of its duties stands twice."""
    found = [duties[one] for one in meets if one in duties]
    return [] if any(len(rows) > 1 for rows in found) else [rows[0] for rows in found]


def _words(row: Row) -> str:
    """What the letter counts for, with its paragraph."""
    versions = in_use().protocol.duties.get(row.key.partition(":")[0], ())
    return f"{row.title} ({versions[-1].source.paragraph})" if versions else row.title


def _place(row: Row) -> tuple[UUID, str]:
    return row.record, row.key
