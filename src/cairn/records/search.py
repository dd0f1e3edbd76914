"""Looking people up: the keys they are filed under, and names that look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Count, Max

from cairn.records.models import NameKey, PersonName


@dataclass(frozen=True, slots=True)
class NameToFile:
    """A name or alias as written, and folded (small letters, no accents) for order and likeness."""

    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the one looked for: keys shared, and how alike the likest name is (0 to 1)."""

    record_id: UUID
    shared_keys: int
    likeness: float


def file_under(record_id: UUID, names: Iterable[NameToFile], keys: Iterable[str]) -> None:
    """Put a record's names and keys in place of those it was filed under; what stays is left alone."""
    with transaction.atomic(savepoint=False):
        _file_names(record_id, {each.name: each.sort for each in names})
        _file_keys(record_id, set(keys))


def _file_names(record_id: UUID, wanted: dict[str, str]) -> None:
    filed = PersonName.objects.filter(record_id=record_id)
    there = dict(filed.values_list("name", "sort"))
    gone = [name for name, sort in there.items() if wanted.get(name) != sort]
    if gone:
        filed.filter(name__in=gone).delete()
    PersonName.objects.bulk_create(
        PersonName(record_id=record_id, name=name, sort=sort)
        for name, sort in wanted.items()
        if there.get(name) != sort
    )


def _file_keys(record_id: UUID, wanted: set[str]) -> None:
    filed = NameKey.objects.filter(record_id=record_id)
    there = set(filed.values_list("key", flat=True))
    if there - wanted:
        filed.filter(key__in=there - wanted).delete()
    NameKey.objects.bulk_create(NameKey(record_id=record_id, key=key) for key in sorted(wanted - there))


def candidates(keys: Iterable[str], name: str = "", limit: int = 50) -> list[Candidate]:
    """Records that share keys, most first, and those with a name like `name` (folded), likest first.

    Two queries at most; likeness is asked only where a name is given. Who they are and whether the
    searcher may know of them is decided by whoever asks.
    """
    shared = _sharing(set(keys), limit)
    alike = _alike(name, limit) if name else {}
    found = [
        Candidate(record_id, shared.get(record_id, 0), alike.get(record_id, 0.0))
        for record_id in shared.keys() | alike.keys()
    ]
    return sorted(found, key=lambda each: (-each.shared_keys, -each.likeness, each.record_id))[:limit]


def _sharing(keys: set[str], limit: int) -> dict[UUID, int]:
    if not keys:
        return {}
    found = NameKey.objects.filter(key__in=keys).values("record_id").annotate(shared=Count("key"))
    return dict(found.order_by("-shared", "record_id").values_list("record_id", "shared")[:limit])


def _alike(name: str, limit: int) -> dict[UUID, float]:
    """The index answers `%`, the likeness then sorts; PostgreSQL's threshold of 0.3 applies."""
    found = PersonName.objects.filter(sort__trigram_similar=name).values("record_id")
    likest = found.annotate(likeness=Max(TrigramSimilarity("sort", name)))
    return dict(likest.order_by("-likeness", "record_id").values_list("record_id", "likeness")[:limit])
