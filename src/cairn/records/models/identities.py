"""Who somebody is that got in touch and does not wish to be named: apart from what they said, sealed by a key of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cairn.records.models.ledger import LedgerEvent
from cairn.records.models.people import Staff
from cairn.records.models.sight import InSight


class ReferrerIdentity(models.Model):
    """An identity as it was written or changed; of several rows about one event the last one holds."""

    event = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False, related_name="+")
    sealed = models.BinaryField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar = InSight("event__record_id")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event"], name="identity_of_event")]

    def __str__(self) -> str:
        return str(self.event_id)
