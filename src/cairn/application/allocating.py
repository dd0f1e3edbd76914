"""Allocating a child to a worker: whom one may choose and what each holds, and the act itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cairn.application.acting import open_for_act, send_act
from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.door import open_record
from cairn.application.mending import is_done
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Moved, Refused
from cairn.core.calendar.london import say_instant
from cairn.core.engine.duties import DutyView
from cairn.core.protocol.model import Duty
from cairn.records import staff, tallies, ties

ACT = "allocate"
HOLD_CASES = ("social worker", "consultant social worker", "social work assistant")


@dataclass(frozen=True, slots=True)
class WorkerToChoose:
    """Somebody who may be given a child, and how many children they hold."""

    id: UUID
    name: str
    role: str
    team: UUID
    team_name: str
    children: int


@dataclass(frozen=True)
class AllocationPage:
    """What the page shows: the child, whom one may choose, the dates that go with the child, the clocks it starts."""

    page: ChildPage
    workers: tuple[WorkerToChoose, ...]
    current: UUID | None
    duties: tuple[DutyView, ...]
    starts: tuple[Duty, ...]

    def worker(self, worker: UUID) -> WorkerToChoose | None:
        """The one of that id, or None: somebody of another team cannot be chosen."""
        return next((one for one in self.workers if one.id == worker), None)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who is to work with the child, and why. `seen` is the last event the manager saw."""

    worker: UUID
    reason: str
    key: UUID
    seen: int | None = None


def open_to_allocate(actor: Actor, record: UUID) -> AllocationPage | Refused:
    """Open a record to allocate it: for managers, among the workers of the teams that are theirs. Logged."""
    with transaction.atomic():
        found = open_for_act(actor, record, ACT)
        if isinstance(found, Refused):
            return found
        page = found.page
        return AllocationPage(
            page=page,
            workers=tuple(_able(actor, record)),
            current=page.identity.worker_id,
            duties=page.open_duties,
            starts=tuple(_started_by_it(page)),
        )


def workers_of(actor: Actor) -> tuple[WorkerToChoose, ...]:
    """Whom this manager may give a child to, with how many each holds."""
    return tuple(_workers(actor))


def _workers(actor: Actor) -> Iterator[WorkerToChoose]:
    """Those of this manager's teams who hold cases: their own team first, each team by name."""
    teams = [*([actor.team] if actor.team else []), *sorted(actor.manages)]
    held = tallies.children_by_worker(teams)
    for person in sorted(staff.members(teams), key=lambda one: teams.index(_team_of(one))):
        if person.role in HOLD_CASES:
            children = held.get(person.id, 0)
            yield WorkerToChoose(
                person.id, person.name, person.role, _team_of(person), person.team_name, children
            )


def _able(actor: Actor, record: UUID) -> Iterator[WorkerToChoose]:
    """Without those for whom the child's record does not exist."""
    barred = ties.barred_from(record, now())
    return (one for one in _workers(actor) if one.id not in barred)


def _team_of(person: staff.StaffRow) -> UUID:
    if person.team_id is None:
        raise TypeError("a member of a team has a team")
    return person.team_id


def _started_by_it(page: ChildPage) -> Iterator[Duty]:
    """The duties whose clock an allocation starts."""
    for versions in page.view.procedures.protocol.duties.values():
        if any(start.event == "allocation.made" for start in versions[-1].starts):
            yield versions[-1]


def allocate(actor: Actor, record: UUID, allocation: Allocation) -> Recorded | Refused:
    """Allocate the child. The worker must be of a team of this manager's, and have a live account.

    Where somebody allocated the child since the record was `seen`, nothing is changed: it says who did, and to whom.
    """
    with transaction.atomic():
        moved = _allocated_since(actor, record, allocation)
        if moved is not None:
            return moved
        chosen = next((one for one in _able(actor, record) if one.id == allocation.worker), None)
        if chosen is None:
            return Refused(
                "not taken",
                "Choose somebody of your own team who can work with this child",
                "For another team, ask its manager to take the child on.",
            )
        answers = {
            "worker": chosen.name,
            "worker_id": str(chosen.id),
            "team": chosen.team_name,
            "team_id": str(chosen.team),
            "reason": allocation.reason,
        }
        return send_act(actor, Request(ACT, answers, record, seen=allocation.seen, key=allocation.key))


def _allocated_since(actor: Actor, record: UUID, allocation: Allocation) -> Refused | None:
    """Why this allocation would put aside one that its writer has not seen. The record is held from here on."""
    if allocation.seen is None or is_done(actor, allocation.key):
        return None
    opened = open_record(actor, record, page=f"act:{ACT}", what="act", lock=True)
    if isinstance(opened, Refused):
        return opened
    since = [
        event
        for event in opened.view.standing.events
        if event.type == "allocation.made" and event.number > allocation.seen
    ]
    if not since:
        return None
    return Refused(
        "moved",
        "The child was allocated while you were choosing",
        "Nothing was changed. Open the page again if the child is to go to somebody else.",
        moved=tuple(
            Moved(
                f"Allocated to {event.data.get('worker', '')}",
                event.author.name,
                say_instant(event.recorded_at),
            )
            for event in since
        ),
    )
