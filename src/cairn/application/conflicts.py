"""Conflicts of interest: whose own record, family's or neighbour's it is; kept by those who guard access, declared by anybody.

From that moment there is no such record for the person. Where they are its worker, their manager is told, so that the
child gets another at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.alerts import raise_alert
from cairn.application.door import decisions_on, facts_of, not_there, was_found, write_access
from cairn.application.family import reach
from cairn.application.guarding import refused_guard
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.ties import TieWanted, give_tie
from cairn.core.access.decide import WORKER_BARRED, decide_view
from cairn.core.access.facts import BARS, Barring, Decision
from cairn.core.engine.view import derive_present
from cairn.core.vocabulary.check import DataFault
from cairn.records import ledger, projections, register, staff, ties
from cairn.records.sight import barred
from cairn.records.ties import TieRow, WithoutWorker

PAGE, REGISTER = "conflict", "conflicts"
KINDS: Final[dict[Barring, str]] = {
    "own": "It is their own record",
    "family": "It is their family’s: a child, brother or sister, partner, or somebody else of it",
    "neighbour": "They know the family in another way: a neighbour, a friend, a colleague",
}
STEPS = 2


@dataclass(frozen=True, slots=True)
class Conflict:
    """One line of the register: who, which record by its number, which kind, since and until when (UTC), and why."""

    id: UUID
    name: str
    role: str
    team: str
    number: str
    kind: Barring
    since: datetime
    until: datetime | None
    reason: str
    given_by: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here and may be chosen."""

    id: UUID
    name: str
    role: str
    team: str


