"""An account with a password and an authenticator app, set up and signed in to through the pages."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from html import unescape

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from cairn.application import accounts

PASSWORD = "otter lantern quarry"
STEP = 30


@dataclass
class Held:
    """What somebody has in their hands: a name, a password, an app's secret, and recovery codes."""

    sign_in_name: str
    password: str
    secret: str
    recovery: list[str]
    given: int = 0
    browser: Client = field(default_factory=Client)

    def code(self) -> str:
        """A code of the app that was not given yet; of one minute there are two."""
        self.given += 1
        return app_code(self.secret, self.given)


def app_code(secret: str, ahead: int = 0) -> str:
    """What an app with this secret shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + ahead))


def made(
    sign_in_name: str = "wren.fellow", name: str = "Wren Fellow", role: str = "social worker", team: str = ""
):
    """An account as an administrator makes it."""
    return accounts.add(name=name, sign_in_name=sign_in_name, role=role, team=team)


def set_up(handed, browser: Client | None = None, password: str = PASSWORD) -> Held:
    """The person sets it up; their browser is signed in after it."""
    browser = browser or Client()
    assert browser.post("/set-up/", {"code": handed.code})["Location"] == "/set-up/password/"
    sent = browser.post("/set-up/password/", {"password": password, "again": password})
    assert sent["Location"] == "/set-up/second-factor/", sent.content.decode()
    page = browser.get("/set-up/second-factor/").content.decode()
    secret = re.search(r'c-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    done = browser.post("/set-up/second-factor/", {"code": app_code(secret)})
    assert done.status_code == 200, done.headers
    codes = [unescape(one) for one in re.findall(r"<li>(\d{8})</li>", done.content.decode())]
    return Held(handed.sign_in_name, password, secret, codes, browser=browser)


def password_given(held: Held, browser: Client, password: str | None = None, **more: str):
    """The answer to name and password."""
    form = {"sign-in-name": held.sign_in_name, "password": password or held.password, **more}
    return browser.post("/sign-in/", form)


def signed_in(held: Held, browser: Client | None = None) -> Client:
    """Sign in with both factors, in another browser."""
    browser = browser or Client()
    assert password_given(held, browser).status_code == 200
    sent = browser.post("/sign-in/second/", {"code": held.recovery.pop()})
    assert sent.status_code == 302, sent.content.decode()
    return browser
