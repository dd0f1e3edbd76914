"""One visit to three of four half-brothers and half-sisters in two households, signed in two goes."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from tests.interfaces.web.views.children import event, view
from tests.journeys.test_every_page import faults_of
from tests.journeys.test_four_roles import Desk
from tests.people import made_up_staff
from tests.siblings import child, related, taken_away, three

from cairn.application import sign_in
from cairn.application.ports import now
from cairn.core.calendar.moment import LONDON

pytestmark = pytest.mark.browser


@pytest.fixture
def people(web_server, monkeypatch):
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    return made_up_staff()


@pytest.fixture
def family(people):
    """Amara, Theo and Leila in one household; Cole in another, with whom another team works."""
    made = three(people)
    cole = child(people, "Cole Bell")
    related(people, made[0], ("Cole Bell", cole), household="other")
    taken_away(people, cole)
    return *made, cole


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def desk(request, web_server, chromium):
    context = chromium.new_context(
        bypass_csp=True, java_script_enabled=request.param, viewport={"width": 1280, "height": 900}
    )
    context.add_init_script(AXE_SCRIPT)
    page = context.new_page()
    page.set_default_timeout(8_000)
    desk = Desk(page, web_server)
    desk.has_script = request.param
    yield desk
    context.close()


def look(desk):
    """No fault at either width, where axe can run."""
    if desk.has_script:
        for width in (320, 1280):
            assert faults_of(desk.page, width) == [], width


def in_part(desk, name):
    """One child's part of the page."""
    return Desk(desk.page.get_by_role("region", name=name), desk.address)


def answer(desk, name, question, reply):
    desk.page.get_by_role("region", name=name).get_by_role("group", name=question).get_by_label(
        reply, exact=True
    ).check()


def write(desk, name, label, text):
    desk.page.get_by_role("region", name=name).get_by_label(label, exact=True).fill(text)


def test_one_visit_for_three_signed_in_two_goes(desk, people, family):
    amara, theo, leila, cole = family
    desk.sign_in("Priya Shah")
    desk.page.goto(f"{desk.address}/records/{amara}/visit/")
    assert "Cole Bell cannot be added: you are not working with this child" in desk.text
    for name in ("Theo Made-up", "Leila Made-up"):
        desk.page.get_by_label(name).check()
    desk.press("Show a part for each child ticked")
    assert "Record a visit: Amara, Theo and Leila Made-up" in desk.text
    the_three_are_written(desk)
    desk.press("Check and sign visit")
    assert "Theo is shown as not seen." in desk.text
    expect(desk.page.get_by_text("Stays in the draft").first).to_be_visible()
    look(desk)
    desk.press("Sign")
    assert "Signed for Amara and Theo. What you wrote for Leila stays in the draft." in desk.text
    assert [one.type for one in view(leila).standing.events if one.type == "visit.made"] == []
    the_rest_is_signed_later(desk, theo)
    one_visit_on_three_records(amara, theo, leila)
    assert [one.type for one in view(cole).standing.events if one.type == "visit.made"] == []


def rail_line(desk, name):
    """What the list of parts says of one child's."""
    return desk.page.locator("[data-parts] li").filter(has_text=name)


def the_three_are_written(desk):
    at = now().astimezone(LONDON)
    for part, value in (("Day", at.day), ("Month", at.month), ("Year", at.year)):
        desk.page.get_by_label(part, exact=True).fill(str(value))
    write(desk, "Shared part", "Where", "At home")
    write(
        desk,
        "Shared part",
        "What you talked about with the family, and the plan",
        "We went through the plan.",
    )
    if desk.has_script:
        expect(rail_line(desk, "Amara")).to_contain_text("Not started")
    answer(desk, "Amara", "Was Amara seen?", "Yes")
    if desk.has_script:
        expect(rail_line(desk, "Amara")).to_contain_text("Changed since")
        expect(rail_line(desk, "Amara")).not_to_contain_text("Not started", use_inner_text=True)
        expect(rail_line(desk, "Theo")).to_contain_text("Not started", use_inner_text=True)
    answer(desk, "Amara", "Was Amara seen alone?", "Yes")
    write(desk, "Amara", "What Amara said, in Amara’s own words", "I sleep in my own bed again.")
    answer(desk, "Theo", "Was Theo seen?", "No")
    write(desk, "Theo", "Why was Theo not seen?", "At the clinic with his grandmother.")
    answer(desk, "Theo", "Did a parent or carer refuse to let Theo be seen?", "No")
    write(desk, "Leila", "What you think this means for Leila", "To be thought over.")
    look(desk)


def the_rest_is_signed_later(desk, theo):
    """Days later, from another child's record: the draft is found, the shared part stands as it was signed."""
    desk.page.goto(f"{desk.address}/work/")
    desk.page.goto(f"{desk.address}/records/{theo}/act/record-visit/?new=yes")
    assert "To be thought over." not in desk.page.content()
    desk.page.goto(f"{desk.address}/work/")
    desk.page.get_by_role("link", name="Record a visit").first.click()
    desk.page.wait_for_load_state()
    assert "Signed for Amara." in desk.text
    assert "We went through the plan." in desk.text
    answer(desk, "Leila", "Was Leila seen?", "Yes")
    answer(desk, "Leila", "Was Leila seen alone?", "No")
    write(desk, "Leila", "Why not alone?", "She is 2 and wanted her mother there.")
    look(desk)
    desk.press("Check and sign visit")
    desk.press("Sign")
    assert "Signed for Leila." in desk.text


def one_visit_on_three_records(*records):
    visits = [event(one, "visit.made") for one in records]
    assert len({one.act for one in visits}) == 1
    assert {one.data["account"] for one in visits} == {"We went through the plan."}
    assert len({one.happened_at for one in visits}) == 1
    assert "own bed" not in "".join(str(one.data) for other in records[1:] for one in view(other).stream)
