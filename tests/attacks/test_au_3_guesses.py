"""AU-3: guessing is throttled on one account and from one address, by every process alike, and locks nobody out for long."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.accounts import PASSWORD, made, password_given, set_up
from tests.people import made_up_staff

from cairn.application import passwords
from cairn.records.models import Guess

AT_ONCE = 30


@pytest.fixture
def looked_at(monkeypatch):
    """How many passwords were looked at, rather than refused unseen."""
    seen = []
    check = passwords.check_password
    monkeypatch.setattr(passwords, "check_password", lambda *given: (seen.append(given[0]), check(*given))[1])
    return seen


@pytest.fixture
def quick(monkeypatch):
    """How many, with no hash computed: it is the counting that is tried, a thousand times."""
    seen = []
    monkeypatch.setattr(passwords, "check_password", lambda *given: bool(seen.append(given[0])))
    return seen


def guess(name, password, address="192.0.2.1"):
    form = {"sign-in-name": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/sign-in/", form)


def address(number):
    return f"198.51.{number // 250}.{number % 250 + 1}"


def test_six_on_one_account_wherever_they_come_from(people, looked_at):
    held = set_up(made())
    for number in range(6):
        assert guess(held.sign_in_name, "wrong", address(number)).status_code == 200
    for password in ("wrong", PASSWORD):
        throttled = guess(held.sign_in_name, password, address(99))
        assert throttled.status_code == 429
        assert "too many wrong answers" in throttled.content.decode()
    assert len(looked_at) == 6


def test_twenty_from_one_address_on_whatever_accounts(people, looked_at):
    held = set_up(made())
    for number in range(20):
        assert guess(f"nobody.{number}", "wrong").status_code == 200
    assert guess("nobody.at.all", "wrong").status_code == 429
    assert guess(held.sign_in_name, PASSWORD).status_code == 429
    assert guess(held.sign_in_name, PASSWORD, "192.0.2.2").status_code == 200
    assert len(looked_at) == 21


def test_who_has_the_account_is_in_again_after_five_minutes(people, clock):
    held = set_up(made())
    for number in range(8):
        guess(held.sign_in_name, "wrong", address(number))
    assert guess(held.sign_in_name, PASSWORD, address(50)).status_code == 429
    clock.at += timedelta(minutes=5)
    assert "Show that it is you" in guess(held.sign_in_name, PASSWORD, address(50)).content.decode()


def test_and_from_a_browser_that_signed_in_before_at_once_while_it_is_being_guessed(people):
    held = set_up(made())
    held.browser.post("/sign-out/")
    for number in range(30):
        guess(held.sign_in_name, "wrong", address(number))
        guess("nobody", "wrong", "127.0.0.1")
    assert guess(held.sign_in_name, PASSWORD, address(60)).status_code == 429
    assert "Show that it is you" in password_given(held, held.browser).content.decode()


def test_such_a_browser_guesses_no_more_than_six_times_either_nor_on_other_accounts(people):
    held, other = set_up(made()), set_up(made("other.fellow", "Other Fellow"))
    held.browser.post("/sign-out/")
    answers = [password_given(held, held.browser, "wrong").status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]
    for _ in range(6):
        password_given(other, held.browser, "wrong")
    assert password_given(other, held.browser).status_code == 429


@pytest.mark.parametrize("forged", ["", "x", "eyJuYW1lIjoid3JlbiJ9:1:forged"])
def test_nobody_makes_their_browser_known_by_themselves(people, settings, forged):
    held = set_up(made())
    for number in range(6):
        guess(held.sign_in_name, "wrong", address(number))
    browser = Client()
    browser.cookies[settings.KNOWN_COOKIE_NAME] = forged
    assert password_given(held, browser).status_code == 429


def test_codes_of_the_second_factor_are_counted_too(people):
    held, browser = set_up(made()), Client()
    password_given(held, browser)
    answers = [browser.post("/sign-in/second/", {"code": f"{n:06}"}).content.decode() for n in range(7)]
    assert ["too many" in one for one in answers] == [False] * 6 + [True]
    assert browser.post("/sign-in/second/", {"code": held.code()}).status_code == 200


def test_and_codes_to_set_up_an_account(people):
    handed = made()
    answers = [Client().post("/set-up/", {"code": f"AAAA{n}"}).content.decode() for n in range(7)]
    assert ["too many" in one for one in answers] == [False] * 6 + [True]
    assert Client().post("/set-up/", {"code": handed.code}).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").post("/set-up/", {"code": handed.code}).status_code == 302


def test_it_is_said_in_the_log_without_a_name_or_an_address(people, caplog):
    held = set_up(made())
    with caplog.at_level(logging.WARNING):
        for _ in range(7):
            guess(held.sign_in_name, "otter-canary", "203.0.113.77")
    said = [record.getMessage() for record in caplog.records if "throttled" in record.getMessage()]
    assert len(said) == 1
    for personal in (held.sign_in_name, "Wren", "203.0.113.77", "otter-canary"):
        assert not any(personal in record.getMessage() for record in caplog.records)
    kept = [bytes(one.tried_on) for one in Guess.objects.all()]
    assert not any(held.sign_in_name.encode() in one or b"203.0.113.77" in one for one in kept)


def test_behind_a_proxy_it_is_the_address_that_the_proxy_wrote(people, settings, looked_at):
    settings.BEHIND_PROXY = True
    for number in range(20):
        forwarded = f"{address(number)}, 203.0.113.5"
        Client().post("/sign-in/", {"sign-in-name": f"n.{number}"}, headers={"x-forwarded-for": forwarded})
    again = Client().post(
        "/sign-in/", {"sign-in-name": "x"}, headers={"x-forwarded-for": "10.0.0.1, 203.0.113.5"}
    )
    assert again.status_code == 429
    other = Client().post(
        "/sign-in/", {"sign-in-name": "x"}, headers={"x-forwarded-for": "203.0.113.5, 203.0.113.6"}
    )
    assert other.status_code == 200


def test_of_many_tried_at_the_same_moment_six_are_looked_at(
    committed_database, clock, collected_files, quick
):
    made_up_staff()
    made()
    together = Barrier(AT_ONCE)

    def one(number):
        together.wait(timeout=60)
        try:
            return guess("wren.fellow", f"wrong {number}", address(number)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = sorted(threads.map(one, range(AT_ONCE)))
    assert answers == [200] * 6 + [429] * (AT_ONCE - 6)
    assert len(quick) == 6


@pytest.mark.attack
def test_a_thousand_guesses_on_one_account_from_many_addresses(people, quick):
    made()
    answers = [
        guess("wren.fellow", f"guess {number}", address(number)).status_code for number in range(1_000)
    ]
    assert (answers.count(200), answers.count(429)) == (6, 994)
    assert len(quick) == 6


@pytest.mark.attack
def test_one_guess_on_each_of_a_thousand_accounts_from_one_address(people, quick):
    made()
    answers = [guess(f"person.{number}", "Password1!").status_code for number in range(1_000)]
    assert (answers.count(200), answers.count(429)) == (20, 980)
    assert len(quick) == 20


@pytest.mark.attack
def test_while_it_goes_on_who_has_the_account_is_never_out_for_a_quarter_of_an_hour(people, clock):
    """Guessing without end, day and night: from where they signed in before they always come in."""
    held = set_up(made())
    held.browser.post("/sign-out/")
    for minute in range(30):
        clock.at += timedelta(minutes=1)
        for number in range(6):
            guess(held.sign_in_name, "wrong", address(minute * 6 + number))
        answer = password_given(held, held.browser)
        assert "Show that it is you" in answer.content.decode(), minute
