"""Every address has its policy, and keeps it: who is let in, by which method, and with which headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.attacks.house import house as build
from tests.attacks.places import names_of_addresses, places
from tests.people import made_up_staff

from cairn.interfaces.web.urls import urlpatterns

POLICIES = {"signed in", "anybody"}
ANYBODY = {
    "home", "sign-in", "sign-out", "second-factor", "passkey", "set-up", "set-up-password", "set-up-factor",
    "new-passkey", "help", "help-problem", "help-accessibility", "help-privacy", "help-changes",
}  # fmt: skip
UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NAMES = sorted(names_of_addresses())


@pytest.fixture
def house(db, settings):
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return build(made_up_staff())


def policy(name):
    return next(pattern.callback.policy for pattern in urlpatterns if pattern.name == name)


def is_guarded(response):
    """Nothing of it is kept, framed, guessed at or told on, and no code but ours runs in it."""
    rules = dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
    assert "unsafe" not in response["Content-Security-Policy"]
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["script-src"].split()[0] == rules["form-action"] == "'self'"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("pattern", urlpatterns, ids=str)
def test_every_view_has_its_policy_line(pattern):
    assert pattern.name, f"{pattern} has no name, so that no table can list it"
    assert getattr(pattern.callback, "policy", None) in POLICIES, f"{pattern.name}: @signed_in or @anybody"


def test_pages_for_anybody_are_the_few_listed_here():
    assert {name for name in NAMES if policy(name) == "anybody"} == ANYBODY


def test_every_address_is_among_those_tried(house):
    assert set(places(house)) == names_of_addresses()


def test_the_pages_open_for_whom_they_are_meant(house):
    """Without this the refusals below would be worth nothing: each of these addresses does exist."""
    for name, place in places(house).items():
        if place.is_page and name != "sign-in":
            assert house.client(place.who).get(place.address, follow=True).status_code == 200, name


def test_nobody_signed_in_is_led_to_sign_in(house):
    for name, place in places(house).items():
        if policy(name) == "anybody":
            continue
        for method in place.methods:
            away = Client().generic(method, place.address)
            assert (away.status_code, away.url.split("?")[0]) == (302, "/sign-in/"), (name, method)


def test_a_leaver_is_led_to_sign_in_too(house):
    leaver = house.client("Gone Away")
    for name, place in places(house).items():
        if policy(name) == "signed in":
            assert leaver.generic(place.methods[0], place.address).url.startswith("/sign-in/"), name


def test_other_methods_are_not_allowed(house):
    for name, place in places(house).items():
        client = house.client(place.who)
        for method in {"GET", "HEAD", *UNSAFE} - set(place.methods):
            assert client.generic(method, place.address).status_code == 405, (name, method)


def test_every_answer_is_guarded_by_its_headers(house):
    for place in places(house).values():
        is_guarded(house.client(place.who).generic(place.methods[0], place.address))
        is_guarded(house.client(place.who).put(place.address))
        is_guarded(house.client("Rosa Quill").get(place.address))
        is_guarded(Client().get(place.address))


@pytest.mark.parametrize("address", ["/nowhere/", "/records/no-id/", "/work/x.css", "/records/%00/"])
def test_so_is_the_answer_where_nothing_is(house, address):
    response = house.client("Priya Shah").get(address)
    assert response.status_code == 404
    is_guarded(response)


def test_a_child_s_page_is_nothing_else_under_another_ending(house):
    away = house.client("Priya Shah").get(f"/records/{house.allocated}/x.css")
    assert away.status_code == 404
    assert "Fourcanary" not in away.content.decode()


def test_no_form_is_taken_without_its_key(house):
    """From another site a form comes without its key; signing in and out included."""
    for name, place in places(house).items():
        if "POST" not in place.methods:
            continue
        refused = house.client(place.who, csrf=True).post(place.address, {"text": "From elsewhere"})
        assert refused.status_code == 403, name
        is_guarded(refused)
        plain = house.client(place.who, csrf=True).generic(
            "POST", place.address, b"text=From+elsewhere", content_type="text/plain"
        )
        assert plain.status_code == 403, name
