"""What stands around a case's duties: contacts that were sent back, and who belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

RETURNED, COMPLETED = "contact.returned", "contact.completed"


def asked_and_answered(view: View, contact: Strand) -> tuple[Event, ...]:
    """What a manager asked about a contact and what the contact centre answered, in order, corrections taken in."""
    return tuple(event for event in view.standing.scope(contact) if event.type in (RETURNED, COMPLETED))


def awaited(view: View, contact: Strand) -> Event | None:
    """The return of a contact that is not answered yet; None where nothing is waited for, or it is decided."""
    said = asked_and_answered(view, contact) if contact.ended is None else ()
    return said[-1] if said and said[-1].type == RETURNED else None


def returned(view: View) -> list[Event]:
    """The contacts of a record that the contact centre has to complete: the latest return of each."""
    contacts = [one for one in view.standing.strands.values() if one.kind == "contact"]
    return [found for one in contacts if (found := awaited(view, one)) is not None]


def relatives(view: View) -> frozenset[str]:
    """The records of brothers and sisters that this record names."""
    named = (event.data.get("record") for event in view.standing.events if event.type == "sibling.listed")
    return frozenset(str(record) for record in named if record)


def families(links: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Who belongs together: for each record, all that it is linked with, through others too."""
    family: dict[str, set[str]] = {record: {record} for record in links}
    for record, others in links.items():
        for other in others:
            joined = family[record] | family.get(other, {other})
            for member in joined:
                family[member] = joined
    return {record: frozenset(members) for record, members in family.items()}
