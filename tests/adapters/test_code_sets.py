"""The census's code sets as they come with the application."""

import pytest

from cairn.adapters import code_sets
from cairn.core.returns.codes import CodeSets

CODES = code_sets.load()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("referral_source", 22),
        ("primary_need", 10),
        ("closure_reason", 9),
        ("assessment_factor", 44),
        ("abuse_category", 5),
        ("disability", 13),
        ("ethnicity", 20),
        ("sex", 3),
        ("upn_unknown", 7),
    ],
)
def test_each_set_has_as_many_codes_as_the_census_of_2025_26(name, number):
    assert len(getattr(CODES, name).by_code) == number


def test_every_referral_source_has_a_word_of_ours_and_comes_back_as_it_went():
    sources = CODES.referral_source
    words = [code.ours for code in sources.by_code.values()]
    assert len(set(words)) == len(words)
    for code in sources.by_code.values():
        assert code.ours != code.code
        assert sources.census_code(code.ours) == code.code


@pytest.mark.parametrize(
    ("census", "ours"),
    [("1C", "individual_self"), ("3B", "health_visitor"), ("5D", "early_help"), ("10", "unknown")],
)
def test_referral_sources_by_example(census, ours):
    found = CODES.referral_source.get(census, 2026)
    assert found is not None
    assert found.ours == ours


@pytest.mark.parametrize(("old", "ours"), [("0", "U"), ("1", "M"), ("2", "F"), ("9", "U")])
def test_the_codes_for_sex_of_earlier_returns_come_to_those_of_today(old, ours):
    found = CODES.gender_current.get(old, 2022)
    assert found is not None
    assert found.ours == ours


def test_codes_are_in_capitals_only_and_withdrawn_ones_are_not_there():
    assert CODES.referral_source.get("1a", 2026) is None
    assert CODES.assessment_factor.get("8A", 2026) is None


def test_every_code_has_a_label():
    for name in CodeSets.names():
        for code in getattr(CODES, name).by_code.values():
            assert code.label.strip() == code.label != ""
