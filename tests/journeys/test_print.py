"""Every page of a child's record on paper: name, number, day and page on each sheet; of a letter no more than it may say."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.attacks.house import house as build
from tests.attacks.places import places
from tests.interfaces.web.views.children import allocated
from tests.journeys.test_every_page import signed_in
from tests.people import made_up_staff

from cairn.application.ports import now
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SHOWN = (
    "child", "timeline", "family", "people", "documents", "sharing", "chronology", "bookings", "looked", "entry", "why",
    "assessment-text", "record-visit", "add-note", "letter", "send-standard-letter",
)  # fmt: skip


@pytest.fixture
def made(web_server):
    """A child at each stage on the served database, with something on every page."""
    return build(made_up_staff())


def sheets(page, address):
    """The words of each sheet that a browser prints of a page."""
    page.goto(address)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in printed.pages]


def test_each_sheet_has_name_number_day_and_page(made, web_server, chromium):
    at, today = places(made), say_date(now().astimezone(LONDON).date())
    pages, missing = {}, []
    for name in SHOWN:
        place = at[name]
        page = pages.setdefault(place.who, None) or signed_in(chromium, web_server, made, place.who)
        pages[place.who] = page
        number = made.people.number(place.address.split("/")[2])
        found = sheets(page, f"{web_server}{place.address}")
        for count, sheet in enumerate(found, start=1):
            wanted = (number, f"Page {count} of {len(found)}", f"Printed by {place.who}", today)
            missing += [(name, count, one) for one in wanted if one not in sheet]
    assert missing == []


def test_of_a_letter_no_more_is_printed_than_goes(web_server, chromium):
    people = made_up_staff()
    child = allocated(people)
    context = signed_in(chromium, web_server, _Made(people), "Priya Shah")
    for name, args in (("letter", [child, "closing-family"]), ("acknowledge-referral", [child])):
        for sheet in sheets(context, f"{web_server}{reverse(name, args=args)}"):
            assert people.number(child) in sheet
            for kept in (
                "The home telephone",
                "Not safe",
                "2018",
                "Nothing to save",
                "What the record does not say",
            ):
                assert kept not in sheet, (name, kept)
            assert ("Wren" in sheet) is (name == "letter")


class _Made:
    """The staff alone, as a house has them."""

    def __init__(self, people):
        self.people = people
