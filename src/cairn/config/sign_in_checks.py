"""What of the settings would weaken signing in, sessions and headers: each check is red for what it watches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

# Settings are whatever the settings module names; no type describes them.
Values: TypeAlias = Any

YEAR = 365 * 24 * 60 * 60
LONGEST_SESSION = 10 * 60 * 60
SHORTEST_PASSWORD = 12
DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
SESSIONS = "django.contrib.sessions.backends.db"
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
KEEPER = "cairn.adapters.second_factor_secrets.SecretsKept"
# What guards an answer, in this order before whatever may refuse the request.
GUARDS = (
    "cairn.interfaces.web.headers.guard",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
)
CSRF = "django.middleware.csrf.CsrfViewMiddleware"


def passwords_are_hashed_slowly(values: Values) -> bool:
    """Argon2 and nothing older, and no short password."""
    lengths = [one.get("OPTIONS", {}).get("min_length", 0) for one in values.AUTH_PASSWORD_VALIDATORS]
    return values.PASSWORD_HASHERS == [ARGON2] and max(lengths, default=0) >= SHORTEST_PASSWORD


def sessions_are_kept_here(values: Values) -> bool:
    """In the database, where they can be ended; for no longer than a session lasts."""
    ends = values.SESSION_COOKIE_AGE <= LONGEST_SESSION and values.SESSION_EXPIRE_AT_BROWSER_CLOSE
    return bool(values.SESSION_ENGINE == SESSIONS and ends)


def cookies_stay_on_this_site(values: Values) -> bool:
    """No cookie is sent along by another site's form; under TLS each has the prefix that binds it to this host."""
    same = {values.SESSION_COOKIE_SAMESITE, values.CSRF_COOKIE_SAMESITE} <= {"Lax", "Strict"}
    names = (values.SESSION_COOKIE_NAME, values.CSRF_COOKIE_NAME, values.KNOWN_COOKIE_NAME)
    bound = values.PLAIN_HTTP or all(name.startswith("__Host-") for name in names)
    return bool(same and values.CSRF_COOKIE_HTTPONLY and bound)


def tls_is_insisted_on(values: Values) -> bool:
    """For a year at least, wherever there is TLS."""
    insists = values.SECURE_SSL_REDIRECT and values.SECURE_HSTS_SECONDS >= YEAR
    return bool(values.PLAIN_HTTP or insists)


def answers_are_guarded(values: Values) -> bool:
    """Each answer has its headers, and each form its key."""
    first = tuple(values.MIDDLEWARE[: len(GUARDS)]) == GUARDS
    nowhere = values.CONTENT_SECURITY_POLICY["DIRECTIVES"].get("frame-ancestors") == ["'none'"]
    return bool(first and CSRF in values.MIDDLEWARE and nowhere and values.X_FRAME_OPTIONS == "DENY")


def second_factors_are_whole(values: Values) -> bool:
    """No code that is always right, no browser that is trusted instead, no key from elsewhere; secrets are sealed."""
    weakened = (
        "MFA_TOTP_INSECURE_BYPASS_CODE",
        "MFA_TRUST_ENABLED",
        "MFA_PASSKEY_LOGIN_ENABLED",
        "MFA_PASSKEY_SIGNUP_ENABLED",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    )
    narrow = getattr(values, "MFA_TOTP_TOLERANCE", 0) <= 1
    return (
        values.MFA_ADAPTER == KEEPER and narrow and not any(getattr(values, name, None) for name in weakened)
    )


def what_is_used_up_is_known_to_all(values: Values) -> bool:
    """A code that one process took is used up for every other."""
    return bool(values.CACHES["default"]["BACKEND"] == DATABASE_CACHE)


CHECKS: Sequence[tuple[str, Callable[[Values], bool], str]] = (
    (
        "cairn.E010",
        passwords_are_hashed_slowly,
        "passwords must be kept by Argon2 alone, and have twelve characters or more",
    ),
    ("cairn.E011", sessions_are_kept_here, "sessions must be kept in the database, for ten hours at most"),
    (
        "cairn.E012",
        cookies_stay_on_this_site,
        "cookies must be SameSite, hidden from scripts, and named __Host- under TLS",
    ),
    ("cairn.E013", tls_is_insisted_on, "TLS must be insisted on, for a year at least"),
    ("cairn.E014", answers_are_guarded, "an answer or a form is without its guard"),
    ("cairn.E015", second_factors_are_whole, "a second factor could be done without"),
    ("cairn.E016", what_is_used_up_is_known_to_all, "codes used once must be known to every process"),
)
