"""What is typed never becomes part of a statement: it goes to the database as a parameter, wherever it was typed (IN-3)."""

from __future__ import annotations

import ast
import time
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from tests.attacks import filling
from tests.attacks.database import rows
from tests.attacks.source import calls, is_fixed, modules
from tests.interfaces.web.views.children import event

MARK = "qzsql"
PAYLOADS = (
    f"'{MARK}",
    f'"{MARK}',
    f"{MARK}' OR '1'='1",
    f"{MARK}' OR 1=1 --",
    f'{MARK}" OR ""="',
    f"{MARK}'); DROP TABLE records_record; --",
    f"{MARK}'; SELECT pg_sleep(3); --",
    f"{MARK}' || pg_sleep(3) || '",
    f"1 AND 1=(TABLE pg_sleep(3)) -- {MARK}",
    f"{MARK}' UNION TABLE records_staff --",
    f"{MARK}' AND 1=CAST((SELECT current_user) AS int) --",
    f"{MARK}\\'; --",
    f"{MARK}%' ESCAPE '!",
    f"%_{MARK}[a-z]*(?:",
    f"$${MARK}$$",
    f"{MARK}'/**/OR/**/1=1#",
    f"{{'{MARK}': {{'$ne': null}}}}",
    f"%s %(name)s {MARK} %%",
    f"id__in=1&{MARK}",
    f"-created__{MARK}, (SELECT 1)",
)
# With one that parts a statement and is none of a form's own values.
SAMPLE = PAYLOADS[6]
SLEPT = 3.0


@pytest.fixture
def statements():
    """Every statement in which what was typed stood as part of it."""
    broken = []

    def hear(execute, sql, params, many, context):
        if MARK in str(sql):
            broken.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield broken


def is_harmless(tried, statements, least):
    """No fault, none that slept, none in which the payload was more than a parameter."""
    number, began = 0, time.monotonic()
    for one in tried:
        took = time.monotonic() - began
        assert one.is_kept, str(one)
        assert took < SLEPT, (str(one), took)
        assert statements == [], str(one)
        number, began = number + 1, time.monotonic()
    assert number >= least


def test_a_sample_of_it_is_only_ever_a_parameter(house, statements):
    before = rows()
    is_harmless(filling.asked_at_once(house, SAMPLE), statements, 90)
    is_harmless(filling.in_addresses(house, [PAYLOADS[0]]), statements, 300)
    # What was typed into an address changes nothing, and no table is gone.
    assert rows().keys() == before.keys()


@pytest.mark.attack
@pytest.mark.timeout(900)
@pytest.mark.parametrize("half", [0, 1])
def test_in_every_box_of_every_form(house, statements, half):
    is_harmless(filling.sent(house, PAYLOADS[half::2], typed_only=True), statements, 800)


@pytest.mark.attack
@pytest.mark.timeout(900)
def test_in_everything_that_a_form_carries(house, statements):
    """Ids, versions, choices and buttons too."""
    is_harmless(filling.sent(house, PAYLOADS[::3], typed_only=False), statements, 500)


@pytest.mark.attack
@pytest.mark.timeout(900)
def test_behind_every_address_and_in_each_of_its_parts(house, statements):
    for payload in PAYLOADS:
        is_harmless(filling.asked_at_once(house, payload), statements, 90)
    is_harmless(filling.in_addresses(house, PAYLOADS[::4]), statements, 1_500)


def test_what_is_typed_does_reach_the_database(house, statements):
    """The twin: it gets there, as a parameter, and stands on the record as it was typed."""
    heard, key = [], str(uuid4())

    def hear(execute, sql, params, many, context):
        heard.append(str(params))
        return execute(sql, params, many, context)

    form = {"draft": key, "version": "0", "key": key, "text": SAMPLE}
    with connection.execute_wrapper(hear):
        sent = house.client("Priya Shah").post(reverse("add-note", args=[house.allocated]), form)
    assert sent.status_code == 302
    assert any(MARK in one for one in heard)
    assert statements == []
    assert event(house.allocated, "note.added").data["text"] == SAMPLE


SENDING = frozenset({"execute", "executemany", "RawSQL", "raw", "extra", "RunSQL", "copy_expert", "SQL"})
# A name that stands for one of a few constants or for `sql.SQL(...)` some lines above, or what a function made of it.
MADE = {
    "adapters/postgres/backup.py": {"statement"},
    "records/roles.py": {"_with_password(connection, role, password)"},
}  # fmt: skip


def built(name, text):
    """Statements that are put together out of something else than constants and `psycopg.sql`'s own quoting."""
    return [
        f"{name}:{node.lineno} {ast.unparse(node)[:90]}" for called, node in calls(text)
        if called in SENDING and node.args and not _is_whole(name, called, node.args[0])
    ]  # fmt: skip


def _is_whole(name, called, statement):
    if is_fixed(statement):
        return True
    if called == "SQL":
        # What `sql.SQL` is given is taken as it stands: a name from a table of rights, never what somebody typed.
        return isinstance(statement, ast.Name) and statement.id == "right"
    said = ast.unparse(statement)
    composed = isinstance(statement, ast.Call) and said.startswith(("sql.SQL(", "make.format("))
    return composed or said in MADE.get(name, ())


def test_no_statement_is_put_together_out_of_text():
    """Beside ruff's own S608, which sees what looks like SQL; this sees whatever is sent."""
    assert [fault for name, text in modules().items() for fault in built(name, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "cursor.execute(f'SELECT {name}')", "cursor.execute('SELECT ' + name)", "cursor.execute('SELECT %s' % name)",
        "cursor.execute('SELECT {}'.format(name))", "Staff.objects.raw(query)", "Staff.objects.extra(where)",
        "RawSQL(f'x = {y}', [])", "sql.SQL(name)", "sql.SQL(f'SELECT {name}')", "connection.execute(statement)",
    ],
)  # fmt: skip
def test_the_check_sees_one_that_is(text):
    assert built("made_up.py", text)


@pytest.mark.parametrize(
    "text",
    ["cursor.execute('SELECT %s', [name])", "cursor.execute(MOVE_ON, [name])", "RawSQL(MANAGED, [name])",
     "connection.execute(sql.SQL('DROP TABLE {}').format(sql.Identifier(name)))"],
)  # fmt: skip
def test_and_none_where_there_is_none(text):
    assert built("made_up.py", text) == []
