"""Nobody approves their own work: the database refuses it, whoever asks."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LIMITS = """
ALTER TABLE records_authorisation
    ADD CONSTRAINT authorisation_digest_whole CHECK (octet_length(digest) = 32),
    ADD CONSTRAINT authorisation_authors_known CHECK (array_position(authors, NULL) IS NULL),
    ADD CONSTRAINT approver_is_no_author CHECK (NOT authors @> ARRAY[approver_id]);
CREATE TRIGGER authorisation_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON records_authorisation
    FOR EACH STATEMENT EXECUTE FUNCTION records_only_added_to();
"""
LIMITS_BACK = """
DROP TRIGGER authorisation_only_added_to ON records_authorisation;
ALTER TABLE records_authorisation
    DROP CONSTRAINT approver_is_no_author,
    DROP CONSTRAINT authorisation_authors_known,
    DROP CONSTRAINT authorisation_digest_whole;
"""

# Whoever writes the row can leave no author out: the one who recorded what is approved, and everybody whom
# its content names as a writer of a part, are put in here.
AUTHORS = """
CREATE FUNCTION records_authors_of(submitted uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT author) FROM (
        SELECT author_id AS author FROM records_ledgerevent WHERE id = submitted
        UNION ALL
        SELECT (writer #>> '{}')::uuid FROM records_eventcontent,
            jsonb_path_query(data, 'strict $.**.writer_ids[*]') AS writer
        WHERE event_id = submitted
    ) AS all_of_them
$$;
CREATE FUNCTION records_authors_put_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.authors := ARRAY(
        SELECT DISTINCT unnest(NEW.authors || records_authors_of(NEW.approves_id)) ORDER BY 1
    );
    RETURN NEW;
END $$;
CREATE TRIGGER authorisation_authors BEFORE INSERT ON records_authorisation
    FOR EACH ROW EXECUTE FUNCTION records_authors_put_in();
"""
AUTHORS_BACK = """
DROP TRIGGER authorisation_authors ON records_authorisation;
DROP FUNCTION records_authors_put_in();
DROP FUNCTION records_authors_of(uuid);
"""

# Judged where the statement ends: the authorisation is written first (its key to the ledger is looked at when
# the transaction ends), so that no moment is without it.
SIGNED = """
CREATE FUNCTION records_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unsigned record;
BEGIN
    SELECT added.id, added.type INTO unsigned
    FROM added
    JOIN records_foureyes rule ON rule.event_type = added.type
    WHERE added.author_id IS DISTINCT FROM rule.taken_over_by
    AND NOT EXISTS (
        SELECT FROM records_authorisation signed
        JOIN records_ledgerevent submitted ON submitted.id = signed.approves_id
        WHERE signed.event_id = added.id
        AND signed.approver_id = added.author_id
        AND submitted.type = rule.approves
        AND submitted.record_id = added.record_id
        AND submitted.number < added.number
    )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% % is refused: somebody who did not write it has to have signed it',
            unsigned.type, unsigned.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_signed_by_another AFTER INSERT ON records_ledgerevent
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION records_signed_by_another();
"""
SIGNED_BACK = """
DROP TRIGGER ledger_signed_by_another ON records_ledgerevent;
DROP FUNCTION records_signed_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0004_section_drafts")]

    operations = [
        migrations.CreateModel(
            "FourEyes",
            [
                ("event_type", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("approves", models.CharField(max_length=60)),
                ("taken_over_by", models.UUIDField(blank=True, null=True)),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(approves="") & ~models.Q(approves=models.F("event_type")),
                        name="four_eyes_on_another_type",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "Authorisation",
            [
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.ledgerevent",
                    ),
                ),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "approver",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approves",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.ledgerevent",
                    ),
                ),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(authors__len__gt=0), name="authorisation_has_authors"
                    )
                ]
            },
        ),
        migrations.RunSQL(LIMITS, LIMITS_BACK),
        migrations.RunSQL(AUTHORS, AUTHORS_BACK),
        migrations.RunSQL(SIGNED, SIGNED_BACK),
    ]
