"""What people type when they look somebody up, and what of it can be compared."""

from __future__ import annotations

from datetime import date

import pytest

from cairn.core.people.particulars import Age, PartialDate
from cairn.interfaces.web.forms.looking import Typed, from_box, looked_for

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Ify Okafor", Typed("Ify", "Okafor")),
        ("Okafor, Ify", Typed("Ify", "Okafor")),
        ("Okafor", Typed("Okafor")),
        ("Mary Ann Okafor 11/2/2019", Typed("Mary Ann", "Okafor", "11/2/2019")),
        ("11 feb 2019", Typed(born="11 feb 2019")),
        ("fc-204816", Typed(other="fc-204816")),
        ("943 476 5919", Typed(other="943 476 5919")),
        ("Okafor FE1 2AB", Typed("Okafor", other="FE1 2AB")),
        ("  ", Typed()),
    ],
)
def test_one_box_is_told_apart(text, typed):
    assert from_box(text) == typed


def test_our_own_number_is_looked_up_as_it_stands():
    assert looked_for(from_box("fc 204816"), TODAY).number == "FC-204816"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("11 2 2019", "born", date(2019, 2, 11)),
        ("February 2019", "born", PartialDate(2019, 2)),
        ("2019", "born", PartialDate(2019)),
        ("7", "age", Age(7, TODAY)),
        ("aged 7", "age", Age(7, TODAY)),
        ("3 3 2027", "expected", date(2027, 3, 3)),
    ],
)
def test_a_birth_is_taken_as_far_as_it_is_known(text, field, value):
    assert getattr(looked_for(Typed(born=text), TODAY).asked, field) == value


def test_a_date_that_is_none_is_refused_and_not_guessed():
    found = looked_for(Typed(born="31 2 2019"), TODAY)
    assert found.asked.born is None
    assert "real date" in found.born_problem


def test_anything_else_is_understood_piece_by_piece():
    asked = looked_for(Typed(other="St Botolph’s, mother Chichi, girl, 8 Weir Lane FE1 2AB"), TODAY).asked
    assert asked.school == "St Botolph’s"
    assert asked.parents == ("Chichi",)
    assert asked.sex == "F"
    assert (asked.address, asked.postcode) == ("8 Weir Lane", "FE1 2AB")


def test_what_is_not_understood_is_said():
    assert looked_for(Typed(other="has a blue coat"), TODAY).unused == ("has a blue coat",)
