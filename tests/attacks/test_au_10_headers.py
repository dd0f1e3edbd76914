"""AU-10: the cookies and headers of every answer under TLS, error pages and refused forms included."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.accounts import made, set_up, signed_in
from tests.attacks import under_tls
from tests.attacks.places import places

YEAR = 365 * 24 * 60 * 60
ANSWERS = ("GET", "POST", "PUT")


@pytest.fixture(autouse=True)
def tls(settings):
    under_tls.apply(settings)


def faults(response):
    """What is wrong with the headers and cookies of one answer."""
    rules = dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
    wanted = {
        "hsts": int(re.search(r"max-age=(\d+)", response["Strict-Transport-Security"])[1]) >= YEAR,
        "csp": "unsafe" not in response["Content-Security-Policy"] and rules["default-src"] == "'none'",
        "frames": rules["frame-ancestors"] == "'none'" and response["X-Frame-Options"] == "DENY",
        "base": rules["base-uri"] == rules["object-src"] == "'none'" and rules["form-action"] == "'self'",
        "sniffing": response["X-Content-Type-Options"] == "nosniff",
        "referrer": response["Referrer-Policy"] == "same-origin",
        "opener": response["Cross-Origin-Opener-Policy"] == "same-origin",
        "embedding": response["Cross-Origin-Resource-Policy"] == "same-origin",
        "devices": "camera=()" in response["Permissions-Policy"],
        "kept": "no-store" in response["Cache-Control"],
    }
    cookies = [name for name, one in response.cookies.items() if not is_guarded(name, one)]
    return [name for name, right in wanted.items() if not right] + cookies


def is_guarded(name, cookie):
    """A cookie that is taken away holds nothing for a script to read."""
    return (
        name.startswith("__Host-")
        and bool(cookie["secure"])
        and (bool(cookie["httponly"]) or not cookie.value)
        and cookie["samesite"] in ("Lax", "Strict")
        and cookie["path"] == "/"
        and not cookie["domain"]
    )


def secure(client):
    """The same browser by TLS."""
    plain = client.generic
    client.generic = lambda *given, **more: plain(*given, **{**more, "secure": True})
    client.raise_request_exception = False
    return client


@pytest.mark.attack
def test_every_address_answers_whoever_asks_with_all_of_them(house):
    tried = 0
    for name, place in places(house).items():
        asking = [
            secure(house.client(place.who)),
            secure(Client()),
            secure(house.client(place.who, csrf=True)),
        ]
        for client in asking:
            for method in ANSWERS:
                response = client.generic(method, place.address)
                assert faults(response) == [], (name, method, response.status_code)
                tried += 1
    assert tried > 500


@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("/nowhere/", {}, 404),
        ("/work/", {"SERVER_NAME": "elsewhere.example"}, 400),
        ("/work/", {"HTTP_HOST": "bad host"}, 400),
    ],
)
def test_so_do_the_pages_for_errors(house, address, more, status):
    response = secure(house.client("Priya Shah")).get(address, **more)
    assert response.status_code == status
    assert faults(response) == []


def test_so_do_refused_forms_and_pages_that_failed(house, monkeypatch):
    refused = secure(house.client("Priya Shah", csrf=True)).post("/sign-out/")
    assert (refused.status_code, faults(refused)) == (403, [])
    monkeypatch.setattr("cairn.application.work.my_work", lambda *_: 1 / 0)
    failed = secure(house.client("Priya Shah")).get("/work/")
    assert (failed.status_code, faults(failed)) == (500, [])


def test_without_tls_one_is_led_to_it(house):
    away = house.client("Priya Shah").get("/work/")
    assert (away.status_code, away["Location"]) == (301, "https://testserver/work/")


def test_the_cookies_of_signing_in_are_guarded_each(people):
    browser = secure(Client())
    held = set_up(made(), browser)
    other = secure(Client())
    signed_in(held, other)
    named = {"__Host-cairn_session", "__Host-cairn_known", "__Host-cairn_csrf"}
    other.get("/account/")
    assert set(other.cookies) == named
    assert [name for name, one in other.cookies.items() if not is_guarded(name, one)] == []


def test_a_page_s_own_script_and_style_carry_no_code_in_themselves(house):
    page = secure(house.client("Priya Shah")).get("/work/").content.decode()
    assert "<script" in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r'\son[a-z]+="|\sstyle="|javascript:', page)
