"""What one person's request may come across at all. Records out of sight are in no query of it: search, list, count or number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose request it is. `barred` are records that for this person do not exist (a conflict of interest).

    Lists leave out what is restricted, but to its worker (`staff`), the managers of its team (`manages`) and those
    tied to it (`tied_to`). In lists of somebody whose role does not work with records (`works`) stands nothing else
    than what they are tied to or audit (`sampled`, but what is restricted): neither what they once worked with nor what
    they cover for.
    """

    staff: UUID
    barred: frozenset[UUID] = frozenset()
    manages: frozenset[UUID] = frozenset()
    tied_to: frozenset[UUID] = field(default_factory=frozenset)
    works: bool = True
    sampled: frozenset[UUID] = frozenset()


_sight: ContextVar[Sight | None] = ContextVar("sight", default=None)


@contextmanager
def seen_by(sight: Sight | None) -> Iterator[None]:
    """All queries within are those of this person's request; None sees everything (a job of the installation's own)."""
    before = _sight.set(sight)
    try:
        yield
    finally:
        _sight.reset(before)


def barred() -> frozenset[UUID]:
    """The records that for whoever asks now do not exist."""
    sight = _sight.get()
    return sight.barred if sight else frozenset()


class InSight(models.Manager[Any]):
    """Rows about records, without those of records out of sight; `record` is the path to the record's id."""

    def __init__(self, record: str = "record_id") -> None:
        super().__init__()
        self.record = record

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that this request may come across."""
        out_of_sight = barred()
        found = super().get_queryset()
        return found.exclude(**{f"{self.record}__in": out_of_sight}) if out_of_sight else found


class Listed(InSight):
    """Rows for lists and numbers: without restricted records too, but for those whom they are open to.

    `line` is the path to the record's line in lists, with its "__", or '' where the row is that line.
    """

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self.line = line

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that stand in this person's lists."""
        found, sight = super().get_queryset(), _sight.get()
        if sight is None:
            return found
        if not sight.works:
            audited = Q(record_id__in=sight.sampled, **{f"{self.line}restriction": ""})
            return found.filter(Q(record_id__in=sight.tied_to) | audited)
        theirs = Q(**{f"{self.line}restriction": ""}) | Q(**{f"{self.line}worker_id": sight.staff})
        if sight.manages:
            theirs |= Q(**{f"{self.line}team_id__in": sight.manages})
        if sight.tied_to:
            theirs |= Q(record_id__in=sight.tied_to)
        return found.filter(theirs)
