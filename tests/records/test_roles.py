"""What each of the database's roles may do, and what nobody may."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg import errors, sql
from tests.records.conftest import make_staff

from cairn.application import four_eyes
from cairn.records import ledger, roles
from cairn.records.models import Staff

CHANGES = {
    "records_ledgerevent": "UPDATE records_ledgerevent SET type = 'x.y'",
    "records_accessentry": "UPDATE records_accessentry SET purpose = ''",
    "records_disposalentry": "UPDATE records_disposalentry SET reason = 'x'",
    "records_eventcontent": "UPDATE records_eventcontent SET data = '{}'",
    "records_fileddocument": "UPDATE records_fileddocument SET kind = 'pdf'",
    "records_documentpart": "UPDATE records_documentpart SET number = 2",
    "records_documenton": "UPDATE records_documenton SET document_id = document_id",
}
GUARDED = [
    *CHANGES.values(),
    *(f"DELETE FROM {table}" for table in CHANGES),  # noqa: S608 - the names stand above
    *(f"TRUNCATE {table} CASCADE" for table in CHANGES),
]


def test_the_application_connects_as_the_app_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("cairn_app",)


@pytest.mark.parametrize("statement", GUARDED)
def test_the_app_is_refused_by_privilege(as_role, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        as_role("cairn_app").execute(statement)


@pytest.mark.parametrize("statement", GUARDED)
def test_the_owner_is_refused_by_trigger(owner, statement):
    with pytest.raises(errors.RestrictViolation, match="is refused"):
        owner.execute(statement)


@pytest.mark.parametrize("statement", GUARDED)
def test_the_app_is_refused_by_trigger_where_a_privilege_was_given_wrongly(
    committed_database, owner, as_role, statement
):
    owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO cairn_app")
    owner.commit()
    with pytest.raises(errors.RestrictViolation, match="is refused"):
        as_role("cairn_app").execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE records_ledgerevent DISABLE TRIGGER ALL",
        "ALTER TABLE records_accessentry DISABLE TRIGGER access_only_added_to",
        "DROP TRIGGER ledger_only_added_to ON records_ledgerevent",
        "DROP TABLE records_accessentry",
        "CREATE TABLE elsewhere (id int)",
        "SET session_replication_role = replica",
        "UPDATE records_record SET number = 'FC-1'",
        "DELETE FROM records_record",
        "DELETE FROM records_staff",
        "INSERT INTO records_disposalentry DEFAULT VALUES",
        "SET ROLE cairn_disposal",
    ],
)
def test_the_app_cannot_take_a_guard_off(as_role, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        as_role("cairn_app").execute(statement)


def test_nobody_chooses_the_sequence(written, owner):
    with pytest.raises(errors.GeneratedAlways):
        owner.execute(
            """INSERT INTO records_ledgerevent (id, sequence, record_id, number, type, schema_version,
                   happened_earliest, happened_latest, recorded_at, author_id, capacity, digest)
               SELECT gen_random_uuid(), 1, record_id, 99, type, 1, happened_earliest, happened_latest,
                   recorded_at, author_id, capacity, digest FROM records_ledgerevent LIMIT 1"""
        )


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT data FROM records_eventcontent",
        "SELECT name FROM records_recordsummary",
        "INSERT INTO records_ledgerevent DEFAULT VALUES",
        "DELETE FROM records_eventcontent",
    ],
)
def test_the_sealer_reads_the_ledger_and_nothing_that_was_said(as_role, statement):
    sealer = as_role("cairn_sealer")
    sealer.execute("SELECT sequence, digest FROM records_ledgerevent")
    with pytest.raises(errors.InsufficientPrivilege):
        sealer.execute(statement)


def _register(connection: psycopg.Connection, record_id, event_id, proposed: Staff, decided: Staff) -> None:
    connection.execute(
        """INSERT INTO records_disposalentry (at, rule, reason, record_id, events, digest, proposed_by_id, decided_by_id)
           VALUES (%s, 'child in need, 25th birthday', 'its period is over', %s, %s, %s, %s, %s)""",
        [datetime(2051, 1, 1, tzinfo=UTC), record_id, [event_id], b"x" * 32, proposed.pk, decided.pk],
    )


def test_disposal_destroys_content_that_the_register_names(written, as_role):
    record_id, event_id = written
    disposal = as_role("cairn_disposal")
    _register(disposal, record_id, event_id, make_staff("One"), make_staff("Two"))
    disposal.execute("DELETE FROM records_eventcontent WHERE event_id = %s", [event_id])
    disposal.commit()

    (event,) = ledger.read_stream(record_id)
    assert (dict(event.data), event.author.name, event.type) == ({}, "", "visit.made")
    assert ledger.verify_digests(record_id) == []


def test_disposal_without_an_entry_in_the_register_is_refused(written, as_role):
    _, event_id = written
    disposal = as_role("cairn_disposal")
    disposal.execute("DELETE FROM records_eventcontent WHERE event_id = %s", [event_id])
    with pytest.raises(errors.RestrictViolation, match="no entry in the register"):
        disposal.commit()


def test_disposal_takes_two_people(written, as_role):
    record_id, event_id = written
    one = make_staff("One")
    with pytest.raises(errors.CheckViolation, match="disposal_by_two_people"):
        _register(as_role("cairn_disposal"), record_id, event_id, one, one)


def test_preparing_again_changes_nothing(committed_database, owner):
    before = _rights(owner)
    roles.prepare(committed_database.url(), four_eyes.rules())
    owner.rollback()
    assert _rights(owner) == before


def test_preparing_takes_back_a_right_given_by_hand(committed_database, owner):
    before = _rights(owner)
    owner.execute("GRANT DELETE ON records_ledgerevent TO cairn_app")
    owner.commit()
    roles.prepare(committed_database.url(), four_eyes.rules())
    assert _rights(owner) == before


def _rights(owner: psycopg.Connection) -> set[tuple[str, ...]]:
    found = owner.execute(
        """SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
           WHERE grantee LIKE 'cairn%'"""
    )
    return set(found.fetchall())


def test_every_table_is_granted_to_the_app_or_named_here_as_withheld(owner):
    # Nobody signs in by e-mail: no address can be kept.
    withheld = {"account_emailaddress", "account_emailconfirmation"}
    tables = {
        name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }
    assert tables - withheld == set(roles.GRANTS[roles.APP])
    assert withheld <= tables
    assert {model._meta.db_table for model in apps.get_app_config("records").get_models()} <= tables


def test_no_foreign_key_removes_rows_by_itself(owner):
    loose = owner.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND confdeltype NOT IN ('a', 'r')"
    ).fetchall()
    assert loose == []
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field:
                assert field.remote_field.on_delete.__name__ == "PROTECT", field


def test_the_extensions_are_there(owner):
    there = {name for (name,) in owner.execute(sql.SQL("SELECT extname FROM pg_extension"))}
    assert {"pg_trgm", "fuzzystrmatch", "btree_gist", "unaccent"} <= there


def test_a_password_leaves_this_process_only_as_its_hash(monkeypatch, owner):
    monkeypatch.setenv("CAIRN_SEALER_PASSWORD", "made-up words for a test")
    statement = roles._with_password(owner, "cairn_sealer", "made-up words for a test").as_string(owner)
    assert "SCRAM-SHA-256$" in statement
    assert "made-up words" not in statement
    roles._make_roles(owner)
