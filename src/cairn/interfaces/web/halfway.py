"""Between the halves of signing in: who gave a password, or a code to set up their account, and is not signed in yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest

from cairn.application.accounts import is_being_set_up
from cairn.application.ports import now
from cairn.application.session_figures import sign_in_figures
from cairn.application.sign_in import Account, account

KEY = "cairn_halfway"
# What was given: a password, and the second factor is missing; or a code, and the account is being set up with it.
Given = Literal["password", "code"]


def begin(request: HttpRequest, staff_id: UUID, given: Given) -> None:
    """Half of it is done. The session has a new id; nobody is signed in by it."""
    request.session.flush()
    request.session.cycle_key()
    go_on(request, staff_id, given)


def go_on(request: HttpRequest, staff_id: UUID, given: Given) -> None:
    """There is time again for the next step."""
    request.session[KEY] = {"staff": str(staff_id), "given": given, "at": int(now().timestamp())}


def who(request: HttpRequest, given: Given) -> Account | None:
    """Whose live account it is, where just this was given within some minutes; else None."""
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or kept.get("given") != given:
        return None
    waited = now() - datetime.fromtimestamp(kept["at"], UTC)
    found = account(UUID(kept["staff"]))
    if found is None or waited >= sign_in_figures().session.halfway:
        return None
    return found if given == "password" or is_being_set_up(found.actor.id) else None
