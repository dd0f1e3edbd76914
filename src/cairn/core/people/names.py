"""How a person's name and age are shown, and the day on which an age is reached."""

from __future__ import annotations

from datetime import date
from typing import Final

from cairn.core.calendar.ages import age_on
from cairn.core.calendar.ages import birthday as turns
from cairn.core.people.particulars import PartialDate

__all__ = [
    "age_in_words",
    "age_on",
    "birthday",
    "display_name",
    "initials",
    "list_name",
    "long_date",
    "long_partial_date",
    "turns",
]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_IN_YEAR: Final = 12
MONTHS_TOLD_UNDER: Final = 24


def display_name(forename: str, surname: str) -> str:
    """The name as it is read: first name before surname, spaces tidied; "Name not known" where there is none."""
    return " ".join(f"{forename} {surname}".split()) or "Name not known"


def list_name(forename: str, surname: str) -> str:
    """The name as a list sorts it: "Okafor, Ifeoma"; a single name stands alone."""
    parts = (" ".join(surname.split()), " ".join(forename.split()))
    return ", ".join(part for part in parts if part) or "Name not known"


def initials(forename: str, surname: str) -> str:
    """The first letter of each part of the name, a double surname's second part too: "IOR"."""
    parts = f"{forename} {surname}".replace("-", " ").split()
    return "".join(next((sign for sign in part if sign.isalpha()), "") for part in parts).upper()


def long_date(day: date) -> str:
    """A date in words: "3 March 2027"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_partial_date(given: date | PartialDate) -> str:
    """A date, or what is known of one, in words: "February 2019", "11 February", "2019"."""
    month = given.month
    named = MONTHS[month - 1] if month and 1 <= month <= MONTHS_IN_YEAR else month and f"month {month}"
    return " ".join(str(part) for part in (given.day, named, given.year) if part) or "no date"


def birthday(born: date, year: int) -> date:
    """The day of `year` on which a person's age goes up; for one born on 29 February see `calendar.ages`.

    (A time limit of so many months or years is another thing: it is clipped to the month's last day.)
    """
    return turns(born, year - born.year)


def age_in_words(born: date | None, day: date, expected: date | None = None) -> str:
    """The age as it is shown on `day`.

    Years from the second birthday ("7"), months before it ("4 months"), days in the first month
    ("12 days"), "unborn, expected 3 March 2027" for an unborn child, "age not known" where no date is.
    """
    if born is None:
        return "age not known" if expected is None else _unborn(expected, day)
    if day < born:
        return "not yet born"
    months = _months_on(born, day)
    if months >= MONTHS_TOLD_UNDER:
        return str(age_on(born, day))
    if months:
        return _counted(months, "month")
    return _counted((day - born).days, "day") if day > born else "born today"


def _unborn(expected: date, day: date) -> str:
    tense = "expected" if day <= expected else "was expected"
    return f"unborn, {tense} {long_date(expected)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _months_on(born: date, day: date) -> int:
    """Whole months of age; a month without the day of birth is full when it has ended, as with 29 February."""
    months = (day.year - born.year) * MONTHS_IN_YEAR + day.month - born.month
    return months - (day.day < born.day)
