"""The documents that came with an entry, as lists and pages name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cairn.core.documents.kinds import kind_in_words, size_in_words
from cairn.core.documents.names import safe_name

FIELD = "documents"


@dataclass(frozen=True)
class DocumentLine:
    """A document of an entry as a list shows it."""

    id: UUID
    name: str
    kind: str
    size: str


def lines(data: Mapping[str, Any]) -> tuple[DocumentLine, ...]:
    """The documents that an entry names, for a list."""
    rows = [row for row in data.get(FIELD) or () if isinstance(row, Mapping) and row.get("document")]
    return tuple(
        DocumentLine(
            UUID(str(row["document"])),
            safe_name(str(row.get("name") or "")),
            kind_in_words(row.get("kind")),
            size_in_words(row.get("size")),
        )
        for row in rows
    )
