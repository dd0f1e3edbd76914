"""What stands between staff and records beside allocation, alerts, restricted records, and teams within teams.

Lines that stand already are marked as derived under other procedures, so that the next tick derives them again.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

DERIVE_AGAIN = "UPDATE records_recordsummary SET procedures_hash = ''"
NUMBERS = "CREATE SEQUENCE records_alert_number AS bigint START 1001"
NO_NUMBERS = "DROP SEQUENCE records_alert_number"
KINDS = ("chair", "auditor", "named", "break glass", "own", "family", "neighbour")
BARRING = ("own", "family", "neighbour")


def key(to, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"records.{to}", **more)


def identity():
    return ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False))


class Migration(migrations.Migration):
    dependencies = [("records", "0011_transfers")]

    operations = [
        migrations.CreateModel(
            "Tie",
            [
                identity(),
                ("kind", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("reason_kind", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("staff", key("staff", db_index=False)),
                ("record", key("record")),
                ("given_by", key("staff", db_index=False)),
                ("ended_by", key("staff", blank=True, db_index=False, null=True)),
            ],
            {
                "constraints": [
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
                    models.CheckConstraint(
                        condition=~Q(given_by=F("staff")) | Q(kind__in=("break glass", *BARRING)),
                        name="tie_is_given_by_somebody_else",
                    ),
                ],
                "indexes": [models.Index(fields=["staff", "until"], name="tie_of_staff")],
            },
        ),
        migrations.CreateModel(
            "Alert",
            [
                identity(),
                ("number", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=40)),
                ("request_id", models.UUIDField()),
                ("raised_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("verdict", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("about", key("staff")),
                ("record", key("record", db_index=False)),
                ("tie", key("tie", blank=True, null=True)),
                ("closed_by", key("staff", blank=True, db_index=False, null=True)),
            ],
            {
                "constraints": [
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
                ],
                "indexes": [
                    models.Index(fields=["raised_at"], condition=Q(closed_at__isnull=True), name="alert_open")
                ],
            },
        ),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.AddField("team", "part_of", key("team", blank=True, db_index=False, null=True)),
        migrations.AddField("recordsummary", "restriction", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("recordsummary", "restriction_review_by", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "recordsummary",
            models.Index(
                condition=Q(restriction_review_by__isnull=False),
                fields=["restriction_review_by"],
                name="summary_restriction",
            ),
        ),
        migrations.RunSQL(DERIVE_AGAIN, migrations.RunSQL.noop),
    ]
