"""Procedures and calendars in use, each kept by its hash, so that any case can be shown as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cairn.records.models import CalendarEdition, ProcedureEdition


@dataclass(frozen=True, slots=True)
class Procedures:
    """A compiled protocol: adopted by the authority on a day, known here from an instant (UTC)."""

    hash: str
    name: str
    compiled: Mapping[str, Any]
    adopted_on: date
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bank holidays as known from an instant (UTC), in the words of the data file."""

    hash: str
    csv: str
    known_from: datetime


def keep_procedures(edition: Procedures) -> bool:
    """Keep an edition; False where it is kept already (and then stays as it is)."""
    _, made = ProcedureEdition.objects.get_or_create(
        hash=edition.hash,
        defaults={
            "name": edition.name,
            "compiled": dict(edition.compiled),
            "adopted_on": edition.adopted_on,
            "known_from": edition.known_from,
        },
    )
    return made


def is_kept(hash_: str) -> bool:
    """Whether the procedures of that hash are kept; nothing of them is read."""
    return ProcedureEdition.objects.filter(pk=hash_).exists()


def procedures(hash_: str) -> Procedures | None:
    """The edition of that hash, or None."""
    found = ProcedureEdition.objects.filter(pk=hash_).first()
    return _procedures(found) if found else None


def all_procedures() -> list[Procedures]:
    """Every edition ever in use, in the order they became known."""
    return [_procedures(found) for found in ProcedureEdition.objects.order_by("known_from", "hash")]


def keep_calendar(edition: Calendar) -> bool:
    """Keep a calendar; False where it is kept already."""
    _, made = CalendarEdition.objects.get_or_create(
        hash=edition.hash, defaults={"csv": edition.csv, "known_from": edition.known_from}
    )
    return made


def calendars() -> list[Calendar]:
    """Every calendar ever in use, in the order they became known."""
    found = CalendarEdition.objects.order_by("known_from", "hash")
    return [Calendar(each.hash, each.csv, each.known_from) for each in found]


def _procedures(found: ProcedureEdition) -> Procedures:
    return Procedures(found.hash, found.name, found.compiled, found.adopted_on, found.known_from)
