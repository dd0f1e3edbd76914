"""AU-2: every way in is walked, and none reaches case data without a second factor. The table is docs/assurance/ways_in.csv."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import Resolver404, resolve
from tests.accounts import PASSWORD, made, password_given, set_up, signed_in
from tests.attacks.house import CANARIES
from tests.attacks.places import places

from cairn.interfaces.cli.main import COMMANDS
from cairn.interfaces.web.urls import urlpatterns


@pytest.fixture
def held(house):
    """Somebody of the team that has most of the children: with both factors they see them."""
    return set_up(made(team="Referral and Assessment"))


def reaches_nothing(house, browser):
    """Every address that is for members of staff leads to sign-in, and no answer has a child's word in it."""
    policies = {pattern.name: pattern.callback.policy for pattern in urlpatterns}
    tried = 0
    for name, place in places(house).items():
        if policies[name] == "anybody":
            continue
        away = browser.generic(place.methods[0], place.address)
        assert (away.status_code, away["Location"].split("?")[0]) == (302, "/sign-in/"), name
        tried += 1
    assert tried > 50
    return True


def is_in(browser):
    return browser.get("/work/").status_code == 200


def test_with_both_the_very_same_browser_is_in(house, held):
    """The twin of all that follows."""
    browser = signed_in(held)
    assert is_in(browser)
    shown = browser.get(f"/records/{house.allocated}/").content.decode()
    assert CANARIES["allocated"] in shown


def test_a_password_alone_opens_nothing(house, held):
    browser = Client()
    assert "Show that it is you" in password_given(held, browser).content.decode()
    assert reaches_nothing(house, browser)


def test_the_second_factor_alone_opens_nothing(house, held):
    browser = Client()
    for form in ({"code": held.code()}, {"code": held.recovery[0]}, {"passkey": "{}"}):
        assert browser.post("/sign-in/second/", form)["Location"] == "/sign-in/"
    assert not is_in(browser)


def test_a_passkey_s_questions_are_for_nobody_else(held):
    nobody, half = Client(), Client()
    password_given(held, half)
    assert nobody.post("/sign-in/passkey/").status_code == 404
    assert "challenge" in half.post("/sign-in/passkey/").json()["publicKey"]
    for answer in ("{}", "[]", "not json", "null", '{"id": 1}', '{"id": "x", "response": {}}', "x" * 30_000):
        assert half.post("/sign-in/second/", {"passkey": answer}).status_code == 200, answer
    assert not is_in(half)


def test_a_recovery_code_alone_opens_nothing(held):
    browser = Client()
    sent = browser.post("/sign-in/", {"sign-in-name": held.sign_in_name, "password": held.recovery[0]})
    assert "is not right" in sent.content.decode()
    assert "cannot be used" in browser.post("/set-up/", {"code": held.recovery[0]}).content.decode()
    assert not is_in(browser)


def test_a_code_to_set_up_opens_nothing_until_there_is_a_second_factor(house):
    handed, browser = made(), Client()
    browser.post("/set-up/", {"code": handed.code})
    assert reaches_nothing(house, browser)
    browser.post("/set-up/password/", {"password": PASSWORD, "again": PASSWORD})
    for passkey in ("{}", "null", '{"id": "x"}'):
        assert browser.post("/set-up/second-factor/", {"passkey": passkey}).status_code == 200
    assert reaches_nothing(house, browser)
    assert browser.post("/sign-in/second/", {"code": "000000"})["Location"] == "/sign-in/"


def test_half_of_one_way_is_no_half_of_another(held):
    """Who gave a password cannot set up a second factor; who gave a code to set up cannot answer with one."""
    browser = Client()
    password_given(held, browser)
    assert browser.get("/set-up/second-factor/")["Location"] == "/set-up/"
    assert browser.post("/set-up/passkey/").status_code == 404
    assert browser.get("/set-up/password/")["Location"] == "/set-up/"


def test_nobody_resets_a_password_by_themselves(held):
    page = Client().get("/sign-in/").content.decode()
    assert "Your administrator can give you a new code" in page
    links = {
        link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/static/", "/help/"))
    }
    assert links == {"/sign-in/", "/set-up/"}


@pytest.mark.parametrize(
    "name", ["help", "help-problem", "help-accessibility", "help-privacy", "help-changes"]
)
def test_pages_for_anybody_show_nobody(house, name):
    page = Client().get(places(house)[name].address).content.decode()
    assert not [word for word in CANARIES.values() if word in page]


def test_a_known_browser_is_asked_for_both(held):
    browser = Client()
    browser.cookies[settings.KNOWN_COOKIE_NAME] = held.browser.cookies[settings.KNOWN_COOKIE_NAME].value
    assert not is_in(browser)
    assert "Show that it is you" in password_given(held, browser).content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/2fa/", "/api/",
        "/_allauth/browser/v1/auth/login", "/login/", "/signup/", "/register/", "/oauth/", "/debug/", "/__debug__/",
    ],
)  # fmt: skip
def test_there_are_no_pages_of_a_framework_or_a_library(db, address):
    with pytest.raises(Resolver404):
        resolve(address)


def test_the_framework_s_own_sign_in_is_none_of_ours(people, held):
    """A session that says who somebody is in the framework's words, and not in ours, is nobody's."""
    browser = Client()
    session = browser.session
    session["_auth_user_id"] = str(people.ids["Priya Shah"])
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    assert not is_in(browser)


def test_no_command_gives_a_session(people):
    handed = made()
    assert not Session.objects.exists()
    assert set(handed.__slots__) == {"sign_in_name", "code", "until"}


@pytest.mark.parametrize("name", ["duties", "gates", "next", "validate", "vocabulary"])
def test_commands_that_read_a_file_read_no_database(name):
    assert not getattr(import_module(COMMANDS[name]), "NEEDS_DATABASE", False)
