"""What is written of the mutants agrees: the page with the figures, and the figures with the survivors that are listed."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from tests.meta.mutants import accounts, making


def test_the_page_says_what_the_data_say():
    page = accounts.PAGE.read_text()
    assert accounts.drawn() in page, "write it anew with: python -m tests.meta.mutants.accounts"


def test_every_survivor_is_listed_with_a_reason_of_its_own():
    listed = Counter(key[0] for key in accounts.accepted())
    for row in accounts.figures():
        assert int(row["mutants"]) - int(row["killed"]) == listed[row["module"]], row["module"]
    for row in accounts.accepted().values():
        assert row["group"] in accounts.GROUPS
        assert row["reason"]


@pytest.mark.parametrize("part", ["engine", "access"])
def test_of_ten_mistakes_nine_are_noticed(part):
    assert accounts.share(part) >= 0.9


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a < b", "a <= b"),
        ("a is None", "a is not None"),
        ("a and b", "b"),
        ("not a", "a"),
        ("a + 1", "a - 1"),
        ("a + 1", "a + 2"),
        ("b if a else c", "b if False else c"),
        ("[x for x in a if x]", "[x for x in a if True]"),
        ("f(a, key=b)", "f(a)"),
        ("a[1:]", "a[:]"),
        ("{'a', 'b'}", "{'b'}"),
        ("'word'", "'XXword'"),
        ("a.earliest", "a.latest"),
        ("any(a)", "all(a)"),
    ],
)
def test_a_mistake_of_each_kind_is_made(before, after):
    source = f"def f(a, b, c):\n    x = {before}\n    return x\n"
    mistaken = [making.mistaken(ast.parse(source), one) for one in making.mutants("m", ast.parse(source))]
    assert source.replace(before, after).strip() in map(ast.unparse, mistaken)


def test_the_wording_of_a_sentence_is_no_mistake_and_neither_is_a_note_on_types():
    source = 'def f(a: int | None = None) -> "str":\n    """Says it."""\n    x: int | None = a\n    print(f"It is {x}", "so it is")\n'
    assert {one.after for one in making.mutants("m", ast.parse(source))} == {"pass"}
