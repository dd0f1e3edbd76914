"""A referral recorded directly, without a contact before it, on a record of one's own or one that a search found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import open_record
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.access.decide import decide_act

ACT = "record-referral"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a referral is added for: name and number, and nothing else of the record."""

    record: UUID
    name: str
    number: str


def refer(actor: Actor, record: UUID) -> About | Refused:
    """Whom the referral is about, for those who may add one to this record. The access log says that it was opened to add."""
    may = decide_act(actor.role, in_use().vocabulary.acts[ACT].roles)
    if not may.allowed:
        return Refused("not allowed", may.reason, may.how_to_ask)
    with transaction.atomic():
        opened = open_record(actor, record, page=ACT, what="add", adding=True)
    if isinstance(opened, Refused):
        return opened
    return About(record, opened.summary.name or "Name not known", opened.row.number)
