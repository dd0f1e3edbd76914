"""From a school's call to a worker with the child, by the four roles, in a real browser on a real server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.people import made_up_staff

from cairn.application import sign_in
from cairn.core.calendar.moment import LONDON
from cairn.records.models import Record

pytestmark = pytest.mark.browser


class Desk:
    """One person's browser: signed in, with what a person does at a page."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def sign_in(self, name):
        self.page.goto(f"{self.address}/sign-in/")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url("**/work/")

    def follow(self, text):
        self.page.get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state()

    def press(self, text):
        self.send(self.page.get_by_role("button", name=text, exact=True))

    def send(self, button):
        """Press it and wait for the next page: a form leaves when the save under way has been answered."""
        with self.page.expect_navigation():
            button.click()

    def choose(self, question, answer):
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def write(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)

    @property
    def text(self):
        return self.page.locator("main").inner_text()


@pytest.fixture
def address(web_server, monkeypatch):
    """The application with made-up staff, on a database taken for a made-up authority's."""
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    made_up_staff()
    return web_server


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def desk(request, address, chromium):
    context = chromium.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield Desk(page, address)
    context.close()


def call_comes_in(desk, name):
    """The contact centre writes the call down, looks the child up first, and sends it for decision."""
    forename, surname = name
    desk.sign_in("Beth Lomas")
    desk.follow("New contact")
    desk.page.get_by_label("Who got in touch?").select_option(label="School")
    desk.write("Name of the caller", "Hannah Pryce")
    desk.write("Organisation", "Millbrook Primary School")
    desk.page.get_by_label("Worry about a child").check()
    desk.choose("Is the child in danger at this moment?", "No")
    desk.write("First name", forename)
    desk.write("Surname", surname)
    desk.write("Date of birth or age", "14 5 2017")
    desk.send(desk.page.get_by_role("button", name="Look", exact=True))


def test_from_the_call_to_the_worker(desk):
    call_comes_in(desk, ("Ada", "Fenwick"))
    desk.press("Add Ada as a new person")
    desk.write("The worry in a sentence", "Came without a coat in November.")
    desk.press("Send for decision")

    the_contact_is_returned(desk)
    the_contact_centre_answers(desk)
    the_contact_is_decided_after_a_refusal(desk)
    the_referral_is_decided_after_a_gate(desk)
    a_worker_is_allocated(desk)

    desk.sign_in("Priya Shah")
    assert "Ada Fenwick" in desk.text
    assert "Complete the assessment" in desk.text
    desk.page.locator("a.c-why").first.click()
    expect(desk.page.get_by_text("The rule, in plain words").first).to_be_visible()


def the_contact_is_returned(desk):
    """The manager has begun to decide, and sends it back with what must be found out first."""
    desk.sign_in("Sheila Knowles")
    desk.follow("Decide the contact")
    desk.choose("What happens with this contact?", "Progress to a referral")
    desk.page.get_by_text("Something must be found out first").click()
    desk.write("What is to be found out first", "Who lives in the household?")
    desk.press("Return to the contact centre")
    assert "still to be decided by" in desk.text
    assert "The Contact Centre, about Ada Fenwick" in desk.text


def the_contact_centre_answers(desk):
    desk.sign_in("Beth Lomas")
    desk.follow("Find out what the manager asked")
    assert "Who lives in the household?" in desk.text
    desk.write("What was found out", "Her mother, and an uncle since August.")
    desk.write("From whom", "Hannah Pryce, Millbrook Primary School")
    desk.press("Send to the manager")
    assert "Find out what the manager asked" not in desk.text


def the_contact_is_decided_after_a_refusal(desk):
    desk.sign_in("Sheila Knowles")
    desk.follow("Decide the contact")
    assert "an uncle since August" in desk.text
    # What was chosen before the return is still there.
    assert desk.page.get_by_role("radio", name="Progress to a referral").is_checked()
    desk.press("Sign the decision")
    assert desk.page.title().startswith("Error: ")
    assert "Give your reasons" in desk.text
    desk.write("Your reasons", "An assessment is needed to know why.")
    desk.page.get_by_label("What we were told points to further assessment").check()
    desk.choose("Which level of need?", "Level 3")
    desk.page.get_by_role("group", name="Which service should take it?").get_by_label(
        "Referral and Assessment"
    ).check()
    desk.press("Sign the decision")
    assert "Error" not in desk.page.title(), desk.text


