"""What the surroundings say: where things are kept, which database, which secret."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from psycopg.conninfo import conninfo_to_dict

from cairn.adapters.postgres import Cluster, ClusterFailed
from cairn.adapters.postgres.databases import DATABASE

APP_ROLE = "cairn_app"
STATEMENT_LIMIT_MILLISECONDS = 5_000
IDLE_IN_TRANSACTION_LIMIT_MILLISECONDS = 60_000
LOCK_LIMIT_MILLISECONDS = 4_000
# PostgreSQL's own 4 is a spinning disk's: with it a few children's events were read by going through everybody's.
RANDOM_PAGE_COST = 1.1
SECRET_BYTES = 64
SWITCHED_ON = {"1", "true", "yes", "on"}


def switched_on(environment: Mapping[str, str], name: str) -> bool:
    """Whether a variable is set to a plain yes."""
    return environment.get(name, "").strip().lower() in SWITCHED_ON


def listed(environment: Mapping[str, str], name: str, otherwise: list[str]) -> list[str]:
    """A variable's comma-separated values."""
    values = [value.strip() for value in environment.get(name, "").split(",")]
    return [value for value in values if value] or otherwise


def home(environment: Mapping[str, str]) -> Path:
    """Where this installation keeps its own files (CAIRN_HOME, else `.cairn` in the user's home)."""
    return Path(environment.get("CAIRN_HOME") or Path.home() / ".cairn").expanduser().absolute()


def secret_key(environment: Mapping[str, str], folder: Path) -> str:
    """The signing key: CAIRN_SECRET_KEY, else a file made once that only its owner can read."""
    given = environment.get("CAIRN_SECRET_KEY")
    if given:
        return given
    return _kept(folder / "secret-key", lambda: secrets.token_urlsafe(SECRET_BYTES))


def referrer_keys(environment: Mapping[str, str], folder: Path) -> list[str]:
    """The keys of the identities of referrers: CAIRN_REFERRER_KEY, else a file made once that only its owner can read.

    Several stand with commas between them: the first seals, all of them open (docs/adr/0018).
    """
    given = listed(environment, "CAIRN_REFERRER_KEY", [])
    return given or _kept(folder / "referrer-key", lambda: Fernet.generate_key().decode("ascii")).split()


def _kept(kept: Path, make: Callable[[], str]) -> str:
    """What stands in a file of the installation's own, which is made where there is none."""
    if not kept.exists():
        _make_secret(kept, make())
    return kept.read_text(encoding="ascii").strip()


def _make_secret(kept: Path, secret: str) -> None:
    """Write a whole file aside and link it in place: of two that start at once, one wins."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = kept.with_name(f"{kept.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    try:
        os.link(aside, kept)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def embedded_cluster(folder: Path) -> Cluster:
    """The PostgreSQL of one's own that an installation has where it is told of no other."""
    return Cluster(folder / "postgres")


def embedded_address(folder: Path) -> str | None:
    """Where that cluster's database is reached by the application, or None before its first start."""
    try:
        return embedded_cluster(folder).url(DATABASE, APP_ROLE)
    except ClusterFailed:
        return None


def app_database(environment: Mapping[str, str], embedded: str | None = None) -> dict[str, Any]:
    """The database as the role `cairn_app`, in Django's words.

    CAIRN_APP_DATABASE_URL says it outright; else it is the owner's CAIRN_DATABASE_URL (or the
    embedded cluster's address) with the user changed, and CAIRN_APP_PASSWORD where one is set.
    """
    given = environment.get("CAIRN_APP_DATABASE_URL")
    if given:
        return database(given)
    owners = environment.get("CAIRN_DATABASE_URL") or embedded or ""
    return {
        **database(owners),
        "USER": APP_ROLE,
        "PASSWORD": environment.get("CAIRN_APP_PASSWORD", ""),
    }


def database(url: str, *, pool: bool = True) -> dict[str, Any]:
    """Django's settings for a libpq address: pooled, with limits on how long a statement may take."""
    parts = conninfo_to_dict(url)
    settings = {
        "statement_timeout": STATEMENT_LIMIT_MILLISECONDS,
        "lock_timeout": LOCK_LIMIT_MILLISECONDS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_LIMIT_MILLISECONDS,
        "random_page_cost": RANDOM_PAGE_COST,
    }
    options: dict[str, Any] = {"options": " ".join(f"-c {name}={value}" for name, value in settings.items())}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.get("dbname") or ""),
        "USER": str(parts.get("user") or ""),
        "PASSWORD": str(parts.get("password") or ""),
        "HOST": str(parts.get("host") or ""),
        "PORT": str(parts.get("port") or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }
