"""What is open for a child, since when a plan runs and a worker works with them, and what is booked or waits to be signed.

Lines that stand already are marked as derived under other procedures, so that the next tick derives them again.
"""

from django.db import migrations, models

DERIVE_AGAIN = "UPDATE records_recordsummary SET procedures_hash = ''"


class Migration(migrations.Migration):
    dependencies = [("records", "0007_passages_offered")]

    operations = [
        migrations.AddField("recordsummary", "open_work", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("recordsummary", "plan_made_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("recordsummary", "allocated_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("recordsummary", "waits", models.JSONField(default=list)),
        migrations.RunSQL(DERIVE_AGAIN, migrations.RunSQL.noop),
    ]
