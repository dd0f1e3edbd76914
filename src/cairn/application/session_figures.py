"""How long a session lasts here, and how many wrong answers are taken: the figures shipped, or shorter ones."""

from __future__ import annotations

import os
from functools import cache

from cairn.application.procedures import FOLDER
from cairn.application.rights import access_file
from cairn.core.access.sessions import SignInFigures, read_figures, shortened

FILE = "sessions.yaml"
IDLE, LONGEST = "CAIRN_IDLE_MINUTES", "CAIRN_SESSION_HOURS"


def sign_in_figures() -> SignInFigures:
    """The figures, with the session shortened to CAIRN_IDLE_MINUTES and CAIRN_SESSION_HOURS where these are set."""
    figures = _figures(os.environ.get(FOLDER, ""))
    return shortened(figures, _number(IDLE), _number(LONGEST))


def _number(name: str) -> int | None:
    given = os.environ.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() else None


@cache
def _figures(folder: str) -> SignInFigures:
    return read_figures(FILE, access_file(folder, FILE).read_text("utf-8"))
