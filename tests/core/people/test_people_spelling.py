from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.people.spelling import sound, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("O’Brien", ("obrien",)),
        ("O'Brien", ("obrien",)),
        ("Okafor-Reed", ("okafor", "reed")),
        ("Łukasz Żółć", ("lukasz", "zolc")),
        ("ADÉWÁLÉ", ("adewale",)),
        ("Ọlúwaṣeun", ("oluwaseun",)),
        ("J. Smith", ("j", "smith")),
        ("Twin 1", ("twin",)),
        (" - ", ()),
    ],
)
def test_words_are_letters_only(name, expected):
    assert words(name) == expected


@pytest.mark.parametrize(
    "group",
    [
        "Katherine Catherine Kathryn",
        "Shaun Sean Shawn",
        "Siobhan Shevaun",
        "Niamh Neve",
        "Szymon Simon",
        "Jakub Yakub",
        "Jasmine Yasmin",
        "Yusuf Jusuf Youssef",
        "Okafor Okaphor Okafo'r",
        "Kowalski Kowalska",
        "Chukwu Chuku",
        "Oluwaseun Oluwasheun",
        "Qasim Kassim Khasim",
        "Muhammad Mohamed Mohammed",
        "Aisha Ayesha",
        "Geoff Jeff",
        "Wright Right",
        "McIntyre MacIntyre",
        "Ewa Eva",
        "Paweł Pavel",
        "Philip Filip Phillip",
        "Zofia Sofia",
    ],
)
def test_names_that_sound_alike_share_a_sound(group):
    assert len({sound(word) for name in group.split() for word in words(name)}) == 1


@pytest.mark.parametrize("pair", ["Okafor Adeyemi", "Khan Singh", "Smith Jones", "Nowak Novotny", "Ann Nan"])
def test_names_that_do_not_sound_alike_are_told_apart(pair):
    one, other = words(pair)
    assert sound(one) != sound(other)


@given(st.text())
def test_every_word_has_a_sound_and_is_its_own_word(name):
    for word in words(name):
        assert sound(word)
        assert words(word) == (word,) or not word.isascii()
