"""Pictures of the main pages, taken of the made-up authority where asked to; each page is there and each picture is light.

`CAIRN_TEST_PICTURES=yes pytest tests/journeys/test_pictures.py` takes them anew.
"""

from __future__ import annotations

import os

import pytest
from django.urls import reverse
from tests.journeys.test_four_roles import Desk
from tests.journeys.test_tutorial import DOCS, PICTURE, light

from cairn.application import demo, sign_in
from cairn.records.models import RecordSummary

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
CHILD, FAMILY = "Amara Okafor", ("Theo Okafor-Reed", "Cole Reed")
# Tall things are shown from the part that matters.
SHOWN_FROM = {
    "visit-for-three": "[id^=part-]",
    "assessment-section": "h1",
}


@pytest.fixture
def desk(web_server, monkeypatch, chromium):
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    demo.load()
    context = chromium.new_context(viewport={"width": PICTURE["width"], "height": PICTURE["height"]})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Desk(page, web_server)
    context.close()


def record_of(name):
    return RecordSummary.objects.get(name=name).record_id


def taken(desk, name, who, address, said):
    """Open a page as somebody; it says so, and stands in the picture where one is asked for."""
    desk.sign_in(who)
    desk.page.goto(f"{desk.address}{address}")
    assert said in desk.page.locator("main").inner_html(), name
    if name in SHOWN_FROM:
        desk.page.locator(SHOWN_FROM[name]).first.evaluate("found => found.scrollIntoView()")
    if os.environ.get("CAIRN_TEST_PICTURES"):
        desk.page.screenshot(path=DOCS / "pictures" / f"{name}.png")
    light(f"{name}.png")


def test_the_main_pages_are_there_and_so_are_their_pictures(desk):
    amara = record_of(CHILD)
    for_three = "?" + "&".join(f"child={record_of(one)}" for one in FAMILY)
    worker = "Ewan Marsh"
    desk.sign_in(worker)
    desk.page.goto(f"{desk.address}{reverse('documents', args=[amara])}")
    assessment = desk.page.locator("main a[href*='/assessments/']").first.get_attribute("href")
    taken(desk, "family", worker, reverse("family", args=[amara]), "Grace Okafor")
    taken(
        desk,
        "visit-for-three",
        worker,
        f"{reverse('record-visit', args=[amara])}{for_three}",
        "Goes on all 3 records",
    )
    taken(desk, "assessment", worker, assessment, "Needs")
    desk.page.goto(f"{desk.address}{assessment}")
    section = desk.page.locator("main a[href*='/sections/']").first.get_attribute("href")
    taken(desk, "assessment-section", worker, section.partition("#")[0], "Saved")
    taken(desk, "chronology", worker, reverse("chronology", args=[amara]), "I count to ten first.")
    taken(desk, "bookings", worker, reverse("bookings", args=[record_of(FAMILY[0])]), "Did it happen?")
    ruby = record_of("Ruby Castle")
    taken(desk, "who-has-seen", "Joanne Whitlock", reverse("looked", args=[ruby]), "Opened in an emergency")
    taken(
        desk, "approval", "Joanne Whitlock", reverse("approve-assessment", args=[ruby]), "What do you decide?"
    )
    emergency = reverse("break-glass", args=[ruby])
    taken(desk, "break-glass", "Rosa Quill", emergency, "somebody outside your team looks at what you did")
    taken(desk, "alerts", "Ruth Abara", reverse("alerts"), "To answer, the oldest first")
