"""Passages that may be taken over into a section: each keeps where it is from and when it was written, and none is the whole (3.12).

From the assessment of a brother or sister only those come that a person offered; nothing else of it is looked at.
"""

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
OF_BEFORE, OF_SIBLING = "before", "sibling"
# A text shorter than this, in characters, is no passage: nobody could tell what it says.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it is offered: `key` names it for good, `kind` says from what (before, check, view, sibling)."""

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


def from_sibling(id_: str, text: str, title: str, offered_by: str, written_on: date) -> Passage:
    """A passage that somebody offered from the same section of a brother's or sister's assessment.

    Whose it is stands in no text that is kept: the other child is a third party to whoever reads this one's record.
    """
    origin = f"The assessment of a brother or sister: {title}. Chosen by {offered_by}"
    return Passage(f"{OF_SIBLING}/{id_}", OF_SIBLING, text, origin, written_on)


def stands_in(text: str, data: Mapping[str, Any], names: Iterable[str] = PROSE) -> bool:
    """Whether the words of a passage stand so in a section; line breaks count for nothing."""
    wanted = _plain(text)
    return any(wanted in _plain(str(data.get(name) or "")) for name in names)


def why_not_offered(
    text: str, data: Mapping[str, Any], before: Iterable[str], names: Iterable[str] = PROSE
) -> str:
    """Why this text is not offered as a passage of a section that says `data`; '' where it may be.

    With what was offered `before` to the same child it must leave something of the section out: all of it together
    would be a copy, and no assessment is copied (Peterborough 3.12).
    """
    if len(_plain(text)) < SHORTEST:
        return "Type or paste the passage"
    own = [part for name in names for part in paragraphs(str(data.get(name) or ""))]
    offered_so_far = [_plain(one) for one in (*before, text)]
    covered = [any(_plain(part) in one for one in offered_so_far) for part in own]
    if len(own) > 1 and all(covered):
        return "That would be the whole section. Leave out what is about one child only"
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split())
