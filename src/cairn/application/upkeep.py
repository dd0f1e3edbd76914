"""Keeping what is derived true to the streams: deriving all of it again, on time, and comparing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application import projecting
from cairn.application.ports import now
from cairn.application.procedures import in_use_hash
from cairn.application.projecting import Consequences
from cairn.core.history.event import Event
from cairn.records import ledger, projections, register

BATCH = 200

log = logging.getLogger(__name__)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many records were derived again, and those that could not be: their rows stay as they were."""

    done: int
    failed: tuple[UUID, ...] = ()

    def and_then(self, other: Kept) -> Kept:
        """Both together."""
        return Kept(self.done + other.done, (*self.failed, *other.failed))


def rebuild(progress: Progress = lambda _: None) -> Kept:
    """Derive every record again from its stream alone, batch by batch.

    Each batch is a transaction that holds its records, so that it can be stopped between two and
    run again at any time, beside people at work. `progress` is told how many records a batch had.
    """
    kept = Kept(0)
    for ids in batches():
        kept = kept.and_then(_derive_again(ids, now()))
        progress(len(ids))
    return kept


def tick(at: datetime, progress: Progress = lambda _: None) -> Kept:
    """Derive again what the passing of time has changed by `at` (UTC), and what other procedures governed."""
    kept = _while_there_are(lambda limit: projections.due_for_change(at, limit), at, progress)
    wanted = in_use_hash()
    others = _while_there_are(lambda limit: projections.derived_under_others(wanted, limit), at, progress)
    return kept.and_then(others)


def how_many() -> int:
    """How many records there are."""
    return register.count()


def batches() -> Iterator[list[UUID]]:
    """All records, some hundreds at a time, in order of id."""
    last: UUID | None = None
    while ids := register.ids(after=last, limit=BATCH):
        yield ids
        last = ids[-1]


def _while_there_are(waiting: Callable[[int], list[UUID]], at: datetime, progress: Progress) -> Kept:
    """One batch after the other until none is waiting; none is tried twice, and what fails holds nothing up."""
    kept = Kept(0)
    tried: set[UUID] = set()
    while ids := [one for one in waiting(BATCH + len(kept.failed)) if one not in tried]:
        tried.update(ids)
        kept = kept.and_then(_derive_again(ids, at))
        progress(len(ids))
    return kept


def _derive_again(ids: Sequence[UUID], at: datetime) -> Kept:
    with transaction.atomic():
        register.lock(ids)
        found, failed = derived(ledger.read_streams(ids), at)
        projecting.write(found, at)
    return Kept(len(found), tuple(failed))


def derived(streams: Mapping[UUID, Sequence[Event]], at: datetime) -> tuple[list[Consequences], list[UUID]]:
    """What follows from each stream at an instant (UTC); and the records from which nothing can be derived."""
    teams = projecting.teams_by_kind()
    found: list[Consequences] = []
    failed: list[UUID] = []
    for record_id, stream in streams.items():
        # One record that can't be derived must not keep the others' lateness from showing.
        try:
            found.append(projecting.consequences_of(record_id, stream, at, teams))
        except Exception:
            log.exception("record %s could not be derived", record_id)
            failed.append(record_id)
    return found, failed
