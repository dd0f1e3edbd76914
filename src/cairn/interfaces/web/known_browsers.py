"""A browser that has signed in to an account before: wrong answers given elsewhere do not lock it out.

Its cookie opens nothing. It only says, signed, that answers from here are counted apart.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cairn.application.passwords import plain_name

SALT = "cairn.known"
LASTS = timedelta(days=180)


def browser_of(request: HttpRequest, sign_in_name: str) -> str:
    """What names this browser for this account; '' where it has not signed in to it."""
    try:
        kept = signing.loads(request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    if not isinstance(kept, dict) or kept.get("name") != _digest(sign_in_name):
        return ""
    return str(kept.get("browser", ""))


def remember(response: HttpResponse, sign_in_name: str) -> None:
    """Note that this browser has signed in to this account."""
    kept = {"name": _digest(sign_in_name), "browser": secrets.token_hex(16)}
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digest(sign_in_name: str) -> str:
    """Not the name itself: a cookie lies about for half a year."""
    return signing.Signer(salt=SALT).signature(plain_name(sign_in_name))
