"""The compiled procedures and calendars in use, each kept under its hash for as long as the records."""

from __future__ import annotations

from django.db import models


class ProcedureEdition(models.Model):
    """A compiled protocol, the day the authority adopted it and the instant it was known here."""

    hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    compiled = models.JSONField()
    adopted_on = models.DateField()
    known_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.hash[:8]}"


class CalendarEdition(models.Model):
    """A calendar of bank holidays as it was known from an instant on."""

    hash = models.CharField(max_length=64, primary_key=True)
    csv = models.TextField()
    known_from = models.DateTimeField()

    def __str__(self) -> str:
        return self.hash[:8]
