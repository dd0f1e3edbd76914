"""Signing in: who the person is, and, on a made-up authority's database only, choosing one by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import connection

from cairn.application.actors import Actor, CoverFor
from cairn.application.ports import now
from cairn.core.access.facts import Tie
from cairn.core.calendar.london import say_instant
from cairn.core.calendar.moment import LONDON
from cairn.records import covers, staff, ties

MADE_UP_PREFIX = "cairn_demo"


@dataclass(frozen=True, slots=True)
class Choice:
    """A made-up person who may be chosen."""

    id: UUID
    name: str
    role: str
    team: str


def is_made_up() -> bool:
    """Whether this database holds a made-up authority: its name says so, and only its owner can name it."""
    where = connection.settings_dict
    return _database_at(where["HOST"], str(where["PORT"]), where["NAME"]).startswith(MADE_UP_PREFIX)


@cache
def _database_at(host: str, port: str, name: str) -> str:
    """What the database at an address calls itself, whatever the address says: asked once a process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (itself,) = cursor.fetchone()
    return str(itself)


def choices() -> tuple[Choice, ...] | None:
    """Everybody who may be chosen; None where choosing is not allowed, for the people are real."""
    if not is_made_up():
        return None
    return tuple(
        Choice(person.id, person.name, person.role, person.team_name) for person in staff.active_staff()
    )


@dataclass(frozen=True, slots=True)
class Account:
    """A live account: the person as an actor, and in which round of its sessions it is."""

    actor: Actor
    session_round: int


def actor(staff_id: UUID) -> Actor | None:
    """The person as an actor of one request; None where the account is closed or unknown."""
    found = account(staff_id)
    return found.actor if found else None


def account(staff_id: UUID) -> Account | None:
    """The person's account, read anew; None where it is closed or unknown."""
    person = staff.person(staff_id)
    if person is None or not person.is_active:
        return None
    return Account(_actor(person), person.session_round)


def _actor(person: staff.StaffRow) -> Actor:
    at = now()
    return Actor(
        id=person.id,
        name=person.name,
        role=person.role,
        team=person.team_id,
        team_name=person.team_name,
        team_kind=person.team_kind,
        manages=frozenset(team.id for team in staff.managed_by(person.id)),
        covers=tuple(
            CoverFor(one.worker, one.worker_name, one.until_day, one.reason)
            for one in covers.covered_by(person.id, at.astimezone(LONDON).date())
        ),
        ties=tuple(_tie(one) for one in ties.in_force_for(person.id, at)),
    )


def _tie(row: ties.TieRow) -> Tie:
    words = f"until {say_instant(row.until)}" if row.until else ""
    return Tie(str(row.record), row.kind, row.since, row.until, words)
