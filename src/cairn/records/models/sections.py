"""A long document while it is written: one row a section, and every text that differs from it until a person has put them together."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cairn.records.models.ledger import LedgerEvent, Record
from cairn.records.models.people import Staff
from cairn.records.models.sight import InSight


class SectionDraft(models.Model):
    """A section of the document of a strand as it stands; `version` counts its saves, `writers` are all who made one."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    strand = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False, related_name="+")
    section = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict)
    writers = ArrayField(models.UUIDField())
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    saved_at = models.DateTimeField()

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strand", "section"], name="section_once_a_strand"),
            models.CheckConstraint(condition=Q(version__gt=0), name="section_version_positive"),
            models.CheckConstraint(condition=~Q(section=""), name="section_is_named"),
            models.CheckConstraint(condition=Q(writers__len__gt=0), name="section_has_writers"),
        ]
        indexes: ClassVar = [GinIndex(fields=["writers"], name="section_writers")]

    def __str__(self) -> str:
        return f"{self.section} {self.strand_id} {self.version}"


class SectionApart(models.Model):
    """A text that was written from a version which had moved on: kept beside the section until a person settles it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    strand = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    from_version = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    saved_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gt=0), name="apart_version_positive"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="apart_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SectionOpened(models.Model):
    """Who has a section open, as far as the server has heard: opened or saved at that time."""

    strand = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False, related_name="+")
    section = models.CharField(max_length=60)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strand", "section", "staff"], name="section_opened_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.staff_id}"


class PassageOffered(models.Model):
    """A passage that somebody offers from the assessment of one child to that of another; it is in no text until a
    person takes it in. `from_record` and `from_strand` say where it comes from; `word_for_word` that it stood there so.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    strand = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=60)
    text = models.TextField()
    word_for_word = models.BooleanField()
    from_record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    from_strand = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    offered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    offered_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="passage_says_something"),
            models.CheckConstraint(
                condition=~Q(from_record=models.F("record")), name="passage_from_another_record"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="passage_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
