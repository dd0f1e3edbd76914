"""Two workers write an assessment over two weeks: nothing is lost, and every clock is right."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.journeys.writing import (
    OFFLINE,
    PATIENCE,
    loses_her_connection,
    puts_them_together,
    story,
    write_the_rest,
    writes_at_the_same_time,
)
from tests.people import made_up_staff

from cairn.application import ports
from cairn.application.assessing import written

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def it(web_server, chromium):
    before = ports.wired()
    made = story(chromium, web_server, made_up_staff())
    yield made
    for page in made.pages.values():
        page.context.close()
    ports.use(before)


def test_an_assessment_is_written_by_two_over_two_weeks_and_nothing_is_lost(it):
    page = it.pages["Priya Shah"]
    page.goto(f"{it.address}/records/{it.child}/")
    page.get_by_role("link", name="Go on with the assessment").click()
    # Ten working days from Monday 2 November (4.19).
    expect(page.get_by_text("16 November 2026", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Day 0 of 10 working days. 10 are left.")).to_be_visible(timeout=PATIENCE)

    loses_her_connection(it)
    assert it.stands().section("health").text.data["text"] == OFFLINE

    it.days_pass(3)
    writes_at_the_same_time(it)
    assert it.stands().section("education").status == "problem"
    puts_them_together(it)
    education = it.stands().section("education").text
    assert education.data["text"] == (
        "Ewan: the school praises her reading.\n\nPriya: she is late on Mondays, never on Fridays."
    )
    assert set(education.writers) == {"Priya Shah", "Ewan Marsh"}

    it.days_pass(7)
    page.goto(it.path)
    expect(page.get_by_text("Day 8 of 10 working days. 2 are left.")).to_be_visible(timeout=PATIENCE)
    write_the_rest(it)
    page.goto(it.path)
    expect(page.get_by_text("28 of 28 sections begun, 28 completed.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Every section it needs is completed.")).to_be_visible(timeout=PATIENCE)
    found = written(it.people.actor("Priya Shah"), it.child, it.strand)
    assert (len(found.sections), set(found.writers.values())) == (28, {"Priya Shah", "Ewan Marsh"})