def the_referral_is_decided_after_a_gate(desk):
    desk.sign_in("Martin Oyelaran")
    desk.follow("Decide whether to assess")
    desk.page.get_by_label("Child and Family Assessment").check()
    desk.write("Your reasons", "A fuller picture is needed, and mother agrees.")
    desk.press("Sign for Ada")
    assert "3.5" in desk.text
    assert desk.page.get_by_label("Your reasons", exact=True).input_value().startswith("A fuller picture")
    desk.choose("What does the status check show?", "Not known to us")
    desk.choose("Have earlier records and files been located?", "Looked for, there are none")
    desk.choose("There are no brothers or sisters in this household or another", "Yes")
    desk.write(
        "How may this affect other children in the household or the wider family?", "She is the only child."
    )
    desk.press("Sign for Ada")
    assert "Error" not in desk.page.title(), desk.text


def a_worker_is_allocated(desk):
    desk.sign_in("Joanne Whitlock")
    desk.follow("Ada Fenwick")
    desk.follow("Allocate to a worker")
    desk.page.get_by_label("Priya Shah").check()
    desk.send(desk.page.get_by_role("button", name="Allocate", exact=True))
    assert "Priya Shah" in desk.text


def test_a_child_on_record_is_found_and_used_and_no_second_record_is_made(desk):
    call_comes_in(desk, ("Ada", "Fenwick"))
    desk.press("Add Ada as a new person")
    desk.press("Send for decision")
    call_comes_in(desk, ("Ada", "Fenwik"))
    assert "Ada Fenwick" in desk.text
    desk.send(desk.page.get_by_role("button", name="Use this person").first)
    desk.press("Send for decision")
    assert Record.objects.count() == 1


def test_a_correction_moves_the_date_and_the_page_says_so(desk):
    call_comes_in(desk, ("Ada", "Fenwick"))
    desk.press("Add Ada as a new person")
    desk.press("Send for decision")
    desk.sign_in("Sheila Knowles")
    desk.page.goto(desk.address + desk.page.locator("a.c-why").first.get_attribute("href"))
    before = desk.text
    desk.follow("Correct the entry")
    day, month, year = yesterday()
    for part, text in (("Day", day), ("Month", month), ("Year", year), ("Time", "9:00am")):
        desk.page.locator(f"#when-happened-{part.lower()}").fill(text)
    desk.page.locator("#mend-reason").fill("It came yesterday.")
    desk.press("Correct the entry")
    assert "What else changes" in desk.text
    desk.press("Correct all of it")
    assert "9am" in desk.text, desk.text
    assert desk.text != before


def yesterday():
    """The London day before today, in the three parts of a date field."""
    day = (datetime.now(UTC).astimezone(LONDON) - timedelta(days=1)).date()
    return str(day.day), str(day.month), str(day.year)


def test_what_was_typed_survives_a_crash(address, chromium):
    context = chromium.new_context()
    desk = Desk(context.new_page(), address)
    desk.sign_in("Beth Lomas")
    desk.follow("New contact")
    desk.write("The worry in a sentence", "Typed just before the browser died.")
    expect(desk.page.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=12_000)
    context.close()

    again = Desk(chromium.new_context().new_page(), address)
    again.sign_in("Beth Lomas")
    again.follow("New contact")
    kept = again.page.get_by_label("The worry in a sentence", exact=True)
    if kept.input_value() == "":
        again.page.goto(f"{address}/work/")
        again.page.locator("section", has_text="Begun and not sent").get_by_role("link").first.click()
        again.page.wait_for_load_state()
    assert kept.input_value() == "Typed just before the browser died."
