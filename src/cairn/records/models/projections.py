"""What is derived from the streams, kept for lists and searches: instants only, never a state."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cairn.records.models.ledger import Record
from cairn.records.models.people import Staff, Team
from cairn.records.models.sight import InSight, Listed

# A duty departed from is still to be done: it stays until it is met or no longer applies.
STILL_OPEN = Q(met_at__isnull=True, ended_at__isnull=True)


class RecordSummary(models.Model):
    """The line a record has in lists; `stage` is the node of the flow chart it stands on.

    `open_work` is the weightiest process that runs; `waits` are its bookings and what waits for a signature.
    `transfers` are all that were proposed, `transfer_to` the team that the open one is meant for. `restriction` is the
    kind of reason for which the record is restricted, or empty; it is looked at again by `restriction_review_by`.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="summary")
    name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    born = models.DateField(null=True, blank=True)
    expected = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    address = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    worker = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    episode_opened_at = models.DateTimeField(null=True, blank=True)
    episode_closed_at = models.DateTimeField(null=True, blank=True)
    stage = models.TextField(blank=True)
    open_work = models.CharField(max_length=40, blank=True)
    plan_made_at = models.DateTimeField(null=True, blank=True)
    allocated_at = models.DateTimeField(null=True, blank=True)
    transfer_to = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    transfers = models.JSONField(default=list)
    waits = models.JSONField(default=list)
    restriction = models.CharField(max_length=40, blank=True, default="")
    restriction_review_by = models.DateTimeField(null=True, blank=True)
    next_change_at = models.DateTimeField(null=True, blank=True)
    derived_at = models.DateTimeField()
    last_number = models.PositiveIntegerField()
    procedures_hash = models.CharField(max_length=64)

    objects: ClassVar = InSight()
    listed: ClassVar = Listed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(episode_closed_at__isnull=True)
                | Q(episode_opened_at__isnull=False, episode_closed_at__gte=F("episode_opened_at")),
                name="summary_closed_after_opened",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_change_at"],
                condition=Q(next_change_at__isnull=False),
                name="summary_next_change",
            ),
            models.Index(fields=["procedures_hash"], name="summary_procedures"),
            models.Index(
                fields=["transfer_to"],
                condition=Q(transfer_to__isnull=False),
                name="summary_transfer_to",
            ),
            models.Index(
                fields=["restriction_review_by"],
                condition=Q(restriction_review_by__isnull=False),
                name="summary_restriction",
            ),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class DutyRow(models.Model):
    """One occurrence of a duty; `key` names it within its record and stays the same when derived again.

    It was met between `met_earliest` and `met_at`, which differ where the hour is not known.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.TextField()
    provision = models.CharField(max_length=120)
    title = models.TextField()
    act = models.CharField(max_length=80, blank=True)
    who = models.CharField(max_length=120)
    for_staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    for_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    started_at = models.DateTimeField()
    due_earliest = models.DateTimeField(null=True, blank=True)
    due_latest = models.DateTimeField(null=True, blank=True)
    met_earliest = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    departed_why = models.TextField(blank=True)
    waiting = models.BooleanField(default=False)
    cannot_tell = models.TextField(blank=True)
    also = models.JSONField(default=list)

    objects: ClassVar = InSight()
    listed: ClassVar = Listed("record__summary__")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "key"], name="duty_once_a_record"),
            models.CheckConstraint(
                condition=Q(due_earliest__isnull=True, due_latest__isnull=True)
                | Q(due_latest__isnull=False, due_earliest__isnull=False, due_earliest__lte=F("due_latest")),
                name="duty_due_in_order",
            ),
            models.CheckConstraint(
                condition=Q(met_earliest__isnull=True, met_at__isnull=True)
                | Q(met_at__isnull=False, met_earliest__isnull=False, met_earliest__lte=F("met_at")),
                name="duty_met_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["for_staff", "due_latest"], condition=STILL_OPEN, name="duty_work_of_staff"),
            models.Index(fields=["for_team", "due_latest"], condition=STILL_OPEN, name="duty_work_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.key}"


class NameKey(models.Model):
    """A key under which a person is looked up: the sound of a name, a birth date, a postcode."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=80)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "key"], name="name_key_once_a_record"),
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="name_key_lookup")]

    def __str__(self) -> str:
        return self.key


class PersonName(models.Model):
    """A name or alias; `sort` is it folded (small letters, no accents), for order and likeness."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=200)

    objects: ClassVar = InSight()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "name"], name="person_name_once_a_record"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["sort"], opclasses=["gin_trgm_ops"], name="person_name_likeness"),
        ]

    def __str__(self) -> str:
        return self.name
