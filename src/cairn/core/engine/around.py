"""What stands around a case's duties: what is booked, what others have been asked for, and who belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

BOOKINGS = frozenset({"visit.booked", "meeting.booked"})
RETURNED, COMPLETED = "contact.returned", "contact.completed"


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit or meeting that is to come."""

    event: Event
    title: str
    when: Moment
    place: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency that was asked and has not answered: since when, and how often it was asked."""

    event: Event
    agency: str
    since: Moment
    times: int


def bookings(view: View) -> list[Booking]:
    """What is booked from now on, the soonest first. One whose time is not known is left out: it is no booking."""
    found: list[Booking] = []
    for event in view.standing.events:
        when = event.data.get("when")
        if event.type not in BOOKINGS or not isinstance(when, str):
            continue
        moment = parse_moment(when)
        if not isinstance(moment, TimeFault) and moment.latest >= view.world.as_at:
            kind = view.procedures.vocabulary.events[event.type]
            found.append(Booking(event, kind.title, moment, str(event.data.get("place", ""))))
    return sorted(found, key=lambda one: one.when.latest)


def unanswered(view: View) -> list[Asked]:
    """The agencies that were asked and have not answered since, the longest silent first."""
    asked: dict[str, Asked] = {}
    kind = view.procedures.vocabulary.events["check.requested"]
    for event in view.standing.events:
        agency = str(event.data.get("agency", ""))
        if event.type == "check.answered":
            asked.pop(agency, None)
        elif event.type == "check.requested":
            before = asked.get(agency)
            field = kind.field("agency")
            label = (
                next((one.label for one in field.options if one.value == agency), agency) if field else agency
            )
            since = before.since if before else event.happened_at
            asked[agency] = Asked(event, label, since, before.times + 1 if before else 1)
    return sorted(asked.values(), key=lambda one: one.since.latest)


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
