"""Passages offered from the assessment of one child to that of a brother or sister: beside the text until a person settles them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from cairn.records.models import PassageOffered
from cairn.records.sections import Place


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A passage as it was offered: to which section, from which record and assessment, by whom and when (UTC).

    `written_on` is the London day on which the section it comes from was last saved.
    """

    id: UUID
    section: str
    text: str
    word_for_word: bool
    from_record: UUID
    from_strand: UUID
    written_on: date
    offered_by: str
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class ToOffer:
    """A passage about to be offered: its words, and where they stand."""

    text: str
    word_for_word: bool
    from_record: UUID
    from_strand: UUID
    written_on: date


ROW = (
    "id",
    "section",
    "text",
    "word_for_word",
    "from_record_id",
    "from_strand_id",
    "written_on",
    "offered_by__name",
    "offered_at",
)


def offer(to: Place, passage: ToOffer, by: UUID, at: datetime) -> UUID:
    """Put a passage beside a section. The same words from the same place wait there once."""
    there = PassageOffered.objects.filter(
        strand_id=to.strand,
        section=to.section,
        from_strand_id=passage.from_strand,
        text=passage.text,
        settled_at__isnull=True,
    )
    standing: UUID | None = there.values_list("pk", flat=True).first()
    if standing is not None:
        return standing
    made: PassageOffered = PassageOffered.objects.create(
        pk=uuid4(),
        record_id=to.record,
        strand_id=to.strand,
        section=to.section,
        text=passage.text,
        word_for_word=passage.word_for_word,
        from_record_id=passage.from_record,
        from_strand_id=passage.from_strand,
        written_on=passage.written_on,
        offered_by_id=by,
        offered_at=at,
    )
    return made.pk


def waiting(strand: UUID) -> list[OfferedRow]:
    """The passages offered to an assessment that nobody has settled, the oldest first."""
    found = PassageOffered.objects.filter(strand_id=strand, settled_at__isnull=True)
    return [OfferedRow(*row) for row in found.order_by("offered_at", "id").values_list(*ROW)]


def offered_from(from_strand: UUID, section: str) -> dict[UUID, list[str]]:
    """What was offered from a section so far, settled or not, by the record it was offered to."""
    found = PassageOffered.objects.filter(from_strand_id=from_strand, section=section).order_by("offered_at")
    texts: dict[UUID, list[str]] = {}
    for record, text in found.values_list("record_id", "text"):
        texts.setdefault(record, []).append(text)
    return texts


def settle(to: Place, ids: Iterable[UUID], by: UUID, at: datetime) -> int:
    """Say that these passages need no more attention, and who decided it; how many were. They stay."""
    open_ones = PassageOffered.objects.filter(
        pk__in=list(ids), strand_id=to.strand, section=to.section, settled_at__isnull=True
    )
    return open_ones.update(settled_by=by, settled_at=at)
