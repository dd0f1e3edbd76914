"""Drafts: saved as they are typed, never over what somebody else has saved since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cairn.records.digest import plain
from cairn.records.models import Draft


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as saved; `version` counts its saves, `saved_by` made the last one. Instants in UTC."""

    id: UUID
    author_id: UUID
    act: str
    record_id: UUID | None
    data: Mapping[str, Any]
    version: int
    saved_by_id: UUID
    saved_by_name: str
    saved_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The draft was saved (or submitted) since the version the writer began from: theirs stands beside it."""

    theirs: DraftRow


@dataclass(frozen=True, slots=True)
class DraftToSave:
    """What a writer wants kept; `from_version` is the version it was begun from, 0 for a new draft."""

    id: UUID
    author_id: UUID
    act: str
    record_id: UUID | None
    data: Mapping[str, Any]
    from_version: int


COLUMNS = (
    "id",
    "author_id",
    "act",
    "record_id",
    "data",
    "version",
    "saved_by_id",
    "saved_by__name",
    "saved_at",
    "submitted_at",
)


def save(draft: DraftToSave, at: datetime) -> int | Conflict | None:
    """Keep a draft and give its new version, or say what has been saved since and change nothing.

    None where there is none to go on with: it was thrown away, or its record is out of the writer's sight.

    The comparison is made by the database in the writing statement, so of two at once one is told; what one sends
    again, because its answer was lost, is the version that it was. The draft's act, record and first author never change.
    """
    with transaction.atomic():
        if draft.from_version == 0 and _begin(draft, at):
            return 1
        if draft.from_version > 0 and _go_on(draft, at):
            return draft.from_version + 1
    theirs = open_draft(draft.id)
    if theirs is None:
        return None
    return theirs.version if _is_the_same(draft, theirs) else Conflict(theirs)


def _is_the_same(draft: DraftToSave, kept: DraftRow) -> bool:
    """Whether this very save was kept before and its answer lost: sent again it is no second text."""
    told = (draft.author_id, draft.act, draft.record_id, draft.from_version + 1, plain(draft.data))
    stands = (kept.saved_by_id, kept.act, kept.record_id, kept.version, plain(kept.data))
    return kept.submitted_at is None and told == stands


def _begin(draft: DraftToSave, at: datetime) -> bool:
    # One that is out of this writer's sight is there all the same.
    _, made = Draft._base_manager.get_or_create(  # noqa: SLF001 - Django's own name for it
        pk=draft.id,
        defaults={
            "author_id": draft.author_id,
            "saved_by_id": draft.author_id,
            "act": draft.act,
            "record_id": draft.record_id,
            "data": plain(draft.data),
            "saved_at": at,
        },
    )
    return made


def _go_on(draft: DraftToSave, at: datetime) -> bool:
    standing = Draft.objects.filter(
        Q(record_id=draft.record_id),
        pk=draft.id,
        version=draft.from_version,
        act=draft.act,
        submitted_at__isnull=True,
    )
    changed = standing.update(
        data=plain(draft.data), version=draft.from_version + 1, saved_by=draft.author_id, saved_at=at
    )
    return changed == 1


def open_draft(draft_id: UUID) -> DraftRow | None:
    """A draft, or None. Whether the reader may see it is decided by whoever asks."""
    found = Draft.objects.filter(pk=draft_id).values_list(*COLUMNS).first()
    return DraftRow(*found) if found else None


def list_of(author_id: UUID) -> list[DraftRow]:
    """What a person has begun and not submitted, the last saved first."""
    found = Draft.objects.filter(author_id=author_id, submitted_at__isnull=True)
    return [DraftRow(*row) for row in found.order_by("-saved_at", "id").values_list(*COLUMNS)]


def list_on(record_id: UUID, act: str | None = None) -> list[DraftRow]:
    """What is being written about a record, whoever began it; with `act`, that act's only."""
    found = Draft.objects.filter(record_id=record_id, submitted_at__isnull=True)
    if act is not None:
        found = found.filter(act=act)
    return [DraftRow(*row) for row in found.order_by("-saved_at", "id").values_list(*COLUMNS)]


def submit(draft_id: UUID, version: int, at: datetime) -> bool:
    """Close a draft as submitted at this version; False where it moved on, was submitted or isn't there."""
    standing = Draft.objects.filter(pk=draft_id, version=version, submitted_at__isnull=True)
    return standing.update(submitted_at=at) == 1


def discard(draft_id: UUID, author_id: UUID) -> bool:
    """Throw a person's own unsubmitted draft away; False where there is none."""
    removed, _ = Draft.objects.filter(pk=draft_id, author_id=author_id, submitted_at__isnull=True).delete()
    return removed == 1
