"""Who has looked at a record: the access log read by those who may open it, and this look is written in it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import log_so_far, open_record
from cairn.application.refused import Refused
from cairn.records import access_log

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the log: who, in which capacity, did what, where, relying on what; refused ones say why."""

    at: datetime
    name: str
    capacity: str
    what: str
    page: str
    relied_on: str
    purpose: str
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Looked:
    """A page of a record's log, newest first; `earlier` is where the next page begins, or None."""

    page: ChildPage
    looks: tuple[Look, ...]
    earlier: int | None


def who_has_looked(actor: Actor, record: UUID, before: int | None = None) -> Looked | Refused:
    """The log of a record, for those who may open it. `before` is the last place already shown."""
    with transaction.atomic():
        opened = open_record(actor, record, page="looked")
        if isinstance(opened, Refused):
            return opened
        log_so_far()
        rows = access_log.of_record(record, limit=A_PAGE + 1, before=before)
        shown = rows[:A_PAGE]
        earlier = shown[-1].sequence if len(rows) > A_PAGE else None
        return Looked(page_of(actor, opened, opened.view), tuple(map(_look, shown)), earlier)


def _look(row: access_log.AccessRow) -> Look:
    line = row.line
    return Look(
        at=line.at,
        name=row.actor_name,
        capacity=line.capacity,
        what=line.what,
        page=line.page,
        relied_on=line.relied_on,
        purpose=line.purpose,
        allowed=line.allowed,
        reason=line.reason,
    )
