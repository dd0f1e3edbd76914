"""An address that is kept from people is found again in a text, however it is written there; and nothing else is."""

from __future__ import annotations

import pytest

from cairn.core.letters.addresses import gives_away

KEPT = ("7 Hidden Row, Madeup\nMU1 2AB", "Flat 2, 14b High Court Lane", "MU9 8ZZ", "Rose Cottage, Nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "We meet at 7 Hidden Row, Madeup, MU1 2AB.",
        "we meet at 7 HIDDEN  ROW",
        "7\nHidden\nRow",
        "7, Hidden Row!",
        "The postcode is MU12AB",
        "mu1 2ab",
        "post to m u 9 8 z z",
        "14b High Court Lane",
        "at Flat 2, 14B High Court Lane tomorrow",
        "Rose Cottage, Nowhere",
        "７ Ｈｉｄｄｅｎ Ｒｏｗ",
        "7\u00a0Hidden\u00a0Row",
    ],
)
def test_it_is_found_however_it_is_written(text):
    assert gives_away(text, KEPT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We meet at your home.",
        "17 Hidden Row",
        "7 Hidden Rowan Street",
        "Hidden",
        "MU1 2AC",
        "Flat 2",
        "Madeup",
    ],
)
def test_what_only_looks_like_it_is_let_alone(text):
    assert not gives_away(text, KEPT)


def test_where_nothing_is_kept_nothing_is_given_away():
    assert not gives_away("7 Hidden Row", ())
    assert not gives_away("anything", ("", " "))
