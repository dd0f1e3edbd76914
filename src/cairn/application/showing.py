"""Showing who one is by a second factor; or, among made-up people, by choosing oneself again."""

from __future__ import annotations

from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.guesses import Throttled, take
from cairn.application.ports import second_factors
from cairn.application.sign_in import is_made_up


def show_again(actor: Actor, *, chosen: str, code: str, passkey: str, address: str) -> bool | Throttled:
    """Whether whoever is signed in has shown it; Throttled where there were too many wrong answers lately.

    `code` is an app's or a recovery code, `passkey` a passkey's answer. `chosen` counts where people are made up.
    """
    if is_made_up():
        return chosen == str(actor.id)
    return factor_given(actor.id, code=code, passkey=passkey, address=address, known_browser=True)


def factor_given(
    staff_id: UUID, *, code: str, passkey: str, address: str, known_browser: bool
) -> bool | Throttled:
    """Whether a second factor of this account was given; Throttled as above.

    Whoever is asked has given the password before: nobody else can use up the answers of this account.
    """
    taken = take(f"second factor of {staff_id}", address, known_browser=known_browser)
    if isinstance(taken, Throttled):
        return taken
    right = _is_right(staff_id, code, passkey)
    if right:
        taken.was_right()
    return right


def _is_right(staff_id: UUID, code: str, passkey: str) -> bool:
    if passkey:
        return second_factors().passkey_answered(staff_id, passkey)
    return bool(code) and second_factors().answered(staff_id, code) is not None
