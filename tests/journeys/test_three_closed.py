"""Three children, the last part: a review, a disagreement answered in writing, one stepped down, and a look back."""

from __future__ import annotations

import pytest
from tests.interfaces.web.views.children import event
from tests.journeys.three_children import (
    CHILDREN,
    EDIE,
    JONAH,
    MINA,
    ROSA,
    TUNDE,
    WORDS,
    due,
    fill_day,
    for_all,
    mark,
    nothing_of_another,
    own,
    story,
    write,
)
from tests.journeys.three_later import put_in_order, up_to_the_review

from cairn.application import ports

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SAID = {
    EDIE: "Gran says I can stop counting apples.",
    JONAH: "I had two helpings.",
    MINA: "She feeds her doll with a spoon.",
}
DISSENT = "He still hides bread in his bag on Fridays."
ANSWER = "The club goes on, and you may ring us on any Friday."


@pytest.fixture
def it(web_server, chromium):
    wired = ports.wired()
    made = story(chromium, web_server)
    up_to_the_review(made)
    yield made
    made.end()
    ports.use(wired)


def test_two_are_closed_and_one_is_stepped_down(it):
    the_plan_has_gone_well(it)
    the_review_of_three(it)
    the_school_disagrees(it)
    the_manager_answers_and_closes(it)
    mina_is_stepped_down(it)
    the_closing_is_sent_back_and_signed(it)
    what_was_known_in_the_middle(it)
    nothing_of_another(it, TUNDE, WORDS, SAID)


def the_plan_has_gone_well(it):
    it.it_is(11, 9, 15)
    desk = it.of(EDIE, ROSA, "plan/progress/")
    mark(desk, {"outcome-1-progress": "reached", "action-1-state": "done", "action-2-state": "done"})
    write(desk, {"outcome-1-count": "5", "outcome-1-evidence": "The register of four weeks"})
    fill_day(desk, "action-1-done_on", 6, 11)
    fill_day(desk, "action-2-done_on", 19, 10)
    desk.press("Record it")
    assert "1 outcome: 1 reached." in desk.text
    assert "Done, on time" in desk.text


def the_review_of_three(it):
    """Monday 9 November, within the two months that the plans say (8.1); stepping down has 20 working days from it (5.8)."""
    desk = for_all(it, EDIE, ROSA, "review/")
    fill_day(desk, "when-happened", 9, 11)
    write(desk, {"when-happened-time": "2pm"})
    mark(desk, {"kind": "child_in_need", "chaired_by": "social worker"})
    mark(desk, {"in_meeting": "yes", "parents_there": "yes"})
    desk.page.get_by_label("Rosa Quill, social worker").check()
    for who in ("child", "parents", "services"):
        mark(desk, {"asked_before": who})
    for child in CHILDREN:
        said = {"child_views": SAID[child], "progress": "Breakfast every day.", "reason": "Eats well."}
        write(desk, own(it, child, **said))
        mark(desk, own(it, child, achieved="all", cumulative="no", outcome="no_longer_in_need"))
        mark(desk, own(it, child, other_help="team_around_the_child" if child == MINA else "nobody"))
    desk.page.locator("main button[name=do][value=check]").last.click()
    desk.page.get_by_role("heading", name="Check before you sign").wait_for()
    assert "Review the plan formally is met, on time." in desk.text
    desk.press("Sign")
    assert "7 December 2026" in due(it.of(MINA, ROSA), "Step back to a CAF or a team around the child")


def the_school_disagrees(it):
    """Nothing is closed over what is left of the plan: each action is named (8.15)."""
    it.it_is(11, 16)
    desk = hand_in(it, JONAH, agencies_agree="no")
    assert "Say what becomes of action 1: Open the breakfast club" in desk.text
    mark(desk, {"actions_left-0-becomes": "taken_on", "actions_left-1-becomes": "done"})
    write(desk, {"actions_left-0-who_or_why": "The school"})
    desk.press("Hand it in")
    assert "The closing summary is handed in." in desk.text
    put_in_order(it, JONAH)


def hand_in(it, child, agencies_agree):
    desk = it.of(child, ROSA, "closing/hand-in/")
    disagrees = agencies_agree == "no"
    write(desk, {
        "summary": "Three came hungry. Breakfast is there, at school and at home.",
        "reason": "Breakfast every day since October.",
        "decided_by": "The child in need meeting",
        "agencies-0-agency": "Millbrook Primary School",
        "agencies-0-says": DISSENT if disagrees else "Agreed.",
        "dissents-0-whose": "Hannah Pryce, Millbrook Primary School" if disagrees else "",
        "dissents-0-text": DISSENT if disagrees else "",
    })  # fmt: skip
    mark(desk, {"decided_in": "meeting", "family_part": "there", "agree": "both", "other_help": "nobody"})
    mark(desk, {"agencies-0-agrees": agencies_agree, "agencies_agree": agencies_agree})
    fill_day(desk, "decided_on", 9, 11)
    desk.press("Hand it in")
    return desk


