"""The one door in: an act from a page becomes events, with all that follows, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cairn.application import signing
from cairn.application.actors import Actor
from cairn.application.descent import descent_refused
from cairn.application.door import FRONT_DOOR_ADDS, open_record, refused_by_role
from cairn.application.family_documents import faults_of
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.projecting import project
from cairn.application.referrers import Apart, apart, keep
from cairn.application.refused import Moved, Refused
from cairn.application.transfer_acts import filled
from cairn.core.access.fields import holds_a_mark
from cairn.core.calendar.london import TimeFault, parse_moment, parse_roughly, say_instant
from cairn.core.calendar.moment import Moment
from cairn.core.engine.departures import DEPARTED, of_its_rule
from cairn.core.engine.gates import Refusal
from cairn.core.engine.view import View, derive, gates
from cairn.core.history.belonging import in_its_strand
from cairn.core.history.event import Author, Event
from cairn.core.history.history import BORN, CORRECTED, DESCRIBED, WITHDRAWN
from cairn.core.vocabulary.check import DataFault, check_data
from cairn.core.vocabulary.model import Act, EventType
from cairn.core.vocabulary.yields import Yielded, events_of
from cairn.records import ledger, outbox, register, submissions

WITHHELD = Refused(
    "not allowed",
    "A part of this is withheld from you, so it cannot be written down as it stands",
    "Ask somebody who may see it, such as the manager of the child’s team, to do it.",
)
# How far the clocks of two servers may be apart.
SERVERS_APART = timedelta(minutes=5)
# With these an unborn child's record becomes the child's, or, where a birth is withdrawn, the unborn child's again.
TURNING = frozenset({BORN, DESCRIBED, CORRECTED, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Request:
    """One act as a page sends it.

    `record` None opens a new record of `new_kind`; `at` is when it happened (text as in a case
    file; empty is now); `seen` is the number of the last event the writer saw (an authorisation
    rests on it); `departures` give a reason for each provision departed from; `key` makes a
    repeated submit one act; `act_id` joins it to the same act on other children's records, or to what it wrote
    before; of the act's events then `only` those of these types are written.
    """

    act: str
    answers: Mapping[str, Any]
    record: UUID | None = None
    new_kind: register.Kind = "child"
    at: str = ""
    strand: str | None = None
    seen: int | None = None
    departures: Mapping[str, str] = field(default_factory=dict)
    key: UUID = field(default_factory=uuid4)
    act_id: UUID | None = None
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act wrote: the record, and the ids of the events in the order of the vocabulary."""

    record: UUID
    events: tuple[str, ...]
    again: bool = False

    def as_result(self) -> dict[str, Any]:
        """For the table of submissions."""
        return {"record": str(self.record), "events": list(self.events)}


def record_act(actor: Actor, request: Request) -> Recorded | Refused:
    """Record one act. A refusal names what is missing, where, and who may go on; nothing is then stored."""
    with transaction.atomic():
        done = record_within(actor, request)
        if isinstance(done, Recorded) and done.again:
            transaction.set_rollback(True)
        return done


def record_within(actor: Actor, request: Request) -> Recorded | Refused:
    """The same inside a transaction of the caller's, for acts that record on several records."""
    act = in_use().vocabulary.acts[request.act]
    refused = refused_by_role(actor, act.name, request.record)
    if refused is not None:
        return refused
    target = _target(actor, request)
    if isinstance(target, Refused):
        return target
    earlier = submissions.look(request.key, actor.id)
    if earlier is not None:
        return _again(earlier)
    drafted = _draft(actor, act, request, target.view)
    if isinstance(drafted, Refused):
        return drafted
    return _kept_from_the_family(actor, target, drafted) or _write(actor, target, drafted, request)


def _kept_from_the_family(actor: Actor, target: _Target, drafted: Sequence[Apart]) -> Refused | None:
    """Why something that a family is given to read cannot be taken: what stands in it that must not."""
    types = in_use().vocabulary.events
    faults = [
        fault
        for one in drafted
        for fault in faults_of(actor, target.id, types[one.event.type], one.event.data)
    ]
    return Refused("not taken", "Some answers cannot be taken", faults=tuple(faults)) if faults else None


def rehearse(actor: Actor, view: View, request: Request) -> View | Refused:
    """The record as it would stand after an act, or why it would be refused. Nothing is written.

    `view` is the record as its door opened it for this actor.
    """
    drafted = _draft(actor, in_use().vocabulary.acts[request.act], request, view)
    if isinstance(drafted, Refused):
        return drafted
    tried = _try(actor, view, [one.event for one in drafted])
    return tried if isinstance(tried, Refused) else tried[1]


