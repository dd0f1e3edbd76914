"""Each check of signing in goes red for the setting it watches, and for no other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings

from cairn.config import checks, sign_in_checks

WATCHED = [
    "PLAIN_HTTP",
    "PASSWORD_HASHERS",
    "AUTH_PASSWORD_VALIDATORS",
    "SESSION_ENGINE",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_NAME",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "KNOWN_COOKIE_NAME",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "MIDDLEWARE",
    "CONTENT_SECURITY_POLICY",
    "X_FRAME_OPTIONS",
    "MFA_ADAPTER",
    "MFA_TOTP_TOLERANCE",
    "CACHES",
]
TLS = {
    "PLAIN_HTTP": False,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 366 * 24 * 60 * 60,
    "SESSION_COOKIE_NAME": "__Host-a",
    "CSRF_COOKIE_NAME": "__Host-b",
    "KNOWN_COOKIE_NAME": "__Host-c",
}
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def faults(**changed):
    values = SimpleNamespace(**{name: getattr(settings, name) for name in WATCHED} | changed)
    return [name for name, kept, _ in sign_in_checks.CHECKS if not kept(values)]


def test_the_settings_as_they_stand_pass_with_tls_and_without():
    assert faults() == []
    assert faults(**TLS) == []


def test_they_are_among_those_that_are_asked_at_the_start():
    assert set(sign_in_checks.CHECKS) <= set(checks.EVERY)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"PASSWORD_HASHERS": [MD5]}, "cairn.E010"),
        ({"PASSWORD_HASHERS": [*settings.PASSWORD_HASHERS, MD5]}, "cairn.E010"),
        ({"AUTH_PASSWORD_VALIDATORS": []}, "cairn.E010"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}, "cairn.E011"),
        ({"SESSION_COOKIE_AGE": 14 * 24 * 60 * 60}, "cairn.E011"),
        ({"SESSION_EXPIRE_AT_BROWSER_CLOSE": False}, "cairn.E011"),
        ({"SESSION_COOKIE_SAMESITE": "None"}, "cairn.E012"),
        ({"CSRF_COOKIE_HTTPONLY": False}, "cairn.E012"),
        ({**TLS, "SESSION_COOKIE_NAME": "cairn_session"}, "cairn.E012"),
        ({**TLS, "SECURE_HSTS_SECONDS": 3600}, "cairn.E013"),
        ({**TLS, "SECURE_SSL_REDIRECT": False}, "cairn.E013"),
        ({"MIDDLEWARE": settings.MIDDLEWARE[1:]}, "cairn.E014"),
        ({"MIDDLEWARE": [one for one in settings.MIDDLEWARE if "csrf" not in one]}, "cairn.E014"),
        ({"X_FRAME_OPTIONS": "SAMEORIGIN"}, "cairn.E014"),
        ({"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"frame-ancestors": ["'self'"]}}}, "cairn.E014"),
        ({"MFA_TOTP_INSECURE_BYPASS_CODE": "123456"}, "cairn.E015"),
        ({"MFA_TRUST_ENABLED": True}, "cairn.E015"),
        ({"MFA_PASSKEY_LOGIN_ENABLED": True}, "cairn.E015"),
        ({"MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True}, "cairn.E015"),
        ({"MFA_TOTP_TOLERANCE": 10}, "cairn.E015"),
        ({"MFA_ADAPTER": "allauth.mfa.adapter.DefaultMFAAdapter"}, "cairn.E015"),
        ({"CACHES": LOCAL}, "cairn.E016"),
    ],
)
def test_each_weakness_is_named(changed, fault):
    assert faults(**changed) == [fault]
