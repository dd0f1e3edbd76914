"""What a work list shows beside its duties, read from the streams of the children on it: bookings, and who is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from cairn.application.procedures import in_use
from cairn.core.assessing.stage import assessments, stood
from cairn.core.calendar.moment import Moment
from cairn.core.closing.stage import Closing, open_referrals, sent_back, waiting
from cairn.core.engine.around import families, relatives, returned
from cairn.core.engine.bookings import Booking, State, open_bookings
from cairn.core.engine.checks import open_checks
from cairn.core.engine.view import View, derive
from cairn.core.history.event import Event
from cairn.records import ledger

AT_MOST = 100
# For each stage of an assessment that was sent to somebody, the act by which it goes on.
SENT = {"handed in": "approve-assessment", "returned": "submit-assessment"}
CONTACT_CENTRE = "contact centre"


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A visit or meeting that is booked, and for whom; `state` says whether it is to come, or asks if it happened.

    One that was booked for several children together, and still is at one time and place, is one line with all
    their names; `record` is then the first one's.
    """

    record: UUID
    name: str
    title: str
    when: Moment
    place: str
    state: State = "to come"


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Who is waited for: an agency that was asked, or the contact centre; since when and how often.

    `days` is how long it has been silent; `act` what is done about it, `doing` its words, `about` the entry
    that the act is about.
    """

    record: UUID
    name: str
    whom: str
    since: Moment
    times: int
    days: int = 0
    act: str = "chase-agency"
    doing: str = "Ask again"
    about: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment that waits for a signature, or was returned: by whom it was sent there, and when.

    `strand` is its id; `is_yours` says that the reader's role decides it (or, returned, writes on).
    """

    record: UUID
    name: str
    strand: str
    returned: bool
    by: str
    since: Moment
    is_yours: bool


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """A closing summary that waits for a manager, or was sent back: by whom, and when. `is_yours` as of an assessment."""

    record: UUID
    name: str
    strand: str
    returned: bool
    by: str
    since: Moment
    is_yours: bool


@dataclass(frozen=True)
class Around:
    """Bookings, waits and assessments of some children, and the family each belongs to by name."""

    bookings: tuple[BookingLine, ...]
    waiting: tuple[WaitingLine, ...]
    family_of: dict[UUID, str]
    assessments: tuple[AssessmentLine, ...] = ()
    closings: tuple[ClosingLine, ...] = ()


def around(names: Mapping[UUID, str], at: datetime, role: str = "") -> Around:
    """Read from the streams of at most a hundred records, in one query. The caller has logged them as shown.

    Nobody is told to wait for those of their own `role`: for them it is a thing to do.

    `names` are those of the lists: nothing of a stream is derived but what is shown beside them.
    """
    streams = ledger.read_streams(islice(names, AT_MOST))
    views = {record: derive(stream, in_use(), as_at=at) for record, stream in streams.items()}
    waiting = [
        WaitingLine(
            record,
            names[record],
            one.who,
            one.asked.happened_at,
            one.times,
            days=one.silent_days(at),
            about=one.id,
        )
        for record, view in views.items()
        for one in open_checks(view)
        if one.asked
    ]
    if role != CONTACT_CENTRE:
        waiting += _returned(views, names)
    return Around(
        tuple(sorted(_booked(views, names, at), key=lambda one: one.when.latest)),
        tuple(sorted(waiting, key=lambda one: one.since.latest)),
        _families(views, names),
        tuple(sorted(_assessments(views, names, role), key=lambda one: one.since.latest)),
        tuple(sorted(_closings(views, names, role), key=lambda one: one.since.latest)),
    )


def _booked(views: Mapping[UUID, View], names: Mapping[UUID, str], at: datetime) -> Iterator[BookingLine]:
    """The open bookings; those of one act that are the same but for the child come as one line."""
    together: dict[tuple[object, ...], list[tuple[UUID, Booking]]] = {}
    for record, view in views.items():
        for one in open_bookings(view):
            key = (one.event.act or one.id, one.what, one.when, one.place, one.state(at))
            together.setdefault(key, []).append((record, one))
    for same in together.values():
        first, one = min(same, key=lambda found: names[found[0]])
        whose = ", ".join(sorted(names[record] for record, _ in same))
        yield BookingLine(first, whose, one.what, one.when, one.place, one.state(at))


def _assessments(
    views: Mapping[UUID, View], names: Mapping[UUID, str], role: str
) -> Iterator[AssessmentLine]:
    """The assessments that are handed in and not decided, and those that were returned and not handed in again."""
    acts = in_use().vocabulary.acts
    for record, view in views.items():
        for strand in assessments(view):
            at = stood(view, strand)
            if at.event is None or at.stage not in SENT:
                continue
            yield AssessmentLine(
                record=record,
                name=names[record],
                strand=strand.id,
                returned=at.stage == "returned",
                by=at.event.author.name,
                since=at.event.happened_at,
                is_yours=SENT[at.stage] in acts and role in acts[SENT[at.stage]].roles,
            )


def _closings(views: Mapping[UUID, View], names: Mapping[UUID, str], role: str) -> Iterator[ClosingLine]:
    """The closing summaries that are handed in and not decided, and those that were sent back and not written again."""
    for record, view in views.items():
        for one in waiting(view):
            yield _closing(record, names, one, one.proposed, role)
        for referral in open_referrals(view):
            back = sent_back(view, referral)
            if back is not None and back.decided is not None:
                yield _closing(record, names, back, back.decided, role)


def _closing(record: UUID, names: Mapping[UUID, str], it: Closing, last: Event, role: str) -> ClosingLine:
    returned = it.stage == "sent back"
    act = in_use().vocabulary.acts.get("propose-closure" if returned else "sign-closure")
    return ClosingLine(
        record=record,
        name=names[record],
        strand=it.strand.path[0] if returned else it.id,
        returned=returned,
        by=last.author.name,
        since=last.happened_at,
        is_yours=act is not None and role in act.roles,
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
