"""Who saw, searched for, was refused or took out what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q

from cairn.records.models.people import Staff


class AccessEntry(models.Model):
    """One request for case data and its answer: written in the same transaction, never changed."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    capacity = models.CharField(max_length=40)
    purpose = models.TextField(blank=True)
    relied_on = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=20)
    page = models.CharField(max_length=120)
    request_id = models.UUIDField()
    records = ArrayField(models.UUIDField(), default=list)
    allowed = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(capacity="") & ~Q(page=""), name="access_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(allowed=True) | ~Q(reason=""), name="access_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=~(Q(what="refused") & Q(allowed=True)), name="access_refused_is_not_allowed"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["records"], name="access_records"),
            models.Index(fields=["actor", "at"], name="access_actor"),
            models.Index(fields=["request_id"], name="access_request"),
            # Written in the order of time: a week is found by it without an entry for each row.
            BrinIndex(fields=["at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
