"""Filed documents: written with their entry, read in parts, never changed. Whether the reader may is decided at the door."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cairn.records.digest import SALT_BYTES
from cairn.records.models import DocumentOn, DocumentPart, FiledDocument

# So much of a document is in memory at a time, on the way in and on the way out.
PART_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Filed:
    """A document as filed: a kind of `cairn.core.documents`, its bytes counted, the digest of its content."""

    id: UUID
    kind: str
    size: int
    filed_at: datetime
    digest: bytes


def add_parts(document: UUID, content: Iterable[bytes]) -> bytes:
    """Store a document's content part by part, in the transaction of its entry; gives its 32-byte digest.

    Each part is salted, and the salt goes with it when it is destroyed: what remains can't be guessed at.
    """
    whole = sha256()
    for number, piece in enumerate(in_parts(content), start=1):
        salt = secrets.token_bytes(SALT_BYTES)
        whole.update(sha256(salt + piece).digest())
        DocumentPart.objects.create(document_id=document, number=number, salt=salt, content=piece)
    return whole.digest()


def in_parts(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    waiting = b""
    for piece in content:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield waiting[:PART_BYTES]
            waiting = waiting[PART_BYTES:]
    if waiting:
        yield waiting


def parts(document: UUID) -> Iterator[bytes]:
    """A document's content part by part, one read each; nothing where it was destroyed under rule."""
    number = 1
    while (found := _part(document, number)) is not None:
        yield found
        number += 1


def _part(document: UUID, number: int) -> bytes | None:
    found = DocumentPart.objects.filter(document_id=document, number=number).values_list("content", flat=True)
    content = found.first()
    return None if content is None else bytes(content)


def has_content(document: UUID) -> bool:
    """Whether a document's content is there, and was not destroyed under rule."""
    return DocumentPart.objects.filter(document_id=document).exists()


def file(documents: Iterable[Filed], event: UUID) -> None:
    """Enter documents whose content is stored, and hang them on their entry, in its transaction."""
    entered = FiledDocument.objects.bulk_create(
        [
            FiledDocument(id=one.id, kind=one.kind, size=one.size, filed_at=one.filed_at, digest=one.digest)
            for one in documents
        ]
    )
    DocumentOn.objects.bulk_create([DocumentOn(document_id=one.id, event_id=event) for one in entered])


def hang_also(on: UUID, as_on: UUID) -> None:
    """Hang on one entry the documents that hang on another: an entry was moved, and what came with it goes too."""
    there = DocumentOn.objects.filter(event_id=as_on).values_list("document_id", flat=True)
    DocumentOn.objects.bulk_create([DocumentOn(document_id=document, event_id=on) for document in there])


def on_record(record: UUID, document: UUID) -> Filed | None:
    """A document that hangs on an entry of this record; None where there is none, wherever else it may be."""
    found = FiledDocument.objects.filter(pk=document, hangs_on__event__record_id=record)
    row = found.values_list("id", "kind", "size", "filed_at", "digest").first()
    return Filed(*row[:4], bytes(row[4])) if row else None


def broken(records: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """The documents of these records whose content no longer fits its digest, as record and document."""
    hung = DocumentOn.objects.filter(event__record_id__in=list(records))
    rows = hung.values_list(
        "event__record_id",
        "document_id",
        "document__kind",
        "document__size",
        "document__filed_at",
        "document__digest",
    )
    return [
        (row[0], row[1])
        for row in rows.order_by("event__record_id", "document_id")
        if not is_whole(Filed(*row[1:5], bytes(row[5])))
    ]


def is_whole(document: Filed) -> bool:
    """Whether the content still fits its digest; content that was destroyed under rule can't be compared and does."""
    whole = sha256()
    rows = (
        DocumentPart.objects.filter(document_id=document.id).order_by("number").values_list("salt", "content")
    )
    is_there = False
    for salt, content in rows.iterator(chunk_size=1):
        is_there = True
        whole.update(sha256(bytes(salt) + bytes(content)).digest())
    return not is_there or whole.digest() == document.digest
