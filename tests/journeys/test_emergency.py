"""An emergency in a real browser, by keyboard alone: opened, closed and answered, with no fault that axe finds on the way."""

from __future__ import annotations

import pytest
from tests.attacks.places import places
from tests.journeys.test_every_page import WIDTHS, faults_of, made, sent_empty, signed_in

__all__ = ["made"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
PAGES = ("alerts", "alert", "conflicts", "declare-conflict", "break-glass")


@pytest.fixture
def browser(made, web_server, chromium):
    """Opens an address of the table as whoever may."""
    at, pages = places(made), {}

    def opened(name):
        who = at[name].who
        if who not in pages:
            pages[who] = signed_in(chromium, web_server, made, who)
        pages[who].goto(f"{web_server}{at[name].address}")
        return pages[who]

    return opened


def test_no_page_of_it_has_a_fault_nor_has_one_sent_empty(browser):
    faults = {}
    for name in PAGES:
        page = browser(name)
        faults |= {(name, width): faults_of(page, width) for width in WIDTHS}
        if name != "alerts":
            sent_empty(page)
            assert page.title().startswith("Error: "), name
            faults[name, "sent empty"] = faults_of(page, WIDTHS[-1])
    assert {place: found for place, found in faults.items() if found} == {}


def test_by_keyboard_a_record_is_opened_and_closed_and_its_alert_answered(browser):
    page = browser("break-glass")
    page.locator("main input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Her uncle rang, he is on his way to her.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Open the record"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "You opened" in page.locator("body").inner_text()
    assert [faults_of(page, width) for width in WIDTHS] == [[], []]
    page.get_by_role("button", name="Close it now").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "is closed to you again" in page.locator("main").inner_text()
    guard = browser("alert")
    guard.locator("main input[type=radio]").first.focus()
    guard.keyboard.press("Space")
    guard.keyboard.press("Tab")
    guard.keyboard.type("I spoke to her and to the team.")
    guard.keyboard.press("Tab")
    with guard.expect_navigation():
        guard.keyboard.press("Enter")
    assert "is answered: in order." in guard.locator("main").inner_text()
