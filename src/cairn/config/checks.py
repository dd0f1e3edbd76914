"""Start-up checks: an installation that would show or lose what it keeps does not start."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connections

from cairn.adapters.postgres.quiet import loud
from cairn.config import sign_in_checks

# Settings are whatever the settings module names; no type describes them.
Values: TypeAlias = Any

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 5


def debug_is_off(values: Values) -> bool:
    """No page may show its variables."""
    return not values.DEBUG


def secret_is_secret(values: Values) -> bool:
    """A long key of many characters, and not one that a generator marks as insecure."""
    key = str(values.SECRET_KEY)
    long_enough = len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_CHARACTERS
    return long_enough and not key.startswith("django-insecure")


def referrer_keys_are_keys(values: Values) -> bool:
    """Each can seal, and none is the secret key."""
    try:
        found = [Fernet(key) for key in values.REFERRER_KEYS]
    except ValueError:
        return False
    return bool(found) and str(values.SECRET_KEY) not in values.REFERRER_KEYS


def plain_http_stays_here(values: Values) -> bool:
    """Without TLS only this machine is served."""
    return not values.PLAIN_HTTP or set(values.ALLOWED_HOSTS) <= LOOPBACK


def hosts_are_named(values: Values) -> bool:
    """No wildcard among the hosts: a forged Host header would be believed."""
    return not any("*" in host for host in values.ALLOWED_HOSTS)


def cookies_are_guarded(values: Values) -> bool:
    """Cookies go over TLS only, and no script can read them."""
    secure = values.PLAIN_HTTP or (values.SESSION_COOKIE_SECURE and values.CSRF_COOKIE_SECURE)
    return bool(secure and values.SESSION_COOKIE_HTTPONLY)


def scripts_are_ours(values: Values) -> bool:
    """The content security policy allows no inline script or style without its nonce."""
    allowed = {
        source for sources in values.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in sources
    }
    return not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*"}


def database_is_not_the_owners(values: Values) -> bool:
    """The application works as the role that can't change the ledger."""
    return values.DATABASES["default"]["USER"] not in {"", "postgres"}


CHECKS: Sequence[tuple[str, Callable[[Values], bool], str]] = (
    ("cairn.E001", debug_is_off, "DEBUG is on: error pages would show case data"),
    ("cairn.E002", secret_is_secret, "the secret key is too short, or a default one"),
    (
        "cairn.E003",
        plain_http_stays_here,
        "CAIRN_PLAIN_HTTP is for this machine only; CAIRN_HOSTS names others",
    ),
    ("cairn.E004", hosts_are_named, "CAIRN_HOSTS must name each host; no wildcard"),
    ("cairn.E005", cookies_are_guarded, "session and CSRF cookies must be secure and hidden from scripts"),
    ("cairn.E006", scripts_are_ours, "the content security policy allows inline code"),
    (
        "cairn.E008",
        referrer_keys_are_keys,
        "CAIRN_REFERRER_KEY must be one or more keys of 32 bytes in URL-safe base64, none of them the secret key",
    ),
    ("cairn.E007", database_is_not_the_owners, "the application must not connect as the database's owner"),
)


EVERY = (*CHECKS, *sign_in_checks.CHECKS)


def faults(
    values: Values, among: Sequence[tuple[str, Callable[[Values], bool], str]] = CHECKS
) -> list[tuple[str, str]]:
    """The id and words of each check that these settings fail."""
    return [(name, words) for name, kept, words in among if not kept(values)]


PREPARE = "run `cairn database prepare` with the owner's address (CAIRN_DATABASE_URL), then start again"


def unprepared() -> list[tuple[str, str]]:
    """Where the database guards something else than the vocabulary says, each with what to do about it.

    Django's own `migrate` would ask this before there is anything to ask, so it is none of Django's checks. Raises
    OperationalError where the database does not answer.
    """
    from cairn.application import four_eyes  # noqa: PLC0415 - it needs Django's settings

    try:
        return [("cairn.E008", f"{difference}: {PREPARE}") for difference in four_eyes.differences()]
    except ProgrammingError:
        return [("cairn.E008", f"the database has not the tables of this version: {PREPARE}")]


def loud_database() -> list[str]:
    """What to set on the database's server so that nothing of anybody stands in its own log; it may answer or not."""

    def setting(name: str) -> str:
        cursor.execute("SELECT current_setting(%s)", [name])
        found: tuple[str] = cursor.fetchone()
        return found[0]

    with connections["default"].cursor() as cursor:
        return loud(setting)


@contextlib.contextmanager
def _without_pool() -> Iterator[None]:
    """One connection by itself, closed after: a pool waits, and warns, where the database does not answer at once."""
    options = connections["default"].settings_dict["OPTIONS"]
    pool = options.pop("pool", None)
    try:
        yield
    finally:
        connections.close_all()
        if pool is not None:
            options["pool"] = pool


def refuse_to_start() -> None:
    """Raise where a check fails: a web server runs none of Django's checks by itself.

    A database that does not answer yet is not judged: the pages say so until it does.
    """
    found = faults(settings, EVERY)
    if not found:
        with contextlib.suppress(OperationalError), _without_pool():
            found = unprepared()
    if found:
        raise ImproperlyConfigured("; ".join(f"{name}: {words}" for name, words in found))


def register() -> None:
    """Let `check`, and every command that checks first, say the same."""
    checks.register(_as_messages, checks.Tags.security)


def _as_messages(**_: object) -> list[checks.CheckMessage]:
    return [checks.Error(words, id=name) for name, words in faults(settings, EVERY)]