def the_manager_answers_and_closes(it):
    """Refused until the school has a written answer (10.8). The way there loses nothing of what was typed."""
    it.it_is(11, 17, 9)
    desk = it.desk(TUNDE)
    desk.follow("Decide the closing summary")
    assert "Close Jonah Thornbury’s case" in desk.text
    decide_to_close(desk)
    write(desk, {"despite": "The club goes on.", "past_agencies_agree_to_closing": "It has an answer."})
    desk.press("Sign decision")
    assert "Answer in writing whoever disagrees (paragraph 10.8)" in desk.text
    desk.follow("See who disagrees")
    assert DISSENT in desk.text
    desk.follow("Answer in writing")
    mark(desk, {"how": "written"})
    write(desk, {"text": ANSWER})
    desk.press("Record it")

    desk.page.goto(f"{it.address}/records/{it.children[JONAH]}/closing/sign/")
    assert desk.page.locator("[name=despite]").input_value() == "The club goes on."
    sign_what_moved(desk)
    assert "Jonah Thornbury’s case is closed." in desk.text
    assert "As soon as possible" in due(it.of(JONAH, TUNDE), "Write to the family that the case is closed")


def decide_to_close(desk):
    mark(desk, {"decision": "close", "reason": "RC7"})
    for audited in ("record", "chronology", "views", "safe"):
        mark(desk, {"audit": audited})
    write(desk, {
        "comment": "The record is complete.",
        "involvements-0-who": ROSA,
        "involvements-0-reason": "No longer in need",
        "explanation": "Breakfast every day.",
    })  # fmt: skip


def sign_what_moved(desk):
    """Signed; what was recorded in between is shown once before."""
    desk.press("Sign decision")
    if desk.page.title().startswith("Error: "):
        assert "Something was recorded while you were writing. Nothing you wrote is lost" in desk.text
        desk.press("Sign decision")


def mina_is_stepped_down(it):
    """Named together: what a team around the child needs (8.13); then the family's consent (9.3)."""
    it.it_is(11, 18)
    desk = it.of(MINA, TUNDE, "step-down/")
    write(desk, {"to_service": "Early Intervention Service", "reason": "Help with play."})
    mark(desk, {"to_kind": "team_around_the_child", "agreed": "yes"})
    desk.press("Step down")
    for missing in ("Say who belongs to the team (8.13)", "Name the lead professional (8.13)"):
        assert missing in desk.text
    assert "Record the family's consent to share with early intervention" in desk.text
    consent = {"whose": "Carys Thornbury", "by_parent": "parent", "decision": "given", "for": ["early_help"]}
    it.done(MINA, (ROSA, "record-consent", consent))
    write(desk, {"lead_professional": "Ines Marlow, nursery", "members": "Ines Marlow\nNell Thornbury"})
    write(desk, {"action_plan": "Play at the nursery, twice a week."})
    fill_day(desk, "first_review", 14, 12)
    desk.press("Step down")
    assert "Something was recorded while you were writing. Nothing you wrote is lost" in desk.text
    desk.press("Step down")
    assert event(it.children[MINA], "early_help.stepped_down").data["lead_professional"].startswith("Ines")
    listed = it.of(MINA, ROSA).page.locator("main table").first.inner_text()
    assert "Step back to a CAF" not in listed


def the_closing_is_sent_back_and_signed(it):
    it.it_is(11, 19)
    desk = hand_in(it, EDIE, agencies_agree="yes")
    assert "The closing summary is handed in." in desk.text
    manager = it.of(EDIE, TUNDE, "closing/sign/")
    mark(manager, {"decision": "return"})
    write(manager, {"to_do": "Enter the decision in the chronology."})
    manager.press("Sign decision")
    assert "It is sent back." in manager.text
    desk = it.of(EDIE, ROSA, "closing/")
    assert "Enter the decision in the chronology." in desk.text
    hand_in(it, EDIE, agencies_agree="yes")
    put_in_order(it, EDIE)
    manager = it.of(EDIE, TUNDE, "closing/sign/")
    decide_to_close(manager)
    manager.press("Sign decision")
    assert "Edie Thornbury’s case is closed." in manager.text


def what_was_known_in_the_middle(it):
    """As known on Wednesday 14 October, 9am: Mina's visit a day overdue, and nothing of what came after."""
    it.it_is(11, 20)
    desk = it.of(MINA, TUNDE)
    desk.follow("Look back at a day")
    fill_day(desk, "on", 14, 10)
    write(desk, {"on-time": "9am"})
    desk.press("Look back")
    then = " ".join(desk.text.split())
    assert "What was due 1 overdue Visit the child For Rosa Quill 1 day overdue 13 October 2026" in then
    assert "Plan made, 28 September 2026" in then
    for later in (SAID[MINA], "Stepped down to early help", "15 October 2026"):
        assert later not in then, later
