"""What those who guard access found about the look-ups of somebody's week."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from cairn.records.models.people import Staff


class LookReview(models.Model):
    """One answer about one person's week, which begins on a Monday; answered again, the later one stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    about = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    week = models.DateField()
    verdict = models.CharField(max_length=20)
    words = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(verdict="") & ~Q(words=""), name="look_review_with_words"),
            models.CheckConstraint(condition=~Q(by=F("about")), name="look_review_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="look_review_week_begins_on_monday"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["week", "about"], name="look_review_week")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.week}"
