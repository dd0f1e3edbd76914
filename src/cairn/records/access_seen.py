"""The access log added up by day: of one record, who did what and how often; of one person, what they looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from cairn.core.calendar.moment import LONDON, Moment
from cairn.records import access_log
from cairn.records.access_log import AccessRow
from cairn.records.models import AccessEntry

# What is told to nobody but those who guard access: that somebody has a conflict of interest.
UNTOLD: Final = "tie:conflict"
GLASS: Final = Q(page__in=("break-glass", "tie:break-glass")) | Q(relied_on__startswith="broken glass")
KINDS: Final[Mapping[str, Q]] = {
    "opened": Q(allowed=True)
    & ~Q(
        what__in=("act", "draft", "add", "search", "list", "export", "tie given", "tie ended", "audit sample")
    ),
    "wrote": Q(allowed=True, what__in=("act", "draft", "add", "tie given", "tie ended", "audit sample")),
    "searched": Q(what="search"),
    "listed": Q(what="list"),
    "took away": Q(what="export"),
    "refused": Q(allowed=False),
    "broken glass": GLASS,
}


@dataclass(frozen=True, slots=True)
class Which:
    """Which looks at a record: by one person, of one kind of KINDS, from a day to a day (London); each left out: all."""

    record: UUID
    person: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Looks of one day that say the same, added up: how many there were, the first and the last of them (UTC)."""

    day: date
    actor: UUID
    name: str
    capacity: str
    relied_on: str
    purpose: str
    what: str
    page: str
    allowed: bool
    reason: str
    number: int
    first: datetime
    last: datetime
    records: tuple[UUID, ...] = ()


COLUMNS = (
    "day",
    "actor_id",
    "actor__name",
    "capacity",
    "relied_on",
    "purpose",
    "what",
    "page",
    "allowed",
    "reason",
)


def days_of(which: Which, limit: int, before: date | None = None) -> list[date]:
    """The days on which somebody looked, the last one first; with `before` those earlier than that."""
    return _days(_of(which), limit, before)


def added_up(which: Which, days: list[date]) -> list[Added]:
    """The looks of these days, those that say the same added up; the last one first."""
    return _added(_of(which), days, COLUMNS)


def people_of(record: UUID) -> list[tuple[UUID, str]]:
    """Everybody who is in the log of a record, by name."""
    rows = _of(Which(record)).values_list("actor_id", "actor__name").distinct()
    return sorted(rows, key=lambda one: (one[1], str(one[0])))


def each(which: Which, limit: int, before: int | None = None) -> list[AccessRow]:
    """The single looks, newest first; `before` is the last sequence already shown."""
    found = _of(which)
    if before is not None:
        found = found.filter(pk__lt=before)
    return access_log.rows_of(found.order_by("-pk")[:limit])


def days_of_person(actor: UUID, limit: int, before: date | None = None) -> list[date]:
    """The days on which a person looked at something, the last one first."""
    return _days(AccessEntry.objects.filter(actor_id=actor), limit, before)


def of_person(actor: UUID, days: list[date]) -> list[Added]:
    """What a person looked at on these days: the same records in the same way added up; lists and searches by page."""
    rows = AccessEntry.objects.filter(actor_id=actor)
    single = _added(rows.exclude(what__in=("list", "search")), days, (*COLUMNS, "records"))
    return [*single, *_added(rows.filter(what__in=("list", "search")), days, COLUMNS)]


def _of(which: Which) -> QuerySet[AccessEntry]:
    found = AccessEntry.objects.filter(records__contains=[which.record]).exclude(page=UNTOLD)
    if which.person is not None:
        found = found.filter(actor_id=which.person)
    if which.kind:
        found = found.filter(KINDS[which.kind])
    if which.since is not None:
        found = found.filter(at__gte=Moment.on_day(which.since).earliest)
    if which.until is not None:
        found = found.filter(at__lt=_after(which.until))
    return found


def _after(day: date) -> datetime:
    return Moment.on_day(day + timedelta(days=1)).earliest


def _days(found: QuerySet[AccessEntry], limit: int, before: date | None) -> list[date]:
    if before is not None:
        found = found.filter(at__lt=Moment.on_day(before).earliest)
    days = found.annotate(day=TruncDate("at", tzinfo=LONDON)).values_list("day", flat=True).distinct()
    return list(days.order_by("-day")[:limit])


def _added(found: QuerySet[AccessEntry], days: list[date], columns: tuple[str, ...]) -> list[Added]:
    if not days:
        return []
    within = found.filter(at__gte=Moment.on_day(min(days)).earliest, at__lt=_after(max(days)))
    grouped = within.annotate(day=TruncDate("at", tzinfo=LONDON)).values(*columns)
    rows = grouped.annotate(number=Count("pk"), first=Min("at"), last=Max("at"), newest=Max("pk"))
    told = rows.order_by("-day", "-newest").values_list(*columns, "number", "first", "last")
    return [_one(columns, values) for values in told]


def _one(columns: tuple[str, ...], values: tuple[Any, ...]) -> Added:
    told = dict(zip((*columns, "number", "first", "last"), values, strict=True))
    return Added(
        day=told["day"],
        actor=told["actor_id"],
        name=told["actor__name"],
        capacity=told["capacity"],
        relied_on=told["relied_on"],
        purpose=told["purpose"],
        what=told["what"],
        page=told["page"],
        allowed=told["allowed"],
        reason=told["reason"],
        number=told["number"],
        first=told["first"],
        last=told["last"],
        records=tuple(told.get("records", ())),
    )
