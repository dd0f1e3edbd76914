"""Filed documents kept in PostgreSQL, beside the ledger and saved with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from cairn.records import documents


class DatabaseDocuments:
    """The document store of an installation that has no other."""

    def keep(self, document: UUID, content: Iterable[bytes]) -> bytes:
        """Store the content in the caller's transaction; gives its salted digest."""
        return documents.add_parts(document, content)

    def read(self, document: UUID) -> Iterator[bytes]:
        """The content part by part."""
        return documents.parts(document)

    def holds(self, document: UUID) -> bool:
        """Whether the content is there."""
        return documents.has_content(document)
