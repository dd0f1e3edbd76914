"""Looking people up: the keys they are filed under, and names that look alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import CharField, Count, Max, Q, Value

from cairn.records.models import NameKey, PersonName

NO_SORT = Value(None, output_field=CharField())


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


@dataclass(frozen=True, slots=True)
class Filing:
    """The names and keys one record is filed under, each once, in order."""

    record_id: UUID
    names: tuple[NameToFile, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, record_id: UUID, names: Iterable[NameToFile], keys: Iterable[str]) -> Filing:
        """Of two spellings to sort one name by, the last is kept."""
        by_name = {each.name: each for each in names}
        return cls(record_id, tuple(by_name[name] for name in sorted(by_name)), tuple(sorted(set(keys))))


def file_under(record_id: UUID, names: Iterable[NameToFile], keys: Iterable[str]) -> None:
    """Put a record's names and keys in place of those it was filed under; what stays is left alone."""
    file_many([Filing.of(record_id, names, keys)])


def file_many(wanted: Sequence[Filing]) -> None:
    """The same for many records (some hundreds at a time), in at most five statements."""
    with transaction.atomic(savepoint=False):
        there = filings(each.record_id for each in wanted)
        _file_names(wanted, there)
        _file_keys(wanted, there)


def filings(record_ids: Iterable[UUID]) -> dict[UUID, Filing]:
    """What many records are filed under now; one query."""
    wanted = list(record_ids)
    names: defaultdict[UUID, list[NameToFile]] = defaultdict(list)
    keys: defaultdict[UUID, list[str]] = defaultdict(list)
    named = PersonName.objects.filter(record_id__in=wanted).values_list("record_id", "name", "sort")
    # A key has no spelling to sort by: that tells the two apart.
    keyed = NameKey.objects.filter(record_id__in=wanted).values_list("record_id", "key", NO_SORT)
    for record_id, text, sort in named.union(keyed, all=True):
        if sort is None:
            keys[record_id].append(text)
        else:
            names[record_id].append(NameToFile(text, sort))
    return {record_id: Filing.of(record_id, names[record_id], keys[record_id]) for record_id in wanted}


def records_under(keys: Iterable[str]) -> dict[str, list[UUID]]:
    """The records filed under each of many keys, in order of id; keys that nobody has are left out."""
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    rows = NameKey.objects.filter(key__in=set(keys)).order_by("record_id")
    for key, record_id in rows.values_list("key", "record_id"):
        found[key].append(record_id)
    return dict(found)


def _file_names(wanted: Sequence[Filing], there: Mapping[UUID, Filing]) -> None:
    gone = Q(pk__in=())
    for each in wanted:
        names = [one.name for one in there[each.record_id].names if one not in each.names]
        if names:
            gone |= Q(record_id=each.record_id, name__in=names)
    if gone != Q(pk__in=()):
        PersonName.objects.filter(gone).delete()
    PersonName.objects.bulk_create(
        PersonName(record_id=each.record_id, name=one.name, sort=one.sort)
        for each in wanted
        for one in each.names
        if one not in there[each.record_id].names
    )


def _file_keys(wanted: Sequence[Filing], there: Mapping[UUID, Filing]) -> None:
    gone = Q(pk__in=())
    for each in wanted:
        keys = set(there[each.record_id].keys) - set(each.keys)
        if keys:
            gone |= Q(record_id=each.record_id, key__in=keys)
    if gone != Q(pk__in=()):
        NameKey.objects.filter(gone).delete()
    NameKey.objects.bulk_create(
        NameKey(record_id=each.record_id, key=key)
        for each in wanted
        for key in each.keys
        if key not in there[each.record_id].keys
    )


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
