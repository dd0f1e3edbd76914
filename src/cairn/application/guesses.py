"""How often a wrong answer is taken: on one account and from one address, across all processes.

What is counted is a digest under the installation's key: neither a name nor an address is kept, or written into the log.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from cairn.application.ports import now
from cairn.application.session_figures import sign_in_figures
from cairn.records import guesses

log = logging.getLogger(__name__)
SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Throttled:
    """There were too many wrong answers lately: this one was not looked at."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer may be looked at; until it is found right it counts as wrong."""

    on_account: bytes
    noted: tuple[int, ...]

    def was_right(self) -> None:
        """It was: the account begins to count anew; of the address, this answer alone no longer counts."""
        guesses.forget(self.noted)
        guesses.forget_all(self.on_account)


def take(on: str, address: str, *, known_browser: bool = False) -> Taken | Throttled:
    """Whether one more answer is looked at, on `on` (an account and what of it) and from this address.

    Who answers from a browser that has signed in as this account before is counted apart: whoever guesses elsewhere
    does not lock them out, and nor does a colleague behind the same address.
    """
    figures, on_account = sign_in_figures().guesses, _digest("on", on)
    limits = [guesses.Limit(on_account, figures.on_one_account)]
    if not known_browser:
        limits.append(guesses.Limit(_digest("from", address), figures.from_one_address))
    noted = guesses.note(limits, now(), figures.within)
    if noted is None:
        _alert(limits)
        return Throttled()
    return Taken(on_account, noted)


def _alert(limits: Sequence[guesses.Limit]) -> None:
    """One line: references alone, alike for the same account and the same address."""
    references = " and ".join(one.tried_on.hex()[:SHOWN_DIGITS] for one in limits)
    log.warning("sign-in throttled: too many wrong answers (reference %s)", references)


def _digest(kind: str, text: str) -> bytes:
    key = hashlib.sha256(b"cairn guesses" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{kind}:{text}".encode("utf-8", "replace"), hashlib.sha256).digest()
