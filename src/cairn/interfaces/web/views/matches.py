"""People who may be meant, as cards: why each fits, what tells them apart, and never a score or a restricted address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse

from cairn.application.people import PersonFound
from cairn.core.people.finding import Verdict
from cairn.core.people.names import age_in_words
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.components.base import TagTone
from cairn.interfaces.web.marks import Mark

CLOSED: tuple[str, TagTone] = ("Restricted", "late")
STRENGTHS: dict[str, tuple[str, TagTone]] = {
    "strong": ("Strong match", "done"),
    "possible": ("Possible", "plain"),
    "unlikely": ("Unlikely", "plain"),
}
MARKS: dict[Verdict, Mark] = {
    "same": Mark("done", "Same"),
    "close": Mark("part", "Close"),
    "differs": Mark("no", "Differs"),
    "not known": Mark("not_known", "Not known"),
}
CHILDREN = {"F": "girl", "M": "boy"}
Buttons = Callable[[PersonFound, int], tuple[c.Post | None, c.Post | None]]


def match_card(person: PersonFound, number: int, today: date, buttons: Buttons) -> c.Match:
    """One person of a search. The name leads to the record only where it may be opened."""
    word, tone = CLOSED if person.is_name_alone else STRENGTHS[person.strength]
    use, reject = buttons(person, number)
    return c.Match(
        number=number,
        name=person.name,
        tag=c.Tag(word, tone),
        reasons=tuple((MARKS[line.verdict], line.says) for line in person.lines),
        facts=" ".join(_facts(person, today)),
        href=reverse("child", args=[person.record]) if person.may_open else "",
        use=use,
        reject=reject,
        emergency=_emergency(person),
        know=c.Link("I know this family", reverse("declare-conflict", args=[person.record]), person.name),
    )


def _emergency(person: PersonFound) -> c.Link | None:
    """The way into a record that may not be opened otherwise."""
    if not person.may_break_glass:
        return None
    return c.Link("Open it in an emergency", reverse("break-glass", args=[person.record]), person.name)


def _facts(person: PersonFound, today: date) -> Iterator[str]:
    if person.is_name_alone:
        yield f"No more of this record is shown to you. {person.how_to_ask}"
        return
    known = person.known
    if known is not None:
        about = [age_in_words(person.summary.born, today, known.expected)] if person.summary else []
        yield f"{', '.join([*about, *_sex(known.sex)])}."
        if known.parents:
            yield f"{'Parents' if len(known.parents) > 1 else 'Parent'} {words.listed(known.parents)}."
        if known.address_restricted:
            yield "**Address protected.**"
        elif known.address:
            yield f"Lives at {known.address}."
    yield f"{person.with_whom}. {person.number}."
    if not person.may_open:
        yield f"You may not open this record. {person.how_to_ask}"


def _sex(code: str) -> list[str]:
    return [CHILDREN[code]] if code in CHILDREN else []


def how_many(found: int) -> str:
    """The heading over the matches."""
    if not found:
        return "Nobody on record fits this"
    if found == 1:
        return "1 person may be meant"
    return f"{found} people may be meant, most likely first"
