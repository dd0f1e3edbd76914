"""Each breach of docs/assurance/breaches.md is repeated by a test that is there, or the page says why it has no surface."""

from __future__ import annotations

import re

import pytest
from tests.meta.attacks import ASSURANCE
from tests.meta.test_attacks import NO_SURFACE, is_there

NAMED = re.compile(r"`(tests/[^`]+)`")
# The cases that a reader looks for, by the word that each is known by.
CASES = (
    "Nottinghamshire", "Birmingham", "Achieving for Children", "Charnwood", "Dudley", "Redcar", "St Helens", "Luton", "Bristol",
    "Birthlink", "Hackney", "Advanced", "Better Records Together",
)  # fmt: skip


def cases() -> dict[str, list[str]]:
    """The cells of each row, by its case."""
    lines = (ASSURANCE / "breaches.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows[1:]}


def test_every_case_has_its_row():
    assert [one for one in CASES if not any(one in case for case in cases())] == []


@pytest.mark.parametrize("case", cases())
def test_a_case_is_repeated_by_tests_that_are_there_or_has_no_surface(case):
    happened, here, against, tests = cases()[case]
    named = NAMED.findall(tests)
    assert happened
    assert here
    assert [one for one in named if not is_there(one)] == []
    assert bool(named) != tests.startswith(NO_SURFACE.strip())
    assert bool(named) == bool(against)
