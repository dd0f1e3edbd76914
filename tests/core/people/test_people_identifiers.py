from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.core.people.identifiers import (
    nhs_check_figure,
    nhs_number_fault,
    upn_check_letter,
    upn_fault,
)


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919"])
def test_an_nhs_number_with_a_fitting_check_figure_is_taken(number):
    assert nhs_number_fault(number) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("9434765918", "nhs-check"),
        ("943476591", "nhs-length"),
        ("94347659190", "nhs-length"),
        ("943476591X", "nhs-not-figures"),
        ("", "nhs-not-figures"),
        ("٩٤٣٤٧٦٥٩١٩", "nhs-not-figures"),
        ("0000000000", "nhs-one-figure"),
        ("1111111111", "nhs-one-figure"),
    ],
)
def test_a_faulty_nhs_number_says_what_is_wrong(number, code):
    fault = nhs_number_fault(number)
    assert fault is not None
    assert fault.code == code
    assert fault.says


def test_nine_figures_whose_check_would_be_ten_begin_no_nhs_number():
    beginning = next(f"{n:09}" for n in range(400_000_000, 400_001_000) if nhs_check_figure(f"{n:09}") == 10)
    assert all(nhs_number_fault(f"{beginning}{last}") for last in range(10))


@given(st.integers(400_000_000, 499_999_999), st.integers(0, 8))
def test_no_slip_of_an_nhs_number_goes_unseen(beginning, at):
    """One figure mistaken, or two neighbours exchanged: what modulus 11 is for."""
    check = nhs_check_figure(str(beginning))
    if check == 10:
        return
    number = f"{beginning}{check}"
    mistaken = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    exchanged = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert nhs_number_fault(number) is None
    assert nhs_number_fault(mistaken) is not None
    assert exchanged == number or nhs_number_fault(exchanged) is not None


def test_the_check_letter_of_a_upn_by_hand():
    """Digits 8 0 1 2 0 0 0 0 1 0 0 1 by places 2 to 13: 16 + 0 + 4 + 10 + 10 + 13 = 53; 53 - 2 x 23 = 7, which is H."""
    assert upn_check_letter("?801200001001") == "H"
    assert upn_fault("H801200001001") is None
    assert upn_fault("h801 2000 01001") is None


@pytest.mark.parametrize(
    ("upn", "code"),
    [
        ("G801200001001", "upn-check"),
        ("1801200001001", "upn-check"),
        ("I80120000100A", "upn-check"),
        ("H80120000100", "upn-length"),
        ("H8012000010012", "upn-length"),
        ("H801200A01001", "upn-not-figures"),
        ("H80120000100I", "upn-last"),
        ("H80120000100O", "upn-last"),
        ("H80120000100S", "upn-last"),
        ("H80120000100?", "upn-last"),
        ("H999200001001", "upn-authority"),
        ("", "upn-length"),
    ],
)
def test_a_faulty_upn_says_what_is_wrong(upn, code):
    fault = upn_fault(upn)
    assert fault is not None
    assert fault.code == code


def test_the_check_letter_of_a_temporary_upn_is_not_checked():
    assert upn_fault("A80120000100A") is None


@given(st.text())
def test_any_text_is_answered(text):
    for fault in (nhs_number_fault(text), upn_fault(text)):
        assert fault is None or fault.says
