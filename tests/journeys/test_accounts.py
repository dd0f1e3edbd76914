"""In a real browser: an account is set up with a passkey, or with an app, and signed in to with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.accounts import PASSWORD, app_code, made
from tests.people import made_up_staff

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def address(web_server):
    """By the name of this machine: a passkey belongs to a name, and to no number."""
    made_up_staff()
    return web_server.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    context.close()


def begin(page, address, handed):
    page.goto(f"{address}/sign-in/")
    page.get_by_role("link", name="Set up your account").click()
    page.get_by_label("Code to set up your account").fill(handed.code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/set-up/second-factor/")


def password(page, address):
    page.goto(f"{address}/work/")
    page.get_by_label("Name to sign in with").fill("wren.fellow")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()


def done(page):
    expect(page.get_by_role("heading", name="Your account is set up")).to_be_visible()
    page.get_by_role("button", name="I have written them down").click()
    page.wait_for_url("**/work/")


def signed_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def narrow(page):
    """Nothing has to be moved sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_with_a_passkey(page, address):
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    begin(page, address, made())
    page.get_by_role("button", name="Use a passkey or security key").click()
    done(page)
    signed_out(page)
    password(page, address)
    assert narrow(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url("**/work/")
    expect(page.get_by_text("Wren Fellow")).to_be_visible()


def test_with_an_app_and_back_shows_nothing_after_signing_out(page, address):
    begin(page, address, made())
    assert narrow(page)
    secret = re.sub(r"\s", "", page.locator(".c-secret").inner_text())
    page.get_by_label("Code that the app shows now").fill(app_code(secret))
    page.get_by_role("button", name="Finish").click()
    done(page)
    signed_out(page)
    page.go_back()
    page.wait_for_load_state()
    assert "Wren Fellow" not in page.content()
    password(page, address)
    page.get_by_label("Code of your authenticator app").fill(app_code(secret, 1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/work/")
