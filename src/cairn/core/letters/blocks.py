"""A text as it is set: headings, lists and paragraphs, told by how its lines begin. Nothing else in a text is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

HEADING: Final = "# "
ITEM: Final = "- "
BLANK: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a heading (one line), a list (its items) or a paragraph (its lines)."""

    kind: Literal["heading", "list", "paragraph"]
    lines: tuple[str, ...]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """A text as its paragraphs: what stands between blank lines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return tuple(one.strip() for one in BLANK.split(plain) if one.strip())


def blocks(paragraph: str) -> tuple[Block, ...]:
    """One paragraph as it is set: a line that begins with "# " is a heading, lines that begin with "- " are a list."""
    found: list[Block] = []
    for line in (one.strip() for one in paragraph.split("\n")):
        if not line:
            continue
        if line.startswith(HEADING):
            found.append(Block("heading", (line.removeprefix(HEADING).strip(),)))
        else:
            _add(found, "list" if line.startswith(ITEM) else "paragraph", line.removeprefix(ITEM))
    return tuple(found)


def _add(found: list[Block], kind: Literal["list", "paragraph"], line: str) -> None:
    if found and found[-1].kind == kind:
        found[-1] = Block(kind, (*found[-1].lines, line))
    else:
        found.append(Block(kind, (line,)))
