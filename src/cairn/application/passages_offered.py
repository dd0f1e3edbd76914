"""Passages that were offered from a brother's or sister's assessment and wait beside a section: shown with where they are from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.door import decisions_on, write_access
from cairn.core.access.facts import Decision
from cairn.core.assessing.passages import OF_SIBLING, Passage, from_sibling
from cairn.core.protocol.forms import Section
from cairn.records import passages, projections

SOMEBODY = "A brother or sister"


@dataclass(frozen=True, slots=True)
class FromSibling:
    """A passage that waits: from whose assessment, as far as the reader may know it, and who offered it when (UTC).

    `record` is that child's, where the reader may open it; `word_for_word` says that it stood in the section so.
    """

    id: UUID
    passage: Passage
    whose: str
    record: UUID | None
    word_for_word: bool
    offered_by: str
    offered_at: datetime


def of_section(strand: UUID, section: Section) -> tuple[Passage, ...]:
    """The passages that wait beside a section, as they may be taken into it."""
    return tuple(_passage(row, section) for row in passages.waiting(strand) if row.section == section.id)


def _passage(row: passages.OfferedRow, section: Section) -> Passage:
    title = section.title.replace("{child}", "the child")
    return from_sibling(str(row.id), row.text, title, row.offered_by, row.written_on)


def shown(actor: Actor, strand: UUID, section: Section, data: Mapping[str, Any]) -> tuple[FromSibling, ...]:
    """Those that wait and are not taken in, for the page of the section.

    The name of a child whose record the reader may not open is not told; that a name was shown is in the access log.
    """
    rows = [row for row in passages.waiting(strand) if row.section == section.id]
    left = [row for row in rows if f"{OF_SIBLING}/{row.id}" not in _taken(data)]
    names = _names(actor, {row.from_record for row in left})
    return tuple(
        FromSibling(
            id=row.id,
            passage=_passage(row, section),
            whose=names.get(row.from_record, SOMEBODY),
            record=row.from_record if row.from_record in names else None,
            word_for_word=row.word_for_word,
            offered_by=row.offered_by,
            offered_at=row.offered_at,
        )
        for row in left
    )


def _taken(data: Mapping[str, Any]) -> set[str]:
    return {str(row["key"]) for row in data.get("passages", ())}


def _names(actor: Actor, records: Iterable[UUID]) -> dict[UUID, str]:
    wanted = sorted(records)
    may = [one for one, found in decisions_on(actor, wanted).items() if found.allowed] if wanted else []
    if not may:
        return {}
    write_access(actor, may, Decision(allowed=True, relied_on="family"), page="family", what="list")
    return {record: row.name or SOMEBODY for record, row in projections.summaries(may).items()}


def sections_waiting(strand: UUID, data: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The sections beside which a passage waits that is not taken in; `data` is what is saved, by section."""
    found = [
        row.section
        for row in passages.waiting(strand)
        if f"{OF_SIBLING}/{row.id}" not in _taken(data.get(row.section, {}))
    ]
    return tuple(dict.fromkeys(found))
