"""Three children, the third part: to another team, agreed on one page, visited together, verified, and handed over."""

from __future__ import annotations

import pytest
from tests.interfaces.web.views.children import event, view
from tests.journeys.three_children import (
    CHILDREN,
    EDIE,
    JOANNE,
    JONAH,
    MINA,
    PRIYA,
    ROSA,
    TUNDE,
    WORDS,
    before,
    due,
    fill_day,
    for_all,
    mark,
    nothing_of_another,
    own,
    story,
    up_to_the_assessment,
    write,
)
from tests.journeys.three_later import TEAM, WANTS, handed_over, met, planned

from cairn.application import ports

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def it(web_server, chromium):
    wired = ports.wired()
    made = story(chromium, web_server)
    up_to_the_assessment(made)
    yield made
    made.end()
    ports.use(wired)


def test_three_children_go_to_family_support(it):
    it_is_proposed_for_three(it)
    the_allocation_meeting_agrees(it)
    the_plans_are_made(it)
    both_workers_visit(it)
    the_record_is_verified(it)
    it_is_handed_over(it)
    nothing_of_another(it, ROSA, WORDS, WANTS)


def it_is_proposed_for_three(it):
    """Thursday 24 September. The seven days run from each child's own assessment (9.5)."""
    it.it_is(9, 24)
    desk = for_all(it, EDIE, PRIYA, "transfer/propose/")
    desk.page.get_by_label(TEAM).check()
    fill_day(desk, "allocation_meeting", 25, 9)
    mark(desk, {"tier": "tier_3"})
    write(desk, {"reason": "They need help for longer."})
    desk.send(desk.page.locator("main button[name=do][value=check]").last)
    assert "Proposed for Edie, Jonah and Mina." in desk.text
    assert "30 September 2026" in due(it.of(EDIE, PRIYA), "Complete the transfer")
    assert "28 September 2026" in due(it.of(JONAH, PRIYA), "Complete the transfer")


def the_allocation_meeting_agrees(it):
    """Refused for want of the receiving manager (9.4); what was ticked is still ticked."""
    it.it_is(9, 25)
    desk = it.desk(JOANNE, "/team/allocation-meeting/")
    assert "3 children with an open transfer: 3 to agree" in desk.text
    for child in CHILDREN:
        desk.page.get_by_label(f"Agreed: {child}").check()
    fill_day(desk, "agreed_on", 25, 9)
    desk.page.get_by_label("Manager of the team that hands over").check()
    desk.press("Sign: they are agreed")
    assert desk.page.title().startswith("Error: ")
    assert f"{MINA}: The managers of both teams have to be there (paragraph 9.4)" in desk.text
    assert "()" not in desk.text
    desk.page.get_by_label("Manager of the team that takes over").check()
    desk.press("Sign: they are agreed")
    assert f"Agreed for {EDIE}, {JONAH} and {MINA}." in desk.text
    # Until it is complete the receiving worker has no part in it.
    assert "You cannot open this" in it.of(EDIE, ROSA).text
    assert "To Family Support, agreed" in it.of(EDIE, TUNDE).text


def the_plans_are_made(it):
    met(it)
    it.it_is(9, 28, 16)
    for child in CHILDREN:
        planned(it, child)


def both_workers_visit(it):
    it.it_is(9, 29, 17)
    assert "As soon as possible" in due(it.of(EDIE, PRIYA), "Visit the family together")
    desk = for_all(it, EDIE, PRIYA, "visit/")
    fill_day(desk, "when-happened", 29, 9)
    write(desk, {"when-happened-time": "4pm", "account": "Rosa and I talked over the plan with Carys."})
    mark(desk, {"handover": "yes"})
    for child in CHILDREN:
        mark(desk, own(it, child, child_seen="yes", seen_alone="no" if child == MINA else "yes"))
    write(desk, own(it, MINA, why_not_alone="She is 2."))
    desk.press("Check and sign visit")
    said = " ".join(desk.text.split())
    # Six weeks and two weeks from this visit, as each plan says.
    assert "Edie is shown as seen. Next: Visit the child, due by 10 November 2026." in said
    assert "Mina is shown as seen. Next: Visit the child, due by 13 October 2026." in said
    desk.press("Sign")
    assert "Signed for Edie, Jonah and Mina." in desk.text


def the_record_is_verified(it):
    """The manager finds the chronology empty and says so; the worker writes it; the manager verifies."""
    it.it_is(9, 30, 9)
    verify(it, "no", "The chronology is empty.")
    assert "has not verified that the record is up to date" in it.of(EDIE, PRIYA, "transfer/").text
    desk = it.of(EDIE, PRIYA, "chronology/enter/")
    fill_day(desk, "when-happened", 7, 9)
    write(desk, {"what": "The school rang.", "significance": "Edie looks after the two younger ones."})
    desk.press("Enter it")
    verify(it, "yes", "Read both.")
    assert "has not verified that the record is up to date" not in it.of(EDIE, PRIYA, "transfer/").text


def verify(it, chronology, reason):
    desk = it.of(EDIE, JOANNE, "verify/")
    mark(desk, {"chronology": chronology, "record": "yes"})
    write(desk, {"reason": reason})
    desk.press("Sign what I found")


def it_is_handed_over(it):
    """Without a summary it is not sent, and nothing typed is lost; for Edie it is in time, for the others two days late."""
    desk = it.of(EDIE, PRIYA, "transfer/complete/")
    write(desk, {"urgent": "Nothing.", "dates-0-what": "The food card"})
    desk.press("Hand over now")
    assert "Write the transfer summary (9.9)" in desk.text
    assert "Choose who takes over" in desk.text
    assert desk.page.locator("[name=dates-0-what]").input_value() == "The food card"
    fill_day(desk, "dates-0-day", 19, 10)
    mark(desk, {"both_at_meeting": "yes"})
    write(desk, {"summary": "Their mother is ill at times. Gran comes on Fridays."})
    desk.page.get_by_label(ROSA).check()
    desk.press("Hand over now")
    assert "The transfer is complete." in desk.text
    assert "2 days overdue 28 September 2026" in due(desk, f"Choose: Complete the transfer, {JONAH}")
    handed_over(it, JONAH, MINA)
    assert "Edie Thornbury" in it.desk(ROSA).text
    assert "You cannot open this" in it.of(EDIE, PRIYA).text
    assert event(it.children[EDIE], "allocation.made").data["worker"] == ROSA
    assert lateness(it, JONAH) == "met_late"
    assert lateness(it, EDIE) == "met"
    assert "2 days late" in before(it.of(JONAH, ROSA))


def lateness(it, child):
    found = [one for one in view(it.children[child]).duties if one.rule.id == "transfer-in-seven-days"]
    return found[-1].state
