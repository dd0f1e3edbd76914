"""What stands round every page: whose installation, who is signed in, where they are. Plain values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the service navigation. A count shows beside it where there is one to act on."""

    text: str
    href: str
    count: int | None = None
    counted: str = "due now"
    current: bool = False


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumbs, the outermost first; the page itself is not among them."""

    text: str
    href: str


@dataclass(frozen=True)
class FooterLink:
    text: str
    href: str


FOOTER = (
    FooterLink("Help and how-to guides", "/help/"),
    FooterLink("Report a problem", "/help/problem/"),
    FooterLink("Accessibility statement", "/help/accessibility/"),
    FooterLink("Privacy", "/help/privacy/"),
    FooterLink("What changed in Cairn", "/help/changes/"),
)


@dataclass(frozen=True, kw_only=True)
class Chrome:
    """The frame of a page. Without a staff name nobody is signed in: no search, no navigation.

    `procedures` is the sentence naming the procedures in use; `phone_lines` are sentences.
    `session_seconds` is how long a session lasts without a request, `longest_seconds` how long with: the script warns
    before it ends.
    """

    authority: str
    staff_name: str = ""
    role: str = ""
    navigation: tuple[NavigationItem, ...] = ()
    breadcrumbs: tuple[Crumb, ...] = ()
    procedures: str = ""
    phone_lines: tuple[str, ...] = ()
    practice: bool = False
    footer: tuple[FooterLink, ...] = FOOTER
    home: str = "/"
    find: str = "/find/"
    sign_out: str = "/sign-out/"
    stay: str = "/stay/"
    own_looks: str = "/look-ups/"
    account: str = "/account/"
    session_seconds: int = 20 * 60
    longest_seconds: int = 10 * 60 * 60


@dataclass(frozen=True)
class Notice:
    """A message about what has just happened, said once at the top of the page."""

    text: str
    kind: Literal["important", "done"] = "done"
    link: FooterLink | None = None


@dataclass(frozen=True, kw_only=True)
class PrintHead:
    """What stands on every printed sheet of a record: whose it is, and who printed it when."""

    name: str
    born: str
    number: str
    printed_by: str
    printed_at: str
    extra: tuple[str, ...] = field(default=())
