"""Nobody asks the machine for the time but the clock adapter: not the core, not a query, not a template (TI-7)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cairn

SOURCE = Path(cairn.__file__).parent
ADAPTER = SOURCE / "adapters" / "clock.py"
# Asked of a module or a class: datetime.now, date.today, timezone.now, time.time, ...
ASKED = frozenset({"now", "today", "utcnow", "localdate", "localtime", "gmtime", "ctime", "time_ns", "time"})
OF = frozenset({"datetime", "date", "dt", "timezone", "time"})
# Fields that fill themselves in, database functions, and a template's own tag.
FIELDS = frozenset({"auto_now", "auto_now_add"})
IN_SQL = re.compile(
    r"\bnow\s*\(\s*\)|\b(current_timestamp|current_date|current_time|localtimestamp|(clock|statement|transaction)_timestamp)\b",
    re.IGNORECASE,
)
IN_TEMPLATE = re.compile(r"{%\s*now\b")


def asks(source: str) -> list[tuple[int, str]]:
    """Where a module asks for the time: each line with what is asked."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ASKED and _name(node.value) in OF:
            found.append((node.lineno, ast.unparse(node)))
        elif isinstance(node, ast.ImportFrom) and node.module in ("time", "django.utils.timezone"):
            found += [(node.lineno, f"{node.module}.{one.name}") for one in node.names if one.name in ASKED]
        elif isinstance(node, ast.keyword) and node.arg in FIELDS:
            found.append((node.lineno, node.arg))
        elif isinstance(node, ast.Name) and node.id in ("Now", "CurrentTimestamp"):
            found.append((node.lineno, node.id))
        elif _is_statement(node) and IN_SQL.search(node.value):
            found.append((node.lineno, "in a statement"))
    return found


def _name(node: ast.expr) -> str:
    """The last name of `datetime`, `dt.datetime`, `django.utils.timezone`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_statement(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return bool(re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b", text))


def asks_the_core(source: str) -> list[tuple[int, str]]:
    """The core is told the time: it calls nothing named now or today, from wherever."""
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        in ("now", "today", "utcnow")
    ]


def modules(folder: Path):
    return [one for one in sorted(folder.rglob("*.py")) if "node_modules" not in one.parts]


def test_nobody_but_the_adapter_asks_for_the_time():
    found = {
        one.relative_to(SOURCE): asks(one.read_text("utf-8")) for one in modules(SOURCE) if one != ADAPTER
    }
    assert len(found) > 300
    assert {where: what for where, what in found.items() if what} == {}
    assert asks(ADAPTER.read_text("utf-8")) != []


def test_the_core_calls_nothing_of_that_name():
    found = {one.name: asks_the_core(one.read_text("utf-8")) for one in modules(SOURCE / "core")}
    assert len(found) > 80
    assert {where: what for where, what in found.items() if what} == {}


def test_no_template_asks_for_the_time():
    templates = sorted((SOURCE / "interfaces" / "web" / "templates").rglob("*.html"))
    assert len(templates) > 50
    assert [one.name for one in templates if IN_TEMPLATE.search(one.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "offence",
    [
        "from datetime import datetime, UTC\nx = datetime.now(UTC)",
        "import datetime as dt\nx = dt.datetime.utcnow()",
        "from datetime import date\nx = date.today()",
        "import time\nx = time.time()",
        "from time import time\nx = time()",
        "from django.utils import timezone\nx = timezone.now()",
        "from django.utils import timezone\nx = models.DateTimeField(default=timezone.now)",
        "from django.utils.timezone import localdate\nx = localdate()",
        "x = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Now\nx = Now()",
        "x = 'UPDATE records_outbox SET made_at = now()'",
        "x = 'INSERT INTO a VALUES (CURRENT_TIMESTAMP)'",
    ],
)
def test_each_way_of_asking_is_found(offence):
    assert asks(offence)


@pytest.mark.parametrize("offence", ["x = now()", "x = clock.now()", "x = date.today()"])
def test_in_the_core_each_call_is_found(offence):
    assert asks_the_core(offence)


@pytest.mark.parametrize(
    "harmless",
    [
        "from cairn.application.ports import now\nx = now()",
        "x = now().astimezone(LONDON).date()",
        "import time\nx = time.monotonic()",
        "x = datetime.combine(day, time())",
        "x = 'Nothing is known now (ring them).'",
        "x = one.time",
    ],
)
def test_what_asks_the_port_or_nobody_is_let_through(harmless):
    assert not asks(harmless)
