"""Documents that were filed: what each is, where it hangs, and its content in parts that disposal alone removes."""

import django.db.models.deletion
from django.db import migrations, models

LIMITS = """
ALTER TABLE records_fileddocument
    ADD CONSTRAINT document_digest_whole CHECK (octet_length(digest) = 32);
ALTER TABLE records_documentpart
    ADD CONSTRAINT document_part_salt_whole CHECK (octet_length(salt) = 16),
    ADD CONSTRAINT document_part_in_bounds CHECK (octet_length(content) BETWEEN 1 AND 524288 AND number > 0);
-- What is filed is packed already: no time is lost in trying to pack it again.
ALTER TABLE records_documentpart ALTER COLUMN content SET STORAGE EXTERNAL;
"""
LIMITS_BACK = """
ALTER TABLE records_documentpart ALTER COLUMN content SET STORAGE EXTENDED;
ALTER TABLE records_documentpart
    DROP CONSTRAINT document_part_in_bounds,
    DROP CONSTRAINT document_part_salt_whole;
ALTER TABLE records_fileddocument DROP CONSTRAINT document_digest_whole;
"""

ONLY_ADDED_TO = """
CREATE TRIGGER document_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON records_fileddocument
    FOR EACH STATEMENT EXECUTE FUNCTION records_only_added_to();
CREATE TRIGGER document_on_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON records_documenton
    FOR EACH STATEMENT EXECUTE FUNCTION records_only_added_to();
CREATE TRIGGER document_part_never_changed BEFORE UPDATE OR TRUNCATE ON records_documentpart
    FOR EACH STATEMENT EXECUTE FUNCTION records_only_added_to();
"""
ONLY_ADDED_TO_BACK = """
DROP TRIGGER document_part_never_changed ON records_documentpart;
DROP TRIGGER document_on_only_added_to ON records_documenton;
DROP TRIGGER document_only_added_to ON records_fileddocument;
"""

# A document goes only with every entry it hangs on: what another child's record still needs stays.
DISPOSAL = """
CREATE TRIGGER document_part_only_disposed_of BEFORE DELETE ON records_documentpart
    FOR EACH STATEMENT EXECUTE FUNCTION records_content_only_disposed_of();
CREATE FUNCTION records_document_disposal_registered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM records_documenton hung
        WHERE hung.document_id = OLD.document_id
        AND NOT EXISTS (SELECT FROM records_disposalentry WHERE events @> ARRAY[hung.event_id])
    ) THEN
        RAISE EXCEPTION 'DELETE on % is refused: no entry in the register names an event it hangs on', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER document_disposal_registered AFTER DELETE ON records_documentpart
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION records_document_disposal_registered();
"""
DISPOSAL_BACK = """
DROP TRIGGER document_disposal_registered ON records_documentpart;
DROP FUNCTION records_document_disposal_registered();
DROP TRIGGER document_part_only_disposed_of ON records_documentpart;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0005_four_eyes")]

    operations = [
        migrations.CreateModel(
            "FiledDocument",
            [
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("size", models.PositiveIntegerField()),
                ("filed_at", models.DateTimeField()),
                ("digest", models.BinaryField(max_length=32)),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(kind="") & models.Q(size__gt=0, size__lte=26214400),
                        name="document_has_kind_and_size",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "DocumentPart",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("salt", models.BinaryField(max_length=16)),
                ("content", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="records.fileddocument",
                    ),
                ),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("document", "number"), name="document_part_once")
                ]
            },
        ),
        migrations.CreateModel(
            "DocumentOn",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hangs_on",
                        to="records.fileddocument",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="records.ledgerevent",
                    ),
                ),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("event", "document"), name="document_on_entry_once")
                ]
            },
        ),
        migrations.RunSQL(LIMITS, LIMITS_BACK),
        migrations.RunSQL(ONLY_ADDED_TO, ONLY_ADDED_TO_BACK),
        migrations.RunSQL(DISPOSAL, DISPOSAL_BACK),
    ]
