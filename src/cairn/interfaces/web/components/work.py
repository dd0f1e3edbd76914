"""What is due and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from cairn.interfaces.web.components.base import Component, DueTone
from cairn.interfaces.web.marks import Mark


@dataclass(frozen=True)
class Due(Component):
    """When something is due: the word, the date, a link that explains it.

    `what` is read out with the link ("visit to Amara due 19 November 2026"); `also` is another reading
    ("or 3 December on 4.23’s 10 days"). `no_date` stands alone where the procedures set none.
    """

    template: ClassVar[str] = "components/due.html"
    word: str = ""
    date: str = ""
    tone: DueTone = ""
    why: str = ""
    what: str = ""
    also: str = ""
    no_date: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """One thing to do: the act is the link, `more` the one fact that decides what to do.

    `whom_href` is the record of the child it is for; `choose` names the line where several can be chosen at once.
    """

    act: str
    href: str
    due: Due
    more: str = ""
    whom: str = ""
    whom_href: str = ""
    whom_age: str = ""
    whom_more: str = ""
    choose: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkGroup(Component):
    """Things due at one time, soonest first. Only the first group of a page shows its column heads."""

    template: ClassVar[str] = "components/work_group.html"
    heading: str
    count: str
    rows: tuple[WorkRow, ...]
    id: str
    tone: Literal["", "late", "today"] = ""
    show_head: bool = False

    @property
    def mark(self) -> Mark | None:
        """The mark that goes with the tone."""
        return {"late": Mark("late"), "today": Mark("soon")}.get(self.tone)


@dataclass(frozen=True, kw_only=True)
class DueList(Component):
    """What is due for one child: two columns, inside a card of the page's own."""

    template: ClassVar[str] = "components/due_list.html"
    caption: str
    rows: tuple[WorkRow, ...]
    show_head: bool = True


@dataclass(frozen=True, kw_only=True)
class Clock(Component):
    """A running clock at the head of the rail. `bar` is the picture (see drawing.clock_bar)."""

    template: ClassVar[str] = "components/clock.html"
    heading: str
    time: str
    date: str
    why: str = ""
    what: str = ""
    bar: SafeString | None = None
    left: str = ""
    more: str = ""
    id: str = "clock"
