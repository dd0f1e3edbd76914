"""Nobody approves what somebody wrote for whom they cover: the database refuses that too."""

from django.db import migrations

DELEGATES = """
CREATE OR REPLACE FUNCTION records_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
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
        AND NOT EXISTS (
            SELECT FROM records_cover cover
            JOIN records_staff delegate ON delegate.id = cover.covered_by_id AND delegate.team_id = cover.team_id
            WHERE cover.covered_by_id = added.author_id
            AND cover.worker_id = ANY (signed.authors)
            AND (added.recorded_at AT TIME ZONE 'Europe/London')::date BETWEEN cover.from_day AND cover.until_day
            AND (cover.ended_at IS NULL OR cover.ended_at > added.recorded_at)
        )
    )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% % is refused: somebody who did not write it has to have signed it',
            unsigned.type, unsigned.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DELEGATES_BACK = """
CREATE OR REPLACE FUNCTION records_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0014_identities")]

    operations = [migrations.RunSQL(DELEGATES, DELEGATES_BACK)]
