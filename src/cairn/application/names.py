"""Under which names and keys a record is filed, and who may be meant by a description."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cairn.application.procedures import short_forms
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.people.keys import keys_of
from cairn.core.people.particulars import Known
from cairn.core.people.spelling import words
from cairn.records import search


def index(record_id: UUID, view: View) -> None:
    """File a record under the names and keys of whom it is about."""
    known = known_from(str(record_id), view)
    named = [f"{known.forename} {known.surname}".strip(), *known.aliases]
    filed = {name: search.NameToFile(name, folded(name)) for name in named if name}
    search.file_under(record_id, filed.values(), keys_of(known, short_forms()))


def folded(name: str) -> str:
    """A name in small letters without accents."""
    return " ".join(words(name))


def known_from(record_id: str, view: View) -> Known:
    """What the record holds of whom it is about, for comparing with a description."""
    described = _laid_over(view.standing.events, "person.described")
    lives = _laid_over(view.standing.events, "address.recorded")
    subject = view.standing.subject
    forename, surname = split_name(described)
    return Known(
        id=record_id,
        forename=forename,
        surname=surname,
        aliases=_aliases(described),
        born=subject.born,
        expected=subject.expected,
        sex=str(described.get("sex", "")),
        postcode=str(lives.get("postcode", "")),
        address=str(lives.get("address", "")),
        address_restricted=lives.get("restricted") is True,
        school=str(described.get("school", "")),
        parents=_parents(view.standing.events),
        nhs_number=str(described.get("nhs_number", "")),
        upn=str(described.get("upn", "")),
    )


def split_name(described: dict[str, object]) -> tuple[str, str]:
    """Forename and surname: as recorded apart, or the whole name's last word as the surname."""
    if described.get("forename") or described.get("surname"):
        return str(described.get("forename", "")), str(described.get("surname", ""))
    first, _, last = str(described.get("name", "")).strip().rpartition(" ")
    return (first, last) if first else (last, "")


def _aliases(described: dict[str, object]) -> tuple[str, ...]:
    also = described.get("also_known_as")
    named = [str(one) for one in also] if isinstance(also, list | tuple) else []
    return tuple(name for name in (str(described.get("known_as", "")), *named) if name)


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
