"""AZ-13: no way to a record but the door, read from the source itself; each rule is seen red on a line made up for it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from tests.attacks.source import calls, imports, modules

from cairn.interfaces.web.urls import urlpatterns

MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SQL_CALLS = frozenset({"cursor", "raw", "extra", "RawSQL"})
SELECTS = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")
# What stands outside all the same, and why it reaches no record.
EXCUSED = {
    ("managers", "adapters/second_factors.py"): "the sign-in library's own tables, which hold no record",
    ("raw sql", "application/sign_in.py"): "asks the database for its own name",
    ("raw sql", "config/checks.py"): "asks the server for its own settings",
}


def models(text: str) -> Iterator[str]:
    """Models imported."""
    yield from (one for one in imports(text) if one.startswith("cairn.records.models"))


def managers(text: str) -> Iterator[str]:
    """A manager of a table, by which rows are read past the door."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and (node.attr in MANAGERS or is_listed(node)):
            yield ast.unparse(node)


def is_listed(node: ast.Attribute) -> bool:
    """Whether it is the other manager of a model: what is no class has a `listed` of its own."""
    return node.attr == "listed" and isinstance(node.value, ast.Name) and node.value.id[0].isupper()


def raw_sql(text: str) -> Iterator[str]:
    """A statement of our own."""
    yield from (ast.unparse(node) for name, node in calls(text) if name in SQL_CALLS)
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.lstrip().startswith(SELECTS)
        ):
            yield node.value


RULES: dict[str, tuple[Callable[[str], Iterator[str]], tuple[str, ...], str]] = {
    "models": (models, ("records/",), "from cairn.records.models import Record"),
    "managers": (managers, ("records/",), "rows = Record.objects.all()"),
    "raw sql": (raw_sql, ("records/", "adapters/postgres/"), "connection.cursor().execute('SELECT 1')"),
}


@pytest.mark.parametrize("rule", RULES)
def test_az_13_outside_its_own_place_there_is_none(rule):
    finds, places, _ = RULES[rule]
    found = {path: list(finds(text)) for path, text in modules().items() if not path.startswith(places)}
    offences = {path: said for path, said in found.items() if said}
    assert offences.keys() == {path for kind, path in EXCUSED if kind == rule}, offences


@pytest.mark.parametrize("rule", RULES)
def test_az_13_a_line_against_the_rule_is_seen(rule):
    finds, _, line = RULES[rule]
    assert list(finds(f"def view(request):\n    {line}\n")) != []
    assert list(finds("def view(request):\n    opened = open_record(actor, record)\n")) == []


def without_policy(patterns: list) -> list[str]:
    """The addresses whose view says of nobody that they may come there."""
    return [str(one.name) for one in patterns if not getattr(one.callback, "policy", "")]


def test_az_13_every_view_has_a_policy_line_and_one_without_is_seen():
    assert without_policy(urlpatterns) == []
    bare = SimpleNamespace(name="bare", callback=raw_sql)
    assert without_policy([*urlpatterns, bare]) == ["bare"]
