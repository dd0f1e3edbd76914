"""Accounts of an authority's own staff: made by an administrator, set up by the person with a code, closed at once."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import is_password_usable, make_password
from django.db import transaction

from cairn.application.passwords import plain_name
from cairn.application.ports import now, second_factors
from cairn.application.session_figures import sign_in_figures
from cairn.core.roles import ROLES
from cairn.records import accounts, staff

# Without what is easily read as something else; twenty of them are a hundred bits.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, LETTERS_A_GROUP = 4, 5
NAME = re.compile(r"[a-z0-9][a-z0-9._'@-]{1,58}[a-z0-9]")


class AccountRefused(ValueError):
    """What an administrator asked for cannot be done; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over to the person: their name to sign in with, and the code that sets up the account."""

    sign_in_name: str
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as it is listed."""

    sign_in_name: str
    name: str
    role: str
    team: str
    state: str


def add(*, name: str, sign_in_name: str, role: str, team: str = "") -> Handed:
    """Make an account. AccountRefused for an unknown role or team, or a name to sign in with that is taken."""
    wanted = plain_name(sign_in_name)
    if not NAME.fullmatch(wanted):
        raise AccountRefused("a name to sign in with has 3 to 60 letters, digits, dots or dashes")
    if role not in ROLES:
        raise AccountRefused(f"there is no role {role!r}; it is one of: {', '.join(sorted(ROLES))}")
    if not name.strip():
        raise AccountRefused("the person has a name")
    with transaction.atomic():
        if accounts.named(wanted) is not None:
            raise AccountRefused(f"{wanted} is taken; `cairn account list` shows by whom")
        made = staff.add_person(name.strip(), role, _team(team))
        accounts.name_for_signing_in(made, wanted)
        return _hand_over(made, wanted)


def every() -> list[Listed]:
    """All accounts that somebody signs in to."""
    return [
        Listed(row.sign_in_name, row.name, row.role, row.team_name, _state(row)) for row in accounts.every()
    ]


def disable(sign_in_name: str) -> None:
    """Close an account: whoever is signed in to it is out with the next request."""
    with transaction.atomic():
        found = _found(sign_in_name)
        staff.switch(found.id, active=False)
        accounts.use_code(found.id)
        accounts.end_sessions(found.id)


def enable(sign_in_name: str) -> Handed:
    """Open an account again. It is set up anew, with a code."""
    with transaction.atomic():
        found = _found(sign_in_name)
        staff.switch(found.id, active=True)
        return _anew(found)


def move(sign_in_name: str, team: str) -> None:
    """Put a person into another team, or into none; their rights change with the next request."""
    staff.move(_found(sign_in_name).id, _team(team))


def reset(sign_in_name: str) -> Handed:
    """Take away password and second factor, for a code to set up new ones; every session is over."""
    with transaction.atomic():
        found = _found(sign_in_name)
        if not found.is_active:
            raise AccountRefused(f"{found.sign_in_name} is closed; `cairn account enable` opens it")
        return _anew(found)


def code_given(typed: str) -> UUID | None:
    """Whose account a code sets up now; None where it is none, or no longer one."""
    found = accounts.has_code(_digest(typed), now())
    row = accounts.numbered(found) if found else None
    return row.id if row is not None and row.is_active else None


def is_being_set_up(staff_id: UUID) -> bool:
    """Whether the account may still be set up with a code that was handed over."""
    row = accounts.numbered(staff_id)
    return row is not None and row.is_active and accounts.code_stands(staff_id, now())


def is_set_up(staff_id: UUID) -> bool:
    """It is: the code is used up, and any other session of the account is over. False where it was used already."""
    with transaction.atomic():
        used = accounts.use_code(staff_id)
        if used:
            accounts.end_sessions(staff_id)
        return used


def new_recovery_codes(staff_id: UUID) -> tuple[str, ...]:
    """New ones in place of all old ones. Every session of the account is over by this."""
    with transaction.atomic():
        accounts.end_sessions(staff_id)
        return second_factors().new_recovery_codes(staff_id)


def sign_in_name_of(staff_id: UUID) -> str:
    """The name that somebody signs in with; '' where they have none."""
    found = accounts.numbered(staff_id)
    return found.sign_in_name if found else ""


def _anew(found: accounts.AccountRow) -> Handed:
    accounts.set_password(found.id, make_password(None))
    second_factors().remove_all(found.id)
    accounts.end_sessions(found.id)
    return _hand_over(found.id, found.sign_in_name)


def _hand_over(staff_id: UUID, sign_in_name: str) -> Handed:
    letters = [secrets.choice(LETTERS) for _ in range(GROUPS * LETTERS_A_GROUP)]
    groups = ["".join(letters[at : at + LETTERS_A_GROUP]) for at in range(0, len(letters), LETTERS_A_GROUP)]
    code, until = "-".join(groups), now() + sign_in_figures().enrolment.lasts
    accounts.give_code(staff_id, _digest(code), until)
    return Handed(sign_in_name, code, until)


def _digest(code: str) -> bytes:
    """A code of a hundred random bits needs no slow hash."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(plain.encode()).digest()


def _found(sign_in_name: str) -> accounts.AccountRow:
    found = accounts.named(plain_name(sign_in_name))
    if found is None:
        raise AccountRefused(f"nobody signs in as {sign_in_name!r}; `cairn account list` shows who does")
    return found


def _team(name: str) -> UUID | None:
    if not name:
        return None
    found = staff.team_named(name)
    if found is None:
        known = ", ".join(team.name for team in staff.teams()) or "there is none yet"
        raise AccountRefused(f"there is no team {name!r}; the teams are: {known}")
    return found.id


def _state(row: accounts.AccountRow) -> str:
    if not row.is_active:
        return "closed"
    if second_factors().kinds(row.id) - {"recovery code"} and is_password_usable(row.password):
        return "in use"
    return "to be set up" if accounts.code_stands(row.id, now()) else "not set up, its code has expired"
