"""Who is signed in by a session, since when and how, and for how long that counts.

What a session says is judged with every request (`core.access.sessions`): the cookie alone is worth nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.session_figures import sign_in_figures
from cairn.application.sign_in import Account, account, is_made_up
from cairn.core.access import sessions as rules
from cairn.core.access.sessions import How, Over, SessionFacts

SIGNED_IN = "cairn_staff"
HOW = "cairn_how"
BEGAN = "cairn_began"
KEPT = "cairn_kept"
SHOWN = "cairn_shown"
ROUND = "cairn_round"
CAPACITY = "cairn_capacity"
# A session in use is saved anew, but not with every request; so it ends up to a minute before its idle limit.
KEPT_FOR = 60


def begin(session: SessionBase, found: Account, how: How) -> None:
    """Sign this person in by this session; nothing that was in it before is left."""
    at = int(now().timestamp())
    session.clear()
    session[SIGNED_IN] = str(found.actor.id)
    session[HOW] = how
    session[BEGAN] = session[KEPT] = session[SHOWN] = at
    session[ROUND] = found.session_round
    session[CAPACITY] = _capacity(found.actor)


def sign_in(request: HttpRequest, found: Account, how: How) -> None:
    """The same for a browser: under a new id, so that one set beforehand is worth nothing."""
    request.session.flush()
    request.session.cycle_key()
    begin(request.session, found, how)


def who(request: HttpRequest) -> Actor | None:
    """Whoever is signed in by this request; None for nobody, a closed account, and a session that is over."""
    chosen = request.session.get(SIGNED_IN)
    found = account(UUID(chosen)) if chosen else None
    if found is None or why_over(request, found) is not None:
        return None
    return found.actor


def why_over(request: HttpRequest, found: Account) -> Over | None:
    """Why the session of this request is over for its account; None while it lasts."""
    figures = sign_in_figures().session
    return rules.why_over(_facts(request.session), figures, now(), found.session_round, is_made_up())


def was(request: HttpRequest) -> UUID | None:
    """Who was signed in by this session, whether or not that still counts."""
    chosen = request.session.get(SIGNED_IN)
    return UUID(chosen) if chosen else None


def keep(request: HttpRequest, actor: Actor) -> None:
    """Note that the session is used. Under a role or team that is new to it, it goes on under a new id."""
    at = int(now().timestamp())
    if abs(at - request.session.get(KEPT, 0)) >= KEPT_FOR:
        request.session[KEPT] = at
    if request.session.get(CAPACITY) != _capacity(actor):
        request.session.cycle_key()
        request.session[CAPACITY] = _capacity(actor)


def is_strong(request: HttpRequest) -> bool:
    """Whether whoever is signed in showed who they are within the last few minutes."""
    return rules.is_strong(_instant(request.session, SHOWN), sign_in_figures().session, now())


def shown_again(request: HttpRequest) -> None:
    """They have shown it just now: the session goes on under a new id."""
    request.session.cycle_key()
    request.session[SHOWN] = int(now().timestamp())


def seconds_left(request: HttpRequest) -> tuple[int, int]:
    """How long the session lasts from now: without another request, and at the longest."""
    figures, facts = sign_in_figures().session, _facts(request.session)
    at = now()
    longest = int((figures.longest - (at - facts.began)).total_seconds())
    idle = int(figures.idle.total_seconds()) - KEPT_FOR
    return max(0, min(idle, longest)), max(0, longest)


def _facts(session: SessionBase) -> SessionFacts:
    """What the session says; where it does not say, it is over."""
    return SessionFacts(
        how=str(session.get(HOW, "")),
        began=_instant(session, BEGAN) or datetime.min.replace(tzinfo=UTC),
        used=_instant(session, KEPT) or datetime.min.replace(tzinfo=UTC),
        round=int(session.get(ROUND, -1)),
    )


def _instant(session: SessionBase, name: str) -> datetime | None:
    given = session.get(name)
    return datetime.fromtimestamp(given, UTC) if isinstance(given, int) else None


def _capacity(actor: Actor) -> str:
    return f"{actor.role}, {actor.team or 'no team'}"
