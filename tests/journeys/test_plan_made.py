"""A plan made, reported of and given to the family in a real browser, with the script and without; and no fault that axe finds."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later
from tests.interfaces.web.views.conftest import clock
from tests.interfaces.web.views.test_plan_writing import WRITTEN, part, write
from tests.journeys.test_every_page import WIDTHS, faults_of, signed_in
from tests.journeys.writing import PATIENCE
from tests.people import made_up_staff
from tests.plans import PLAN, changed, met, planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
__all__ = ["clock"]
WORKER = "Priya Shah"


@pytest.fixture
def people(web_server, clock):
    return made_up_staff()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, web_server, chromium, people):
    session = people.client(WORKER).session
    context = chromium.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "cairn_session", "value": session.session_key, "url": web_server}])
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def press(page, name):
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_a_plan_is_made_reported_of_and_given(page, web_server, people):
    child = allocated(people)
    met(people, child)
    page.goto(f"{web_server}{reverse('plan', args=[child])}")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the plan").or_(
            page.get_by_role("link", name="Make the plan")
        ).first.click()
    page.get_by_role("link", name="What is to be different").click()
    page.wait_for_url("**/outcomes/")
    page.locator("#outcomes-0-need").fill("Food in the morning")
    page.locator("#outcomes-0-outcome").fill("Breakfast every day")
    page.locator("#outcomes-0-measure").fill("The register says so")
    press(page, "Add another to What is to be different for the child")
    expect(page.locator("#outcomes-0-outcome")).to_have_value("Breakfast every day")
    page.locator("#outcomes-1-need").fill("A way to the clinic")
    page.locator("#outcomes-1-outcome").fill("Seen by the clinic")
    page.locator("#outcomes-1-measure").fill("Three kept in a row")
    press(page, "Save and go to Who does what, and by when")
    page.locator("#actions-0-outcome").select_option(label="2. Seen by the clinic")
    page.locator("#actions-0-what").fill("Ring the clinic")
    page.locator("#actions-0-who").fill("Priya Shah")
    for name, value in (("day", "10"), ("month", "12"), ("year", "2026")):
        page.locator(f"#actions-0-by_when-{name}").fill(value)
    press(page, "Add another to Who does what")
    page.locator("#actions-1-outcome").select_option(label="1. Breakfast every day")
    page.locator("#actions-1-what").fill("Open the breakfast club")
    page.locator("#actions-1-who").fill("The school")
    page.locator("#actions-1-going_on").fill("Every day")
    press(page, "Save and go to In their own words")
    client = people.client(WORKER)
    for name, its in WRITTEN.items():
        if name not in ("outcomes", "actions"):
            write(client, child, name, **{field: PLAN[field] for field in its})
    page.goto(f"{web_server}{reverse('make-plan', args=[child])}")
    expect(page.get_by_text("Everything that the procedures ask is there.")).to_be_visible()
    press(page, "Make the plan")
    assert [row["outcome"] for row in event(child, "plan.made").data["actions"]] == ["2", "1"]
    page.get_by_role("button", name="Record progress").or_(
        page.get_by_role("link", name="Record progress")
    ).first.click()
    page.wait_for_url("**/progress/**")
    page.get_by_label("Some progress").first.check()
    press(page, "Record it")
    expect(page.get_by_text("1 with some progress")).to_be_visible()
    page.get_by_role("link", name="Print for the family").click()
    page.wait_for_url("**/copy/**")
    page.get_by_label("Who reads it").fill("Hanne Pryce")
    page.get_by_label("Handed over and talked through").check()
    press(page, "Record that it was given")
    assert event(child, "copy.given").data["names"] == ["Hanne Pryce"]


def test_what_is_typed_is_saved_as_one_types_and_kept_beside_what_another_wrote(chromium, web_server, people):
    child = allocated(people)
    page = signed_in(chromium, web_server, type("Made", (), {"people": people}), WORKER)
    page.set_default_timeout(PATIENCE)
    page.goto(f"{web_server}{part(child, 'words')}")
    page.get_by_label("What the child wants").fill("Toast.")
    saved = page.locator("[data-saved-text]")
    expect(saved).to_contain_text("Saved at", timeout=PATIENCE)
    write(people.client("Ewan Marsh"), child, "words", version=1, child_words="Porridge.")
    page.get_by_label("What the child wants").fill("Toast, please.")
    expect(saved).to_contain_text("beside what Ewan Marsh wrote", timeout=PATIENCE)
    page.get_by_role("link", name="See both and put them together").click()
    expect(page.get_by_role("heading", name="Two texts stand side by side")).to_be_visible()
    press(page, "Put it below what is saved")
    expect(page.get_by_label("What the child wants")).to_have_value("Porridge.\nToast, please.")
    press(page, "They are put together: save")
    expect(page.get_by_role("heading", name="Two texts stand side by side")).to_have_count(0)
    page.context.close()


@pytest.mark.long
def test_no_page_of_a_plan_has_a_fault_when_much_stands_on_it(chromium, web_server, people, clock):
    child, empty = allocated(people), allocated(people)
    planned(people, child)
    for count in (2, 4, 0):
        later(clock, days=4)
        judged = [{"outcome": "1", "progress": "some", "count": count, "differs": "Gran says five."}]
        record(people, ("Priya Shah", "record-progress", {"outcome_rows": judged}), on=child)
    changed(people, child)
    client = people.client(WORKER)
    write(client, child, "actions", "revise-plan", actions=[{"what": "Ring " * 20}])
    write(people.client("Ewan Marsh"), child, "actions", "revise-plan", actions=[{"what": "Walk"}])
    wrong = {"actions-count": 1, "actions-0-what": "Ring", "actions-0-by_when-day": "32", "do": "save"}
    client.post(part(empty, "actions"), {"version": 0, **wrong})
    strand = event(child, "plan.made").id
    addresses = [
        reverse("plan", args=[child]), reverse("plan", args=[empty]), reverse("plan-version", args=[child, strand, 2]),
        reverse("make-plan", args=[empty]), part(empty, "actions"), reverse("revise-plan", args=[child]),
        part(child, "actions", "revise-plan"), reverse("record-progress", args=[child]), reverse("plan-copy", args=[child]),
        f"{reverse('plan-copy', args=[child])}?for=child",
    ]  # fmt: skip
    page = signed_in(chromium, web_server, type("Made", (), {"people": people}), WORKER)
    faults = {}
    for address in addresses:
        page.goto(f"{web_server}{address}")
        for width in WIDTHS:
            faults[address, width] = faults_of(page, width)
    assert {place: found for place, found in faults.items() if found} == {}
    page.context.close()
