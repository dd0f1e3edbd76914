"""What every component is, and the small values that many take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

DueTone = Literal["", "late", "soon"]
TagTone = Literal["late", "soon", "done", "info", "plain"]


@dataclass(frozen=True)
class Component:
    """Anything that a template of its own renders, where it is called `it`."""

    template: ClassVar[str] = ""


@dataclass(frozen=True)
class Link:
    """A link; `hidden` is read out after its text, so that two links "Change" are told apart."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True)
class Tag:
    word: str
    tone: TagTone = "info"


@dataclass(frozen=True)
class Post:
    """A button that posts: `name` and `value` go with it to `href` (or to the form it stands in, if empty)."""

    text: str
    href: str = ""
    name: str = ""
    value: str = ""
    hidden: str = ""
    secondary: bool = False
