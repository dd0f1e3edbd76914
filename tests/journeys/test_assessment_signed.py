"""What two wrote is handed in, returned, handed in again and signed, in a real browser; each clock is right."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect
from tests.cases import record
from tests.journeys.writing import story, write_the_rest
from tests.people import made_up_staff

from cairn.application import ports
from cairn.application.child import open_child
from cairn.records import ledger
from cairn.records.models import Authorisation

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
REASON = "Her needs are clear, and her mother works with us."


@pytest.fixture
def it(web_server, chromium):
    before = ports.wired()
    made = story(chromium, web_server, made_up_staff())
    write_the_rest(made)
    record(
        made.people,
        (
            "Priya Shah",
            "record-visit",
            {"child_seen": True, "child_said": "She said “bus”.", "place": "home"},
        ),
        on=made.child,
    )
    yield made
    for page in made.pages.values():
        page.context.close()
    ports.use(before)


def hand_in(it, who: str, response: str = "") -> None:
    page = it.pages[who]
    page.goto(f"{it.address}/records/{it.child}/assessment/hand-in/")
    if response:
        page.get_by_label("What you did about what you were asked").fill(response)
    page.get_by_role("button", name="Hand in the assessment").click()
    expect(page.get_by_text("The assessment is handed in.")).to_be_visible()


def opens_the_decision(it):
    """Joanne finds it under her work."""
    page = it.pages["Joanne Whitlock"]
    page.goto(f"{it.address}/work/")
    page.get_by_role("link", name="Decide it").click()
    expect(page.get_by_role("heading", name="Approve Ifeoma Okafor’s assessment")).to_be_visible()
    return page


def duties(it) -> dict[str, tuple[str, date | None]]:
    found = open_child(it.people.actor("Joanne Whitlock"), it.child, page="child")
    return {one.rule.id: (one.state, one.due.date() if one.due else None) for one in found.duties}


def test_it_is_handed_in_returned_handed_in_again_and_signed_and_each_clock_is_right(it):
    it.days_pass(10)
    hand_in(it, "Ewan Marsh")

    page = opens_the_decision(it)
    page.get_by_label("Return for changes").check()
    page.get_by_label("Your reasons").fill("Say who has checked her weight.")
    page.get_by_role("button", name="Sign decision").click()
    expect(page.get_by_text("Ifeoma Okafor’s assessment is returned.")).to_be_visible()
    assert duties(it)["assessment-complete"] == ("upcoming", date(2026, 11, 16))

    it.days_pass(6)
    writer = it.pages["Priya Shah"]
    writer.goto(f"{it.address}/work/")
    writer.get_by_role("link", name="See what was asked and write on").click()
    expect(writer.get_by_text("Say who has checked her weight.", exact=False).first).to_be_visible()
    writer = it.section("Priya Shah", "health")
    writer.get_by_label("What you know now").fill("About Health. Sana Malik checked her weight.")
    expect(writer.locator("[data-saved-text]")).to_contain_text("Saved at")
    hand_in(it, "Priya Shah", "Sana Malik checked it on 17 November.")

    page = opens_the_decision(it)
    expect(page.get_by_text("Sana Malik checked her weight.", exact=True)).to_be_visible()
    expect(page.get_by_text("27 sections have not changed")).to_be_visible()
    page.get_by_label("Approve", exact=True).check()
    page.get_by_label("Child in need meeting and plan").check()
    page.get_by_label("Why did it take longer than the procedures allow?").fill("It was returned once.")
    for box in page.get_by_label("Your reason for going past", exact=False).all():
        box.fill("Her mother was in hospital.")
    further = page.get_by_label("No further assessment")
    if further.count():
        further.check()
    page.get_by_label("Your reasons", exact=True).fill(REASON)
    page.get_by_role("button", name="Sign decision").click()
    expect(page.get_by_text("Ifeoma Okafor’s assessment is approved.")).to_be_visible()

    approved = ledger.read_stream(it.child)[-1]
    assert (approved.type, approved.data["reason"]) == ("assessment.approved", REASON)
    signed = Authorisation.objects.get()
    assert set(signed.authors) == {it.people.ids["Priya Shah"], it.people.ids["Ewan Marsh"]}
    # Two working days past its date, with the reason: the lateness stays (4.19, 4.22).
    assert duties(it)["assessment-complete"] == ("met_late", date(2026, 11, 16))
    # What follows is counted from the signature: ten working days to the meeting (4.23), a copy for the family (4.32).
    assert duties(it)["planning-meeting"] == ("upcoming", date(2026, 12, 2))
    assert duties(it)["copy-to-family"] == ("undated", None)
