"""Filed documents kept in PostgreSQL, beside the ledger and saved with it.

Commands that need no database are wired with this too, before Django is set up: its tables are reached for only in use.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID


class DatabaseDocuments:
    """The document store of an installation that has no other."""

    def keep(self, document: UUID, content: Iterable[bytes]) -> bytes:
        """Store the content in the caller's transaction; gives its salted digest."""
        from cairn.records.documents import add_parts

        return add_parts(document, content)

    def read(self, document: UUID) -> Iterator[bytes]:
        """The content part by part."""
        from cairn.records.documents import parts

        return parts(document)

    def holds(self, document: UUID) -> bool:
        """Whether the content is there."""
        from cairn.records.documents import has_content

        return has_content(document)
