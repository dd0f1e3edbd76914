"""Signing in by name and password, which is half of it: the second factor is the other half.

Nobody learns from the answer, nor from how long it took, whether there is such an account: one hash is computed
whatever was typed, and all that is not right is answered alike.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from cairn.application.guesses import Throttled, take
from cairn.records import accounts

LONGEST_PASSWORD = 256
LONGEST_NAME = 60
SHORTEST_PART = 4


def plain_name(typed: str) -> str:
    """A name to sign in with as it is kept: in small letters, without blanks at its ends."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()[:LONGEST_NAME]


def password_given(
    typed_name: str, password: str, address: str, browser: str = ""
) -> UUID | Throttled | None:
    """Whose name and password these are; None where they are nobody's, or the account is closed.

    `browser` names a browser that has signed in to this account before: its answers are counted apart from everybody
    else's. The person is not signed in by this.
    """
    name = plain_name(typed_name)
    on = f"password of {name} in {browser}" if browser else f"password of {name}"
    taken = take(on, address, known_browser=bool(browser))
    if isinstance(taken, Throttled):
        return taken
    found = accounts.named(name)
    usable = found is not None and is_password_usable(found.password)
    kept = found.password if found is not None and usable else _nobody_s()
    right = check_password(password[:LONGEST_PASSWORD], kept)
    if found is None or not (right and usable and found.is_active):
        return None
    taken.was_right()
    return found.id


@cache
def _nobody_s() -> str:
    """The hash of a password that nobody has, to compute where there is no other."""
    return make_password(secrets.token_urlsafe())


def password_faults(staff_id: UUID, password: str) -> tuple[str, ...]:
    """What is wrong with a password for this account, each as a sentence; nothing where it may be used."""
    if len(password) > LONGEST_PASSWORD:
        return (f"A password has at most {LONGEST_PASSWORD} characters",)
    found = accounts.numbered(staff_id)
    if found is not None and _holds_name(password, found):
        return ("Choose a password that does not hold your name",)
    try:
        validate_password(password)
    except ValidationError as fault:
        return tuple(message.rstrip(".") for message in fault.messages)
    return ()


def _holds_name(password: str, found: accounts.AccountRow) -> bool:
    parts = re.split(r"[\W_]+", f"{found.name} {found.sign_in_name}".casefold())
    return any(len(part) >= SHORTEST_PART and part in password.casefold() for part in parts)


def set_password(staff_id: UUID, password: str) -> None:
    """Keep a new password. Every session of the account is over by this."""
    hashed = make_password(password)
    with transaction.atomic():
        accounts.set_password(staff_id, hashed)
        accounts.end_sessions(staff_id)
