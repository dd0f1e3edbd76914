"""AU-1: a session that somebody set beforehand, or saw before, is worth nothing after signing in or any rise in rights."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from tests.accounts import PASSWORD, made, password_given, set_up, signed_in

from cairn.records import staff

COOKIE = settings.SESSION_COOKIE_NAME


def key(browser):
    return browser.cookies[COOKIE].value


def replayed(session_key):
    """A browser that has nothing but this cookie."""
    browser = Client()
    browser.cookies[COOKIE] = session_key
    return browser


def is_in(browser):
    return browser.get("/work/").status_code == 200


def test_a_cookie_set_before_signing_in_is_not_taken_over(people):
    held = set_up(made())
    for planted in ("chosenbysomebodyelse0123456789ab", "", "../../etc"):
        victim = replayed(planted)
        signed_in(held, victim)
        assert is_in(victim)
        assert key(victim) != planted
        assert not is_in(replayed(planted))


def test_a_session_the_server_gave_before_is_not_taken_over_at_any_step(people):
    handed, victim = made(), Client()
    seen = []
    victim.post("/set-up/", {"code": handed.code})
    seen.append(key(victim))
    held = set_up(handed, victim)
    seen.append(key(victim))
    victim.post("/sign-out/")
    password_given(held, victim)
    seen.append(key(victim))
    victim.post("/sign-in/second/", {"code": held.code()})
    assert is_in(victim)
    assert key(victim) not in seen
    assert len(set(seen)) == len(seen)
    for old in seen:
        assert not is_in(replayed(old))
        assert not Session.objects.filter(session_key=old).exists()


def test_it_changes_when_somebody_shows_again_who_they_are(people, clock):
    held = set_up(made())
    before = key(held.browser)
    clock.at += timedelta(minutes=6)
    form = {
        "password": "wrong",
        "new": "x",
        "again": "x",
        "confirm-wanted": "POST",
        "confirm-code": held.code(),
    }
    assert held.browser.post("/account/password/", form).status_code == 422
    assert key(held.browser) != before
    assert is_in(held.browser)
    assert not is_in(replayed(before))


def test_it_changes_with_role_and_team(people):
    held = set_up(made(team="Referral and Assessment"))
    before = key(held.browser)
    assert is_in(held.browser)
    assert key(held.browser) == before
    found = next(one for one in staff.active_staff() if one.name == "Wren Fellow")
    staff.move(found.id, people.teams["Family Support"])
    assert is_in(held.browser)
    assert key(held.browser) != before
    assert not is_in(replayed(before))


def test_it_changes_with_the_password(people):
    held = set_up(made())
    before = key(held.browser)
    new = "heron candle granite"
    held.browser.post("/account/password/", {"password": PASSWORD, "new": new, "again": new})
    assert is_in(held.browser)
    assert not is_in(replayed(before))
