"""An account is made by an administrator, set up by its person with a code, and signed in to with two factors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.accounts import PASSWORD, app_code, made, password_given, set_up, signed_in

from cairn.application import accounts


def is_in(browser):
    """Whether case data is in reach."""
    return browser.get("/work/").status_code == 200


@pytest.fixture
def handed(people):
    """An account in Referral and Assessment, as it is handed over."""
    return made(team="Referral and Assessment")


def test_it_is_set_up_with_a_password_an_app_and_recovery_codes(handed):
    held = set_up(handed)
    assert is_in(held.browser)
    assert len(held.recovery) == 10
    assert "Wren Fellow" in held.browser.get("/work/").content.decode()
    assert [one.state for one in accounts.every()] == ["in use"]


def test_the_code_is_worth_nothing_twice_nor_after_a_day_nor_to_a_closed_account(handed, clock):
    set_up(handed)
    assert "cannot be used" in Client().post("/set-up/", {"code": handed.code}).content.decode()
    again = accounts.reset(handed.sign_in_name)
    clock.at += timedelta(hours=24)
    assert "cannot be used" in Client().post("/set-up/", {"code": again.code}).content.decode()
    third = accounts.reset(handed.sign_in_name)
    accounts.disable(handed.sign_in_name)
    assert "cannot be used" in Client().post("/set-up/", {"code": third.code}).content.decode()
    fourth = accounts.enable(handed.sign_in_name)
    set_up(fourth)


def test_the_code_may_be_typed_as_it_is_read_out(handed):
    typed = handed.code.lower().replace("-", " ")
    assert Client().post("/set-up/", {"code": typed})["Location"] == "/set-up/password/"


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "too short"),
        ("password1234", "password1234", "too common"),
        ("wren is my name", "wren is my name", "does not hold your name"),
        (PASSWORD, PASSWORD + "!", "same password twice"),
        ("x y" * 100, "x y" * 100, "at most 256"),
    ],
)
def test_a_weak_password_is_not_taken(handed, password, again, said):
    browser = Client()
    browser.post("/set-up/", {"code": handed.code})
    answer = browser.post("/set-up/password/", {"password": password, "again": again})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_no_step_can_be_left_out(handed):
    browser = Client()
    for step in ("/set-up/password/", "/set-up/second-factor/"):
        assert browser.get(step)["Location"] == "/set-up/"
        assert (
            browser.post(step, {"password": PASSWORD, "again": PASSWORD, "code": "1"})["Location"]
            == "/set-up/"
        )
    browser.post("/set-up/", {"code": handed.code})
    assert not is_in(browser)
    browser.post("/set-up/password/", {"password": PASSWORD, "again": PASSWORD})
    assert not is_in(browser)
    assert "not the code" in browser.post("/set-up/second-factor/", {"code": "000000"}).content.decode()
    assert not is_in(browser)


def test_what_is_left_lying_for_ten_minutes_has_to_be_begun_again(handed, clock):
    browser = Client()
    browser.post("/set-up/", {"code": handed.code})
    clock.at += timedelta(minutes=10)
    assert browser.get("/set-up/password/")["Location"] == "/set-up/"


def test_both_factors_sign_in_and_lead_where_one_was_going(handed):
    held, browser = set_up(handed), Client()
    asked = password_given(held, browser, next="/team/")
    assert 'value="/team/"' in asked.content.decode()
    assert not is_in(browser)
    sent = browser.post("/sign-in/second/", {"code": held.code(), "next": "/team/"})
    assert sent["Location"] == "/team/"
    assert is_in(browser)


def test_a_recovery_code_signs_in_once(handed):
    held = set_up(handed)
    code = held.recovery[-1]
    assert is_in(signed_in(held))
    browser = Client()
    password_given(held, browser)
    assert "not right" in browser.post("/sign-in/second/", {"code": code}).content.decode()
    assert not is_in(browser)


def test_a_code_of_the_app_signs_in_once_and_one_of_long_ago_never(handed):
    held, browser = set_up(handed), Client()
    password_given(held, browser)
    used = held.code()
    assert browser.post("/sign-in/second/", {"code": used}).status_code == 302
    other = Client()
    password_given(held, other)
    for code in (used, app_code(held.secret, -3), app_code(held.secret, 9)):
        assert other.post("/sign-in/second/", {"code": code}).status_code == 200
    assert not is_in(other)


def test_the_code_of_another_account_is_worth_nothing(handed):
    held = set_up(handed)
    other = set_up(made("other.fellow", "Other Fellow"))
    browser = Client()
    password_given(held, browser)
    assert browser.post("/sign-in/second/", {"code": other.code()}).status_code == 200
    assert browser.post("/sign-in/second/", {"code": other.recovery[0]}).status_code == 200
    assert not is_in(browser)


def test_a_password_without_any_second_factor_opens_nothing(handed):
    browser = Client()
    browser.post("/set-up/", {"code": handed.code})
    browser.post("/set-up/password/", {"password": PASSWORD, "again": PASSWORD})
    elsewhere = Client()
    form = {"sign-in-name": handed.sign_in_name, "password": PASSWORD}
    answer = elsewhere.post("/sign-in/", form)
    assert answer.status_code == 403
    assert "not set up yet" in answer.content.decode()
    assert elsewhere.get("/set-up/second-factor/")["Location"] == "/set-up/"
    assert elsewhere.post("/set-up/passkey/").status_code == 404
    assert not is_in(elsewhere)


def test_nothing_is_kept_in_the_clear(handed):
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - it needs Django set up

    from cairn.records.models import Enrolment, Staff  # noqa: PLC0415 - as above

    code = handed.code
    assert all(code.encode() not in bytes(one.digest) for one in Enrolment.objects.all())
    held = set_up(handed)
    assert Staff.objects.get(sign_in_name=held.sign_in_name).password.startswith("argon2$argon2id$")
    kept = " ".join(str(one.data) for one in Authenticator.objects.all())
    assert held.secret not in kept
    assert not any(one in kept for one in held.recovery)


def test_setting_up_ends_every_other_session_of_the_account(handed):
    held = set_up(handed)
    elsewhere = signed_in(held)
    assert is_in(elsewhere)
    set_up(accounts.reset(handed.sign_in_name), Client())
    assert not is_in(elsewhere)
    assert not is_in(held.browser)
