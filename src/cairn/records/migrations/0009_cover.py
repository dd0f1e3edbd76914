"""Cover for absence: who does whose work from one day to another."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def staff(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.staff", **more
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0008_open_work")]

    operations = [
        migrations.CreateModel(
            "Cover",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("worker", staff()),
                ("covered_by", staff()),
                ("set_by", staff(db_index=False)),
                ("ended_by", staff(db_index=False, blank=True, null=True)),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.team",
                    ),
                ),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(until_day__gte=models.F("from_day")), name="cover_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(worker=models.F("covered_by")), name="cover_is_by_somebody_else"
                    ),
                    models.CheckConstraint(condition=~models.Q(reason=""), name="cover_has_a_reason"),
                    models.CheckConstraint(
                        condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                        | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                        name="cover_ended_by_somebody",
                    ),
                ]
            },
        ),
    ]
