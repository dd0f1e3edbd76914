"""The database's roles and what each may do; `prepare` makes a database ready or brings it up to date.

The owner makes tables and is used for nothing else. `cairn_app` is the application: it adds to the
ledger, the contents and the access log and can change none of them. `cairn_disposal` destroys
content under rule, and registers it. `cairn_sealer` reads the ledger and the access log to seal them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from cairn.records.authorisations import Rule, set_rules

APP, SEALER, DISPOSAL = "cairn_app", "cairn_sealer", "cairn_disposal"
ROLES = (APP, SEALER, DISPOSAL)
OWNER_ALIAS = "owner"
# Any fixed number: whoever prepares holds this lock, and a second waits.
PREPARING = 7_204_816

READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
ADDED_TO = (READ, ADD)
KEPT = (READ, ADD, CHANGE)
FREE = (READ, ADD, CHANGE, REMOVE)

GRANTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    APP: {
        "records_ledgerevent": ADDED_TO,
        "records_eventcontent": ADDED_TO,
        "records_fileddocument": ADDED_TO,
        "records_documenton": ADDED_TO,
        "records_documentpart": ADDED_TO,
        # Who does not wish to be named: sealed, and only added to.
        "records_referreridentity": ADDED_TO,
        "records_authorisation": ADDED_TO,
        "records_foureyes": (READ,),
        "records_accessentry": ADDED_TO,
        "records_procedureedition": ADDED_TO,
        "records_calendaredition": ADDED_TO,
        "records_disposalentry": (READ,),
        "records_record": ADDED_TO,
        "records_team": KEPT,
        "records_staff": KEPT,
        "records_cover": ADDED_TO,
        "records_tie": ADDED_TO,
        "records_alert": ADDED_TO,
        "records_lookreview": ADDED_TO,
        "records_linenote": ADDED_TO,
        "records_recordsummary": FREE,
        "records_dutyrow": FREE,
        "records_namekey": FREE,
        "records_personname": FREE,
        "records_outbox": FREE,
        "records_draft": FREE,
        # Nothing that was written in a section can be removed by the application.
        "records_sectiondraft": KEPT,
        "records_sectionapart": KEPT,
        "records_passageoffered": KEPT,
        "records_sectionopened": FREE,
        "records_submission": KEPT,
        # Signing in: what is kept of each second factor, codes to set up an account, wrong answers that are counted.
        "mfa_authenticator": FREE,
        "records_enrolment": FREE,
        "records_guess": (READ, ADD, REMOVE),
        "cairn_cache": FREE,
        "django_session": FREE,
        "django_content_type": (READ,),
        "django_migrations": (READ,),
        "auth_permission": (READ,),
        "auth_group": (READ,),
        "auth_group_permissions": (READ,),
    },
    DISPOSAL: {
        "records_record": (READ,),
        "records_ledgerevent": (READ,),
        "records_eventcontent": (READ, REMOVE),
        "records_documenton": (READ,),
        "records_documentpart": (READ, REMOVE),
        "records_referreridentity": (READ, REMOVE),
        "records_disposalentry": ADDED_TO,
        "records_staff": (READ,),
    },
    SEALER: {
        "records_ledgerevent": (READ,),
        "records_authorisation": (READ,),
        "records_accessentry": (READ,),
        "records_disposalentry": (READ,),
    },
}
# A record's number and the day it was opened stay as they are, and so do a cover and a tie until they are ended.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    APP: {
        "records_record": ("kind", "next_number"),
        "records_cover": ("ended_at", "ended_by_id"),
        "records_tie": ("ended_at", "ended_by_id"),
        "records_alert": ("closed_at", "closed_by_id", "verdict", "words"),
    }
}


def prepare(url: str, four_eyes: Iterable[Rule]) -> None:
    """Make the roles, the tables and the rights in the database at `url`, as its owner. Safe to repeat.

    `url` is the owner's libpq address; the owner may create roles and extensions. `four_eyes` are the types of
    event that somebody else has to sign, as the vocabulary has them. A role's password is set where
    CAIRN_APP_PASSWORD, CAIRN_SEALER_PASSWORD or CAIRN_DISPOSAL_PASSWORD is.
    """
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        _make_roles(connection)
        connection.commit()
        _migrate(url)
        set_rules(connection, four_eyes)
        _grant(connection)


def _make_roles(connection: psycopg.Connection) -> None:
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        if role not in there:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        password = os.environ.get(f"{role.upper()}_PASSWORD")
        if password:
            connection.execute(_with_password(connection, role, password))


def _with_password(connection: psycopg.Connection, role: str, password: str) -> sql.Composed:
    """Hashed on our side: neither the server nor its log ever sees the password itself."""
    hashed = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed.decode()))


def _migrate(url: str) -> None:
    with _as_owner(url) as alias:
        call_command("migrate", database=alias, interactive=False, verbosity=0)


@contextmanager
def _as_owner(url: str) -> Iterator[str]:
    """A second connection of Django's, for as long as it takes; the settings know only the app's."""
    parts = conninfo_to_dict(url)
    connections.databases[OWNER_ALIAS] = {
        **connections.databases["default"],
        "NAME": parts.get("dbname") or "",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": parts.get("port") or "",
        "OPTIONS": {},
    }
    try:
        yield OWNER_ALIAS
    finally:
        connections[OWNER_ALIAS].close()
        del connections[OWNER_ALIAS]
        del connections.databases[OWNER_ALIAS]


def _grant(connection: psycopg.Connection) -> None:
    """Take all rights away and give those listed, in one transaction: no moment is without them."""
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in ROLES:
        name = sql.Identifier(role)
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        connection.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name))
        connection.execute(sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(name))
        _grant_to(connection, role)


def _grant_to(connection: psycopg.Connection, role: str) -> None:
    name = sql.Identifier(role)
    for table, rights in GRANTS[role].items():
        given = sql.SQL(", ").join(sql.SQL(right) for right in rights)
        connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(given, sql.Identifier(table), name))
    for table, columns in COLUMNS.get(role, {}).items():
        named = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
        connection.execute(
            sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(named, sql.Identifier(table), name)
        )
    if role == APP:
        for numbers in ("records_record_number", "records_alert_number"):
            connection.execute(
                sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(sql.Identifier(numbers), name)
            )
