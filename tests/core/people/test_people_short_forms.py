from __future__ import annotations

import csv

import pytest
from tests.core.people.conftest import SHORT_FORMS

from cairn.core.people.short_forms import read_short_forms
from cairn.core.people.spelling import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ify", "ifeoma"),
        ("bill", "william"),
        ("katie", "catherine"),
        ("jakub", "kuba"),
        ("tunde", "babatunde"),
    ],
)
def test_short_forms_are_known_both_ways_round(short_forms, one, other):
    assert short_forms.short_for(one, other)
    assert short_forms.short_for(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alexander", "alexandra"),
        ("samuel", "samantha"),
        ("bill", "liam"),
        ("betty", "beth"),
        ("hassan", "hussain"),
        ("ella", "ellie"),
    ],
)
def test_names_that_brothers_and_sisters_bear_side_by_side_are_not_taken_for_one(short_forms, one, other):
    assert not short_forms.short_for(one, other)
    assert short_forms.one_spelling(one) != short_forms.one_spelling(other)


def test_the_spellings_of_a_name_are_brought_to_one(short_forms):
    assert {short_forms.one_spelling(name) for name in ("muhammad", "mohamed", "mohd", "mohammed")} == {
        "mohammed"
    }


def test_a_kind_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no such kind as 'nickname'"):
        read_short_forms(["name,stands_for,kind", "ify,ifeoma,nickname"])


def test_the_shipped_table_is_sound(short_forms):
    with SHORT_FORMS.open(encoding="utf-8") as lines:
        rows = [tuple(row.values()) for row in csv.DictReader(lines)]
    assert len(set(rows)) == len(rows)
    for name, stands_for, kind in rows:
        assert words(name) == (name,), "written as names are compared"
        assert words(stands_for) == ((stands_for,) if stands_for else ())
        assert (kind == "carried") == (not stands_for)
        if kind != "spelling":
            assert short_forms.one_spelling(name) == name, "or the row would never be met"
        assert short_forms.one_spelling(stands_for) == stands_for, "one step, not a chain"
