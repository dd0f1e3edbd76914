"""Each start-up check goes red for the setting it watches, and for no other."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from cairn.application import four_eyes
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
    "REFERRER_KEYS",
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


@pytest.mark.django_db
def test_a_database_that_guards_what_the_vocabulary_says_lets_it_start():
    assert list(four_eyes.rules())
    assert checks.unprepared() == []
    checks.refuse_to_start()


@pytest.mark.django_db
def test_after_a_change_of_what_approves_what_it_does_not_start_until_the_database_is_prepared(monkeypatch):
    first, *rest = four_eyes.rules()
    new = replace(first, event_type="plan.made", approves="assessment.approved")
    monkeypatch.setattr(four_eyes, "rules", lambda: (*rest, new))
    said = [words for _, words in checks.unprepared()]
    assert len(said) == 2
    assert "does not know yet that plan.made approves assessment.approved" in said[0]
    assert f"still asks somebody else for {first.event_type}" in said[1]
    assert all("run `cairn database prepare`" in words for words in said)
    with pytest.raises(ImproperlyConfigured, match="cairn database prepare"):
        checks.refuse_to_start()


def test_a_database_that_does_not_answer_is_not_judged_and_one_without_tables_is_to_be_prepared(monkeypatch):
    def fails(with_what):
        def differences():
            raise with_what

        return differences

    monkeypatch.setattr(four_eyes, "differences", fails(OperationalError("no route")))
    checks.refuse_to_start()
    monkeypatch.setattr(four_eyes, "differences", fails(ProgrammingError("no such table")))
    with pytest.raises(ImproperlyConfigured, match="not the tables of this version"):
        checks.refuse_to_start()
