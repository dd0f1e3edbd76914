"""What stands between a member of staff and a record beside allocation, and what those who guard access are told."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from cairn.records.models.ledger import Record
from cairn.records.models.people import Staff

KINDS = ("chair", "auditor", "named", "break glass", "own", "family", "neighbour")
BARRING = ("own", "family", "neighbour")


class Tie(models.Model):
    """It opens or bars one record for one person, from an instant to another; it is ended, and never changed.

    `reason_kind` is one of a short list where there is one. What bars may have no end of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason_kind = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="tie_kind_is_known"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")) | Q(until__isnull=True), name="tie_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | Q(kind__in=BARRING), name="tie_that_opens_ends_by_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tie_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="tie_ended_by_somebody",
            ),
            # Nobody opens a record for themselves but by breaking the glass, which tells somebody else at once.
            models.CheckConstraint(
                condition=~Q(given_by=F("staff")) | Q(kind__in=("break glass", *BARRING)),
                name="tie_is_given_by_somebody_else",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "until"], name="tie_of_staff")]

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d %H:%M}"


class Alert(models.Model):
    """What those who guard access are told and have to answer. It holds no personal data: a kind, ids, a number.

    `verdict` is given by somebody else than the person it is about, and in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    about = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request_id = models.UUIDField()
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    verdict = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="alert_number_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="alert_has_a_kind"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, verdict="", words="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(verdict="") & ~Q(words="")),
                name="alert_closed_with_words",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("about")),
                name="alert_closed_by_somebody_else",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["raised_at"], condition=Q(closed_at__isnull=True), name="alert_open"),
        ]

    def __str__(self) -> str:
        return self.number