def _again(earlier: submissions.Already | submissions.SomebodyElses) -> Recorded | Refused:
    if isinstance(earlier, submissions.SomebodyElses):
        return Refused(
            "not allowed", "This form was sent by somebody else", "Open the page again and send it."
        )
    return Recorded(UUID(earlier.result["record"]), tuple(earlier.result["events"]), again=True)


@dataclass(frozen=True)
class _Target:
    """Where the events go: an open record, held; or one that is registered once they are taken (id None)."""

    id: UUID | None
    view: View
    version: int


def _target(actor: Actor, request: Request) -> _Target | Refused:
    if request.record is None:
        return _Target(None, derive((), in_use(), as_at=now()), 0)
    opened = open_record(
        actor,
        request.record,
        page=f"act:{request.act}",
        what="act",
        lock=True,
        adding=request.act in FRONT_DOOR_ADDS,
    )
    if isinstance(opened, Refused):
        return opened
    return _Target(opened.row.id, opened.view, opened.row.version)


def _draft(actor: Actor, act: Act, request: Request, view: View) -> list[Apart] | Refused:
    """The act's events, not yet written, with what is kept apart of them; faults of their data are refused with the field."""
    if holds_a_mark(request.answers):
        return WITHHELD
    answers = filled(actor, act.name, request.answers, view)
    if isinstance(answers, Refused):
        return answers
    request = replace(request, answers=answers)
    present = _present(view)
    at = _time_of(act, request.at, present)
    if isinstance(at, TimeFault):
        return Refused(
            "not taken", "The time cannot be taken", faults=(DataFault("at", at.reason, at.expected),)
        )
    made = [*_departures(request), *(_of_its_rule(one) for one in _wanted(act, request))]
    vocabulary = in_use().vocabulary
    faults = [fault for one in made for fault in check_data(vocabulary.events[one.type], one.data)]
    if faults:
        return Refused("not taken", "Some answers cannot be taken", faults=tuple(faults))
    act_id = str(request.act_id or uuid4())
    events = [_event(actor, one, request.strand, at, present, act_id) for one in made]
    split = [apart(actor, view, event) for event in events]
    refused = next((one for one in split if isinstance(one, Refused)), None)
    return refused or [one for one in split if isinstance(one, Apart)]


def _present(view: View) -> datetime:
    """The instant of writing: never before that of the entry it answers, which a server with a faster clock took.

    A clock that is further off than servers may be is not followed: no entry is to carry a time that is not yet.
    """
    at, last = now(), view.world.as_at
    return last if at < last <= at + SERVERS_APART else at


def _time_of(act: Act, text: str, present: datetime) -> Moment | TimeFault:
    """When it happened, now where nothing is said; known to the month or the year only of what may be dated so."""
    if not text:
        return Moment.exact(present)
    kinds = [in_use().vocabulary.events[made.event] for made in act.yields]
    return parse_roughly(text) if all(kind.dated_roughly for kind in kinds) else parse_moment(text)


def _wanted(act: Act, request: Request) -> Iterator[Yielded]:
    made = events_of(act, request.answers)
    return (one for one in made if request.only is None or one.type in request.only)


def _departures(request: Request) -> list[Yielded]:
    return [
        Yielded(DEPARTED, {"provision": provision, "reason": reason})
        for provision, reason in request.departures.items()
        if reason.strip()
    ]


def _of_its_rule(made: Yielded) -> Yielded:
    return replace(made, data=of_its_rule(made.data)) if made.type == DEPARTED else made


def _event(
    actor: Actor, made: Yielded, strand: str | None, at: Moment, recorded_at: datetime, act_id: str
) -> Event:
    kind = in_use().vocabulary.events[made.type]
    return Event(
        id=str(ledger.event_id(recorded_at)),
        type=made.type,
        happened_at=at,
        recorded_at=recorded_at,
        author=Author(actor.name, actor.role, str(actor.id)),
        data=made.data,
        strand=strand if kind.within or kind.ends else None,
        act=act_id,
    )


