"""Who signed what: written beside the ledger, in the transaction of the event that was signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection

# The salt of what is approved goes with its content: what remains can't be guessed at.
SIGN = """
INSERT INTO records_authorisation (event_id, approves_id, approver_id, authors, digest)
SELECT %s, event_id, %s, '{}', sha256(salt || %s) FROM records_eventcontent WHERE event_id = %s
"""
RULE = "INSERT INTO records_foureyes (event_type, approves, taken_over_by) VALUES (%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Events of `event_type` approve one of `approves`; `taken_over_by` is the account, of no person, under
    which approvals given elsewhere come in.
    """

    event_type: str
    approves: str
    taken_over_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """An event about to be written, which approves another: by whom, and the digest of what they were shown."""

    event: UUID
    approves: UUID
    approver: UUID
    shown: bytes


def sign(signed: Iterable[Signed]) -> None:
    """Write that these were signed, before the events themselves, in their transaction.

    The database puts the authors in, and refuses an approver among them (IntegrityError: the door has
    refused it in words before).
    """
    with connection.cursor() as cursor:
        for one in signed:
            cursor.execute(SIGN, [one.event, one.approver, one.shown, one.approves])


def rules_in_force() -> frozenset[Rule]:
    """Which types of event the database lets only somebody else sign: what `set_rules` told it last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_type, approves, taken_over_by FROM records_foureyes")
        return frozenset(Rule(*row) for row in cursor.fetchall())


def set_rules(owner: psycopg.Connection, rules: Iterable[Rule]) -> None:
    """Say, as the owner, which types of event somebody else has to sign: these and no others."""
    owner.execute("DELETE FROM records_foureyes")
    for rule in rules:
        owner.execute(RULE, [rule.event_type, rule.approves, rule.taken_over_by])