@dataclass(frozen=True)
class ConflictsPage:
    """The register, and whom a conflict may be noted for."""

    conflicts: tuple[Conflict, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class OfFamily:
    """A record that belongs with another: by its number, and by the name where the reader may have it."""

    record: UUID
    number: str
    name: str


@dataclass(frozen=True)
class DeclarePage:
    """What somebody declares about: a record, and those of the same family that they may open.

    `closed` are the others of the family: they are barred with it, and nothing is told of them, not even that they are.
    """

    record: UUID
    number: str
    name: str
    family: tuple[OfFamily, ...]
    works_with: bool
    closed: tuple[UUID, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ConflictWanted:
    """A conflict to be noted for a person, about one or several records."""

    staff: UUID
    records: tuple[UUID, ...]
    kind: Barring
    reason: str
    until: datetime | None = None


def conflicts_page(actor: Actor) -> ConflictsPage | Refused:
    """The register, for those who guard access; without their own conflicts. That the numbers were read is logged."""
    refused = refused_guard(actor, page=REGISTER)
    if refused is not None:
        return refused
    with transaction.atomic():
        found = [
            one for one in ties.of_kinds(_kinds()) if one.staff != actor.id and one.record not in barred()
        ]
        shown = list(dict.fromkeys(one.record for one in found))
        write_access(
            actor, shown, Decision(allowed=True, relied_on="guards access"), page=REGISTER, what="list"
        )
    people = staff.active_staff()
    by_id = {one.id: one for one in people} | staff.people({one.staff for one in found})
    return ConflictsPage(
        tuple(_conflict(one, by_id[one.staff]) for one in found),
        tuple(Person(one.id, one.name, one.role, one.team_name) for one in people),
    )


def numbered(
    actor: Actor, numbers: Iterable[str]
) -> tuple[tuple[OfFamily, ...], tuple[OfFamily, ...]] | Refused:
    """For those who guard access: the records of these numbers, and the others of their families. Nothing in them is shown.

    Refused, at its question, where a number is none.
    """
    refused = refused_guard(actor, page=REGISTER)
    if refused is not None:
        return refused
    named: list[UUID] = []
    for number in numbers:
        row = register.record_numbered(number.strip().upper())
        if row is None:
            said = f"There is no record {number.strip()}. Check the number"
            return Refused("not taken", said, faults=(DataFault("numbers", said, ""),))
        named.append(row.id)
    with transaction.atomic():
        others = _family_of(named)
        allowed = Decision(allowed=True, relied_on="guards access")
        write_access(actor, [*named, *others], allowed, page=REGISTER, what="list")
    return _by_number(named), _by_number(others)


def note_conflicts(actor: Actor, wanted: ConflictWanted) -> tuple[TieRow, ...] | Refused:
    """Note a conflict about each of these records, all or none."""
    if not wanted.records:
        return Refused(
            "not taken", "No record is named", faults=(DataFault("numbers", "Enter a number", ""),)
        )
    with transaction.atomic():
        given: list[TieRow] = []
        for record in dict.fromkeys(wanted.records):
            done = give_tie(
                actor, TieWanted(wanted.staff, record, wanted.kind, wanted.reason, until=wanted.until)
            )
            if isinstance(done, Refused):
                transaction.set_rollback(bool(given))
                return done
            given.append(done)
        for one in given:
            _tell_of_child(actor, one)
        return tuple(given)


def declare_page(actor: Actor, record: UUID) -> DeclarePage | Refused:
    """What somebody says who knows the family of a record that they may open, or that a search showed them. Logged."""
    with transaction.atomic():
        row = register.record(record)
        if row is None:
            return not_there(actor, record, page=PAGE)
        line = projections.summary(record)
        decision = decide_view(actor.facts, facts_of(record, line))
        if decision.hidden:
            return not_there(actor, record, page=PAGE)
        if not decision.allowed and not was_found(actor, record):
            write_access(actor, [record], decision, page=PAGE, what="refused")
            return Refused(
                "not allowed",
                decision.reason,
                "Look the person up first: then you can say that you know them. Ask whoever guards access if you are not sure.",
            )
        relied_on = decision.relied_on if decision.allowed else "search"
        write_access(actor, [record], Decision(allowed=True, relied_on=relied_on), page=PAGE, what="list")
        others = _family_of([record])
        may = {one for one, found in decisions_on(actor, others).items() if found.allowed}
        if may:
            write_access(
                actor, sorted(may), Decision(allowed=True, relied_on="family"), page=PAGE, what="list"
            )
        return DeclarePage(
            record=record,
            number=row.number,
            name=(line.name if line else "") or "Name not known",
            family=_by_number(may, may),
            closed=tuple(one for one in others if one not in may),
            works_with=line is not None and line.worker_id == actor.id,
        )


def declare(
    actor: Actor, record: UUID, kind: str, reason: str, also: Iterable[UUID] = ()
) -> tuple[TieRow, ...] | Refused:
    """Say that one knows the family of a record, and of those of the family that are ticked. It takes effect at once.

    Those of the family that one may not open are barred with it, so that nobody has to be told which they are.
    Refused as its page is, and without a kind or a reason. Only somebody who guards access can undo it.
    """
    with transaction.atomic():
        found = declare_page(actor, record)
        if isinstance(found, Refused):
            return found
        faults = tuple(_faults(kind, reason))
        if faults:
            return Refused("not taken", "Something is missing", faults=faults)
        shown = {one.record for one in found.family}
        family = {*shown, *found.closed}
        records = (record, *(one for one in dict.fromkeys(also) if one in shown), *found.closed)
        given = [
            give_tie(actor, _declared(actor, one, kind, reason), of_family=one in family) for one in records
        ]
        refused = next((one for one in given if isinstance(one, Refused)), None)
        if refused is not None:
            transaction.set_rollback(True)
            return refused
        rows = tuple(one for one in given if isinstance(one, TieRow))
        for row in rows:
            _tell_of_child(actor, row)
        return rows


def children_without_worker(actor: Actor) -> tuple[WithoutWorker, ...]:
    """The children of this manager's teams whose worker may not open their record: each needs another one at once."""
    if "manages" not in actor.rights:
        return ()
    teams = {*actor.manages, *([actor.team] if actor.team else [])}
    found = [one for one in ties.without_worker(teams, now()) if one.record not in barred()] if teams else []
    if found:
        shown = [one.record for one in found]
        write_access(actor, shown, Decision(allowed=True, relied_on="own work"), page="my-work", what="list")
    return tuple(found)


def _tell_of_child(actor: Actor, tie: TieRow) -> None:
    """Where the person is the child's worker, those who guard access see it through that there is another."""
    line = projections.summary(tie.record)
    if line is not None and line.worker_id == tie.staff:
        raise_alert(actor, WORKER_BARRED, tie.record, tie.id, about=tie.staff)


def _declared(actor: Actor, record: UUID, kind: str, reason: str) -> TieWanted:
    known = next(one for one in KINDS if one == kind)
    return TieWanted(actor.id, record, known, reason)


def _faults(kind: str, reason: str) -> Iterator[DataFault]:
    if kind not in KINDS:
        yield DataFault("kind", "Choose how you know the family", "")
    if not reason.strip():
        yield DataFault("reason", "Say in a few words how you know them", "")


def _kinds() -> list[Barring]:
    return [one for one in KINDS if one in BARS]


def _family_of(records: Sequence[UUID]) -> list[UUID]:
    """The other records of these families, for ticking: told from the records, of which nothing is shown."""
    known, newest = set(records), list(records)
    for _ in range(STEPS):
        streams = ledger.read_streams(newest)
        views = {one: derive_present(stream, in_use(), at=now()) for one, stream in streams.items()}
        newest = sorted(register.records(reach(views) - known))
        known |= set(newest)
    return sorted(known - set(records))


def _by_number(records: Iterable[UUID], named: Iterable[UUID] = ()) -> tuple[OfFamily, ...]:
    rows, may = register.records(list(records)), set(named)
    lines = projections.summaries(may) if may else {}
    found = [OfFamily(one, row.number, lines[one].name if one in lines else "") for one, row in rows.items()]
    return tuple(sorted(found, key=lambda one: one.number))


def _conflict(row: TieRow, person: staff.StaffRow) -> Conflict:
    kind = next(one for one in KINDS if one == row.kind)
    return Conflict(
        id=row.id,
        name=row.staff_name,
        role=person.role,
        team=person.team_name,
        number=row.number,
        kind=kind,
        since=row.since,
        until=row.until,
        reason=row.reason,
        given_by=row.given_by_name,
    )
