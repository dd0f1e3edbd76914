"""Who somebody is that does not wish to be named, apart from what they said: only added to, removed by disposal alone."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER identity_never_changed BEFORE UPDATE OR TRUNCATE ON records_referreridentity
    FOR EACH STATEMENT EXECUTE FUNCTION records_only_added_to();
CREATE TRIGGER identity_only_disposed_of BEFORE DELETE ON records_referreridentity
    FOR EACH STATEMENT EXECUTE FUNCTION records_content_only_disposed_of();
"""
NO_GUARDS = """
DROP TRIGGER identity_only_disposed_of ON records_referreridentity;
DROP TRIGGER identity_never_changed ON records_referreridentity;
"""


def to(model):
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"records.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0013_accounts")]

    operations = [
        migrations.CreateModel(
            "ReferrerIdentity",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("event", to("ledgerevent")),
                ("by", to("staff")),
            ],
            {"indexes": [models.Index(fields=["event"], name="identity_of_event")]},
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
