"""A document written in sections, over days and by several people: nothing saved is ever written over or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Case, Exists, F, Func, OuterRef, Q, UUIDField, Value, When

from cairn.records.digest import plain
from cairn.records.models import LedgerEvent, RecordSummary, SectionApart, SectionDraft, SectionOpened, Staff


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs: the record, the event that opened the strand, the section of the form."""

    record: UUID
    strand: UUID
    section: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as it stands. `version` counts its saves; `writers` are all who made one. `saved_at` in UTC."""

    section: str
    version: int
    data: Mapping[str, Any]
    writers: tuple[UUID, ...]
    saved_by: UUID
    saved_by_name: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A text that was written from `from_version` while the section moved on, and is not settled yet."""

    id: UUID
    section: str
    version: int
    from_version: int
    data: Mapping[str, Any]
    written_by: UUID
    written_by_name: str
    saved_at: datetime


SECTION = ("section", "version", "data", "writers", "saved_by_id", "saved_by__name", "saved_at")
APART = ("id", "section", "version", "from_version", "data", "written_by_id", "written_by__name", "saved_at")


def sections(strand: UUID) -> dict[str, SectionRow]:
    """Every section of a strand's document that anybody saved, by its id."""
    found = SectionDraft.objects.filter(strand_id=strand).values_list(*SECTION)
    return {row.section: row for row in map(_section, found)}


def section(strand: UUID, name: str) -> SectionRow | None:
    """One section as it stands, or None where nobody has saved it."""
    found = SectionDraft.objects.filter(strand_id=strand, section=name).values_list(*SECTION).first()
    return _section(found) if found else None


def _section(row: tuple[Any, ...]) -> SectionRow:
    name, version, data, writers, *saved = row
    return SectionRow(name, version, data, tuple(writers), *saved)


def save(place: Place, data: Mapping[str, Any], from_version: int, writer: UUID, at: datetime) -> int | None:
    """Keep a section and give its new version; None where it has moved on from `from_version`, and nothing is changed.

    The comparison is made by the database in the writing statement, so of two at once one is told. The very same
    text sent again by its writer, whose answer was lost, is that version and no second text.
    """
    with transaction.atomic():
        if from_version == 0:
            kept = _begin(place, data, writer, at)
        else:
            kept = _go_on(place, data, from_version, writer, at)
        return from_version + 1 if kept or _is_kept(place, data, from_version, writer) else None


def _is_kept(place: Place, data: Mapping[str, Any], from_version: int, writer: UUID) -> bool:
    """Whether this writer saved this very text from that version, and nobody has saved since."""
    return SectionDraft.objects.filter(
        record_id=place.record,
        strand_id=place.strand,
        section=place.section,
        version=from_version + 1,
        saved_by=writer,
        data=plain(data),
    ).exists()


def _begin(place: Place, data: Mapping[str, Any], writer: UUID, at: datetime) -> bool:
    _, made = SectionDraft.objects.get_or_create(
        strand_id=place.strand,
        section=place.section,
        defaults={
            "record_id": place.record,
            "data": plain(data),
            "writers": [writer],
            "saved_by_id": writer,
            "saved_at": at,
        },
    )
    return made


def _go_on(place: Place, data: Mapping[str, Any], from_version: int, writer: UUID, at: datetime) -> bool:
    standing = SectionDraft.objects.filter(
        record_id=place.record, strand_id=place.strand, section=place.section, version=from_version
    )
    # Whoever is among the writers already is not added again, so that an index of them stays as it is.
    writers = Case(
        When(writers__contains=[writer], then=F("writers")),
        default=Func(F("writers"), Value(writer), function="array_append"),
        output_field=ArrayField(UUIDField()),
    )
    changed = standing.update(
        data=plain(data), version=from_version + 1, saved_by=writer, saved_at=at, writers=writers
    )
    return changed == 1


def keep_apart(
    place: Place,
    data: Mapping[str, Any],
    from_version: int,
    writer: UUID,
    at: datetime,
    apart: UUID | None = None,
) -> UUID:
    """Keep a text beside the section it could not be saved in; `apart` goes on with the writer's own one there."""
    mine = SectionApart.objects.filter(
        pk__in=[apart] if apart else [],
        strand_id=place.strand,
        section=place.section,
        written_by_id=writer,
        settled_at__isnull=True,
    )
    if apart is not None and mine.update(data=plain(data), version=F("version") + 1, saved_at=at):
        return apart
    made: SectionApart = SectionApart.objects.create(
        pk=uuid4(),
        record_id=place.record,
        strand_id=place.strand,
        section=place.section,
        from_version=from_version,
        data=plain(data),
        written_by_id=writer,
        saved_at=at,
    )
    return made.pk


def apart(strand: UUID) -> list[ApartRow]:
    """The texts of a strand's document that wait for a person to put them together, the oldest first."""
    found = SectionApart.objects.filter(strand_id=strand, settled_at__isnull=True)
    return [ApartRow(*row) for row in found.order_by("saved_at", "id").values_list(*APART)]


def settle(place: Place, ids: Iterable[UUID], by: UUID, at: datetime) -> int:
    """Say that these texts were put together with their section, and by whom; how many were. They stay."""
    waiting = SectionApart.objects.filter(
        pk__in=list(ids), strand_id=place.strand, section=place.section, settled_at__isnull=True
    )
    return waiting.update(settled_by=by, settled_at=at)


def opened(place: Place, staff: UUID, at: datetime) -> None:
    """Note that somebody has a section open at this time."""
    row = SectionOpened(strand_id=place.strand, section=place.section, staff_id=staff, at=at)
    once = ["strand", "section", "staff"]
    SectionOpened.objects.bulk_create([row], update_conflicts=True, unique_fields=once, update_fields=["at"])


def who_has_open(strand: UUID, name: str, since: datetime) -> dict[UUID, str]:
    """Who had this section open at or after `since` (UTC): names by id, the latest first."""
    found = SectionOpened.objects.filter(strand_id=strand, section=name, at__gte=since)
    return dict(found.order_by("-at").values_list("staff_id", "staff__name"))


def names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff by id."""
    return dict(Staff.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is being written: its strand, and by whom and when it was last saved. `saved_at` in UTC."""

    record: UUID
    strand: UUID
    saved_by: UUID
    saved_by_name: str
    saved_at: datetime


def open_documents(staff: UUID, approved_by: str, besides: str) -> list[OpenDocument]:
    """The documents that somebody has written in, or that are written about a child they are allocated, the last
    saved first. `approved_by` is the type of event that ends one; parts whose name begins with `besides` are of
    another kind of document.
    """
    allocated = RecordSummary.objects.filter(worker_id=staff).values("record_id")
    approvals = LedgerEvent.objects.filter(
        record_id=OuterRef("record_id"), strand_id=OuterRef("strand_id"), type=approved_by
    )
    apart = (
        SectionApart.objects.filter(written_by_id=staff, settled_at__isnull=True)
        .exclude(section__startswith=besides)
        .values("strand_id")
    )
    mine = Q(writers__contains=[staff]) | Q(record_id__in=allocated) | Q(strand_id__in=apart)
    found = SectionDraft.objects.filter(mine).exclude(section__startswith=besides)
    last = found.exclude(Exists(approvals)).order_by("strand_id", "-saved_at").distinct("strand_id")
    rows = last.values_list("record_id", "strand_id", "saved_by_id", "saved_by__name", "saved_at")
    return sorted((OpenDocument(*row) for row in rows), key=lambda one: one.saved_at, reverse=True)
