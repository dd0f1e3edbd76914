"""A form filled in and sent without a mouse: every stop can be seen, none is a trap, and what went wrong is led to."""

from __future__ import annotations

import pytest
from tests.attacks.house import house as build
from tests.interfaces.web.views.children import event
from tests.journeys.test_four_roles import Desk
from tests.people import made_up_staff

from cairn.application import sign_in

pytestmark = pytest.mark.browser
STOPS = 120
WHERE = """() => {
    const at = document.activeElement;
    const label = at.labels && at.labels.length ? at.labels[0].textContent : at.getAttribute('aria-label') ?? at.textContent;
    const look = getComputedStyle(at), box = at.getBoundingClientRect();
    const near = at.type === 'radio' || at.type === 'checkbox' ? getComputedStyle(at.nextElementSibling, '::before') : look;
    const seen = one => one.boxShadow !== 'none' || one.backgroundColor === 'rgb(255, 221, 0)'
        || (one.outlineStyle !== 'none' && one.outlineWidth !== '0px' && one.outlineColor !== 'rgba(0, 0, 0, 0)');
    const marked = [look, near].some(seen);
    return {tag: at.tagName, text: label.trim().replace(/\\s+/g, ' '), marked,
        inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""


class Keys:
    """What somebody does who has a keyboard only."""

    def __init__(self, page):
        self.page = page

    def at(self):
        return self.page.evaluate(WHERE)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, text, tag=None):
        """By Tab to the stop that says this; each stop on the way is visible and marked."""
        for _ in range(STOPS):
            self.press("Tab")
            at = self.at()
            if at["tag"] == "BODY":
                continue
            assert at["marked"], f"nothing shows that the keyboard is at {at}"
            assert at["inSight"], f"the keyboard is out of sight at {at}"
            if at["text"].startswith(text) and tag in (None, at["tag"]):
                return
        raise AssertionError(f"the keyboard never comes to “{text}” on {self.page.url}")

    def follow(self, text):
        self.to(text)
        with self.page.expect_navigation():
            self.press("Enter")


@pytest.fixture
def house(web_server, monkeypatch):
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    return build(made_up_staff())


def test_a_case_note_is_written_by_keyboard_alone(web_server, house, chromium):
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(8_000)
    keys = Keys(page)
    page.goto(f"{web_server}/sign-in/")
    keys.follow("Joanne Whitlock")
    keys.press("Tab")
    assert keys.at()["text"] == "Skip to main content"
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(f"{web_server}/records/{house.allocated}/")
    keys.follow("Write a case note")
    keys.to("Note", "TEXTAREA")
    keys.press("Tab")
    page.keyboard.press("Shift+Tab")
    sent_empty_it_is_led_to_what_is_missing(page, keys)
    page.keyboard.type("The school rang about the trip.")
    keys.follow("Record it")
    assert "Recorded: Case note." in Desk(page, web_server).text
    assert event(house.allocated, "note.added").data["text"] == "The school rang about the trip."
    page.context.close()


def sent_empty_it_is_led_to_what_is_missing(page, keys):
    """The error summary has the keyboard, and its link leads into the field."""
    keys.follow("Record it")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    keys.press("Tab", "Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_why_opens_in_place_and_closes_again_by_keyboard(web_server, house, chromium):
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    keys = Keys(page)
    page.goto(f"{web_server}/sign-in/")
    keys.follow("Priya Shah")
    keys.to("Why?")
    keys.press("Enter")
    page.get_by_text("The rule, in plain words").first.wait_for()
    page.context.close()
