"""Passages that may be taken over into a section: each keeps where it is from and when it was written, and none is the whole (3.12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.core.assessing.stage import Before
from cairn.core.assessing.told import Told
from cairn.core.history.event import Event
from cairn.core.protocol.forms import Section

PROSE = ("text", "changed", "own_words")
OF_BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it is offered: `key` names it for good, `kind` says from what (before, check, view)."""

    key: str
    kind: str
    text: str
    taken_from: str
    written_on: date

    def as_row(self) -> dict[str, Any]:
        """As a section keeps it."""
        return {
            "key": self.key,
            "text": self.text,
            "taken_from": self.taken_from,
            "written_on": self.written_on.isoformat(),
        }


def offered(section: Section, before: Before | None, facts: Told) -> tuple[Passage, ...]:
    """What stands beside a section and may be taken into it, passage by passage."""
    return (*_of_before(before), *_of_checks(section, facts), *_of_views(section, facts))


def _of_before(before: Before | None) -> Iterator[Passage]:
    if before is None:
        return
    origin = f"Assessment by {before.author}, approved"
    for name in PROSE:
        for number, text in enumerate(paragraphs(str(before.data.get(name) or ""))):
            key = f"{OF_BEFORE}/{before.event}/{before.section}/{name}/{number}"
            yield Passage(key, OF_BEFORE, text, origin, before.on)


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs: what stands between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _of_checks(section: Section, facts: Told) -> Iterator[Passage]:
    """Answers that say that they are about this section; those that say nothing go where their agency is looked for.

    In the section of what agencies say every answer stands.
    """
    of_agencies = "professional" in section.views
    for check in facts.checks:
        for event in check.answered:
            about = event.data.get("about") or ()
            if section.id in about or (check.agency in section.agencies and (of_agencies or not about)):
                who = str(event.data.get("name") or check.name or check.agency.replace("_", " ").capitalize())
                yield from _of_event(event, "check", "answer", who)


def _of_views(section: Section, facts: Told) -> Iterator[Passage]:
    child, *others = facts.heard
    if "child" in section.views:
        for event in child.views:
            yield from _of_event(
                event, "view", "text" if event.type == "views.recorded" else "child_said", child.name
            )
    if set(section.views) - {"child", "professional"}:
        for one in others:
            for event in one.views:
                yield from _of_event(event, "view", "text", one.name)


def _of_event(event: Event, kind: str, field: str, who: str) -> Iterator[Passage]:
    text = str(event.data.get(field) or "").strip()
    if text:
        yield Passage(f"{kind}/{event.id}", kind, text, who, event.happened_at.day)


def taken(
    keys: Iterable[str], offer: Sequence[Passage], standing: Iterable[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The passages of these keys as a section keeps them, and the keys that name nothing.

    What stands in the section already (`standing`) stays as it was taken, whatever is offered now.
    """
    rows = {one.key: one.as_row() for one in offer} | {str(row["key"]): dict(row) for row in standing}
    wanted = list(dict.fromkeys(keys))
    return [rows[key] for key in wanted if key in rows], [key for key in wanted if key not in rows]


def is_whole(rows: Iterable[Mapping[str, Any]], offer: Sequence[Passage]) -> bool:
    """Whether every passage of last time's answer was taken, where it has several: that is a copy, not a passage."""
    of_before = {one.key for one in offer if one.kind == OF_BEFORE}
    return len(of_before) > 1 and of_before <= {str(row["key"]) for row in rows}
