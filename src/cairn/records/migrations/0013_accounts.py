"""Names to sign in with, rounds of sessions, codes to set up an account, counted guesses, and what processes share."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# As Django's `createcachetable` makes it.
CACHE = """
CREATE TABLE cairn_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cairn_cache_expires ON cairn_cache (expires);
"""
NO_CACHE = "DROP TABLE cairn_cache"


class Migration(migrations.Migration):
    dependencies = [("records", "0012_ties")]

    operations = [
        migrations.AddField("staff", "sign_in_name", models.CharField(blank=True, max_length=60, null=True)),
        migrations.AddField("staff", "session_round", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "staff", models.UniqueConstraint(fields=["sign_in_name"], name="staff_sign_in_name_once")
        ),
        migrations.AddConstraint(
            "staff", models.CheckConstraint(condition=~Q(sign_in_name=""), name="staff_sign_in_name_not_blank")
        ),
        migrations.CreateModel(
            "Enrolment",
            [
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.staff",
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("until", models.DateTimeField()),
            ],
            {"constraints": [models.UniqueConstraint(fields=["digest"], name="enrolment_digest_once")]},
        ),
        migrations.CreateModel(
            "Guess",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tried_on", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            {
                "indexes": [
                    models.Index(fields=["tried_on", "at"], name="guess_tried_on"),
                    models.Index(fields=["at"], name="guess_at"),
                ]
            },
        ),
        migrations.RunSQL(CACHE, NO_CACHE),
    ]
