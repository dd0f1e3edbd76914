"""Four eyes: which types of event somebody else has to sign, and who signed what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cairn.records.models.ledger import LedgerEvent
from cairn.records.models.people import Staff


class FourEyes(models.Model):
    """An event of `event_type` approves one of the type `approves`, and nobody approves their own work.

    Written by the owner when the database is prepared, from the vocabulary; the application only reads it.
    `taken_over_by` is the account, of no person, under which approvals given elsewhere are taken over.
    """

    event_type = models.CharField(max_length=60, primary_key=True)
    approves = models.CharField(max_length=60)
    taken_over_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(approves="") & ~Q(approves=F("event_type")), name="four_eyes_on_another_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} approves {self.approves}"


class Authorisation(models.Model):
    """Who signed which event, and the digest of what was shown.

    The database adds the authors that it knows of by itself, and refuses an approver among them (the
    migration that made this table holds both).
    """

    event = models.OneToOneField(LedgerEvent, on_delete=models.PROTECT, primary_key=True, related_name="+")
    approves = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    authors = ArrayField(models.UUIDField())
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(authors__len__gt=0), name="authorisation_has_authors"),
        ]

    def __str__(self) -> str:
        return str(self.event_id)
