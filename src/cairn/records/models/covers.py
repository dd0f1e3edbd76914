"""Cover for absence: who does whose work from one day to another."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from cairn.records.models.people import Staff, Team


class Cover(models.Model):
    """One person does another's work for some days, both included. It ends by itself, or is ended; it is never changed.

    `team` is the team that the person who covers was in when it was set.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    worker = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, db_index=False, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()
    reason = models.TextField()
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__gte=F("from_day")), name="cover_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(worker=F("covered_by")), name="cover_is_by_somebody_else"),
            models.CheckConstraint(condition=~Q(reason=""), name="cover_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cover_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day} to {self.until_day}"
