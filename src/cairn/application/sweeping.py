"""What is over is thrown away: rows of sessions that ended, and guesses that no longer count."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore

from cairn.application.ports import now
from cairn.application.session_figures import sign_in_figures
from cairn.records import guesses


def sweep() -> None:
    """Run with every tick. No one loses anything by it: none of it opens anything any more."""
    SessionStore.clear_expired()
    guesses.forget_before(now() - sign_in_figures().guesses.within)
