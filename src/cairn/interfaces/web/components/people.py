"""Who a page is about, their family, and what has happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from cairn.interfaces.web.components.base import Component, Link, Tag
from cairn.interfaces.web.marks import Mark


@dataclass(frozen=True)
class Fact:
    """One fact of the identity bar: `value` is bold, `small` is not."""

    term: str
    value: str
    small: str = ""
    link: Link | None = None
    mark: Mark | None = None
    keep_together: bool = False


@dataclass(frozen=True)
class Alert:
    """A danger, before anything else: a sentence with its bold part, and a link."""

    text: str
    link: Link | None = None


@dataclass(frozen=True)
class SubNavigation:
    label: str
    items: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class IdentityBar(Component):
    """Who the page is about. `heading` says whether the name is the page's h1.

    `subnav_items`: text, address, whether it is this page.
    """

    template: ClassVar[str] = "components/identity_bar.html"
    name: str
    heading: bool = True
    tags: tuple[Tag, ...] = ()
    beside: str = ""
    facts: tuple[Fact, ...] = ()
    alerts: tuple[Alert, ...] = ()
    subnav: SubNavigation | None = None


@dataclass(frozen=True)
class Member:
    """One child of the family strip. `about` follows the name: "9, sister"."""

    name: str
    about: str
    href: str = ""
    tags: tuple[Tag, ...] = ()
    marks: tuple[Mark, ...] = ()
    small: str = ""
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class FamilyStrip(Component):
    """The children at an address side by side, then the adults: name and what follows it."""

    template: ClassVar[str] = "components/family_strip.html"
    heading: str
    members: tuple[Member, ...]
    adults: tuple[tuple[str, str], ...] = ()
    link: Link | None = None
    id: str = "family"

    @property
    def columns(self) -> int:
        """How many columns a wide window has."""
        return min(4, len(self.members) + bool(self.adults or self.link))


@dataclass(frozen=True)
class Step:
    """One line of a flow chart told as a list."""

    mark: Mark | None
    title: str
    line: str = ""
    now: bool = False


@dataclass(frozen=True, kw_only=True)
class Steps(Component):
    """The text form of a picture: read by screen readers, shown on a phone and in print.

    `shown` shows it at every width, where there is no picture.
    """

    template: ClassVar[str] = "components/steps.html"
    steps: tuple[Step, ...]
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawing(Component):
    """A picture with its key and, for those who cannot see it, the same as a list.

    `kind` is its class: flow or history.
    """

    template: ClassVar[str] = "components/drawing.html"
    kind: Literal["flow", "history"]
    label: str
    svg: SafeString
    key: tuple[tuple[SafeString, str], ...]
    key_label: str
    steps: Steps
    sentence: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class TimeEntry:
    """One event of the timeline. `when` says day, author and, if it differs, when it was recorded."""

    what: str
    when: str
    more: str = ""
    tag: Tag | None = None
    link: Link | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Timeline(Component):
    template: ClassVar[str] = "components/timeline.html"
    entries: tuple[TimeEntry, ...]
