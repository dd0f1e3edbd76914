"""The table of attacks names tests that are there, every module of attacks is in it, and its page says what it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.meta.attacks import COLUMNS, PAGE, TABLE, order, page, rows

ROOT = Path(__file__).parents[2]
# `path` or `path::name of a test`; several are parted by a blank.
TEST = re.compile(r"(?P<path>tests/[\w/]+\.py)(::(?P<name>test_\w+))?")
NO_SURFACE = "No surface: "
# What has to be tried, or said why not.
IDS = {
    *(f"AZ-{number}" for number in range(1, 15)),
    *(f"AU-{number}" for number in (1, 2, 3, 4, 5, 6, 8, 10)),
    *(f"IN-{number}" for number in range(1, 13)),
    *(f"CO-{number}" for number in range(1, 11)),
    *(f"LG-{number}" for number in (1, 2, 3, 10)),
    *(f"TI-{number}" for number in range(1, 8)),
    *("RE-1", "RE-2", "RE-5", "SU-5", "SU-6"),
}


def is_there(test: str) -> bool:
    """Whether a test of that name stands in that module, or for a module alone whether it has any."""
    found = TEST.fullmatch(test)
    if found is None or not (ROOT / found["path"]).is_file():
        return False
    read = ast.walk(ast.parse((ROOT / found["path"]).read_text("utf-8")))
    names = {one.name for one in read if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}
    return found["name"] in names if found["name"] else bool(names)


def test_the_table_has_its_columns_and_each_id_once():
    assert TABLE.read_text("utf-8").splitlines()[0].split(",") == list(COLUMNS)
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids, key=order)
    assert IDS - set(ids) == set(), "tried, or why there is nothing to try"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_row_names_tests_that_are_there_or_says_why_there_is_none(row):
    tests = row["test"].split()
    assert row["tried"]
    assert row["found"], "what it found: nothing, or why nothing could be tried"
    assert bool(tests) != row["found"].startswith(NO_SURFACE), f"a test, or {NO_SURFACE!r} and why"
    assert [one for one in tests if not is_there(one)] == []


def test_a_test_that_is_not_there_is_seen():
    assert is_there("tests/meta/test_attacks.py")
    assert is_there("tests/meta/test_attacks.py::test_a_test_that_is_not_there_is_seen")
    for wrong in ("tests/meta/test_attacks.py::test_nothing", "tests/meta/test_gone.py", "somewhere"):
        assert not is_there(wrong)


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text("utf-8") == page(), "python -m tests.meta.attacks writes it anew"
