"""Who chairs the conferences and reviews of a child: named for a time by whoever names chairs, and ended before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, open_record, write_access
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.rights import role_book
from cairn.application.ties import TieWanted, end_tie, give_tie, last_day, may_give
from cairn.core.access.decide import decide_here, decide_right
from cairn.core.access.roles import Right
from cairn.core.calendar.moment import end_of_london_day
from cairn.core.vocabulary.check import DataFault
from cairn.records import staff, ties
from cairn.records.ties import TieRow

PAGE = "chairs"
RIGHT: Final[Right] = "names chairs"
CHAIRS: Final[Right] = "chairs"
NOT_CHAIR = Refused("not found", "Nobody chairs for this child in this way", "It may have ended already.")


@dataclass(frozen=True, slots=True)
class Chair:
    """Somebody who chairs or did: by whom named, why, from when until when (UTC), and who ended it before its day, or ''."""

    tie: UUID
    name: str
    named_by: str
    reason: str
    since: datetime
    until: datetime
    ended_by: str


@dataclass(frozen=True, slots=True)
class AbleToChair:
    """Somebody who may be named: by name and team."""

    id: UUID
    name: str
    team: str


@dataclass(frozen=True)
class ChairsPage:
    """Who chairs for a child and who did, the last named first; whom the reader may name, and until when at the latest."""

    page: ChildPage
    chairs: tuple[Chair, ...]
    before: tuple[Chair, ...]
    able: tuple[AbleToChair, ...]
    latest: date
    may_name: bool


def chairs_page(actor: Actor, record: UUID) -> ChairsPage | Refused:
    """Who chairs for this child, for those who may open the record. Logged."""
    with transaction.atomic():
        opened = open_record(actor, record, page=PAGE)
        if isinstance(opened, Refused):
            return opened
        found = ties.of_record(record, ("chair",))
        may = may_give(actor, "chair") and decide_here(opened.relied_on, PAGE).allowed
        return ChairsPage(
            page=page_of(actor, opened, opened.view),
            chairs=tuple(_chair(one) for one in found if one.is_in_force(now())),
            before=tuple(_chair(one) for one in found if not one.is_in_force(now())),
            able=_able() if may else (),
            latest=last_day("chair"),
            may_name=may,
        )


def name_chair(actor: Actor, record: UUID, person: UUID, reason: str, until: date) -> TieRow | Refused:
    """Name who chairs for this child until the end of a day (London).

    Sent twice it stands once. Refused without the right, on a record that is not the giver's to write on, and at its
    question for somebody who cannot chair, who chairs until another day, or for a day that is too late.
    """
    with transaction.atomic():
        opened = _to_name(actor, record)
        if isinstance(opened, Refused):
            return opened
        if person not in {one.id for one in _able()}:
            return _at_person("Choose an independent chair")
        ends = end_of_london_day(until)
        there = _standing(record, person)
        if there is not None and there.until != ends:
            return _at_person(f"{there.staff_name} chairs already. End that first to give another day")
        return give_tie(actor, TieWanted(person, record, "chair", reason, until=ends))


def end_chair(actor: Actor, record: UUID, tie: UUID) -> TieRow | Refused:
    """End that somebody chairs for this child, at once: their next request is refused."""
    with transaction.atomic():
        opened = _to_name(actor, record)
        if isinstance(opened, Refused):
            return opened
        found = ties.tie(tie)
        if found is None or (found.record, found.kind) != (record, "chair") or not found.is_in_force(now()):
            return NOT_CHAIR
        return end_tie(actor, tie)


def _standing(record: UUID, person: UUID) -> TieRow | None:
    at = now()
    held = [one for one in ties.in_force_for(person, at) if (one.record, one.kind) == (record, "chair")]
    return next((one for one in held if one.is_in_force(at)), None)


def _at_person(reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault("person", reason, ""),))


def _to_name(actor: Actor, record: UUID) -> OpenRecord | Refused:
    may = decide_right(actor.facts, RIGHT, tuple(role_book().with_right(RIGHT)))
    if not may.allowed:
        write_access(actor, [record], may, page=PAGE, what="refused")
        return Refused("not allowed", may.reason, may.how_to_ask)
    return open_record(actor, record, page=PAGE, what="act", lock=True)


def _able() -> tuple[AbleToChair, ...]:
    roles = role_book().with_right(CHAIRS)
    return tuple(
        AbleToChair(one.id, one.name, one.team_name) for one in staff.active_staff() if one.role in roles
    )


def _chair(one: TieRow) -> Chair:
    return Chair(
        tie=one.id,
        name=one.staff_name,
        named_by=one.given_by_name,
        reason=one.reason,
        since=one.since,
        until=one.ended_at or one.until or one.since,
        ended_by=one.ended_by_name,
    )
