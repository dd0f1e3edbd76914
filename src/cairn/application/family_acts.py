"""One act about somebody of a family on the records of several children: one event on each, one act, all or none.

What is shared (who somebody is, how to reach them) is copied to each record; what they are to a child is given for
each. No record is copied, and nothing of one child goes to another's (Peterborough 3.10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.acting import close_draft
from cairn.application.actors import Actor
from cairn.application.door import open_record
from cairn.application.family import FamilyPage
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.core.people.family import circular
from cairn.core.people.possible import PARENTS
from cairn.core.vocabulary.check import DataFault
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


def person_faults(found: FamilyPage, record: str, parts: Iterable[ForChild]) -> dict[UUID, DataFault]:
    """Why somebody with a record of their own cannot be what is said to a child: the child themselves, or a circle."""
    said = {part.record: str(part.answers.get("relation", "")) for part in parts}
    faults = {
        child: DataFault("relation", "This is the child's own record", "another person")
        for child in said
        if str(child) == record
    }
    for child in () if not record else said:
        if child not in faults and record in _circle(found, {child: said[child]}, record):
            faults[child] = DataFault(
                "relation", "They would then be their own forebear", "another relation, or the entry that is wrong mended"
            )  # fmt: skip
    return faults


def _circle(found: FamilyPage, said: Mapping[UUID, str], record: str) -> tuple[str, ...]:
    """Those who would be their own forebears were this recorded."""
    parents: dict[str, set[str]] = {str(child.record): set() for child in found.children}
    for child in found.children:
        for one in child.around.people:
            if one.text("record") and one.text("relation") in PARENTS:
                parents[str(child.record)].add(one.text("record"))
    before = set(circular(parents))
    for other, relation in said.items():
        if relation in PARENTS:
            parents.setdefault(str(other), set()).add(record)
        elif relation == "own_child":
            parents.setdefault(record, set()).add(str(other))
    return tuple(one for one in circular(parents) if one not in before)
