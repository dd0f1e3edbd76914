"""Filing documents with a letter or message that came, and handing one out again: in through the one door, out through the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from cairn.application.acting import close_draft
from cairn.application.actors import Actor
from cairn.application.document_lines import FIELD
from cairn.application.door import open_record
from cairn.application.ports import documents as store
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.core.documents.kinds import KINDS, MOST_AT_ONCE, FileFault, Kind
from cairn.core.documents.names import safe_name
from cairn.core.documents.recognise import Recogniser
from cairn.core.engine.view import View
from cairn.records import documents
from cairn.records.ids import time_ordered

NO_DOCUMENT = Refused("not found", "There is no such document on this record")
DESTROYED = Refused("not found", "This document was destroyed when its time was over")


class Readable(Protocol):
    """A file that somebody offers: read in pieces, from its beginning each time."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a piece at a time."""
        ...


@dataclass(frozen=True)
class Offered:
    """A file as it was chosen: the name it came with, which is never believed, and its bytes."""

    name: str
    content: Readable


@dataclass(frozen=True)
class Fit:
    """A file that may be filed: looked through once, with its safe name and what it is."""

    id: UUID
    name: str
    kind: Kind
    size: int
    content: Readable

    @property
    def row(self) -> Mapping[str, Any]:
        """What the entry says of it."""
        return {"document": str(self.id), "name": self.name, "kind": self.kind.value, "size": self.size}


@dataclass(frozen=True)
class OpenedDocument:
    """A document that is being handed out; `content` is read from the store as it goes."""

    name: str
    media_type: str
    size: int
    content: Iterator[bytes]


def looked_through(offered: Sequence[Offered]) -> tuple[Fit, ...] | tuple[FileFault, ...]:
    """Every file with what it is; or all that is wrong with those that cannot be filed, in the order chosen."""
    if len(offered) > MOST_AT_ONCE:
        problem = f"You chose {len(offered)} files; {MOST_AT_ONCE} can be filed at once."
        return (FileFault(problem, "Choose fewer, and file the others after."),)
    judged = [_looked_through(one) for one in offered]
    faults = tuple(one for one in judged if isinstance(one, FileFault))
    return faults or tuple(one for one in judged if isinstance(one, Fit))


def _looked_through(offered: Offered) -> Fit | FileFault:
    recogniser = Recogniser(offered.name)
    for piece in offered.content.chunks():
        recogniser.feed(piece)
    found = recogniser.judge()
    if isinstance(found, FileFault):
        return found
    return Fit(time_ordered(now()), found[0], found[1], recogniser.size, offered.content)


def record_with_documents(
    actor: Actor, request: Request, files: Sequence[Fit], draft: UUID | None = None
) -> Recorded | Refused:
    """Record an act with the documents that came with it, all or nothing, in one transaction.

    What the request itself says of documents is thrown away: only what was looked through here is named.
    Sent again with the same key, nothing is stored a second time.
    """
    rows = [file.row for file in files]
    answers = {**request.answers, FIELD: rows} if rows else _without(request.answers)
    with transaction.atomic():
        done = record_within(actor, replace(request, answers=answers))
        if isinstance(done, Recorded) and not done.again:
            documents.file([_stored(file) for file in files], UUID(done.events[-1]))
            if draft is not None:
                close_draft(actor, draft)
        return done


def _without(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != FIELD}


def _stored(file: Fit) -> documents.Filed:
    digest = store().keep(file.id, file.content.chunks())
    return documents.Filed(file.id, file.kind.value, file.size, now(), digest)


def open_document(actor: Actor, record: UUID, document: UUID) -> OpenedDocument | Refused:
    """A document of an entry on this record, to be taken away. That it was is in the access log."""
    with transaction.atomic():
        opened = open_record(actor, record, page="document", what="export")
        if isinstance(opened, Refused):
            return opened
        filed = documents.on_record(record, document)
        if filed is None:
            return NO_DOCUMENT
        if not store().holds(document):
            return DESTROYED
        kind = KINDS[filed.kind]
        return OpenedDocument(
            _name(opened.view, document), kind.media_type, filed.size, store().read(document)
        )


def _name(view: View, document: UUID) -> str:
    """The name on the entry it hangs on, made safe again: nothing that was ever stored is believed."""
    named = [
        str(row.get("name") or "")
        for event in view.stream
        for row in event.data.get(FIELD) or ()
        if isinstance(row, Mapping) and row.get("document") == str(document)
    ]
    return safe_name(named[-1] if named else "")
