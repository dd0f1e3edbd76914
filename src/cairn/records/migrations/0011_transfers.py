"""The transfers of a child in the line of their record, and the team that an open one is meant for.

Lines that stand already are marked as derived under other procedures, so that the next tick derives them again.
"""

import django.db.models.deletion
from django.db import migrations, models

DERIVE_AGAIN = "UPDATE records_recordsummary SET procedures_hash = ''"


class Migration(migrations.Migration):
    dependencies = [("records", "0010_line_notes")]

    operations = [
        migrations.AddField(
            "recordsummary",
            "transfer_to",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.team",
            ),
        ),
        migrations.AddField("recordsummary", "transfers", models.JSONField(default=list)),
        migrations.AddIndex(
            "recordsummary",
            models.Index(
                condition=models.Q(transfer_to__isnull=False),
                fields=["transfer_to"],
                name="summary_transfer_to",
            ),
        ),
        migrations.RunSQL(DERIVE_AGAIN, migrations.RunSQL.noop),
    ]
