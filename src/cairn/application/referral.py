"""A referral recorded directly, without a contact before it, on a record of one's own or one that a search found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import open_record, refused_by_role
from cairn.application.refused import Refused

ACT = "record-referral"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a referral is added for: name and number, and nothing else of the record."""

    record: UUID
    name: str
    number: str


def refer(actor: Actor, record: UUID) -> About | Refused:
    """Whom the referral is about, for those who may add one to this record. The access log says that it was opened to add."""
    refused = refused_by_role(actor, ACT, record)
    if refused is not None:
        return refused
    with transaction.atomic():
        opened = open_record(actor, record, page=ACT, what="add", adding=True)
    if isinstance(opened, Refused):
        return opened
    return About(record, opened.summary.name or "Name not known", opened.row.number)
