"""AU-5: a session that is over is over on the server, whatever a browser goes on sending; and what was typed is not lost (CO-10)."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from re import findall

import pytest
from django.conf import settings
from django.test import Client
from tests.accounts import made, password_given, set_up, signed_in

from cairn.application import accounts, sign_in
from cairn.application.drafting import own_draft
from cairn.interfaces.web import sessions
from cairn.records import staff

COOKIE = settings.SESSION_COOKIE_NAME
TYPED = {"text": "She said: “I slept\r\nat Nan's” & <b>was glad</b>.", "reason": ["one", "two"]}


@pytest.fixture
def held(people):
    """Somebody of Referral and Assessment, whose browser is signed in."""
    return set_up(made(team="Referral and Assessment"))


def is_in(browser):
    return browser.get("/work/").status_code == 200


def replayed(browser):
    """Another browser with the same cookie, as it was copied before."""
    copy = Client()
    copy.cookies[COOKIE] = browser.cookies[COOKIE].value
    return copy


def test_after_twenty_idle_minutes(held, clock):
    clock.at += timedelta(minutes=18, seconds=59)
    assert is_in(held.browser)
    copied = replayed(held.browser)
    clock.at += timedelta(minutes=20)
    assert not is_in(copied)
    assert not is_in(held.browser)
    assert is_in(signed_in(held))


def test_after_ten_hours_however_much_is_done(held, clock):
    began = clock.at
    while clock.at - began < timedelta(hours=10) - timedelta(minutes=15):
        clock.at += timedelta(minutes=15)
        assert is_in(held.browser)
    copied = replayed(held.browser)
    clock.at = began + timedelta(hours=10)
    assert not is_in(held.browser)
    assert not is_in(copied)


def test_an_authority_shortens_both_and_lengthens_neither(held, clock, monkeypatch):
    monkeypatch.setenv("CAIRN_IDLE_MINUTES", "10")
    clock.at += timedelta(minutes=9)
    assert is_in(held.browser)
    clock.at += timedelta(minutes=10)
    assert not is_in(held.browser)
    monkeypatch.setenv("CAIRN_IDLE_MINUTES", "600")
    browser = signed_in(held)
    clock.at += timedelta(minutes=20)
    assert not is_in(browser)


def test_after_signing_out_and_the_browser_is_told_to_forget(held):
    copied = replayed(held.browser)
    away = held.browser.post("/sign-out/")
    assert away["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(copied)
    assert not is_in(held.browser)


def test_after_the_account_is_closed_with_an_open_form(held):
    copied = replayed(held.browser)
    accounts.disable(held.sign_in_name)
    sent = held.browser.post("/find/", {"find": "Somebody"})
    assert sent.status_code == 401
    assert not is_in(copied)
    assert accounts.enable(held.sign_in_name)
    assert not is_in(replayed(held.browser))


def test_after_a_new_second_factor_was_asked_for(held):
    accounts.reset(held.sign_in_name)
    assert not is_in(held.browser)
    assert "is not right" in password_given(held, Client()).content.decode()


def test_a_role_that_was_taken_is_gone_with_the_next_request(held, people):
    child_page = held.browser.get("/team/")
    assert child_page.status_code == 200
    found = next(one for one in staff.active_staff() if one.name == "Wren Fellow")
    staff.move(found.id, None)
    assert "You are in no team" in held.browser.get("/team/").content.decode()


@pytest.mark.parametrize("missing", [sessions.HOW, sessions.BEGAN, sessions.KEPT, sessions.ROUND])
def test_a_session_that_does_not_say_how_it_began_is_over(held, missing):
    session = held.browser.session
    del session[missing]
    session.save()
    assert not is_in(held.browser)


def test_a_session_by_choice_of_name_is_worth_nothing_where_people_are_real(people, monkeypatch):
    with monkeypatch.context() as made_up:
        made_up.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
        browser = Client()
        browser.post("/sign-in/", {"person": str(people.ids["Priya Shah"])})
        assert is_in(browser)
    assert not is_in(browser)


def carried(answer):
    found = findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', answer.content.decode())
    sent = {}
    for name, value in found:
        if name != "csrfmiddlewaretoken":
            sent.setdefault(unescape(name), []).append(unescape(value))
    return sent


def test_what_was_sent_after_the_end_is_offered_back_once_one_is_in_again(held, clock):
    clock.at += timedelta(minutes=30)
    out = held.browser.post("/contacts/new/?from=here", TYPED)
    assert out.status_code == 401
    assert "signed out before your page was sent" in out.content.decode()
    half = password_given(held, held.browser, **carried(out))
    again = held.browser.post("/sign-in/second/", {**carried(half), "code": held.code()})
    assert again.status_code == 200
    assert 'action="/contacts/new/?from=here"' in again.content.decode()
    assert carried(again) == {"text": [TYPED["text"]], "reason": ["one", "two"]}


def test_a_wrong_answer_in_between_loses_nothing(held, clock):
    clock.at += timedelta(minutes=30)
    form = carried(held.browser.post("/contacts/new/", TYPED))
    form = carried(password_given(held, held.browser, "wrong", **form))
    form = carried(password_given(held, held.browser, **form))
    form = carried(held.browser.post("/sign-in/second/", {**form, "code": "000000"}))
    again = held.browser.post("/sign-in/second/", {**form, "code": held.code()})
    assert carried(again)["text"] == [TYPED["text"]]


def test_it_is_offered_to_nobody_else_and_stands_nowhere_on_the_server(held, people, clock):
    other = set_up(made("other.fellow", "Other Fellow"))
    clock.at += timedelta(minutes=30)
    form = carried(held.browser.post("/contacts/new/", TYPED))
    assert own_draft(people.actor("Priya Shah"), "record-contact", None) is None
    half = password_given(other, held.browser, **form)
    sent = held.browser.post("/sign-in/second/", {**carried(half), "code": other.code()})
    assert (sent.status_code, sent["Location"]) == (302, "/work/")
    assert "slept" not in held.browser.get("/work/").content.decode()
    assert "slept" not in str(dict(held.browser.session))


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nor_does_it_go_elsewhere(held, to):
    browser = Client()
    half = password_given(held, browser, **{"held-to": to, "held:text": "x"})
    sent = browser.post(
        "/sign-in/second/", {**carried(half), "held-to": to, "held:text": "x", "code": held.code()}
    )
    assert sent["Location"] == "/work/"


def test_the_script_that_saves_drafts_is_told_plainly(held, clock):
    clock.at += timedelta(minutes=30)
    address = "/drafts/11111111-1111-4111-8111-111111111111/"
    told = held.browser.post(address, TYPED, headers={"accept": "application/json"})
    assert (told.status_code, told["Location"]) == (302, "/sign-in/?next=%2Fwork%2F")


def test_the_page_knows_both_ends_and_is_warned_five_minutes_before(held, clock):
    page = held.browser.get("/work/").content.decode()
    assert 'data-session-seconds="1140"' in page
    assert 'data-session-longest="36000"' in page
    began = clock.at
    while clock.at - began < timedelta(hours=9, minutes=45):
        clock.at += timedelta(minutes=15)
        page = held.browser.get("/work/").content.decode()
    assert 'data-session-longest="900"' in page
    assert 'data-session-seconds="900"' in page
