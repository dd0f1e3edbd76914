"""The settings of an installation that is served by TLS, as the settings module itself gives them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

WANTED = (
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "KNOWN_COOKIE_NAME",
)
ASK = f"import json; from cairn.config import settings as s; print(json.dumps({{n: getattr(s, n) for n in {WANTED}}}))"


def values() -> dict[str, Any]:
    """Read in a process of its own, which is not told that it serves this machine without TLS."""
    surroundings = {name: value for name, value in os.environ.items() if name != "CAIRN_PLAIN_HTTP"}
    told = subprocess.run([sys.executable, "-c", ASK], env=surroundings, capture_output=True, check=True)
    return json.loads(told.stdout)


def apply(settings: Any) -> None:
    """Put them in for one test; PLAIN_HTTP goes with them."""
    for name, value in {**values(), "PLAIN_HTTP": False}.items():
        setattr(settings, name, value)
