"""What a work list shows beside its duties, read from the streams of the children on it: bookings, and who is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from cairn.application.procedures import in_use
from cairn.core.calendar.moment import Moment
from cairn.core.engine.around import bookings, families, relatives, returned, unanswered
from cairn.core.engine.view import View, derive
from cairn.records import ledger

AT_MOST = 100
CONTACT_CENTRE = "contact centre"


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A visit or meeting to come, and for whom."""

    record: UUID
    name: str
    title: str
    when: Moment
    place: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Who is waited for: an agency that was asked, or the contact centre; since when and how often.

    `act` is what is done about it, `doing` its words.
    """

    record: UUID
    name: str
    whom: str
    since: Moment
    times: int
    act: str = "ask-agency"
    doing: str = "Ask again"


@dataclass(frozen=True)
class Around:
    """Bookings and waits of some children, and the family each belongs to by name."""

    bookings: tuple[BookingLine, ...]
    waiting: tuple[WaitingLine, ...]
    family_of: dict[UUID, str]


def around(names: Mapping[UUID, str], at: datetime, role: str = "") -> Around:
    """Read from the streams of at most a hundred records, in one query. The caller has logged them as shown.

    Nobody is told to wait for those of their own `role`: for them it is a thing to do.

    `names` are those of the lists: nothing of a stream is derived but what is shown beside them.
    """
    streams = ledger.read_streams(islice(names, AT_MOST))
    views = {record: derive(stream, in_use(), as_at=at) for record, stream in streams.items()}
    booked = [
        BookingLine(record, names[record], one.title, one.when, one.place)
        for record, view in views.items()
        for one in bookings(view)
    ]
    waiting = [
        WaitingLine(record, names[record], one.agency, one.since, one.times)
        for record, view in views.items()
        for one in unanswered(view)
    ]
    if role != CONTACT_CENTRE:
        waiting += _returned(views, names)
    return Around(
        tuple(sorted(booked, key=lambda one: one.when.latest)),
        tuple(sorted(waiting, key=lambda one: one.since.latest)),
        _families(views, names),
    )


def _returned(views: Mapping[UUID, View], names: Mapping[UUID, str]) -> list[WaitingLine]:
    """The contacts that were sent back to the contact centre and are not answered."""
    return [
        WaitingLine(
            record,
            names[record],
            "The Contact Centre",
            one.happened_at,
            1,
            act="decide-contact",
            doing="See what was asked",
        )
        for record, view in views.items()
        for one in returned(view)
    ]


def _families(views: Mapping[UUID, View], names: Mapping[UUID, str]) -> dict[UUID, str]:
    """Each record's family by the names of those of it who are on the list."""
    together = families({str(record): relatives(view) for record, view in views.items()})
    by_id = {str(record): name for record, name in names.items()}
    return {
        record: ", ".join(sorted(by_id[member] for member in together[str(record)] if member in by_id))
        for record in views
    }
