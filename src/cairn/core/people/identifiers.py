"""Whether an NHS number or a unique pupil number (UPN) can be right, and if not, what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NHS_LENGTH: Final = 10
NHS_MODULUS: Final = 11
UPN_LENGTH: Final = 13
UPN_CHECK_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
# First and last of each run of the authority codes that the census accepts (CIN census, rule 1530).
UPN_AUTHORITIES: Final = (
    (1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394),
    (420, 420), (660, 681), (701, 708), (800, 803), (805, 808), (810, 813), (815, 816), (820, 823), (825, 826),
    (830, 831), (835, 841), (845, 846), (850, 852), (855, 857), (860, 861), (865, 896), (908, 909), (916, 916),
    (919, 919), (921, 921), (925, 926), (928, 929), (931, 931), (933, 933), (935, 938), (940, 943),
)  # fmt: skip
DIGITS: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a number: a code for programs and a sentence for the person who typed it."""

    code: str
    says: str


def tidy_number(text: str) -> str:
    """A number without the spaces and hyphens it is written with, in capitals."""
    return "".join(text.replace("-", "").split()).upper()


def nhs_number_fault(text: str) -> Fault | None:
    """None where the text can be an NHS number: 10 figures, the last a modulus 11 check of the others."""
    number = tidy_number(text)
    if not DIGITS.fullmatch(number):
        return Fault("nhs-not-figures", "An NHS number has figures only")
    if len(number) != NHS_LENGTH:
        return Fault("nhs-length", f"An NHS number has 10 figures; this has {len(number)}")
    if len(set(number)) == 1:
        return Fault("nhs-one-figure", "An NHS number is not one figure repeated")
    if nhs_check_figure(number) != int(number[-1]):
        return Fault("nhs-check", "This is not an NHS number: its last figure does not fit the others")
    return None


def nhs_check_figure(number: str) -> int:
    """The check figure for the first nine figures; 10 where no number can begin with them."""
    total = sum(int(figure) * weight for figure, weight in zip(number, range(10, 1, -1), strict=False))
    return (NHS_MODULUS - total % NHS_MODULUS) % NHS_MODULUS


def upn_fault(text: str) -> Fault | None:
    """None where the text can be a UPN, permanent (last a figure) or temporary (last a letter but I, O, S).

    CIN census rules 1510, 1530, 1540, 1550. The check letter is checked for permanent numbers only, as there.
    """
    upn = tidy_number(text)
    if len(upn) != UPN_LENGTH:
        return Fault("upn-length", f"A UPN has 13 characters; this has {len(upn)}")
    return _upn_figures(upn) or _upn_last(upn) or _upn_authority(upn) or _upn_check(upn)


def upn_check_letter(upn: str) -> str:
    """The check letter for the 12 figures after the first character."""
    total = sum(int(figure) * place for place, figure in enumerate(upn[1:], start=2))
    return UPN_CHECK_LETTERS[total % len(UPN_CHECK_LETTERS)]


def _upn_figures(upn: str) -> Fault | None:
    if DIGITS.fullmatch(upn[1:12]):
        return None
    return Fault("upn-not-figures", "Characters 2 to 12 of a UPN are figures")


def _upn_last(upn: str) -> Fault | None:
    if DIGITS.fullmatch(upn[-1]) or upn[-1] in UPN_CHECK_LETTERS:
        return None
    return Fault("upn-last", "The last character of a UPN is a figure, or a letter other than I, O and S")


def _upn_authority(upn: str) -> Fault | None:
    code = int(upn[1:4])
    if any(first <= code <= last for first, last in UPN_AUTHORITIES):
        return None
    return Fault("upn-authority", f"{upn[1:4]}, characters 2 to 4, is not the code of an authority")


def _upn_check(upn: str) -> Fault | None:
    if upn[0] not in UPN_CHECK_LETTERS:
        return Fault("upn-check", "A UPN begins with a letter other than I, O and S")
    if not DIGITS.fullmatch(upn[-1]) or upn[0] == upn_check_letter(upn):
        return None
    return Fault("upn-check", f"This is not a UPN: its first letter, {upn[0]}, does not fit its figures")
