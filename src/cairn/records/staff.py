"""Staff and teams: who works here, in which role, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models.expressions import RawSQL

from cairn.core.roles import ROLES
from cairn.records.models import Staff, Team


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team and its manager."""

    id: UUID
    name: str
    kind: str
    manager_id: UUID | None
    manager_name: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person with an account, their role and their team."""

    id: UUID
    name: str
    role: str
    is_active: bool
    team_id: UUID | None
    team_name: str
    team_kind: str
    session_round: int


STAFF_COLUMNS = ("id", "name", "role", "is_active", "team_id", "team__name", "team__kind", "session_round")
# A union that keeps each team once ends even where two were made part of each other.
MANAGED = """
WITH RECURSIVE managed (id) AS (
    SELECT id FROM records_team WHERE manager_id = %s
    UNION
    SELECT part.id FROM records_team part JOIN managed ON part.part_of_id = managed.id
) SELECT id FROM managed
"""
TEAM_COLUMNS = ("id", "name", "kind", "manager_id", "manager__name")


def person(staff_id: UUID) -> StaffRow | None:
    """A person, active or not, or None."""
    return people([staff_id]).get(staff_id)


def people(staff_ids: Iterable[UUID]) -> dict[UUID, StaffRow]:
    """Many people, in one query."""
    found = Staff.objects.filter(pk__in=list(staff_ids)).values_list(*STAFF_COLUMNS)
    return {row[0]: _staff(row) for row in found}


def hold(staff_ids: Iterable[UUID]) -> dict[UUID, StaffRow]:
    """The same, held against others who would hold them until the transaction ends."""
    ids = sorted(set(staff_ids))
    list(Staff.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    return people(ids)


def active_staff(role: str | None = None) -> list[StaffRow]:
    """Those with a live account, by name; with `role`, those in it."""
    found = Staff.objects.filter(is_active=True)
    if role is not None:
        found = found.filter(role=role)
    return [_staff(row) for row in found.order_by("name", "id").values_list(*STAFF_COLUMNS)]


def members(team_ids: Iterable[UUID]) -> list[StaffRow]:
    """The active people of these teams, by name."""
    found = Staff.objects.filter(team_id__in=list(team_ids), is_active=True)
    return [_staff(row) for row in found.order_by("name", "id").values_list(*STAFF_COLUMNS)]


def team(team_id: UUID) -> TeamRow | None:
    """A team, or None."""
    found = Team.objects.filter(pk=team_id).values_list(*TEAM_COLUMNS).first()
    return _team(found) if found else None


def team_named(name: str) -> TeamRow | None:
    """The team of that name, or None."""
    found = Team.objects.filter(name=name).values_list(*TEAM_COLUMNS).first()
    return _team(found) if found else None


def teams() -> list[TeamRow]:
    """All teams, by name."""
    return [_team(row) for row in Team.objects.order_by("name").values_list(*TEAM_COLUMNS)]


def managed_by(staff_id: UUID) -> list[TeamRow]:
    """The teams a person manages, and those that are part of them, by name."""
    found = Team.objects.filter(pk__in=RawSQL(MANAGED, [staff_id])).order_by("name")  # noqa: S611 - a constant; the id is a parameter
    return [_team(row) for row in found.values_list(*TEAM_COLUMNS)]


def add_team(name: str, kind: str) -> UUID:
    """A new team, as yet without a manager."""
    return Team.objects.create(id=uuid4(), name=name, kind=kind).pk


def add_person(name: str, role: str, team_id: UUID | None = None, staff_id: UUID | None = None) -> UUID:
    """A new account, with an id of one's own where it must be found again; ValueError for an unknown role."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    return Staff.objects.create(id=staff_id or uuid4(), name=name, role=role, team_id=team_id).pk


def put_within(team_id: UUID, whole: UUID | None) -> None:
    """Make a team part of another, whose manager then manages it too; or of none."""
    Team.objects.filter(pk=team_id).update(part_of=whole)


def give_manager(team_id: UUID, staff_id: UUID | None) -> None:
    """Make a person the manager of a team, or leave it without one."""
    Team.objects.filter(pk=team_id).update(manager=staff_id)


def move(staff_id: UUID, team_id: UUID | None) -> None:
    """Put a person into another team, or none."""
    Staff.objects.filter(pk=staff_id).update(team=team_id)


def switch(staff_id: UUID, *, active: bool) -> None:
    """Open or close an account: the only place that does."""
    Staff.objects.filter(pk=staff_id).update(is_active=active)


def _staff(row: tuple[Any, ...]) -> StaffRow:
    id_, name, role, is_active, team_id, team_name, team_kind, session_round = row
    return StaffRow(id_, name, role, is_active, team_id, team_name or "", team_kind or "", session_round)


def _team(row: tuple[Any, ...]) -> TeamRow:
    id_, name, kind, manager_id, manager_name = row
    return TeamRow(id_, name, kind, manager_id, manager_name or "")
