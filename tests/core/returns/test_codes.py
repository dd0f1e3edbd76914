"""Reading code sets, and the years in which a code may be used."""

import pytest

from cairn.core.returns.codes import CodeSet, CodeSetFault, CodeSets

HEAD = "code,ours,label,first_year,last_year,note\n"


def test_a_code_keeps_itself_where_we_have_no_word_of_our_own():
    codes = CodeSet.from_csv("made_up", HEAD + "A1,,First,,,\nB2,second,Second,,,\n")
    assert [code.ours for code in codes.by_code.values()] == ["A1", "second"]
    assert codes.census_code("second") == "B2"
    assert codes.census_code("third") is None
    assert codes.label("A1") == "First"
    assert codes.label("C3") == "C3"


def test_a_code_is_valid_only_in_its_years():
    codes = CodeSet.from_csv("made_up", HEAD + "OLD,,Old,,2021,\nNEW,,New,2022,,\nEVER,,Ever,,,\n")
    assert [bool(codes.get("OLD", year)) for year in (2020, 2021, 2022)] == [True, True, False]
    assert [bool(codes.get("NEW", year)) for year in (2021, 2022, 2023)] == [False, True, True]
    assert codes.get("EVER", 1999)
    assert codes.get("NEVER", 1999) is None


@pytest.mark.parametrize(
    "text",
    [
        "code,label\nA,First\n",
        HEAD + "A,,First,,,\nA,,Again,,,\n",
        HEAD + "A,,,,,\n",
        HEAD + "A,,First\n",
        "",
    ],
)
def test_a_file_that_does_not_hold_together_is_a_mistake_of_ours(text):
    with pytest.raises(CodeSetFault, match="made_up"):
        CodeSet.from_csv("made_up", text)


def test_all_sets_are_read_by_their_names():
    texts = {name: HEAD + f"X,,{name},,,\n" for name in CodeSets.names()}
    assert CodeSets.from_csv(texts).ethnicity.label("X") == "ethnicity"
