"""What people say of a line of a work list without doing it: that they have seen it, or when they look at it again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cairn.records.models.ledger import Record
from cairn.records.models.people import Staff
from cairn.records.models.sight import InSight


class LineNote(models.Model):
    """That a duty was seen, or is to be looked at again on a day and why. Nothing of the duty itself changes by it."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.TextField()
    sort = models.CharField(max_length=20)
    review_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sort="seen", review_on__isnull=True)
                | (Q(sort="postponed", review_on__isnull=False) & ~Q(reason="")),
                name="line_postponed_to_a_day_with_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["record", "key"], name="line_notes_of_record")]

    def __str__(self) -> str:
        return f"{self.sort} {self.key}"
