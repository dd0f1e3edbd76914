"""What each finding of a comparison is worth, in bits, and why.

After Fellegi and Sunter: m is how often two descriptions of one person show the finding, u how often those of
two different people do, among those a search brings up. A finding is worth log2(m / u); the sum is read against
a register of about 200,000, where a person picked blindly is the right one with odds of 1 to 2^17.6.

Those brought up are often one family. So u of what a household shares (surname, address, school, parent) is set
by brothers and sisters, not by strangers: that is why a postcode, one in thousands, is worth only 3 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import log2
from typing import Final


@dataclass(frozen=True)
class Weight:
    """m and u of one finding, and why these."""

    of_one_person: float
    of_two_people: float
    why: str


class Grade(Enum):
    """Every finding that a comparison can come to."""

    NOT_KNOWN = Weight(1, 1, "tells nothing either way")

    FORENAME_SAME = Weight(
        0.80, 0.005, "the commonest forenames are borne by about one in 100, most by far fewer"
    )
    FORENAME_SHORT_FORM = Weight(
        0.08, 0.001, "people are called by short forms; few others share the full name"
    )
    FORENAME_SPELLING = Weight(
        0.03, 0.0005, "written down from hearing; as rare in others as the name itself"
    )
    FORENAME_FURTHER = Weight(0.04, 0.001, "a middle name given by one side only")
    FORENAME_EXCHANGED = Weight(
        0.02, 0.001, "first name and surname in each other's place, which others seldom fit"
    )
    FORENAME_SLIP = Weight(
        0.04, 0.002, "one letter off is a slip, or another name: Leo and Leon, Ellie and Ellis"
    )
    FORENAME_MIDDLE = Weight(0.02, 0.005, "called by a middle name; but families pass middle names on")
    FORENAME_ALIKE = Weight(0.02, 0.006, "sounds or begins alike; brothers and sisters are often named so")
    FORENAME_INITIAL = Weight(0.9, 0.08, "an initial fits one in twelve")
    FORENAME_DIFFERS = Weight(0.02, 0.97, "a wrong first name is rare: this is how twins are told apart")

    SURNAME_SAME = Weight(0.78, 0.012, "as common as a surname and as a family among those brought up")
    SURNAME_PART = Weight(0.06, 0.004, "one part of a double name, or its parts in another order")
    SURNAME_SLIP = Weight(0.04, 0.003, "one letter off; surnames are spelt out less often than first names")
    SURNAME_ALIKE = Weight(0.02, 0.004, "written from hearing, or Kowalski and Kowalska")
    SURNAME_EXCHANGED = Weight(0.02, 0.002, "see first name")
    SURNAME_DIFFERS = Weight(
        0.12, 0.97, "children often go by the other parent's surname, so it tells little"
    )

    BORN_SAME = Weight(0.88, 0.0004, "6,574 days in 18 years, and twins")
    BORN_NEW_YEAR = Weight(0.9, 0.015, "1 January is written for those whose birthday nobody knows")
    BORN_SWAPPED = Weight(0.02, 0.00015, "day and month exchanged: a known slip, and one day of 6,574")
    BORN_SLIP = Weight(0.04, 0.005, "one figure off: about 30 days of 6,574 are")
    BORN_MONTH = Weight(0.95, 0.0046, "one of 216 months")
    BORN_DAY_OF_YEAR = Weight(0.95, 0.0027, "one of 365 birthdays")
    BORN_YEAR = Weight(0.95, 0.056, "one of 18 years")
    BORN_DIFFERS = Weight(0.03, 0.99, "dates are taken wrong, but not often beyond one figure")
    BORN_PART_DIFFERS = Weight(0.06, 0.9, "a part of a date is more often a guess")
    AGE_SAME = Weight(0.85, 0.056, "one of 18 years")
    AGE_NEAR = Weight(0.12, 0.11, "a year off is as likely in others: tells nearly nothing")
    AGE_DIFFERS = Weight(0.03, 0.83, "callers are seldom two years out")
    EXPECTED_SAME = Weight(0.7, 0.004, "one of some 270 days")
    EXPECTED_NEAR = Weight(0.25, 0.15, "moved by a scan; so near are many")
    EXPECTED_FITS_BIRTH = Weight(0.97, 0.3, "born between 16 weeks early and 3 weeks late")

    SEX_SAME = Weight(0.98, 0.5, "one of two")
    SEX_DIFFERS = Weight(0.03, 0.5, "misheard or mistyped now and then")

    ADDRESS_SAME = Weight(0.65, 0.08, "the whole household shares it")
    ADDRESS_NEAR = Weight(0.1, 0.05, "a slip, or a move within the neighbourhood")
    ADDRESS_DIFFERS = Weight(0.3, 0.87, "families in trouble move")
    SCHOOL_SAME = Weight(0.8, 0.08, "brothers and sisters share it, and so do hundreds")
    SCHOOL_NEAR = Weight(0.05, 0.03, "half a name of a school")
    SCHOOL_DIFFERS = Weight(0.2, 0.85, "children change schools")
    PARENT_SAME = Weight(0.7, 0.05, "brothers and sisters share it")
    PARENT_NEAR = Weight(0.15, 0.03, "a short form or another spelling of a parent's name")
    PARENT_DIFFERS = Weight(0.3, 0.9, "may be the other parent")

    NUMBER_SAME = Weight(0.97, 0.00003, "given once; wrong only by a mix-up, mostly of twins")
    NUMBER_SLIP = Weight(0.02, 0.0001, "one figure off a number that has a check figure")
    NUMBER_DIFFERS = Weight(0.02, 0.999, "a person has one, barring a mix-up or a temporary number")


BITS: Final = {grade: log2(grade.value.of_one_person / grade.value.of_two_people) for grade in Grade}

# 17.6 bits make even odds in a register of 200,000. Strong is ten to one or better on top of that.
STRONG_FROM: Final = 21.0
# A first name alone that agrees, or a name with a wrong date of birth, is worth a look.
POSSIBLE_FROM: Final = 7.0
# More speaks against it than for it.
HOPELESS_BELOW: Final = 0.0

# A first name that agrees for certain enough that no twin or sister can be meant.
FORENAME_AGREES: Final = frozenset(
    {
        Grade.FORENAME_SAME,
        Grade.FORENAME_SHORT_FORM,
        Grade.FORENAME_SPELLING,
        Grade.FORENAME_FURTHER,
        Grade.FORENAME_EXCHANGED,
    }
)
# Enough with a number that agrees, not without: a twin may be called so.
FORENAME_LIKENS: Final = frozenset({Grade.FORENAME_SLIP, Grade.FORENAME_ALIKE, Grade.FORENAME_MIDDLE})
# A parent and child of one name and address are told apart by nothing else than a date of birth or a number.
BIRTH_AGREES: Final = frozenset(
    {
        Grade.BORN_SAME,
        Grade.BORN_NEW_YEAR,
        Grade.BORN_SWAPPED,
        Grade.BORN_SLIP,
        Grade.BORN_MONTH,
        Grade.BORN_DAY_OF_YEAR,
        Grade.EXPECTED_SAME,
    }
)
# What brothers and sisters share: worth nothing beside another first name.
HOUSEHOLD: Final = frozenset(
    {
        Grade.ADDRESS_SAME,
        Grade.ADDRESS_NEAR,
        Grade.SCHOOL_SAME,
        Grade.SCHOOL_NEAR,
        Grade.PARENT_SAME,
        Grade.PARENT_NEAR,
    }
)
