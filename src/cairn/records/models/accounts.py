"""What signing in leaves: codes to set up an account with, and guesses that were counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cairn.records.models.people import Staff


class Enrolment(models.Model):
    """A code that an administrator handed over: with it somebody sets their password and second factor, once."""

    staff = models.OneToOneField(Staff, on_delete=models.PROTECT, primary_key=True, related_name="+")
    digest = models.BinaryField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest"], name="enrolment_digest_once"),
        ]

    def __str__(self) -> str:
        return str(self.staff_id)


class Guess(models.Model):
    """One answer that was not right, or is not known to be yet: on what it was tried, as a digest, and when."""

    tried_on = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tried_on", "at"], name="guess_tried_on"),
            models.Index(fields=["at"], name="guess_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
