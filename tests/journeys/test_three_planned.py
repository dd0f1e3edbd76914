"""Three children, the second part: one meeting about all three, a plan written part by part, and who is given it."""

from __future__ import annotations

import pytest
from tests.journeys.three_children import (
    CHILDREN,
    EDIE,
    JOANNE,
    JONAH,
    MINA,
    PRIYA,
    ROSA,
    WORDS,
    before,
    due,
    fill_day,
    for_all,
    mark,
    nothing_of_another,
    own,
    story,
    write,
)
from tests.journeys.three_later import WANTS, planned, up_to_the_meeting

from cairn.application import ports

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
MEETING = {
    "kind": "child_in_need_planning", "chaired_by": "social worker", "complex": "no", "prepared": "yes",
    "parents_there": "yes", "interpreter": "not_needed", "access": "not_needed", "assessment_there": "yes",
}  # fmt: skip
MINUTES = {
    "when-happened-time": "1:30pm",
    "took_part": "Carys Thornbury\nNell Thornbury\nRosa Quill\nHannah Pryce",
    "family_views": "Carys: I want to be told first.",
    "account": "Breakfast at school and nursery; gran stays on Fridays.",
    "coordination": "Priya, then Rosa.",
}


@pytest.fixture
def it(web_server, chromium):
    wired = ports.wired()
    made = story(chromium, web_server)
    up_to_the_meeting(made)
    yield made
    made.end()
    ports.use(wired)


def test_one_meeting_and_a_plan_for_each(it):
    the_meeting_about_three(it)
    nothing_is_signed_that_is_not_written(it)
    the_plan_is_written_part_by_part(it)
    each_date_is_counted_from_the_plan(it)
    the_plan_is_handed_out(it)
    nothing_of_another(it, JOANNE, WORDS, WANTS)


def the_meeting_about_three(it):
    """What the meeting did not do is said before it is signed, and can be mended then."""
    it.it_is(9, 28, 16)
    desk = for_all(it, EDIE, PRIYA, "meeting/")
    fill_day(desk, "when-happened", 28, 9)
    mark(desk, MEETING)
    desk.page.get_by_label("Priya Shah, social worker").check()
    for who in ("social_worker", "receiving_worker", "receiving_manager", "school"):
        mark(desk, {"there": who})
    write(desk, MINUTES)
    for child in CHILDREN:
        mark(desk, own(it, child, child_there="no" if child == MINA else "yes", advocate="not_needed"))
        write(desk, own(it, child, child_views=WANTS[child]))
        for outcome in ("child_in_need_plan", "transfer"):
            mark(desk, own(it, child, outcome=outcome))
    mark(desk, own(it, MINA, child_why_not="too_young"))
    desk.press("Check and sign meeting")
    assert "what becomes of the child without services (5.4, 5.5)" in desk.text
    desk.follow("Change something")
    write(desk, {"analysis": "Without help they go hungry when she is ill."})
    desk.press("Check and sign meeting")
    assert "What it does not meet yet" not in desk.text
    desk.press("Sign")
    assert "Signed for Edie, Jonah and Mina." in desk.text
    # Ten working days of 21 September were up on 5 October, so it was held in time (4.23).
    assert "Hold the child in need planning meeting" in before(it.of(JONAH, PRIYA))


def nothing_is_signed_that_is_not_written(it):
    desk = it.of(EDIE, PRIYA, "plan/make/")
    desk.press("Make the plan")
    assert desk.page.title().startswith("Error: ")
    for missing in ("Say what is to be different for the child (6.4)", "Name the lead professional (5.8)"):
        assert missing in desk.text


def the_plan_is_written_part_by_part(it):
    desk = it.of(EDIE, PRIYA, "plan/make/")
    desk.follow("What is to be different")
    wanted = {"need": "Food in the morning", "outcome": "Breakfast every day", "measure": "The register"}
    write(desk, {f"outcomes-0-{name}": value for name, value in wanted.items()})
    desk.press("Save and go to Who does what, and by when")
    action(desk, 0, {"what": "Open the breakfast club", "who": "The school", "going_on": "Every day"})
    desk.page.get_by_role("button", name="Add another").click()
    action(desk, 1, {"what": "Ask for the food card", "who": ROSA})
    fill_day(desk, "actions-1-by_when", 19, 10)
    desk.press("Save and go to In their own words")
    write(desk, {"child_words": WANTS[EDIE], "family_words": "Carys: I want to be told first."})
    desk.press("Save and go to Who is part of it")
    write(desk, {"roles-0-who": "The school", "roles-0-part": "Opens the club", "lead_professional": ROSA})
    write(desk, {"lead_duties": "Visits, and brings everybody together."})
    desk.press("Save and go to Services, and what it takes")
    write(desk, {"resources": "Three places in the breakfast clubs."})
    desk.press("Save and go to If things change")
    write(desk, {"contingency-0-change": "Carys is ill", "contingency-0-action": "Gran stays"})
    desk.press("Save and go to When we look at it again")
    mark(desk, {"visits_every": "6 weeks", "meetings_every": "6 weeks", "reviews_every": "2 months"})
    write(desk, {"reviews_reason": "Carys’s health changes fast.", "review_points": "At each meeting."})
    desk.press("Save and go to How long, and what else")
    mark(desk, {"longer_than_year": "no"})
    desk.press("Save and go to all parts")
    assert "Everything that the procedures ask is there." in desk.text
    desk.press("Make the plan")
    assert "The plan is made." in desk.text
    for said in ("1. Breakfast every day", "Open the breakfast club", "19 October 2026", WANTS[EDIE]):
        assert said in desk.text, said


def action(desk, number, answers):
    which = desk.page.locator(f"[name=actions-{number}-outcome]")
    which.select_option(label="1. Breakfast every day")
    write(desk, {f"actions-{number}-{name}": value for name, value in answers.items()})


def each_date_is_counted_from_the_plan(it):
    """Monday 28 September: six weeks are 9 November, two months 28 November, twelve months a year on (5.9, 7.1, 8.1, 6.2)."""
    for child in (JONAH, MINA):
        planned(it, child)
    desk = it.of(EDIE, PRIYA)
    for what, day in (
        ("Hold the child in need meeting", "9 November 2026"),
        ("Visit the child", "9 November 2026"),
        ("Review the plan formally", "28 November 2026"),
        ("End the plan, or say why it goes on", "28 September 2027"),
    ):
        assert day in due(desk, what), what
    # Mina's plan says every two weeks.
    assert "12 October 2026" in due(it.of(MINA, PRIYA), "Visit the child")


def the_plan_is_handed_out(it):
    assert "As soon as possible" in due(it.of(EDIE, PRIYA), "Give the parents the plan")
    desk = it.of(EDIE, PRIYA, "meetings/copies/")
    mark(desk, {"what": "plan", "how": "by_hand"})
    for whom in ("parents", "child", "agencies"):
        mark(desk, {"to": whom})
    desk.press("Record it")
    listed = it.of(EDIE, PRIYA).page.locator("main table").first.inner_text()
    for whom in ("parents", "child", "agencies"):
        assert f"Give the {whom} the plan" not in listed
