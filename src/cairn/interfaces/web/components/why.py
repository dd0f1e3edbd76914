"""What the panel "Why is this due?" takes: the answer, the rule, the clock, the days drawn and the sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from cairn.interfaces.web.components.base import Component, Link

DayKind = Literal["none", "start", "counted", "off", "holiday", "end"]


@dataclass(frozen=True)
class WhyAnswer:
    """One answer of the panel: a sentence, small print, links."""

    text: str
    small: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class CountDay:
    """One day of the calendar. `number` is its place in the count, `day` the day of the month."""

    kind: DayKind
    day: int
    number: int | None = None
    today: bool = False

    @property
    def classes(self) -> str:
        """Its classes in the style sheet."""
        known = {"counted": "", "holiday": "bh"}
        return f"{known.get(self.kind, self.kind)} {'today' if self.today else ''}".strip()


@dataclass(frozen=True)
class CountWeek:
    label: str
    days: tuple[CountDay, ...]


@dataclass(frozen=True)
class CountCalendar:
    """Counted days as a table of weeks; every weekday numbered, so the count is checked by finger."""

    caption: str
    weeks: tuple[CountWeek, ...]
    today: int | None = None
    passes_weekends: bool = True
    has_holidays: bool = False


@dataclass(frozen=True)
class SumRow:
    """One line of the sum; what is taken away has a minus sign in `figure`."""

    words: str
    figure: str


@dataclass(frozen=True, kw_only=True)
class WhyPanel(Component):
    """Why something is due when it is. `rule` is quoted; `source` names document and paragraph."""

    template: ClassVar[str] = "components/why_panel.html"
    question: str
    answer: str
    rule: str
    source: str
    rule_more: WhyAnswer | None = None
    started: WhyAnswer | None = None
    who: WhyAnswer | None = None
    ends: WhyAnswer | None = None
    may_extend: WhyAnswer | None = None
    other_rules: WhyAnswer | None = None
    calendar: CountCalendar | None = None
    sum: tuple[SumRow, ...] = ()
    sum_note: str = ""
    wrong: tuple[Link, ...] = ()
    heading_level: int = 3
    id: str = "why"

    @property
    def answers(self) -> tuple[tuple[str, WhyAnswer], ...]:
        """The questions in their order, with those answers that there are."""
        asked = (
            ("What started the clock", self.started),
            ("Who has to do it", self.who),
            ("What ends the clock", self.ends),
            ("Who may extend it", self.may_extend),
            ("Does another rule set another date?", self.other_rules),
        )
        return tuple((question, answer) for question, answer in asked if answer)
