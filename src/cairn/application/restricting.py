"""Who may open a restricted record: those whose work it is, and those named on it for a time; and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, open_record, write_access
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.restrictions import reason_words, restriction_of
from cairn.application.rights import limits, role_book
from cairn.application.ties import TieWanted, added, end_tie
from cairn.core.access.decide import WORDS_OF_TIE, decide_right
from cairn.core.access.facts import BARS, RIGHT_OF_TIE, Decision
from cairn.core.access.restriction import Restricted
from cairn.core.vocabulary.check import DataFault
from cairn.records import restricted, staff, ties
from cairn.records.restricted import RestrictedLine
from cairn.records.staff import StaffRow
from cairn.records.ties import TieRow

PAGE = "restriction"
Named = Literal["task", "involved"]
NAMED: tuple[Named, ...] = ("task", "involved")
# So long before a review is due it stands on My work.
SOON = timedelta(days=14)
NOT_NAMED = Refused("not found", "Nobody is named on this record in this way", "It may have ended already.")


@dataclass(frozen=True, slots=True)
class MayOpen:
    """Somebody who may open a restricted record, because of what, and until when (UTC; None: as long as it is so).

    `tie` is what they were named by, where those who restrict may extend or end it.
    """

    name: str
    role: str
    because: str
    until: datetime | None = None
    why: str = ""
    tie: UUID | None = None


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who may be named: by name, role and team."""

    id: UUID
    name: str
    role: str
    team: str


@dataclass(frozen=True, slots=True)
class WasNamed:
    """Somebody who was named and is no more: by whom, from when until when (UTC), why, and by whom it was ended, or ''."""

    name: str
    by: str
    since: datetime
    until: datetime
    why: str
    ended_by: str


@dataclass(frozen=True)
class RestrictionPage:
    """A record's restriction, and who may open it. `restricted` is None where it is not restricted."""

    page: ChildPage
    restricted: Restricted | None
    reason: str
    is_overdue: bool
    opens: tuple[MayOpen, ...]
    before: tuple[WasNamed, ...]
    able: tuple[Able, ...]
    may_restrict: bool


def who_may_open(actor: Actor, record: UUID) -> RestrictionPage | Refused:
    """Who may open this record and until when, for those who may open it themselves. Logged."""
    with transaction.atomic():
        opened = open_record(actor, record, page=PAGE)
        if isinstance(opened, Refused):
            return opened
        found, may = restriction_of(opened.view), "restricts" in actor.rights
        named = ties.of_record(record, ("named",))
        opens = tuple(_opens(opened, is_restricted=found is not None))
        return RestrictionPage(
            page=page_of(actor, opened, opened.view),
            restricted=found,
            reason=reason_words(found.reason) if found else "",
            is_overdue=found is not None and found.review_by <= now(),
            opens=opens,
            before=tuple(_was(one) for one in named if not one.is_in_force(now())),
            able=tuple(_able(actor, opened)) if may and found else (),
            may_restrict=may,
        )


def _opens(opened: OpenRecord, *, is_restricted: bool) -> Iterator[MayOpen]:
    """Whose work it is, and then those tied to it, the next one to end first; a sample holds no restricted record."""
    summary = opened.summary
    worker = staff.person(summary.worker_id) if summary.worker_id else None
    if worker is not None and worker.is_active:
        yield MayOpen(worker.name, worker.role, "allocated worker")
    managers = restricted.managers_of(summary.team_id) if summary.team_id else []
    for person in staff.people(managers).values():
        if "manages" in role_book().rights_of(person.role):
            yield MayOpen(person.name, person.role, "manager of the team")
    yield from _tied(opened.row.id, is_restricted=is_restricted)


def _tied(record: UUID, *, is_restricted: bool) -> Iterator[MayOpen]:
    found = [one for one in ties.of_record(record) if one.kind in WORDS_OF_TIE and one.is_in_force(now())]
    people = staff.people(one.staff for one in found)
    for one in sorted(found, key=lambda each: (each.until or each.since, each.staff_name)):
        person = people[one.staff]
        is_left_out = one.kind == "auditor" and is_restricted
        opens = not is_left_out and RIGHT_OF_TIE[one.kind] in role_book().rights_of(person.role)
        if opens and person.is_active:
            tie = one.id if one.kind == "named" else None
            words = f"named {_for(one)}" if tie else WORDS_OF_TIE[one.kind]
            yield MayOpen(person.name, person.role, words, one.until, one.reason, tie)


def _was(one: TieRow) -> WasNamed:
    over = one.ended_at or one.until or one.since
    return WasNamed(one.staff_name, one.given_by_name, one.since, over, one.reason, one.ended_by_name)


def _for(one: TieRow) -> str:
    return "as involved" if one.reason_kind == "involved" else "for a task"


def _able(actor: Actor, opened: OpenRecord) -> Iterator[Able]:
    """Who may be named: whoever works with children's records, and is not the reader or the worker."""
    for one in staff.active_staff():
        if _can_be_named(actor, opened, one):
            yield Able(one.id, one.name, one.role, one.team_name)


def _can_be_named(actor: Actor, opened: OpenRecord, one: StaffRow) -> bool:
    works = one.is_active and RIGHT_OF_TIE["named"] in role_book().rights_of(one.role)
    return works and one.id not in (actor.id, opened.summary.worker_id)


