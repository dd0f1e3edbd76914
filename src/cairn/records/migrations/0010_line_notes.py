"""What people say of a line of a work list without doing it: seen, or to be looked at again on a day."""

import django.db.models.deletion
from django.db import migrations, models


def to(model: str):
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"records.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0009_cover")]

    operations = [
        migrations.CreateModel(
            "LineNote",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                ("sort", models.CharField(max_length=20)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("record", to("record")),
                ("by", to("staff")),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sort="seen", review_on__isnull=True)
                        | (models.Q(sort="postponed", review_on__isnull=False) & ~models.Q(reason="")),
                        name="line_postponed_to_a_day_with_a_reason",
                    )
                ],
                "indexes": [models.Index(fields=["record", "key"], name="line_notes_of_record")],
            },
        ),
    ]
