"""What was found about the look-ups of a week; and the access log can be read by time without reading all of it."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _staff():
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0015_delegates")]

    operations = [
        migrations.CreateModel(
            name="LookReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField()),
                ("verdict", models.CharField(max_length=20)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("about", _staff()),
                ("by", _staff()),
            ],
            options={
                "indexes": [models.Index(fields=["week", "about"], name="look_review_week")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(verdict="") & ~models.Q(words=""),
                        name="look_review_with_words",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(by=models.F("about")),
                        name="look_review_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(week__iso_week_day=1), name="look_review_week_begins_on_monday"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="accessentry",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="access_at"),
        ),
    ]
