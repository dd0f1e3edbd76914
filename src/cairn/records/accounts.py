"""Accounts as signing in knows them: the name that is typed, the password's hash, codes to set one up, ends of sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cairn.records.models import Enrolment, Staff


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account that somebody signs in to; `password` is a hash."""

    id: UUID
    name: str
    sign_in_name: str
    role: str
    team_name: str
    is_active: bool
    password: str


COLUMNS = ("id", "name", "sign_in_name", "role", "team__name", "is_active", "password")


def named(sign_in_name: str) -> AccountRow | None:
    """The account with this name, live or not; None where there is none."""
    return _row(Staff.objects.filter(sign_in_name=sign_in_name).values_list(*COLUMNS).first())


def numbered(staff_id: UUID) -> AccountRow | None:
    """The account with this id, where somebody signs in to it."""
    found = Staff.objects.filter(pk=staff_id, sign_in_name__isnull=False)
    return _row(found.values_list(*COLUMNS).first())


def every() -> list[AccountRow]:
    """All accounts that somebody signs in to, by that name."""
    found = Staff.objects.filter(sign_in_name__isnull=False).order_by("sign_in_name")
    return [row for row in map(_row, found.values_list(*COLUMNS)) if row is not None]


def name_for_signing_in(staff_id: UUID, sign_in_name: str) -> None:
    """Let this person sign in under a name, which nobody else has."""
    Staff.objects.filter(pk=staff_id).update(sign_in_name=sign_in_name)


def set_password(staff_id: UUID, hashed: str) -> None:
    """Keep the hash of a new password."""
    Staff.objects.filter(pk=staff_id).update(password=hashed)


def end_sessions(staff_id: UUID) -> None:
    """Every session of this account is over with its next request."""
    Staff.objects.filter(pk=staff_id).update(session_round=F("session_round") + 1)


def give_code(staff_id: UUID, digest: bytes, until: datetime) -> None:
    """Let a code (by its digest) set up this account until an instant (UTC); an earlier one no longer does."""
    Enrolment.objects.update_or_create(staff_id=staff_id, defaults={"digest": digest, "until": until})


def has_code(digest: bytes, at: datetime) -> UUID | None:
    """Whose account this code sets up at an instant (UTC), or None."""
    return Enrolment.objects.filter(digest=digest, until__gt=at).values_list("staff_id", flat=True).first()


def code_stands(staff_id: UUID, at: datetime) -> bool:
    """Whether a code that was handed over can still be used."""
    return Enrolment.objects.filter(staff_id=staff_id, until__gt=at).exists()


def use_code(staff_id: UUID) -> bool:
    """The code is used up; False where it was already."""
    return bool(Enrolment.objects.filter(staff_id=staff_id).delete()[0])


def _row(values: tuple[object, ...] | None) -> AccountRow | None:
    if values is None:
        return None
    id_, name, sign_in_name, role, team, active, password = values
    return AccountRow(
        UUID(str(id_)), str(name), str(sign_in_name), str(role), str(team or ""), bool(active), str(password)
    )
