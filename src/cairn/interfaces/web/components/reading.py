"""What is read, compared, noted, and what stops an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from cairn.interfaces.web.components.base import Component, Link, Post, Tag
from cairn.interfaces.web.marks import Mark


@dataclass(frozen=True)
class SummaryRow:
    """One row of a summary list; `values` is for several lines, and written text keeps its line ends."""

    key: str
    value: str = ""
    link: Link | None = None
    mark: Mark | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SummaryList(Component):
    template: ClassVar[str] = "components/summary_list.html"
    rows: tuple[SummaryRow, ...]

    @property
    def has_links(self) -> bool:
        """Whether any row has something to change, so that all rows line up."""
        return any(row.link for row in self.rows)


@dataclass(frozen=True)
class Said:
    """A line of what we were told, and who saw, heard or thinks it."""

    text: str
    who: str


@dataclass(frozen=True, kw_only=True)
class FactsAndOpinions(Component):
    template: ClassVar[str] = "components/facts_and_opinions.html"
    facts: tuple[Said, ...]
    opinions: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Match(Component):
    """A person who may be the one looked for: each reason is a mark (Same, Close, Differs, Not known) and a line."""

    template: ClassVar[str] = "components/match.html"
    number: int
    name: str
    tag: Tag
    reasons: tuple[tuple[Mark, str], ...]
    facts: str = ""
    href: str = ""
    use: Post | None = None
    reject: Post | None = None
    emergency: Link | None = None
    know: Link | None = None


@dataclass(frozen=True, kw_only=True)
class SiblingDecision(Component):
    """One brother or sister: who, the question (rendered by the form), and what set the answer."""

    template: ClassVar[str] = "components/sibling_decision.html"
    name: str
    about: str
    question: SafeString
    set_by: str = ""


@dataclass(frozen=True)
class CheckRow:
    """One line of a check: a mark, what, and a sentence about it."""

    mark: Mark
    title: str
    text: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class CheckList(Component):
    template: ClassVar[str] = "components/check_list.html"
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True)
class Missing:
    """One thing that a gate asks for: the rule in plain words, its paragraph, who may depart from it."""

    text: str
    source: str
    who_may_depart: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Gate(Component):
    """What stops an act, or stands in its way. `text` may be all there is to say."""

    template: ClassVar[str] = "components/gate.html"
    title: str
    text: str = ""
    missing: tuple[Missing, ...] = ()
    link: Link | None = None
    heading_level: int = 0


@dataclass(frozen=True, kw_only=True)
class Note(Component):
    """A fact that matters to what is being written. It stops nothing."""

    template: ClassVar[str] = "components/note.html"
    lines: tuple[str, ...]
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Saved(Component):
    """Where the draft stands. The script keeps it up to date and it is read out, politely."""

    template: ClassVar[str] = "components/saved.html"
    text: str = "Nothing to save yet"
    more: str = ""
    saved: bool = False

    @property
    def small(self) -> str:
        """What stands under it: where the draft is, or how to keep one."""
        if self.more:
            return self.more
        if self.saved:
            return "On Cairn’s server. Safe if you close this page or sign out."
        return "“Save and come back later” keeps what you write."


@dataclass(frozen=True, kw_only=True)
class Empty(Component):
    """What a list says when nothing is in it: a sentence, and what could be done."""

    template: ClassVar[str] = "components/empty.html"
    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Fault:
    """One mistake of a form: what to do, and the id of the field where it is done."""

    text: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class ErrorSummary(Component):
    template: ClassVar[str] = "components/error_summary.html"
    faults: tuple[Fault, ...]
