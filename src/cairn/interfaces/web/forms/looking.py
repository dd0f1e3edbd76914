"""Looking for a person: from what was typed to what can be compared. What cannot be used is said, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cairn.core.people.identifiers import tidy_number, upn_fault
from cairn.core.people.names import MONTHS
from cairn.core.people.particulars import Age, Asked, PartialDate
from cairn.interfaces.web.forms.dates import Unreadable, read_date

OUR_NUMBER = re.compile(r"\bFC[ -]?(\d{1,12})\b", re.ASCII | re.IGNORECASE)
DATE = re.compile(
    r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:st|nd|rd|th)?[ ./-]+(?:\d{1,2}|[a-z]{3,9})[ ,./-]+\d{4})\b",
    re.ASCII | re.IGNORECASE,
)
NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.ASCII | re.IGNORECASE)
PARENT = re.compile(
    r"^(?:mother|father|mum|mam|dad|parent|carer|gran|grandmother|grandfather)\b[: ]*(.+)$", re.IGNORECASE
)
ALSO = re.compile(r"^(?:also known as|known as|also|aka)\b[: ]*(.+)$", re.IGNORECASE)
AGED = re.compile(r"^(?:aged? )?(\d{1,2})(?: ?(?:years? old|years?|yrs?|y))?$", re.IGNORECASE)
SCHOOL = re.compile(
    r"\b(school|primary|academy|college|nursery|infants?|juniors?|high|grammar|playgroup)\b|^(st|saint)\b\.?",
    re.IGNORECASE,
)
MONTH_NAMES = [month[:3].lower() for month in MONTHS]
SEXES = {"girl": "F", "female": "F", "boy": "M", "male": "M"}
NAMES = ("first_name", "surname", "born", "other")
# Of a box; more is no name, and would be compared with everybody's for a long time.
MOST_CHARACTERS = 200
SHOWN = 60


@dataclass(frozen=True)
class Typed:
    """What was typed into the four boxes, kept as it stands."""

    first_name: str = ""
    surname: str = ""
    born: str = ""
    other: str = ""

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> Typed:
        """From a submitted form, or from a draft."""
        return cls(**{name: _tidy(str(posted.get(name) or "")) for name in NAMES})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not any((self.first_name, self.surname, self.born, self.other))

    @property
    def too_long(self) -> tuple[str, ...]:
        """The names of the boxes that hold more than can be looked for."""
        return tuple(name for name in NAMES if len(getattr(self, name)) > MOST_CHARACTERS)

    @property
    def name(self) -> str:
        """The name as typed."""
        return f"{self.first_name} {self.surname}".strip()


@dataclass(frozen=True)
class LookedFor:
    """What can be looked for: a description, or our own `number`. `unused` is what was not understood.

    `born_problem` says why the date of birth cannot be read, and is empty where it can.
    """

    asked: Asked = field(default_factory=Asked)
    number: str = ""
    unused: tuple[str, ...] = ()
    born_problem: str = ""


def from_box(text: str) -> Typed:
    """The one box of the header, told apart: numbers and postcodes, a date, and the rest is a name."""
    text = _tidy(text)
    if len(text) > MOST_CHARACTERS:
        return Typed(first_name=text)
    others: list[str] = []
    for pattern in (OUR_NUMBER, NHS, POSTCODE):
        found = pattern.search(text)
        if found:
            others.append(found[0])
            text = _tidy(text.replace(found[0], " "))
    born = DATE.search(text)
    name = _tidy(text.replace(born[0], " ")) if born else text
    first, surname = _named(name)
    return Typed(first, surname, born[0] if born else "", ", ".join(others))


def _named(text: str) -> tuple[str, str]:
    """Both "Okafor, Ify" and "Ify Okafor"; a single name stands as the first, and is compared with both."""
    last, comma, first = (part.strip() for part in text.strip(" ,").partition(","))
    if comma and first:
        return first, last
    before, _, after = last.rpartition(" ")
    return (before, after) if before else (after, "")


def looked_for(typed: Typed, today: date) -> LookedFor:
    """What the four boxes say, ready to be compared. An age is one as of `today`. A box too long is not used."""
    unused = tuple(f"{getattr(typed, name)[:SHOWN]}…" for name in typed.too_long)
    typed = replace(typed, **dict.fromkeys(typed.too_long, ""))
    found = LookedFor(Asked(forename=typed.first_name, surname=typed.surname), unused=unused)
    found = _with_birth(found, typed.born, today)
    for piece in re.split(r"[,;\n]", typed.other):
        if _tidy(piece):
            found = _with_piece(found, _tidy(piece), today)
    return found


def _with_birth(found: LookedFor, text: str, today: date) -> LookedFor:
    if not text:
        return found
    whole = read_date(text, "", "")
    if isinstance(whole, date) and whole > today:
        return replace(found, asked=replace(found.asked, expected=whole))
    if isinstance(whole, date):
        return replace(found, asked=replace(found.asked, born=whole))
    part = _partial(text)
    if part is not None:
        return replace(found, asked=replace(found.asked, born=part))
    aged = AGED.match(text)
    if aged:
        return replace(found, asked=replace(found.asked, age=Age(int(aged[1]), today)))
    problem = whole.problem if isinstance(whole, Unreadable) else "needs to be a date"
    return replace(found, born_problem=problem)


def _partial(text: str) -> PartialDate | None:
    """As in "2019" or "February 2019": as much of a date as somebody knew."""
    found = re.fullmatch(r"(?:([a-z]{3,9}) )?(\d{4})", text.lower(), re.ASCII)
    if found is None:
        return None
    month = found[1][:3] if found[1] else ""
    if month and month not in MONTH_NAMES:
        return None
    return PartialDate(year=int(found[2]), month=MONTH_NAMES.index(month) + 1 if month else None)


def _with_piece(found: LookedFor, piece: str, today: date) -> LookedFor:
    number = OUR_NUMBER.fullmatch(piece)
    if number:
        return replace(found, number=f"FC-{number[1]}")
    understood = _numbered(piece, found.asked) or _said(piece, found.asked, today)
    if understood is not None:
        return replace(found, asked=understood)
    return replace(found, unused=(*found.unused, piece))


def _numbered(piece: str, asked: Asked) -> Asked | None:
    if NHS.fullmatch(piece):
        return replace(asked, nhs_number=tidy_number(piece))
    if upn_fault(piece) is None:
        return replace(asked, upn=tidy_number(piece))
    postcode = POSTCODE.search(piece)
    if postcode is None:
        return None
    address = _tidy(piece.replace(postcode[0], " ")) or asked.address
    return replace(asked, postcode=postcode[0].upper(), address=address)


def _said(piece: str, asked: Asked, today: date) -> Asked | None:
    parent, also, aged = PARENT.match(piece), ALSO.match(piece), AGED.match(piece)
    if parent:
        return replace(asked, parents=(*asked.parents, parent[1]))
    if also:
        return replace(asked, aliases=(*asked.aliases, also[1]))
    if aged:
        return replace(asked, age=Age(int(aged[1]), today))
    if piece.lower() in SEXES:
        return replace(asked, sex=SEXES[piece.lower()])
    if SCHOOL.search(piece):
        return replace(asked, school=piece)
    return replace(asked, address=piece) if piece[0].isdigit() else None


def _tidy(text: str) -> str:
    return " ".join(text.replace("\x00", "").split()).strip(" ,")
