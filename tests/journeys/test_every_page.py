"""Every page of the table of addresses in a real browser: no fault that axe finds, no sideways scroll, one heading."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.attacks.house import house as build
from tests.attacks.house import names_of_addresses, places
from tests.people import made_up_staff

from cairn.interfaces.web.policy import SIGNED_IN

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SESSION = "cairn_session"


@pytest.fixture
def made(web_server):
    """A child at each stage on the served database, with something on every page."""
    return build(made_up_staff())


def signed_in(chromium, address, made, name, width):
    """A page in which that person is signed in."""
    session = made.people.client(name).session
    assert session[SIGNED_IN]
    context = chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    context.add_cookies([{"name": SESSION, "value": session.session_key, "url": address}])
    return context.new_page()


def faults_of(page, axe, width):
    """What is wrong with the page that stands open."""
    found = [fault["id"] for fault in axe.run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("scrolls sideways")
    if page.locator("h1").count() != 1:
        found.append("has not one h1")
    return found


def test_no_page_has_a_fault_at_two_widths(made, web_server, chromium):
    at = places(made)
    assert set(at) == names_of_addresses(), "a page is missing from the table of places"
    pages, faults, axe = {}, {}, Axe()
    for width in (1280, 320):
        for name, place in at.items():
            if not place.is_page:
                continue
            who = (place.who, width)
            if who not in pages:
                pages[who] = signed_in(chromium, web_server, made, *who)
            pages[who].goto(f"{web_server}{place.address}")
            faults[name, width] = faults_of(pages[who], axe, width)
    assert {place: found for place, found in faults.items() if found} == {}
