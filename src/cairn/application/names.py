"""Under which names and keys a record is filed, and who may be meant by a description."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from cairn.application.procedures import short_forms
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import DESCRIBED
from cairn.core.people.around import around
from cairn.core.people.called import described, other_names
from cairn.core.people.keys import keys_of
from cairn.core.people.particulars import Known
from cairn.core.people.spelling import words
from cairn.records import search

# Beside the keys of `core.people.keys`, under which people are looked for: the authority's own number.
NUMBER = "n:"
# The same of those around a child: what records of one family have in common.
FAMILY = "f:"
NO_FAMILY = frozenset({"professional", "friend"})
LONGEST_KEY = 80
# A letter may fold into several; beyond this names are not told apart.
LONGEST = 200


def filing(record_id: UUID, view: View) -> search.Filing:
    """The names and keys of whom a record is about, and the numbers an authority's older system gave them."""
    known = known_from(str(record_id), view)
    named = [f"{known.forename} {known.surname}".strip(), *known.aliases]
    filed = [search.NameToFile(name, folded(name)[:LONGEST]) for name in named if name]
    keys = keys_of(known, short_forms()) | _numbers(view.stream) | family_keys(view)
    return search.Filing.of(record_id, filed, keys)


def _numbers(stream: Iterable[Event]) -> frozenset[str]:
    """Every number ever recorded, a corrected one too: what comes in under it belongs to this record."""
    given = (event.data.get("authority_number") for event in stream if event.type == DESCRIBED)
    return frozenset(f"{NUMBER}{number}" for number in given if number)


def family_keys(view: View) -> frozenset[str]:
    """Under what a record's family is found: everybody around the child, and every record that it names.

    A professional makes no family: of two children with one teacher neither belongs to the other.
    """
    people = [
        one for one in around(view.standing.events, date.max).people if one.text("relation") not in NO_FAMILY
    ]
    named = {one.key for one in people} | {one.text("record") for one in people}
    return frozenset(f"{FAMILY}{one}"[:LONGEST_KEY] for one in named if one)


def folded(name: str) -> str:
    """A name in small letters without accents."""
    return " ".join(words(name))


def known_from(record_id: str, view: View) -> Known:
    """What the record holds of whom it is about, for comparing with a description."""
    known = described(view.standing.events)
    lives = _laid_over(view.standing.events, "address.recorded")
    subject = view.standing.subject
    forename, surname = split_name(known)
    return Known(
        id=record_id,
        forename=forename,
        surname=surname,
        aliases=_aliases(known, view.standing.events),
        born=subject.born,
        expected=subject.expected,
        sex=str(known.get("sex", "")),
        postcode=str(lives.get("postcode", "")),
        address=str(lives.get("address", "")),
        address_restricted=lives.get("restricted") is True,
        school=str(known.get("school", "")),
        parents=_parents(view.standing.events),
        nhs_number=str(known.get("nhs_number", "")),
        upn=str(known.get("upn", "")),
    )


def split_name(described: dict[str, object]) -> tuple[str, str]:
    """Forename and surname: as recorded apart, or the whole name's last word as the surname."""
    if described.get("forename") or described.get("surname"):
        return str(described.get("forename", "")), str(described.get("surname", ""))
    first, _, last = str(described.get("name", "")).strip().rpartition(" ")
    return (first, last) if first else (last, "")


def _aliases(known: dict[str, Any], events: Iterable[Event]) -> tuple[str, ...]:
    also = known.get("also_known_as")
    named = [str(one) for one in also] if isinstance(also, list | tuple) else []
    names = (str(known.get("known_as", "")), *named, *other_names(events, str(known.get("name", ""))))
    return tuple(dict.fromkeys(name for name in names if name))


def _parents(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(
        str(event.data["name"])
        for event in events
        if event.type == "relationship.recorded"
        and event.data.get("name")
        and "parent" in str(event.data.get("relation", ""))
    )


def _laid_over(events: Iterable[Event], kind: str) -> dict[str, object]:
    merged: dict[str, object] = {}
    for event in events:
        if event.type == kind:
            merged |= event.data
    return merged


def day_of(value: object) -> date | None:
    """An ISO date of an event's data, or None."""
    return date.fromisoformat(value) if isinstance(value, str) else None