def name_somebody(actor: Actor, record: UUID, person: UUID, how: Named, reason: str) -> TieRow | Refused:
    """Name somebody on a restricted record, for a task or as involved; named already, it lasts from now on as long again.

    It ends by itself. Refused, with the question it is about, for whoever may not be named.
    """
    with transaction.atomic():
        opened = _to_name(actor, record)
        if isinstance(opened, Refused):
            return opened
        chosen = staff.hold([person]).get(person)
        if chosen is None or not _can_be_named(actor, opened, chosen):
            return _at("person", "Choose somebody who works with children’s records, and not yourself")
        if not reason.strip():
            return _at("reason", "Enter why they have to open it")
        there = [one for one in ties.in_force_for(person, now()) if one.record == record]
        if any(one.kind in BARS for one in there):
            return _at("person", f"{chosen.name} may not be named. Choose somebody else")
        return _named(actor, record, person, how, reason.strip(), there)


def _named(
    actor: Actor, record: UUID, person: UUID, how: Named, reason: str, there: list[TieRow]
) -> TieRow | Refused:
    until = now() + lasts(how)
    for one in there:
        if one.kind == "named":
            until = max(until, one.until or until)
            ended = end_tie(actor, one.id)
            if isinstance(ended, Refused):
                return ended
    wanted = TieWanted(person, record, "named", reason, until=until, reason_kind=how)
    return added(actor, wanted, "restricts")


def lasts(how: Named) -> timedelta:
    """How long somebody named may open the record."""
    named = limits().named
    return timedelta(days=named.task_days if how == "task" else named.involved_days)


def extend(actor: Actor, record: UUID, tie: UUID, how: Named) -> TieRow | Refused:
    """Somebody named may go on: from now for a task, or as involved."""
    with transaction.atomic():
        opened = _to_name(actor, record)
        found = _standing(record, tie)
        if isinstance(opened, Refused):
            return opened
        if found is None:
            return NOT_NAMED
        there = [one for one in ties.in_force_for(found.staff, now()) if one.record == record]
        if found.staff == actor.id:
            return Refused("not allowed", "Nobody extends their own access", "Ask another manager.")
        return _named(actor, record, found.staff, how, found.reason, there)


def end_named(actor: Actor, record: UUID, tie: UUID) -> TieRow | Refused:
    """End that somebody is named, at once: their next request is refused."""
    with transaction.atomic():
        opened = _to_name(actor, record)
        found = _standing(record, tie)
        if isinstance(opened, Refused):
            return opened
        return NOT_NAMED if found is None else end_tie(actor, tie)


def _to_name(actor: Actor, record: UUID) -> OpenRecord | Refused:
    """The record, held, for who restricts and may open it: restricted as it must be to name somebody."""
    may = decide_right(actor.facts, "restricts", tuple(role_book().with_right("restricts")))
    if not may.allowed:
        write_access(actor, [record], may, page=PAGE, what="refused")
        return Refused("not allowed", may.reason, may.how_to_ask)
    opened = open_record(actor, record, page=PAGE, what="act", lock=True)
    if isinstance(opened, Refused):
        return opened
    if restriction_of(opened.view) is None:
        return Refused("not taken", "The record is not restricted, so nobody has to be named")
    return opened


def _standing(record: UUID, tie: UUID) -> TieRow | None:
    found = ties.tie(tie)
    stands = found is not None and found.record == record and found.kind == "named"
    return found if stands and found is not None and found.is_in_force(now()) else None


def _at(field: str, reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault(field, reason, ""),))


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A restricted record in a list: `name` only where it may be opened; by when it is looked at again (UTC)."""

    record: UUID
    number: str
    name: str
    reason: str
    worker: str
    team: str
    review_by: datetime
    is_overdue: bool
    may_open: bool


def restricted_records(actor: Actor) -> tuple[ReviewLine, ...] | Refused:
    """Every restricted record there is for this person, the next to be looked at first; for whoever restricts. Logged.

    Whoever guards access has all of them, by number alone where the record is not open to them.
    """
    may = decide_right(actor.facts, "restricts", tuple(role_book().with_right("restricts")))
    if not may.allowed:
        return Refused("not allowed", may.reason, may.how_to_ask)
    with transaction.atomic():
        own = {one.record for one in restricted.listed()}
        found = restricted.every_one() if "guards access" in actor.rights else restricted.listed()
        _log(actor, [one.record for one in found])
        return tuple(_line(one, may_open=one.record in own) for one in found)


def reviews_due(actor: Actor) -> tuple[ReviewLine, ...]:
    """The restrictions that are to be looked at again soon or should have been, for who restricts them. Logged."""
    if "restricts" not in actor.rights or "manages" not in actor.rights:
        return ()
    found = restricted.listed(review_by=now() + SOON)
    _log(actor, [one.record for one in found])
    return tuple(_line(one, may_open=True) for one in found)


def restricted_of(actor: Actor, worker: UUID) -> tuple[ReviewLine, ...]:
    """The restricted children of a worker, as far as they stand in the reader's lists: whoever covers must be named."""
    found = restricted.listed(worker=worker)
    _log(actor, [one.record for one in found])
    return tuple(_line(one, may_open=True) for one in found)


def _log(actor: Actor, records: list[UUID]) -> None:
    if records:
        write_access(
            actor,
            sorted(records),
            Decision(allowed=True, relied_on="restricts"),
            page="restricted",
            what="list",
        )


def _line(one: RestrictedLine, *, may_open: bool) -> ReviewLine:
    return ReviewLine(
        record=one.record,
        number=one.number,
        name=(one.name or "Name not known") if may_open else "",
        reason=reason_words(one.reason),
        worker=one.worker_name,
        team=one.team_name,
        review_by=one.review_by,
        is_overdue=one.review_by <= now(),
        may_open=may_open,
    )
