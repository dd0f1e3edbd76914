"""What was said of a person who is looked for, and what the register holds of one who may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which only some parts are known (or that was given as parts and may not exist)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """An age in whole years as it was on a day; without the day an age says nothing."""

    years: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a person. An empty text, tuple or None is "not known", never "has none".

    `aliases` are whole names ("Ify Reed") or single ones ("Ify"). `sex` is the census's F, M or U.
    `expected` is the expected date of birth of an unborn child.
    """

    forename: str = ""
    surname: str = ""
    aliases: tuple[str, ...] = ()
    born: date | PartialDate | None = None
    age: Age | None = None
    expected: date | None = None
    sex: str = ""
    postcode: str = ""
    address: str = ""
    school: str = ""
    parents: tuple[str, ...] = ()
    nhs_number: str = ""
    upn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Particulars):
    """A person as somebody described them: a caller, a form, another authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Particulars):
    """A person on the register.

    With `address_restricted` the address is neither shown nor compared: whoever could see an address agree
    would have had it confirmed.
    """

    id: str
    address_restricted: bool = False
