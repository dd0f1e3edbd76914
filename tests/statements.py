"""The statements that a piece of work sends to the database, in few words: what is done, and to which table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = re.compile(r"\s*(SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK|SET)")
TABLE = re.compile(r"(?:FROM|INTO|UPDATE)\s+\"?((?:records|django|auth)_\w+)")
VERBS = {
    "SELECT": "read",
    "(SELECT": "read",
    "INSERT": "add to",
    "WITH": "add to",
    "UPDATE": "change",
    "DELETE": "remove from",
}
OTHERS = {"SELECT 'FC-' || nextval": "take a number", "SELECT current_database": "ask which database"}


def statements(work: Callable[[], Any]) -> list[str]:
    """Such as "read dutyrow", in the order they were sent; what begins and ends transactions is left out."""
    with CaptureQueriesContext(connection) as captured:
        work()
    sent = [query["sql"] for query in captured.captured_queries]
    return [_said(sql) for sql in sent if not CONTROL.match(sql)]


def _said(sql: str) -> str:
    table = TABLE.search(sql)
    if table is None:
        return OTHERS[sql.split("(", maxsplit=1)[0].strip()]
    verb = "hold" if "FOR UPDATE" in sql else VERBS[sql.split(maxsplit=1)[0]]
    return f"{verb} {table[1].removeprefix('records_').removeprefix('django_')}"
