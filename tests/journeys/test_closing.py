"""Closing in a real browser: a plan with an open action, handed in, sent back, handed in again, signed; and no fault that axe finds."""

from __future__ import annotations

import pytest
from tests.assessments import past
from tests.cases import record
from tests.closings import JOANNE, PRIYA, SUMMARY, worked_on
from tests.interfaces.web.views.test_closing import PLAN
from tests.journeys.test_every_page import WIDTHS, faults_of, sent_empty, signed_in
from tests.people import made_up_staff

from cairn.records import ledger

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


class Made:
    """The staff and the child."""

    def __init__(self) -> None:
        self.people = made_up_staff()
        self.child = worked_on(self.people)
        referral = next(one.id for one in ledger.read_stream(self.child) if one.type == "referral.received")
        past(self.people, self.child, referral, "plan.made", PLAN)


@pytest.fixture
def made(web_server):
    """A child on a plan with an open action."""
    return Made()


def write(page, summary):
    """Fill in the closing summary, as somebody does who has no script."""
    page.locator("[name=summary]").fill(summary)
    for name in ("reason", "decided_by"):
        page.locator(f"[name={name}]").fill(SUMMARY[name])
    for name, value in (("day", "20"), ("month", "11"), ("year", "2025")):
        page.locator(f"[name=decided_on-{name}]").fill(value)
    for name, value in (
        ("decided_in", "meeting"),
        ("family_part", "there"),
        ("agree", "both"),
        ("agencies_agree", "yes"),
        ("actions_left-0-becomes", "taken_on"),
        ("other_help", "nobody"),
    ):
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=agencies-0-agency]").fill("Made-up Primary School")
    page.locator("[name=agencies-0-agrees][value=yes]").check()


def send(page, button):
    """Press a button and wait for what comes back."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def press(page, button, where):
    """Follow a link that looks like a button."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(where)


class Looked:
    """What axe finds on each page that was looked at, by what it is."""

    def __init__(self):
        self.faults = {}

    def __call__(self, page, name):
        for width in WIDTHS:
            self.faults[name, width] = faults_of(page, width)
        page.set_viewport_size({"width": 1280, "height": 900})


def hand_in(worker, at, look):
    """What is missing, the form sent empty, and the summary handed in."""
    worker.goto(at)
    look(worker, "missing")
    press(worker, "Write the closing summary", "**/hand-in/**")
    sent_empty(worker)
    look(worker, "sent empty")
    write(worker, "She has breakfast now.")
    send(worker, "Hand it in")
    look(worker, "handed in")


def send_back(manager, at):
    """The manager sends it back with what has to be done first."""
    manager.goto(at)
    press(manager, "Read and decide it", "**/sign/**")
    manager.get_by_label("Send it back").check()
    manager.locator("[name=to_do]").fill("Ask the GP.")
    send(manager, "Sign decision")


def hand_in_again(worker, at, look):
    """What was asked stands on the page, and what was written stands to be written on."""
    worker.goto(at)
    look(worker, "sent back")
    press(worker, "Write it again", "**/hand-in/**")
    assert worker.locator("[name=summary]").input_value() == "She has breakfast now."
    assert "Ask the GP." in worker.locator("main").inner_text()
    send(worker, "Hand it in")


def refused_until_answered(manager, at, look):
    """Signed while somebody who disagrees has no answer, it is refused; then they are answered in writing."""
    manager.goto(f"{at}sign/")
    manager.get_by_label("Sign and close").check()
    look(manager, "to sign")
    sign(manager)
    look(manager, "refused")
    assert "Answer in writing whoever disagrees" in manager.locator("main").inner_text()
    manager.goto(at.replace("/closing/", "/disagreements/"))
    look(manager, "disagreements")
    manager.get_by_role("link", name="Answer in writing").click()
    manager.wait_for_url("**/answer/**")
    manager.locator("[name=how][value=written]").check()
    manager.locator("[name=text]").fill("We meet again in May.")
    send(manager, "Record it")


def sign(manager):
    """The audit, whose involvement ends and why, and the reason; signed."""
    manager.get_by_label("Sign and close").check()
    manager.get_by_label("The record is complete").check()
    manager.locator("[name=involvements-0-reason]").fill("No longer in need")
    manager.locator("[name=reason][value=RC7]").check()
    send(manager, "Sign decision")


def test_a_case_is_closed_by_two_people_and_no_page_on_the_way_has_a_fault(made, web_server, chromium):
    look, at = Looked(), f"{web_server}/records/{made.child}/closing/"
    worker = signed_in(chromium, web_server, made, PRIYA)
    manager = signed_in(chromium, web_server, made, JOANNE)
    hand_in(worker, at, look)
    send_back(manager, at)
    hand_in_again(worker, at, look)
    entry = {"what": "We agreed to close.", "significance": "She is safe."}
    dissent = {"whose": "The school", "about": "Closing", "text": "Too early."}
    record(made.people, (PRIYA, "enter-chronology", entry), (PRIYA, "record-dissent", dissent), on=made.child)
    refused_until_answered(manager, at, look)
    manager.goto(f"{at}sign/")
    sign(manager)
    assert "The case is closed" in manager.locator("main").inner_text()
    look(manager, "closed")
    assert {place: found for place, found in look.faults.items() if found} == {}
    assert [one.type for one in ledger.read_stream(made.child)][-2:] == ["closure.signed", "case.closed"]
