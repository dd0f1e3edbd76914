"""A team’s numbers, each of them a link to its list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from cairn.interfaces.web.components.base import Component, Link
from cairn.interfaces.web.marks import Mark

TileTone = Literal["", "late", "today"]


@dataclass(frozen=True)
class Tile:
    """A number that leads to its list. `counts` is read out after the number."""

    number: int
    counts: str
    href: str
    word: str
    small: str = ""
    tone: TileTone = ""

    @property
    def mark(self) -> Mark | None:
        """The mark that goes with the tone."""
        return {"late": Mark("late", self.word), "today": Mark("soon", self.word)}.get(self.tone)


@dataclass(frozen=True, kw_only=True)
class Tiles(Component):
    template: ClassVar[str] = "components/tiles.html"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Number:
    """A number in a table: a link to its list where it is not nought. `counts` is read out after it."""

    value: int
    counts: str
    href: str = ""
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    """One worker's row: the first number has the bar. `last` is a sentence or a link, `last_mark` under it.

    `href` is where the name leads; `link` stands under it.
    """

    name: str
    more: str = ""
    mark: Mark | None = None
    numbers: tuple[Number, ...] = ()
    last: str = ""
    last_more: str = ""
    last_mark: Mark | None = None
    last_link: Link | None = None
    href: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class LabelledRow:
    """A row with the column head beside each number, for a phone."""

    worker: TeamRow
    numbers: tuple[tuple[str, Number], ...]
    last_label: str


@dataclass(frozen=True, kw_only=True)
class TeamTable(Component):
    """Who has what. `columns` are the heads: worker, the barred number, more numbers, the last column.

    `full` is what a whole bar stands for; bars start at nought and are ruled in ten steps. With `numbers_only` the
    last column is of numbers too.
    """

    template: ClassVar[str] = "components/team_table.html"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TeamRow, ...]
    total: TeamRow | None = None
    full: int = 20
    note: str = ""
    numbers_only: bool = False

    @property
    def labelled_rows(self) -> tuple[LabelledRow, ...]:
        return tuple(self._labelled(row) for row in self.rows)

    @property
    def labelled_total(self) -> LabelledRow | None:
        return self._labelled(self.total) if self.total else None

    def _labelled(self, row: TeamRow) -> LabelledRow:
        heads = self.columns[1:] if self.numbers_only else self.columns[1:-1]
        last = "" if self.numbers_only else self.columns[-1]
        return LabelledRow(row, tuple(zip(heads, row.numbers, strict=True)), last)


@dataclass(frozen=True)
class Kind:
    """One line of a list with bars: what, a sentence, how many."""

    name: str
    number: Number
    more: str = ""

    @property
    def plain(self) -> Number:
        """The number without the mark of lateness, which the bar's colour and the heading carry."""
        return replace(self.number, late=False)


@dataclass(frozen=True, kw_only=True)
class Kinds(Component):
    template: ClassVar[str] = "components/kinds.html"
    kinds: tuple[Kind, ...]
    full: int = 5
