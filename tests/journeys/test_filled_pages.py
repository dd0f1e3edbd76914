"""Letters, bookings, checks and acts for several children as they look when much stands on them: no fault that axe finds.

`test_every_page` opens every address once; here the same addresses are filled, checked, wrong, and beside another text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import event, later
from tests.interfaces.web.views.conftest import clock
from tests.interfaces.web.views.test_jointly import WHEN, correction, draft_of, own, seen, signed
from tests.interfaces.web.views.test_jointly_letters import LETTER, THURSDAY, TOMORROW, sent
from tests.journeys.test_every_page import WIDTHS, faults_of, sent_empty, signed_in
from tests.people import Staff, made_up_staff
from tests.siblings import three

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
__all__ = ["clock"]
WORKER = "Priya Shah"
MEETING = {
    **WHEN, "kind": "child_in_need_review", "took_part": "Grace\r\nMs Fenn", "account": "Mornings go well.", "not_there-count": "1",
    "not_there-0-name": "Dr Sen", "not_there-0-views": "She grows.", "dissents-count": "1", "dissents-0-whose": "Grace",
    "dissents-0-about": "The plan", "dissents-0-text": "Too much.",
}  # fmt: skip
REVIEW = {**WHEN, "kind": "child_in_need", "took_part": "Grace"}
VISIT = {**WHEN, "place": "At home", "account": "We went through the plan."}


@dataclass
class Filled:
    """The family, and who works with it."""

    people: Staff
    children: tuple[UUID, UUID, UUID]
    client: Client

    def at(self, name: str, *rest: str, query: str = "") -> str:
        return f"{reverse(name, args=[self.children[0], *rest])}{query}"

    def id_of(self, type_: str) -> str:
        return event(self.children[0], type_).id

    @property
    def for_all(self) -> str:
        return "?new=1&" + "&".join(f"child={one}" for one in self.children[1:])


@pytest.fixture
def filled(web_server, clock):
    """Three children with visits, bookings, letters, checks and a chronology; it is Thursday by now."""
    people = made_up_staff()
    made = Filled(people, three(people), people.client(WORKER))
    _for_several(made)
    _on_the_first(made)
    later(clock, days=3)
    return made


def _for_several(made: Filled) -> None:
    """What is written once: bookings, a leaflet, a letter, and a visit of which the shared part was wrong."""
    first, second, _ = made.children
    sent(made.client, "book-visit", made.children, TOMORROW, place="At home")
    sent(made.client, "book-meeting", made.children, THURSDAY, kind="family")
    sent(made.client, "give-leaflet", made.children, leaflet="access_to_records", to="Grace")
    parts = own(first, about_child="She sleeps well."), own(second, about_child="He was at the clinic.")
    signed(made.client, sent(made.client, "send-letter", made.children[:2], LETTER, *parts), first, second)
    said = [
        own(one, child_views="I want my own bed.", outcome=["child_in_need_plan"]) for one in made.children
    ]
    signed(made.client, sent(made.client, "record-meeting", made.children, MEETING, *said), *made.children)
    judged = [
        own(one, outcome="continue", reason="It helps.", progress="Mornings go well.")
        for one in made.children
    ]
    signed(made.client, sent(made.client, "hold-review", made.children, REVIEW, *judged), *made.children)
    looked = [seen(one, child_said="I count to ten first.") for one in made.children]
    signed(made.client, sent(made.client, "record-visit", made.children, VISIT, *looked), *made.children)
    done = correction(made.client, first, account="We walked to the park.")
    assert "Correct it for other children too?" in done.content.decode()


def _on_the_first(made: Filled) -> None:
    asked = {"what": "Appointments", "basis": "safeguarding"}
    when = "2026-11-25T10:00"
    record(
        made.people,
        (WORKER, "record-consent", {"whose": "Grace", "by_parent": "parent", "decision": "given", "for": ["agency_checks"]}),
        (WORKER, "ask-agency", {"agency": "gp", **asked}),
        (WORKER, "enter-chronology", {"what": "No breakfast.", "significance": "She was hungry."}),
        (WORKER, "enter-chronology", {"what": "A new school.", "significance": "She has friends there."}),
        (WORKER, "book-meeting", {"kind": "professionals", "when": when}),
        on=made.children[0],
    )  # fmt: skip
    booking = made.id_of("meeting.booked")
    record(
        made.people,
        (WORKER, "move-booking", {"booking": booking, "when": "2026-12-01T10:00", "reason": "The chair is ill."}),
        (WORKER, "book-visit", {"when": when}),
        on=made.children[0],
    )  # fmt: skip
    gone = made.id_of("visit.booked")
    ended = {"booking": gone, "kind": "not_there", "reason": "No answer."}
    record(made.people, (WORKER, "cancel-booking", ended), on=made.children[0])


def joint_booking(made: Filled) -> str:
    """The visit that was booked for all three, which the page asks about."""
    page = made.client.get(made.at("bookings")).content.decode()
    return re.search(r"cancel/?[^\"]*\?booking=([\w-]+)|end/\?booking=([\w-]+)", page)[0].rpartition("=")[2]


def filled_pages(made: Filled) -> dict[str, tuple[str, str]]:
    """Each page by what it is: its address, and what stands on it only where it is filled."""
    booking = f"?booking={joint_booking(made)}"
    asked = f"?check={made.id_of('check.requested')}"
    visit = made.id_of("visit.made")
    return {
        "bookings": (made.at("bookings"), "What became of earlier bookings"),
        "move for three": (made.at("move-booking", query=booking), "For whom else?"),
        "call off for three": (made.at("cancel-booking", query=booking), "For whom else?"),
        "book a visit for three": (made.at("book-visit", query=made.for_all), "Booked already"),
        "book a meeting for three": (made.at("book-meeting", query=made.for_all), "Booked already"),
        "a leaflet for three": (made.at("give-leaflet", query=made.for_all), "Access to records, to Grace"),
        "a letter for three": (made.at("send-letter", query=made.for_all), "What it says about Leila"),
        "a visit for three": (made.at("record-visit", query=made.for_all), "I count to ten first."),
        "meetings": (made.at("meetings"), "Grace disagrees with the plan"),
        "a meeting with its copies": (made.at("entry", made.id_of("meeting.held")), "Who has got a copy"),
        "a review with its copies": (made.at("entry", made.id_of("review.held")), "Not yet:"),
        "a copy of a review": (
            made.at("hand-out", query=f"?copy_of={made.id_of('review.held')}"),
            "Review of the child in need plan",
        ),
        "a meeting for three": (made.at("record-meeting", query=made.for_all), "What Leila thinks"),
        "a review for three": (made.at("hold-review", query=made.for_all), "There is no plan for Leila"),
        "a meeting to be checked": (_meeting_to_check(made), "What it does not meet yet"),
        "documents": (made.at("documents"), "Thank you for coming on Monday."),
        "sharing": (made.at("sharing"), "Appointments"),
        "an answer": (made.at("record-answer", query=asked), "GP"),
        "ask again": (made.at("chase-agency", query=asked), "GP"),
        "chronology": (made.at("chronology"), "She has friends there."),
        "enter in the chronology": (made.at("enter-chronology", query=f"?entry={visit}"), "chronology"),
        "correct for others": (made.at("correct-others", visit), "How it reads now on"),
        "correct a visit for three": (made.at("correct", visit), "We walked to the park."),
        "an entry that was corrected": (made.at("entry", visit), "We walked to the park."),
        "a letter to be checked": (_to_check(made), "Check before you sign"),
        "a letter beside another": (_beside(made), "You also wrote this, elsewhere"),
    }


def _to_check(made: Filled) -> str:
    parts = (own(one, about_child="Well.") for one in made.children)
    checked = sent(made.client, "send-letter", made.children, LETTER, *parts, query="?new=1")
    return f"{made.at('send-letter')}?draft={draft_of(checked)}&check=yes"


def _meeting_to_check(made: Filled) -> str:
    checked = sent(made.client, "record-meeting", made.children, MEETING, query="?new=1")
    return f"{made.at('record-meeting')}?draft={draft_of(checked)}&check=yes"


def _beside(made: Filled) -> str:
    """Two windows with one draft: the second finds the first's text beside its own."""
    first, *_ = made.children
    at = made.at("send-letter")
    draft = str(draft_of(made.client.get(f"{at}?new=1")))
    form = {"draft": draft, "version": "0", "child": [str(first)], "shown": [str(first)], "do": "children"}
    made.client.post(at, {**form, "text": "One text."})
    second = made.client.post(at, {**form, "text": "Another text."}, follow=True)
    return f"{second.request['PATH_INFO']}?{second.request['QUERY_STRING']}"


@pytest.mark.long
def test_no_filled_page_has_a_fault_at_two_widths(filled, web_server, chromium):
    page = signed_in(chromium, web_server, filled, WORKER)
    faults = {}
    for name, (address, said) in filled_pages(filled).items():
        page.goto(f"{web_server}{address}")
        assert said in page.locator("main").inner_html(), name
        for width in WIDTHS:
            faults[name, width] = faults_of(page, width)
    assert {place: found for place, found in faults.items() if found} == {}


@pytest.mark.long
def test_no_page_for_several_children_with_mistakes_has_a_fault(filled, web_server, chromium):
    """In the narrowest window: sent empty for three children at once."""
    page = signed_in(chromium, web_server, filled, WORKER, 320)
    faults = {}
    for name in (
        "send-letter",
        "give-leaflet",
        "book-visit",
        "book-meeting",
        "record-visit",
        "record-meeting",
        "hold-review",
    ):
        page.goto(f"{web_server}{filled.at(name, query=filled.for_all)}")
        sent_empty(page)
        assert page.locator(".govuk-error-summary").count() == 1, name
        faults[name] = faults_of(page, 320)
    assert {place: found for place, found in faults.items() if found} == {}
