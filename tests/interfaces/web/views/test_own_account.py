"""One's own account: a new password or new recovery codes, after showing again who one is; all other sessions end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.accounts import PASSWORD, made, password_given, set_up, signed_in

NEW = "heron candle granite"


@pytest.fixture
def held(people):
    """An account that is set up, its browser signed in."""
    return set_up(made(team="Referral and Assessment"))


def change(held, **more):
    form = {"password": PASSWORD, "new": NEW, "again": NEW, **more}
    return held.browser.post("/account/password/", form)


def test_a_new_password_ends_every_other_session_and_goes_on_under_a_new_id(held):
    elsewhere, before = signed_in(held), held.browser.session.session_key
    assert "Your password is changed" in change(held).content.decode()
    assert held.browser.session.session_key != before
    assert held.browser.get("/work/").status_code == 200
    assert elsewhere.get("/work/").status_code == 302
    assert "is not right" in password_given(held, Client()).content.decode()
    held.password = NEW
    assert signed_in(held).get("/work/").status_code == 200


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"password": "somebody else's"}, "not your password"),
        ({"new": "short", "again": "short"}, "too short"),
        ({"again": "another"}, "same password twice"),
    ],
)
def test_a_wrong_or_weak_one_is_not_taken(held, more, said):
    answer = change(held, **more)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert signed_in(held).get("/work/").status_code == 200


def test_after_five_minutes_it_asks_for_the_second_factor_first_and_goes_on(held, clock):
    clock.at += timedelta(minutes=5)
    assert change(held).status_code == 403
    wrong = change(held, **{"confirm-wanted": "POST", "confirm-code": "000000"})
    assert wrong.status_code == 403
    right = change(held, **{"confirm-wanted": "POST", "confirm-code": held.code()})
    assert "Your password is changed" in right.content.decode()


def test_new_recovery_codes_take_the_place_of_the_old_ones(held):
    old = held.recovery[0]
    page = held.browser.post("/account/recovery-codes/").content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", page)
    assert len(codes) == 10
    browser = Client()
    password_given(held, browser)
    assert browser.post("/sign-in/second/", {"code": old}).status_code == 200
    assert browser.post("/sign-in/second/", {"code": codes[0]}).status_code == 302


def test_whoever_is_made_up_has_nothing_to_change(people):
    page = people.client("Priya Shah").get("/account/")
    assert "no password to change" in page.content.decode()
    assert people.client("Priya Shah").post("/account/password/", {"new": NEW}).status_code == 422
    assert people.client("Priya Shah").post("/account/recovery-codes/").status_code == 200
