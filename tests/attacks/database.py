"""What stands in the database, table by table, so that a change of anything shows."""

from __future__ import annotations

from django.db import connection
from psycopg import sql

# What any look changes: the log of it, the session that ends later for it, and who is said to have a section open.
EVERY_LOOK = frozenset({"records_accessentry", "django_session", "records_sectionopened"})
# The sign-in library's own, which the application has no right to: nobody signs in by e-mail.
OUT_OF_REACH = frozenset({"account_emailaddress", "account_emailconfirmation"})
COUNTED = (
    "SELECT count(*)::text || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
)


def rows() -> dict[str, str]:
    """The number of rows and their digest of every table, but for those that any look changes."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: _counted(cursor, name) for name in names if name not in EVERY_LOOK | OUT_OF_REACH}


def counted(table: str) -> int:
    """How many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return cursor.fetchone()[0]


def _counted(cursor, name: str) -> str:
    cursor.execute(sql.SQL(COUNTED).format(sql.Identifier(name)))
    return cursor.fetchone()[0]
