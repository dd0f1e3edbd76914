"""Who has seen a child, told to those entitled: the access log by person and day, and this look is written in it too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.breaking_glass import reason_words
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, log_so_far, not_there, open_record, write_access
from cairn.application.refused import Refused
from cairn.application.rights import role_book
from cairn.core.access.decide import CONFLICT, decide_right
from cairn.records import access_seen, register, ties
from cairn.records.access_log import AccessRow
from cairn.records.access_seen import KINDS, Added, Which

PAGE = "looked"
RIGHT = "reads who has seen"
KINDS_OF_LOOKS = tuple(KINDS)
# So many days are on a page, so many single looks, and so many in a file.
DAYS, A_PAGE, A_FILE = 14, 100, 50_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which looks are wanted: by one person, of one kind, from a day to a day (London), and which page of them.

    `before_day` is the last day already shown; of single looks `before` is the last place already shown.
    """

    person: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before_day: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Did:
    """What somebody did on a day in one way: `what` the log's word, on which pages and how often; refused ones say why."""

    what: str
    allowed: bool
    pages: tuple[tuple[str, int], ...]
    reason: str = ""

    @property
    def number(self) -> int:
        """How often in all."""
        return sum(number for _, number in self.pages)


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One person on one day, in one capacity, relying on one relationship, for one purpose: all that they did."""

    day: date
    person: UUID
    name: str
    capacity: str
    relied_on: str
    purpose: str
    first: datetime
    last: datetime
    did: tuple[Did, ...]


@dataclass(frozen=True, slots=True)
class Glass:
    """Glass that was broken on this record: by whom, when and until when (UTC), the reason of the list, and their words."""

    name: str
    since: datetime
    until: datetime | None
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """One single look: who, in which capacity, did what, where, relying on what; a refused one says why."""

    at: datetime
    name: str
    capacity: str
    what: str
    page: str
    relied_on: str
    purpose: str
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Seen:
    """Who has seen a child: the days, newest first; everybody in the log; broken glass. `earlier`: the next page begins there."""

    page: ChildPage
    asked: Asked
    days: tuple[SeenBy, ...]
    people: tuple[tuple[UUID, str], ...]
    glass: tuple[Glass, ...]
    earlier: date | None


@dataclass(frozen=True)
class EachLook:
    """The single looks, newest first; `earlier` is where the next page begins, or None."""

    page: ChildPage
    asked: Asked
    looks: tuple[Look, ...]
    earlier: int | None


def who_has_seen(actor: Actor, record: UUID, asked: Asked) -> Seen | Refused:
    """Who has seen this child, for those who may open the record and read it. This look is among them."""
    with transaction.atomic():
        opened = _opened(actor, record)
        if isinstance(opened, Refused):
            return opened
        log_so_far()
        days = access_seen.days_of(_which(record, asked), DAYS + 1, asked.before_day)
        shown = days[:DAYS]
        return Seen(
            page=page_of(actor, opened, opened.view),
            asked=asked,
            days=tuple(by_person(access_seen.added_up(_which(record, asked), shown))),
            people=tuple(access_seen.people_of(record)),
            glass=tuple(_glass(record)),
            earlier=shown[-1] if len(days) > DAYS else None,
        )


def each_look(actor: Actor, record: UUID, asked: Asked) -> EachLook | Refused:
    """The single looks behind it."""
    with transaction.atomic():
        opened = _opened(actor, record)
        if isinstance(opened, Refused):
            return opened
        log_so_far()
        rows = access_seen.each(_which(record, asked), A_PAGE + 1, asked.before)
        shown = rows[:A_PAGE]
        earlier = shown[-1].sequence if len(rows) > A_PAGE else None
        return EachLook(page_of(actor, opened, opened.view), asked, tuple(map(_look, shown)), earlier)


@dataclass(frozen=True)
class TakenLog:
    """The log of a record to be taken away, newest first; `is_whole` says that nothing was left out."""

    number: str
    looks: tuple[Look, ...]
    is_whole: bool


def take_log(actor: Actor, record: UUID, asked: Asked) -> TakenLog | Refused:
    """The same as a file. That it was taken away is in the log, and the last line of it."""
    with transaction.atomic():
        opened = _opened(actor, record, what="export")
        if isinstance(opened, Refused):
            return opened
        log_so_far()
        rows = access_seen.each(_which(record, asked), A_FILE + 1)
        return TakenLog(opened.row.number, tuple(map(_look, rows[:A_FILE])), len(rows) <= A_FILE)


def may_read(actor: Actor) -> bool:
    """Whether this person's role reads who has seen a child at all."""
    return RIGHT in actor.rights


def _opened(actor: Actor, record: UUID, what: str = "view") -> OpenRecord | Refused:
    may = decide_right(actor.facts, RIGHT, tuple(role_book().with_right("reads who has seen")))
    if may.allowed:
        return open_record(actor, record, page=PAGE, what=what)
    if register.record(record) is None:
        return not_there(actor, record, page=PAGE)
    write_access(actor, [record], may, page=PAGE, what="refused")
    return Refused("not allowed", may.reason, may.how_to_ask)


def _which(record: UUID, asked: Asked) -> Which:
    kind = asked.kind if asked.kind in KINDS else ""
    return Which(record, asked.person, kind, asked.since, asked.until)


def by_person(rows: Iterable[Added]) -> list[SeenBy]:
    """What was added up, put together for each person and day, relationship and purpose; the last first."""
    together: dict[tuple[object, ...], list[Added]] = {}
    for row in rows:
        key = (row.day, row.actor, row.capacity, row.relied_on, row.purpose)
        together.setdefault(key, []).append(row)
    people = [_seen_by(found) for found in together.values()]
    return sorted(people, key=lambda one: (one.day, one.last), reverse=True)


def _seen_by(rows: list[Added]) -> SeenBy:
    first = rows[0]
    ways: dict[tuple[str, bool, str], dict[str, int]] = {}
    for row in rows:
        pages = ways.setdefault((row.what, row.allowed, _told(row.reason)), {})
        pages[row.page] = pages.get(row.page, 0) + row.number
    return SeenBy(
        day=first.day,
        person=first.actor,
        name=first.name,
        capacity=first.capacity,
        relied_on=first.relied_on,
        purpose=first.purpose,
        first=min(row.first for row in rows),
        last=max(row.last for row in rows),
        did=tuple(
            Did(what, allowed, tuple(pages.items()), reason)
            for (what, allowed, reason), pages in ways.items()
        ),
    )


def _told(reason: str) -> str:
    """Why somebody was refused. That it was a conflict of interest is told to those who guard access alone."""
    return "" if reason == CONFLICT else reason


def _glass(record: UUID) -> Iterable[Glass]:
    for one in ties.of_record(record, ("break glass",)):
        until = min(filter(None, (one.ended_at, one.until)), default=None)
        yield Glass(one.staff_name, one.since, until, reason_words(one.reason_kind), one.reason)


def _look(row: AccessRow) -> Look:
    line = row.line
    return Look(
        at=line.at,
        name=row.actor_name,
        capacity=line.capacity,
        what=line.what,
        page=line.page,
        relied_on=line.relied_on,
        purpose=line.purpose,
        allowed=line.allowed,
        reason=_told(line.reason),
    )
