"""Each start-up check goes red for the setting it watches, and for no other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings

from cairn.config import checks

WATCHED = [
    "DEBUG",
    "SECRET_KEY",
    "PLAIN_HTTP",
    "ALLOWED_HOSTS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CONTENT_SECURITY_POLICY",
    "DATABASES",
]


def values(**changed):
    return SimpleNamespace(**{name: getattr(settings, name) for name in WATCHED} | changed)


def test_the_settings_as_they_stand_pass():
    assert checks.faults(values()) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"DEBUG": True}, "cairn.E001"),
        ({"SECRET_KEY": "x" * 80}, "cairn.E002"),
        ({"SECRET_KEY": "abcdefgh"}, "cairn.E002"),
        ({"PLAIN_HTTP": True, "ALLOWED_HOSTS": ["localhost", "cairn.example"]}, "cairn.E003"),
        (
            {
                "ALLOWED_HOSTS": [".example", "*.example"],
                "PLAIN_HTTP": False,
                "SESSION_COOKIE_SECURE": True,
                "CSRF_COOKIE_SECURE": True,
            },
            "cairn.E004",
        ),
        ({"PLAIN_HTTP": False, "SESSION_COOKIE_SECURE": False}, "cairn.E005"),
        ({"SESSION_COOKIE_HTTPONLY": False}, "cairn.E005"),
        (
            {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"script-src": ["'self'", "'unsafe-inline'"]}}},
            "cairn.E006",
        ),
        ({"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"style-src": ["*"]}}}, "cairn.E006"),
        ({"DATABASES": {"default": {"USER": "postgres"}}}, "cairn.E007"),
    ],
)
def test_each_weakness_is_named(changed, fault):
    assert [name for name, _ in checks.faults(values(**changed))] == [fault]
