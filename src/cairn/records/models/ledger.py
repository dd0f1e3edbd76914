"""Records, the ledger of their events, and the content that stands beside it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cairn.records.models.fields import IdentityField
from cairn.records.models.people import Staff
from cairn.records.models.sight import InSight


class Record(models.Model):
    """One child's (unborn child's, unmatched contact's) stream of events.

    `next_number` is the number the next event gets; the version of the stream is one less.
    """

    class Kind(models.TextChoices):
        CHILD = "child"
        UNBORN = "unborn"
        CONTACT = "contact"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    next_number = models.PositiveIntegerField(default=1)

    objects: ClassVar = InSight("pk")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["child", "unborn", "contact"]), name="record_kind_is_known"
            ),
            models.UniqueConstraint(fields=["number"], name="record_number_once"),
            models.CheckConstraint(condition=Q(next_number__gt=0), name="record_next_number_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class LedgerEvent(models.Model):
    """That something happened or was authorised: no personal text, and never changed."""

    id = models.UUIDField(primary_key=True, editable=False)
    sequence = IdentityField()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=60)
    schema_version = models.PositiveSmallIntegerField(default=1)
    happened_earliest = models.DateTimeField()
    happened_latest = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=40)
    strand = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    act_id = models.UUIDField(null=True, blank=True)
    digest = models.BinaryField(max_length=32)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="ledger_number_once_a_record"),
            models.CheckConstraint(condition=Q(number__gt=0), name="ledger_number_positive"),
            models.CheckConstraint(condition=Q(schema_version__gt=0), name="ledger_schema_version_positive"),
            models.CheckConstraint(
                condition=Q(happened_earliest__lte=F("happened_latest")), name="ledger_happened_in_order"
            ),
            models.CheckConstraint(condition=~Q(type="") & ~Q(capacity=""), name="ledger_names_not_blank"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["act_id"], condition=Q(act_id__isnull=False), name="ledger_act"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"


class EventContent(models.Model):
    """What an event says; removable, by the disposal role only, with an entry in the register."""

    event = models.OneToOneField(
        LedgerEvent, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    salt = models.BinaryField(max_length=16)
    data = models.JSONField()
    author_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return str(self.event_id)


class DisposalEntry(models.Model):
    """The register of what was destroyed: which events, under which rule, by whom; not what they said."""

    at = models.DateTimeField()
    rule = models.CharField(max_length=120)
    reason = models.TextField()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    events = ArrayField(models.UUIDField())
    digest = models.BinaryField(max_length=32)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(proposed_by=F("decided_by")), name="disposal_by_two_people"),
            models.CheckConstraint(condition=~Q(rule="") & ~Q(reason=""), name="disposal_says_why"),
            models.CheckConstraint(condition=Q(events__len__gt=0), name="disposal_names_events"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.at:%Y-%m-%d}"
