"""What changed between two hand-ins of an assessment, in whole sentences: nobody has to look for a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

# A sentence ends with its stop, and a closing quotation mark or bracket behind it; a line ends one too.
_END = re.compile(r"""(?<=[.!?…])[”’"')\]]*(?=\s)|\n+""")
# A stop after these, or after a single letter, ends no sentence.
_SHORT = re.compile(r"(?:^|\s)(?:Dr|Mr|Mrs|Ms|Mx|Prof|St|No|e\.g|i\.e|approx|para|[A-Z])\.$")
Row = Mapping[str, Any]
What = Literal["new", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a section where the texts differ: the field, the sentences that went and those that came."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that is another one now: its id and title, whether it is new, changed or removed, and where."""

    section: str
    title: str
    what: What
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, in the order of reading, and the titles of the sections that did not."""

    changed: tuple[SectionChange, ...]
    unchanged: tuple[str, ...]


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each whole and without the space around it."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _SHORT.search(text[start : end.end()]):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    return tuple(one.strip() for one in (*found, text[start:]) if one.strip())


def compare(before: str, after: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The sentences that went and those that came, place by place, in the order of the text."""
    was, now = sentences(before), sentences(after)
    for what, begin, end, there, up_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what != "equal":
            yield was[begin:end], now[there:up_to]


def changes(before: Sequence[Row], after: Sequence[Row], texts: Sequence[str]) -> Changes:
    """What changed between the sections of two hand-ins; `texts` names the fields that are compared.

    Each row has its `section` and `title`. A field may hold text or an answer; both are compared as text.
    """
    was = {str(row.get("section")): row for row in before}
    now = {str(row.get("section")): row for row in after}
    found = [
        change
        for section in [*now, *(one for one in was if one not in now)]
        if (change := _change(section, was.get(section), now.get(section), texts)) is not None
    ]
    same = {one.section for one in found}
    return Changes(tuple(found), tuple(_title(row) for key, row in now.items() if key not in same))


def _change(section: str, was: Row | None, now: Row | None, texts: Sequence[str]) -> SectionChange | None:
    parts = tuple(
        Part(field, removed, added)
        for field in texts
        for removed, added in compare(_said(was, field), _said(now, field))
    )
    if was is not None and now is not None and not parts:
        return None
    what: What = "new" if was is None else "removed" if now is None else "changed"
    return SectionChange(section, _title(now or was or {}), what, parts)


def _said(row: Row | None, field: str) -> str:
    value = row.get(field) if row else None
    if isinstance(value, bool):
        return "Yes" if value else ""
    return str(value) if value is not None else ""


def _title(row: Row) -> str:
    return str(row.get("title") or row.get("section") or "")
