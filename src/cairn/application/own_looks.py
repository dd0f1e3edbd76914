"""A person's own look-ups, by day: what the access log holds of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import decided_on, log_so_far, write_access
from cairn.application.looked import SeenBy, by_person
from cairn.core.access.facts import Decision
from cairn.records import access_seen, projections, register
from cairn.records.access_seen import Added

PAGE = "own-looks"
DAYS = 7


@dataclass(frozen=True, slots=True)
class About:
    """One record that was looked at: its number, and its name where it may be opened now."""

    record: UUID
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What was done on a day with the same records: none of them where it was a list or a search of many."""

    about: tuple[About, ...]
    seen: SeenBy


@dataclass(frozen=True)
class OwnLooks:
    """The days, newest first; `earlier` is where the next page begins."""

    looks: tuple[OwnLook, ...]
    earlier: date | None


def own_looks(actor: Actor, before: date | None = None) -> OwnLooks:
    """What this person looked up, the newest day first. Names are shown as in any list, and logged as such."""
    with transaction.atomic():
        log_so_far()
        days = access_seen.days_of_person(actor.id, DAYS + 1, before)
        shown = days[:DAYS]
        rows = access_seen.of_person(actor.id, shown)
        about = _about(actor, {one for row in rows for one in row.records})
        looks = [OwnLook(_those(found, about), seen) for found, seen in _together(rows)]
        looks.sort(key=lambda one: (one.seen.day, one.seen.last), reverse=True)
        return OwnLooks(tuple(looks), shown[-1] if len(days) > DAYS else None)


def _together(rows: Iterable[Added]) -> Iterable[tuple[tuple[UUID, ...], SeenBy]]:
    by_records: dict[tuple[UUID, ...], list[Added]] = {}
    for row in rows:
        by_records.setdefault(tuple(sorted(row.records)), []).append(row)
    for records, found in by_records.items():
        yield from ((records, seen) for seen in by_person(found))


def _about(actor: Actor, records: set[UUID]) -> dict[UUID, About]:
    """Those that there are for this person; of what may not be opened any more the number alone."""
    rows, lines = register.records(records), projections.summaries(records)
    decisions = decided_on(actor, rows, lines)
    may = [one for one, decision in decisions.items() if decision.allowed]
    if may:
        write_access(
            actor, sorted(may), Decision(allowed=True, relied_on="own look-ups"), page=PAGE, what="list"
        )
    named = {one: lines[one].name or "Name not known" for one in may}
    return {one: About(one, rows[one].number, named.get(one, "")) for one in decisions}


def _those(records: tuple[UUID, ...], about: dict[UUID, About]) -> tuple[About, ...]:
    return tuple(about[one] for one in records if one in about)
