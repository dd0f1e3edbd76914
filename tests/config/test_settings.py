"""The settings as loaded, and the ones that are refused."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

LOAD = "import django; django.setup(); from cairn.config.checks import refuse_to_start; refuse_to_start()"


def start(tmp_path, **environment):
    """Start a process with these settings, as a server would; what it says on its error output."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")}
    surroundings = {**plain, "CAIRN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cairn.config.settings"}
    code = [sys.executable, "-c", LOAD]
    done = subprocess.run(
        code, env={**surroundings, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_fresh_installation_starts(tmp_path):
    assert start(tmp_path, CAIRN_HOSTS="cairn.example", CAIRN_DATABASE_URL="postgresql://o@/c") == (0, "")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DEBUG": "1"}, "no debug mode"),
        ({"DJANGO_DEBUG": "true"}, "no debug mode"),
        ({"CAIRN_SECRET_KEY": "short"}, "cairn.E002"),
        ({"CAIRN_SECRET_KEY": "django-insecure-" + "abcdefghij" * 6}, "cairn.E002"),
        ({"CAIRN_PLAIN_HTTP": "1", "CAIRN_HOSTS": "cairn.example"}, "cairn.E003"),
        ({"CAIRN_HOSTS": "*"}, "cairn.E004"),
        ({"CAIRN_APP_DATABASE_URL": "postgresql://postgres@/cairn"}, "cairn.E007"),
    ],
)
def test_a_weak_installation_does_not_start(tmp_path, environment, words):
    code, said = start(tmp_path, **environment)
    assert code != 0
    assert words in said


def test_no_check_of_djangos_or_ours_complains():
    assert run_checks() == []


def test_over_tls_cookies_are_bound_to_the_host_and_everything_else_is_sent_there(tmp_path):
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
    ]
    shown = f"import django; django.setup(); from django.conf import settings as s; print([getattr(s, n) for n in {names}])"
    environment = {**os.environ, "CAIRN_HOME": str(tmp_path)}
    environment.pop("CAIRN_PLAIN_HTTP")
    done = subprocess.run(
        [sys.executable, "-c", shown], env=environment, capture_output=True, text=True, check=True
    )
    year = 366 * 24 * 60 * 60
    assert done.stdout.strip() == str(["__Host-cairn_session", "__Host-cairn_csrf", True, True, True, year])


def test_no_session_is_kept_longer_than_ten_hours():
    assert settings.SESSION_COOKIE_AGE == 10 * 60 * 60


def test_a_slow_statement_is_cut_off(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("5s",)
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)
