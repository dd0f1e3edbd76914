"""Showing again who one is: by a second factor, or, among made-up people, by choosing oneself again."""

from __future__ import annotations

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
    taken = take(f"second factor of {actor.id}", address, known_browser=True)
    if isinstance(taken, Throttled):
        return taken
    right = _is_right(actor, code, passkey)
    if right:
        taken.was_right()
    return right


def _is_right(actor: Actor, code: str, passkey: str) -> bool:
    if passkey:
        return second_factors().passkey_answered(actor.id, passkey)
    return bool(code) and second_factors().answered(actor.id, code) is not None
