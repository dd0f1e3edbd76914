"""What the rules set for a brother or sister (Peterborough 3.6 to 3.8), and what may be copied to them (3.10, 3.11)."""

from __future__ import annotations

import pytest

from cairn.application.procedures import shipped_vocabulary
from cairn.application.siblings import COPIED, REFERRED, default_for

REACHES = {"concern_kind": ["domestic_violence"], "affects_other_children": True}


@pytest.mark.parametrize("kind", ["child_protection", "neglect", "domestic_violence"])
def test_a_worry_that_reaches_others_opens_a_referral_in_the_household(kind):
    found = default_for({"concern_kind": [kind], "affects_other_children": True}, "same")
    assert (found.decision, found.paragraph) == ("open", "3.7")


def test_what_is_limited_to_one_child_opens_none():
    found = default_for({"concern_kind": ["teenage_pregnancy"], "affects_other_children": False}, "same")
    assert (found.decision, found.paragraph) == ("do_not_open", "3.8")


def test_one_worry_of_several_that_reaches_others_is_enough():
    found = default_for({**REACHES, "concern_kind": ["learning_disability", "neglect"]}, "same")
    assert found.decision == "open"


@pytest.mark.parametrize(
    ("referral", "household", "why"),
    [
        ({}, "same", "what kind of worry"),
        ({"concern_kind": ["neglect"]}, "same", "whether the worry reaches other children is not known"),
        ({"concern_kind": ["neglect"], "affects_other_children": False}, "same", "does not reach"),
        (REACHES, "other", "they live elsewhere"),
        (REACHES, "", "where they live is not known"),
        ({"concern_kind": ["teenage_pregnancy"]}, "same", "for you to decide"),
        ({"concern_kind": ["housing_or_money"], "affects_other_children": True}, "same", "for you to decide"),
    ],
)
def test_what_is_not_known_sets_nothing(referral, household, why):
    found = default_for(referral, household)
    assert found.decision == ""
    assert found.paragraph == "3.6"
    assert why in found.why


def test_nothing_is_copied_but_what_the_contact_says_of_all_the_children():
    """What was found out about, decided on or planned for the first child alone is in neither list."""
    contact = {field.name for field in shipped_vocabulary().events["contact.received"].fields}
    assert set(COPIED) <= contact
    of_the_first_child = {
        "how_known",
        "in_danger",
        "also_about",
        "child_views",
        "development",
        "parenting",
        "earlier_enquiries",
    }
    assert not of_the_first_child & {*COPIED, *REFERRED}
