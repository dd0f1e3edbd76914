"""Work on its way: what is to be sent or done, what is being written, what was already submitted."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from cairn.records.models.ledger import Record
from cairn.records.models.people import Staff
from cairn.records.models.sight import InSight


class Outbox(models.Model):
    """The truth of every notice and job: delivered again until acknowledged. Ids only, no text."""

    kind = models.CharField(max_length=60)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    payload = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    deduplication = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deduplication"], name="outbox_once"),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(deduplication=""), name="outbox_names_not_blank"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before", "id"], condition=Q(acknowledged_at__isnull=True), name="outbox_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Draft(models.Model):
    """What somebody has begun to write for an act; `version` counts its saves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    act = models.CharField(max_length=80)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gt=0), name="draft_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class Submission(models.Model):
    """A submit already taken, by the key its form carried, and the answer it got."""

    key = models.UUIDField(primary_key=True, editable=False)
    actor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
