"""Every page of the table of addresses in a real browser: no fault that axe finds, no sideways scroll, one heading."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from tests.attacks.house import house as build
from tests.attacks.places import names_of_addresses, places
from tests.people import made_up_staff

from cairn.application import sign_in
from cairn.interfaces.web.sessions import SIGNED_IN

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SESSION = "cairn_session"
WIDTHS = (1280, 320)
FAULTS = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(one => one.id))"
WRITERS = ("Beth Lomas", "Sheila Knowles", "Martin Oyelaran", "Joanne Whitlock", "Priya Shah")
# Sent empty, each of these says what is missing; the correction says that nothing is changed.
FORMS = (
    "new-contact", "decide-contact", "complete-contact", "decide-referral", "decide-sibling", "record-referral", "correct",
    "withdraw", "allocate", "acknowledge-referral", "tell-referrer", "act", "record-relationship", "record-birth", "record-visit",
    "send-letter", "record-correspondence", "record-consent", "give-leaflet", "ask-agency", "chase-agency", "record-answer",
    "book-visit", "book-meeting", "record-meeting", "hold-review", "hand-out", "record-supervision", "move-booking", "cancel-booking", "enter-chronology", "enter-chronology-together", "analyse-chronology", "record-views",
    "cover", "propose-closure", "sign-closure", "answer-dissent", "step-down", "step-up", "approve-assessment", "return-assessment", "extend-assessment", "share-assessment",
    "letter",
    "propose-transfer", "agree-transfer", "decline-transfer", "complete-transfer", "verify-record", "allocation-meeting", "end-allocation",
    "break-glass", "alert", "conflicts", "declare-conflict", "restrict-record", "unusual-person", "audits",
)  # fmt: skip


@pytest.fixture
def made(web_server):
    """A child at each stage on the served database, with something on every page."""
    return build(made_up_staff())


def signed_in(chromium, address, made, name, width=1280):
    """A page in which that person is signed in, with axe at hand in whatever it opens."""
    session = made.people.client(name).session
    assert session[SIGNED_IN]
    context = chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    context.add_cookies([{"name": SESSION, "value": session.session_key, "url": address}])
    context.add_init_script(AXE_SCRIPT)
    return context.new_page()


def faults_of(page, width):
    """What is wrong with the page that stands open, in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    found = page.evaluate(FAULTS)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("scrolls sideways")
    if page.locator("h1").count() != 1:
        found.append("has not one h1")
    if not re.fullmatch(r".+ - Cairn - .+", page.title()):
        found.append(f"is called {page.title()!r}")
    return found


def sent_empty(page):
    """The form of the page sent as it stands, by its own green button."""
    with page.expect_navigation():
        page.locator("main form .govuk-button:not(.govuk-button--secondary)").last.click()


@pytest.mark.long
def test_no_page_has_a_fault_at_two_widths(made, web_server, chromium):
    at = places(made)
    assert set(at) == names_of_addresses(), "a page is missing from the table of places"
    pages, faults = {}, {}
    for name, place in at.items():
        if not place.is_page:
            continue
        if place.who not in pages:
            pages[place.who] = signed_in(chromium, web_server, made, place.who)
        pages[place.who].goto(f"{web_server}{place.address}")
        for width in WIDTHS:
            faults[name, width] = faults_of(pages[place.who], width)
    assert {place: found for place, found in faults.items() if found} == {}


@pytest.mark.long
def test_no_page_of_a_mistake_or_a_refusal_has_a_fault(made, web_server, chromium, monkeypatch):
    """In the narrowest window: forms sent empty, what may not be seen, what is not there, who one may be."""
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    faults, at = {}, places(made)
    page = {
        name: signed_in(chromium, web_server, made, name, 320)
        for name in (*WRITERS, "Rosa Quill", "Ruth Abara")
    }
    for name in FORMS:
        here = page[at[name].who]
        here.goto(f"{web_server}{at[name].address}")
        sent_empty(here)
        assert here.title().startswith("Error: "), name
        faults[name] = faults_of(here, 320)
    look_back = at["look-back"].address.partition("?")[0]
    for address in (look_back, f"{look_back}?on=soon", f"{look_back}?show=1"):
        page["Priya Shah"].goto(f"{web_server}{address}")
        assert page["Priya Shah"].title().startswith("Error: ") is ("?" in address), address
        faults[address] = faults_of(page["Priya Shah"], 320)
    for address in (at["child"].address, "/nowhere/", "/sign-in/"):
        page["Rosa Quill"].goto(f"{web_server}{address}")
        faults[address] = faults_of(page["Rosa Quill"], 320)
    assert {place: found for place, found in faults.items() if found} == {}


def test_no_page_of_matches_has_a_fault(made, web_server, chromium):
    """Who may be meant stands in two places, with records one may not open among them."""
    page = signed_in(chromium, web_server, made, "Beth Lomas")
    for address in ("/find/", "/contacts/new/"):
        page.goto(f"{web_server}{address}")
        page.locator("main [name=first_name]").fill("Wren")
        with page.expect_navigation():
            page.locator("main button[name=do][value=look]").click()
        assert page.locator(".c-matches li").count() > 1
        for width in WIDTHS:
            assert faults_of(page, width) == [], (address, width)
