"""Giving the census return out: every child whose referrals belong in its year, as it stood on the year's last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.census_import import ACCOUNT_ROLE, census_account
from cairn.application.door import write_access
from cairn.application.installation import authority_code
from cairn.application.ports import now, wired
from cairn.application.procedures import in_use
from cairn.application.upkeep import batches
from cairn.core.access.facts import Decision
from cairn.core.calendar.duration import months_after
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.view import derive
from cairn.core.returns.census import Child, FileRefused, Header, Leaf
from cairn.core.returns.give_out import Year, give_out
from cairn.records import ledger, register

_MARCH, _LAST = 3, 31
SOFTWARE = "Cairn"
NO_CODE = FileRefused(
    "no-authority",
    "The code of the authority is not known, and a return has to carry it",
    "Set CAIRN_AUTHORITY_CODE to the three figures of this authority.",
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was given out: the return's year, and how many children are in it of how many records."""

    year: int
    children: int
    records: int


def export_return(
    path: Path, year: int, progress: Callable[[int], None] = lambda _: None
) -> Exported | FileRefused:
    """Write the return of a census year (2026 is 2025-26) to a file that only its owner may read.

    A year that is not over yet is given out as things stand. Whose records were given out is in the access log, written
    before a line of the file; where that fails there is no file.
    """
    code, census = authority_code(), wired().census
    if not code:
        return NO_CODE
    if census is None:
        raise RuntimeError("no writer of census files is wired")
    last = date(year, _MARCH, _LAST)
    of_year = Year(months_after(last, -12) + timedelta(days=1), last, census.codes())
    counted = _Counted()
    children = _children(of_year, counted, progress)
    path.touch(mode=0o600)
    path.chmod(0o600)
    with transaction.atomic(), path.open("wb") as file:
        census.write(file, _header(code, last), children)
    return Exported(year, counted.children, counted.records)


@dataclass(slots=True)
class _Counted:
    children: int = 0
    records: int = 0


def _children(year: Year, counted: _Counted, progress: Callable[[int], None]) -> Iterator[Child]:
    """Every child of the return, batch by batch; each batch is logged before it is handed over."""
    actor = Actor(census_account(), "Census export", ACCOUNT_ROLE)
    for ids in batches():
        found = _given_out(ids, year)
        if found:
            everything = Decision(allowed=True, relied_on="census return")
            write_access(actor, list(found), everything, page="export:cin-census", what="export")
        counted.records += len(ids)
        counted.children += len(found)
        yield from found.values()
        progress(len(ids))


def _given_out(ids: list[UUID], year: Year) -> dict[UUID, Child]:
    """Those of these records that the return holds. A record with nothing of a child's is none of it."""
    as_at = min(Moment.on_day(year.last).latest, now())
    rows, streams = register.records(ids), ledger.read_streams(ids)
    found: dict[UUID, Child] = {}
    for one in ids:
        view = derive(streams[one], in_use(), as_at=as_at, known_at=now())
        child = give_out(view, rows[one].number, year)
        if child is not None:
            found[one] = child
    return found


def _header(code: str, last: date) -> Header:
    def leaf(text: str) -> Leaf:
        return Leaf(text, "")

    return Header(
        collection=leaf("CIN"),
        year=leaf(str(last.year)),
        reference_date=leaf(last.isoformat()),
        source_level=leaf("L"),
        authority=leaf(code),
        software=leaf(SOFTWARE),
        serial_number=leaf("001"),
        made_at=leaf(now().astimezone(LONDON).strftime("%Y-%m-%dT%H:%M:%S")),
    )