def _write(actor: Actor, target: _Target, kept: Sequence[Apart], request: Request) -> Recorded | Refused:
    drafted = [one.event for one in kept]
    moved = _moved(target, drafted, request)
    if moved:
        return Refused("moved", "Something was recorded while you were writing", moved=moved)
    tried = _try(actor, target.view, drafted)
    if isinstance(tried, Refused):
        return tried
    record = target.id or register.new_id()
    refused = descent_refused(actor, record, target.view, tried[1], page=f"act:{request.act}")
    if refused is not None:
        return refused
    done = Recorded(record, tuple(event.id for event in tried[0]))
    taken = submissions.take(request.key, actor.id, now(), done.as_result())
    if not isinstance(taken, submissions.First):
        return _again(taken)
    if target.id is None:
        register.open_record(request.new_kind, now(), done.record)
    store(done.record, *tried)
    keep(actor, kept)
    return done


def store(record_id: UUID, events: Sequence[Event], view: View) -> None:
    """Write events that were taken, with all their consequences: ledger, projections, outbox.

    The caller holds the record's lock (or has just registered it); `view` is the record with them.
    """
    signing.sign(events)
    stored = ledger.append(record_id, [ledger.NewEvent.of(event) for event in events], expected_version=None)
    if isinstance(stored, ledger.VersionMoved):
        raise TypeError("no version was expected, so none can have moved")
    project(record_id, view, len(view.stream))
    if _is_about_a_birth(events, view):
        register.turn(record_id, born=view.standing.subject.born is not None)
    outbox.put(*(_errand(record_id, event) for event in events))


def _is_about_a_birth(events: Sequence[Event], view: View) -> bool:
    """Whether these events may say of a baby who was expected that it was born, or take that back."""
    return view.standing.subject.expected is not None and any(event.type in TURNING for event in events)


def _errand(record_id: UUID, event: Event) -> outbox.Errand:
    return outbox.Errand(
        kind=event.type,
        deduplication=f"event:{event.id}",
        made_at=event.recorded_at,
        record_id=record_id,
        payload={"event": event.id},
    )


def _moved(target: _Target, drafted: Sequence[Event], request: Request) -> tuple[Moved, ...]:
    """What happened since the writer looked, where the act is an authorisation that rests on what they saw."""
    vocabulary = in_use().vocabulary
    authorises = any(vocabulary.events[event.type].sort == "authorisation" for event in drafted)
    if request.seen is None or not authorises or request.seen >= target.version:
        return ()
    return tuple(
        Moved(vocabulary.events[event.type].title, event.author.name, say_instant(event.recorded_at))
        for event in target.view.stream
        if event.number > request.seen
    )


def _try(actor: Actor, view: View, drafted: Sequence[Event]) -> tuple[list[Event], View] | Refused:
    """The events taken one after the other, each seeing those before it; or every refusal."""
    taken: list[Event] = []
    refused: list[Refusal] = []
    opened_here: dict[str, str] = {}
    for draft in drafted:
        event = signing.bound(view, _in_strand(draft, opened_here, view))
        refused += [
            *gates(view, event),
            *signing.nothing_to_sign(event),
            *signing.by_delegate((one.worker for one in actor.covers), view, event),
            *signing.handed_in_empty(view, event),
        ]
        taken.append(replace(event, number=len(view.stream) + 1))
        opens = view.procedures.vocabulary.events[event.type].opens
        if opens:
            opened_here[opens] = event.id
        view = _with(view, taken[-1])
    if refused:
        return Refused("gates", "This cannot be recorded yet", refusals=tuple(refused))
    return taken, view


def _in_strand(event: Event, opened_here: Mapping[str, str], view: View) -> Event:
    """The event with its strand: what the same act opened, what the writer named, or the only one it may belong to.

    It is written down, so that nothing recorded later can change to which strand the event belongs.
    """
    kind = view.procedures.vocabulary.events[event.type]
    here = next((opened_here[within] for within in kind.within if within in opened_here), None)
    here = here or _of_its_duty(event, kind, view)
    if here:
        return replace(event, strand=here)
    named = view.standing.strands.get(event.strand) if event.strand else None
    if not kind.within:
        # What ends everything ends, where one process was named, the referral or contact that it hangs on.
        return replace(event, strand=named.path[0] if named else None)
    if named is not None and named.kind not in kind.within:
        event = replace(event, strand=None)
    return in_its_strand(event, kind, view.standing.strands)


def _of_its_duty(event: Event, kind: EventType, view: View) -> str | None:
    """The strand of the duty that a departure names, where it may belong to that."""
    named = event.data.get("duty") if event.type == DEPARTED else None
    strand = next((duty.strand for duty in view.duties if duty.key == named), None)
    return strand.id if strand and strand.kind in kind.within else None


def _with(view: View, event: Event) -> View:
    moment = max(view.world.as_at, event.recorded_at, event.happened_at.earliest)
    return derive((*view.stream, event), view.procedures, as_at=moment)
