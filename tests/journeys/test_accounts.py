"""In a real browser: an account is set up with a passkey, or with an app, and signed in to with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.accounts import PASSWORD, app_code, made
from tests.journeys.test_every_page import AXE_SCRIPT, faults_of
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


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_on_the_way_in_has_a_fault(chromium, address, width):
    """Nor has any that says what was wrong, nor that which offers what was typed."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    context.set_default_timeout(15_000)
    context.add_init_script(AXE_SCRIPT)
    page, faults = context.new_page(), {}

    def look(name):
        page.wait_for_load_state()
        faults[name] = faults_of(page, width)

    def press(name):
        with page.expect_navigation():
            page.get_by_role("button", name=name).click()

    for name in ("sign-in", "set-up"):
        page.goto(f"{address}/{name}/")
        look(name)
        press("Continue")
        look(f"{name}, wrong")
    page.get_by_label("Code to set up your account").fill(made().code)
    press("Continue")
    look("password")
    press("Continue")
    look("password, wrong")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    press("Continue")
    look("factor")
    secret = re.sub(r"\s", "", page.locator(".c-secret").inner_text())
    page.get_by_label("Code that the app shows now").fill(app_code(secret))
    press("Finish")
    look("done")
    page.goto(f"{address}/account/")
    look("account")
    press("Change the password")
    look("account, wrong")
    press("Sign out")
    password(page, address)
    look("second")
    press("Sign in")
    look("second, wrong")
    assert {name: found for name, found in faults.items() if found} == {}
    context.close()
