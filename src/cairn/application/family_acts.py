"""One act about somebody of a family on the records of several children: one event on each, one act, all or none.

What is shared (who somebody is, how to reach them) is copied to each record; what they are to a child is given for
each. No record is copied, and nothing of one child goes to another's (Peterborough 3.10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.acting import close_draft
from cairn.application.actors import Actor
from cairn.application.door import open_record
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.records import register


@dataclass(frozen=True, slots=True)
class ForChild:
    """What is said for one child: the answers of their own."""

    record: UUID
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class ForSeveral:
    """An act about one person as its page sends it. `key` joins all of it, and makes a second sending one act."""

    act: str
    shared: Mapping[str, Any]
    parts: tuple[ForChild, ...]
    key: UUID
    at: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The records that were written on, in the order given."""

    records: tuple[UUID, ...]


def record_for_several(actor: Actor, wanted: ForSeveral, draft: UUID | None = None) -> Done | Refused:
    """Record the act for each child, in one transaction. Where it is refused for one, nothing is recorded for any."""
    with transaction.atomic():
        register.lock(part.record for part in wanted.parts)
        for part in wanted.parts:
            done = record_within(actor, _request(wanted, part))
            if isinstance(done, Refused):
                done = replace(done, on=part.record)
                transaction.set_rollback(True)
                break
        else:
            if draft is not None:
                close_draft(actor, draft)
            return Done(tuple(part.record for part in wanted.parts))
    _log_again(actor, done, wanted)
    return done


def _request(wanted: ForSeveral, part: ForChild) -> Request:
    return Request(
        act=wanted.act,
        answers={**wanted.shared, **part.answers},
        record=part.record,
        at=wanted.at,
        key=uuid5(wanted.key, str(part.record)),
        act_id=wanted.key,
    )


def _log_again(actor: Actor, refused: Refused | Recorded, wanted: ForSeveral) -> None:
    """A refusal to open somebody's record stays in the access log, though nothing else of the attempt does."""
    if isinstance(refused, Refused) and refused.code == "not allowed":
        with transaction.atomic():
            for part in wanted.parts:
                open_record(actor, part.record, page=f"act:{wanted.act}", what="act")
