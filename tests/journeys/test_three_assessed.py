"""Three children, the first part: a school's call, two refusals mended, an extension, a return, and what follows the signature."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect
from tests.journeys.three_children import (
    BETH,
    CHILDREN,
    EDIE,
    JOANNE,
    JONAH,
    MARTIN,
    MINA,
    PRIYA,
    SHEILA,
    WORDS,
    approved,
    before,
    begun,
    decided_as_for,
    due,
    fill_day,
    nothing_of_another,
    story,
    visited,
    written,
)

from cairn.application import ports
from cairn.records.models import RecordSummary

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
REASONS = "Their needs are clear, and mother and gran work with us."


@pytest.fixture
def it(web_server, chromium):
    wired = ports.wired()
    made = story(chromium, web_server)
    yield made
    made.end()
    ports.use(wired)


def test_from_a_call_about_three_to_their_assessments_signed(it):
    the_school_rings(it)
    the_contact_becomes_a_referral(it)
    three_referrals_come_of_one(it)
    all_three_are_given_to_priya(it)
    the_assessment_is_extended(it)
    it_is_returned(it)
    it_is_refused_mended_and_signed(it)
    nothing_of_another(it, JOANNE, WORDS)


def the_school_rings(it):
    """Monday 7 September, 9am: the contact centre writes down a call about three children."""
    desk = it.desk(BETH)
    desk.follow("New contact")
    desk.page.get_by_label("Who got in touch?").select_option(label="School")
    desk.write("Name of the caller", "Hannah Pryce")
    desk.page.get_by_label("Worry about a child").check()
    desk.choose("Is the child in danger at this moment?", "No")
    desk.write("First name", "Edie")
    desk.write("Surname", "Thornbury")
    desk.write("Date of birth or age", "3 2 2017")
    desk.send(desk.page.get_by_role("button", name="Look", exact=True))
    desk.press("Add Edie as a new person")
    desk.write("The worry in a sentence", "Three children come to school and nursery hungry.")
    desk.page.get_by_label("Housing or money").check()
    desk.choose("Does it reach other children?", "Yes")
    desk.page.get_by_text("Brothers and sisters: half and step too").click()
    sibling(desk, 0, JONAH, (11, 6, 2020))
    desk.page.locator("details", has_text="Brothers and sisters").get_by_role(
        "button", name="Add another"
    ).click()
    sibling(desk, 1, MINA, (20, 4, 2024))
    desk.press("Send for decision")
    # 24 hours (2.3).
    assert "8 September 2026, 9am" in due(desk, "Decide the contact")
    it.children[EDIE] = UUID(desk.page.url.split("/records/")[1].split("/")[0])


def sibling(desk, number, name, born):
    desk.page.locator(f"[name=siblings-{number}-name]").fill(name)
    fill_day(desk, f"siblings-{number}-born", *born)
    for question, answer in (("relation", "brother_or_sister"), ("household", "same")):
        desk.page.locator(f"[name=siblings-{number}-{question}][value={answer}]").check()


def the_contact_becomes_a_referral(it):
    it.it_is(9, 7, 11)
    desk = it.desk(SHEILA)
    desk.follow("Decide the contact")
    desk.choose("What happens with this contact?", "Progress to a referral")
    desk.write("Your reasons", "Hunger in three children has to be understood.")
    desk.page.get_by_label("What we were told points to further assessment").check()
    desk.choose("Which level of need?", "Level 3")
    desk.page.get_by_role("group", name="Which service should take it?").get_by_label(
        "Referral and Assessment"
    ).check()
    desk.press("Sign the decision")
    # 24 hours of the referral for the duty manager (3.23).
    assert "8 September 2026, 11am" in due(desk, "Decide whether to assess")


def three_referrals_come_of_one(it):
    """The duty manager is refused by 3.5, mends it, and opens a referral for the brother and the sister."""
    it.it_is(9, 8, 9)
    desk = it.desk(MARTIN)
    desk.follow("Decide whether to assess")
    for name in ("Jonah", "Mina"):
        desk.page.locator(".c-sib", has_text=name).get_by_label("Open", exact=True).check()
    desk.page.get_by_label("Child and Family Assessment").check()
    desk.write("Your reasons", "A fuller picture is needed, and mother agrees.")
    desk.write(
        "How may this affect other children in the household or the wider family?", "They eat together."
    )
    desk.choose("Have earlier records and files been located?", "Looked for, there are none")
    desk.send(desk.page.get_by_role("button", name="Sign for"))
    assert desk.page.title().startswith("Error: ")
    assert "Say what the status check shows" in desk.text
    assert "(paragraph 3.5)" in desk.text
    assert desk.page.get_by_label("Your reasons", exact=True).input_value().startswith("A fuller picture")
    desk.choose("What does the status check show?", "Not known to us")
    desk.press("Sign for Edie, Jonah and Mina")
    assert "Jonah Thornbury and Mina Thornbury have a referral of their own." in desk.text
    for child in (JONAH, MINA):
        it.children[child] = RecordSummary.objects.get(name=child).record_id
    decided_as_for(it, JONAH, (EDIE, MINA))
    decided_as_for(it, MINA, (EDIE, JONAH))


def all_three_are_given_to_priya(it):
    it.it_is(9, 8, 11)
    desk = it.desk(JOANNE, "/team/")
    desk.follow("Give them a worker")
    for child in CHILDREN:
        desk.page.get_by_label(f"Choose: {child}").check()
    desk.press("Give the children to another worker")
    desk.page.get_by_label(PRIYA).check()
    desk.write("Why another worker?", "Priya has room for three.")
    desk.press("Give them to this worker")
    assert "3 children given to the worker." in desk.text

    it.it_is(9, 9, 9)
    desk = it.desk(PRIYA)
    # Ten working days after 7 September, and after 8 September for those whose referral came a day later (4.19).
    assert "21 September 2026" in due(desk, f"Choose: Complete the assessment, {EDIE}")
    assert "22 September 2026" in due(desk, f"Choose: Complete the assessment, {JONAH}")
    begun(it, *CHILDREN)
    it.it_is(9, 10, 16)
    for child in CHILDREN:
        visited(it, child)
        written(it, child)


def the_assessment_is_extended(it):
    """The reason stands beside the date, which stays (4.22)."""
    it.it_is(9, 18, 15)
    desk = it.of(EDIE, JOANNE, "assessment/extend/")
    desk.write("Why does it need longer?", "Their mother is in hospital until Tuesday.")
    fill_day(desk, "new_date", 25, 9)
    desk.press("Sign the extension")
    line = due(desk, "Complete the assessment")
    assert "Departed from by Joanne Whitlock, team manager: Their mother is in hospital" in line
    assert "21 September 2026" in line


def it_is_returned(it):
    it.it_is(9, 21, 14)
    it.of(EDIE, PRIYA, "assessment/hand-in/").press("Hand in the assessment")
    desk = it.desk(JOANNE)
    desk.follow("Decide it")
    desk.page.get_by_label("Return for changes").check()
    desk.write("Your reasons", "Say who cooks while their mother is in hospital.")
    desk.press("Sign decision")
    assert "Edie Thornbury’s assessment is returned." in desk.text
    for child in (JONAH, MINA):
        approved(it, child)

    it.it_is(9, 23, 9)
    desk = it.desk(PRIYA)
    desk.follow("See what was asked and write on")
    assert "Say who cooks while their mother is in hospital." in desk.text
    desk = it.of(EDIE, PRIYA, f"assessments/{it.begun(EDIE)}/sections/health/")
    desk.write("What you know now", "Nell Thornbury, their gran, cooks until Friday.")
    desk.press("Save and go to Education")
    desk = it.of(EDIE, PRIYA, "assessment/hand-in/")
    desk.page.get_by_label("What you did about what you were asked").fill("Asked Nell Thornbury.")
    desk.press("Hand in the assessment")


def it_is_refused_mended_and_signed(it):
    """Whether the child needs an advocate is not known (4.11): the worker writes it down, and the signature goes through."""
    it.it_is(9, 23, 15)
    desk = it.desk(JOANNE)
    desk.follow("Decide it")
    expect(desk.page.get_by_text("27 sections have not changed")).to_be_visible()
    desk.page.get_by_label("Approve", exact=True).check()
    desk.page.get_by_label("Child in need meeting and plan").check()
    desk.page.get_by_label("No further assessment").check()
    desk.write("Your reasons", REASONS)
    desk.press("Sign decision")
    assert "Say whether the child needs an advocate to be heard" in desk.text
    assert "(paragraph 4.11)" in desk.text

    views = it.of(EDIE, PRIYA, "views/")
    views.choose("Whose views", "The child")
    views.write("In their own words", WORDS[EDIE])
    views.page.get_by_role("group", name="Was an advocate considered?").get_by_label(
        "Yes", exact=True
    ).check()
    views.press("Record it")

    desk.press("Sign decision")
    assert "Something was recorded while you were writing. Nothing you wrote is lost" in desk.text
    assert desk.page.get_by_label("Your reasons", exact=True).input_value() == REASONS
    desk.press("Sign decision")
    assert "Edie Thornbury’s assessment is approved." in desk.text
    # Two days late with its reason, and kept so; ten working days from the signature to the meeting (4.23).
    assert "Complete the assessment" in before(desk)
    assert "7 October 2026" in due(desk, "Hold the child in need planning meeting")
    assert "5 October 2026" in due(it.of(JONAH, PRIYA), "Hold the child in need planning meeting")
