"""What was written is only added to, whoever asks: refused by privilege, and by trigger where a privilege is wrong (LG-3)."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors, sql
from tests.attacks.database import rows
from tests.attacks.house import house as build
from tests.people import made_up_staff

# Each with a column that would be changed.
TABLES = {
    "records_ledgerevent": "type",
    "records_eventcontent": "author_name",
    "records_authorisation": "digest",
    "records_accessentry": "purpose",
    "records_disposalentry": "reason",
    "records_fileddocument": "kind",
    "records_documentpart": "number",
    "records_documenton": "document_id",
    "records_referreridentity": "event_id",
}
ROWS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
}
GUARDS = {
    "add a column": "ALTER TABLE {table} ADD COLUMN mine int",
    "drop a column": "ALTER TABLE {table} DROP COLUMN {column}",
    "disable triggers": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "disable own triggers": "ALTER TABLE {table} DISABLE TRIGGER USER",
    "own it": "ALTER TABLE {table} OWNER TO cairn_app",
    "drop it": "DROP TABLE {table} CASCADE",
    "take a rule in": "CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "take a trigger in": (
        "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    "lock it": "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
}
AROUND = (
    "SET session_replication_role = replica",
    "SET ROLE cairn_disposal",
    "SET SESSION AUTHORIZATION postgres",
    "CREATE FUNCTION records_only_added_to() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP FUNCTION records_only_added_to() CASCADE",
    "CREATE TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine SUPERUSER",
    "ALTER ROLE cairn_app BYPASSRLS",
    "ALTER SYSTEM SET fsync = off",
    "COPY (SELECT 1) TO '/tmp/mine'",
)


@pytest.fixture
def made(committed_database, clock):
    """Something in every table; a row of the register needs no child."""
    build(made_up_staff())
    return committed_database


def statement(text, table):
    return sql.SQL(text).format(table=sql.Identifier(table), column=sql.Identifier(TABLES[table]))


def refusal(connection, asked):
    """By what a statement is refused; None where it is taken, which is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(asked)
    except psycopg.Error as fault:
        return type(fault)
    return None


def test_the_application_is_refused_by_privilege(made):
    with psycopg.connect(made.url("cairn_app"), autocommit=True) as app:
        for table in TABLES:
            for name, text in {**ROWS, **GUARDS}.items():
                assert refusal(app, statement(text, table)) is errors.InsufficientPrivilege, (table, name)
        for text in AROUND:
            # Outside a transaction, for some of them can be said nowhere else.
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(text)
        # PostgreSQL only warns who has nothing to give: nothing is given.
        app.execute("GRANT DELETE ON records_ledgerevent TO cairn_app")
        assert refusal(app, "DELETE FROM records_ledgerevent") is errors.InsufficientPrivilege


def test_where_the_privilege_is_wrong_the_trigger_refuses(made):
    """Every right on every table, given by mistake to the application; and the owner, who has them all."""
    with psycopg.connect(made.url(), autocommit=True) as owner:
        owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO cairn_app")
    before = rows()
    for role in (None, "cairn_app"):
        with psycopg.connect(made.url(role), autocommit=True) as connection:
            for table in TABLES:
                for name, text in ROWS.items():
                    assert refusal(connection, statement(text, table)) is errors.RestrictViolation, (
                        role,
                        table,
                        name,
                    )
    assert rows() == before


def test_what_it_is_for_is_taken(made):
    """The twin: the application adds to the tables and reads them, or the refusals above would show nothing."""
    with psycopg.connect(made.url("cairn_app"), autocommit=True) as app:
        for table in TABLES:
            asked = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert refusal(app, asked) is None, table
            (found,) = app.execute(asked).fetchone()
            assert found or table == "records_disposalentry", table
        copied = sql.SQL(
            "INSERT INTO records_accessentry (at, actor_id, capacity, purpose, relied_on, what, page, request_id, "
            "allowed, reason, records) SELECT at, actor_id, capacity, purpose, relied_on, what, page, request_id, "
            "allowed, reason, records FROM records_accessentry LIMIT 1"
        )
        assert refusal(app, copied) is None


def test_every_table_that_is_only_added_to_is_in_the_table_above(made):
    """A new one with the guard, or one of which the guard was forgotten, is a red build."""
    with psycopg.connect(made.url()) as owner:
        guarded = owner.execute(
            """SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
               JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = 'records_only_added_to'"""
        ).fetchall()
    assert {name for (name,) in guarded} == set(TABLES)
