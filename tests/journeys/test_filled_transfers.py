"""The pages of a transfer and of the allocation meeting as they look when much stands on them: no fault that axe finds."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.conftest import clock
from tests.interfaces.web.views.test_allocation_meeting import MEETING, going
from tests.interfaces.web.views.test_transfer import BOTH
from tests.journeys.test_every_page import WIDTHS, faults_of, sent_empty, signed_in
from tests.people import Staff, made_up_staff
from tests.siblings import AMARA, LEILA, THEO, child, related

from cairn.application.ports import now
from cairn.records import drafts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
__all__ = ["clock"]
WORKER, MANAGER, NEXT = "Priya Shah", "Joanne Whitlock", "Rosa Quill"
AGREED = {"agreed_on": "2026-11-23", "attended": [*BOTH, "disability"], "reason": "Longer help."}


@pytest.fixture
def made(web_server, clock) -> tuple[Staff, dict[str, UUID]]:
    """One child proposed, one agreed with drafts and bookings left open, one handed over in a hurry; they are one family."""
    people = made_up_staff()
    children = {name: going(people, name) for name in (AMARA, THEO, LEILA)}
    first = children[AMARA]
    related(people, first, (THEO, children[THEO]), (LEILA, children[LEILA]))
    for name in (THEO, LEILA):
        record(people, (MANAGER, "agree-transfer", AGREED), on=children[name])
    record(
        people,
        (WORKER, "book-visit", {"when": "2026-12-01T10:00"}),
        (WORKER, "record-visit", {"child_seen": True}),
        on=children[THEO],
    )
    half = drafts.DraftToSave(
        uuid4(), people.ids["Ewan Marsh"], "add-note", children[THEO], {"text": "Half"}, 0
    )
    drafts.save(half, now())
    over = {"to_worker": str(people.ids[NEXT]), "summary": "Made up."}
    record(people, (WORKER, "complete-transfer", over), on=children[LEILA])
    return people, children | {"new": child(people, "Kene Made-up")}


def pages(children: dict[str, UUID]) -> dict[str, tuple[str, str, str]]:
    """Each page by what it is: who opens it, its address, and what stands on it only where it is filled."""

    def at(name: str, which: str) -> str:
        return reverse(name, args=[children[which]])

    return {
        "none proposed": (WORKER, at("transfer", "new"), "No transfer was proposed."),
        "proposed": (WORKER, at("transfer", AMARA), "What a transfer needs"),
        "proposed, for the receiving manager": ("Tunde Bright", at("transfer", AMARA), "Agree it"),
        "with a family": (WORKER, at("transfer", AMARA), "Brothers and sisters"),
        "agreed": (MANAGER, at("transfer", THEO), "Visit the family together"),
        "handed over": (NEXT, at("transfer", LEILA), "What was done, and what was left out"),
        "complete it": (WORKER, at("complete-transfer", THEO), "Drafts that are not sent"),
        "complete it too early": (WORKER, at("complete-transfer", AMARA), "Not agreed yet"),
        "verify": (MANAGER, at("verify-record", THEO), "began it and has not sent it"),
        "a worker leaves": (MANAGER, at("end-allocation", THEO), "without a joint visit"),
        "several proposed": (WORKER, at("propose-transfer", "new"), "To which team"),
        "the meeting": (MANAGER, MEETING, "The team for looked after children comes next"),
    }


@pytest.mark.long
def test_no_filled_page_of_a_transfer_has_a_fault(made, web_server, chromium):
    people, children = made

    class House:
        """As `signed_in` takes it."""

    House.people = people
    faults, windows = {}, {}
    for name, (who, address, said) in pages(children).items():
        page = windows.setdefault(who, None) or signed_in(chromium, web_server, House, who)
        windows[who] = page
        page.goto(f"{web_server}{address}")
        assert said in page.locator("main").inner_text(), name
        for width in WIDTHS:
            faults[name, width] = faults_of(page, width)
    page = windows[MANAGER]
    page.goto(f"{web_server}{MEETING}")
    page.locator("main input[name=child]").first.check()
    page.set_viewport_size({"width": 320, "height": 900})
    sent_empty(page)
    assert page.locator(".govuk-error-summary").count() == 1
    assert page.locator("main input[name=child]").first.is_checked()
    faults["the meeting with a mistake", 320] = faults_of(page, 320)
    assert {place: found for place, found in faults.items() if found} == {}
