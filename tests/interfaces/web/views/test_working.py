"""My work and Team work: each sees what is due for them, grouped as they like, and nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import (
    allocated,
    contact,
    decided,
    event,
    later,
    looks,
    main,
    referral,
)
from tests.people import made_up_staff

from cairn.application.recording import Recorded, Request, record_act
from cairn.application.work import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return made_up_staff()


def shown(people, who, address="/work/"):
    response = people.client(who).get(address)
    assert response.status_code == 200
    return main(response)


def test_the_contact_centres_manager_sees_the_contact_with_its_clock(people):
    contact(people)
    page = shown(people, "Sheila Knowles")
    assert "Wren Made-up" in page
    assert "Why?" in page


def test_both_duties_of_the_referral_stand_each_with_who_has_it(people):
    referral(people)
    assert "Decide whether to assess" in shown(people, "Martin Oyelaran")
    assert "Decide the type of response" in shown(people, "Joanne Whitlock")


def test_the_worker_sees_her_child_and_another_teams_worker_does_not(people):
    allocated(people)
    assert "Wren Made-up" in shown(people, "Priya Shah")
    assert "Wren Made-up" not in shown(people, "Rosa Quill")
    assert "Wren Made-up" not in shown(people, "Rosa Quill", "/team/")


def test_the_childs_name_leads_to_the_record(people):
    child = allocated(people)
    for who, address in (("Priya Shah", "/work/"), ("Joanne Whitlock", "/team/")):
        assert f'<a class="govuk-link" href="{reverse("child", args=[child])}">Wren Made-up</a>' in shown(
            people, who, address
        )


def test_who_waits_for_a_worker_stands_with_who_allocates(people):
    decided(people)
    assert "To be allocated" in shown(people, "Joanne Whitlock")
    assert "To be allocated" not in shown(people, "Priya Shah")


def test_work_of_a_child_without_a_worker_falls_to_the_manager(people):
    decided(people)
    assert "See the child" in shown(people, "Joanne Whitlock")


def test_overdue_comes_first_and_is_said_in_a_sentence(people, clock):
    referral(people)
    later(clock, days=3)
    page = shown(people, "Martin Oyelaran")
    assert "overdue." in page
    assert page.index("Overdue") < page.index("Decide whether to assess")


@pytest.mark.parametrize(
    ("grouping", "heading"),
    [("child", "Wren Made-up"), ("family", "Wren Made-up"), ("kind", "See the child")],
)
def test_the_grouping_is_chosen_and_remembered(people, grouping, heading):
    allocated(people)
    browser = people.client("Priya Shah")
    first = main(browser.get(f"/work/?group={grouping}"))
    assert f">{heading} <" in first.replace("</span>", "")
    assert f">{heading} <" in main(browser.get("/work/")).replace("</span>", "")


def test_what_is_booked_and_who_is_waited_for_stand_beside(people, clock):
    child = allocated(people)
    for act, answers in (
        ("book-visit", {"when": "2026-11-24T10:00", "place": "At home"}),
        ("ask-agency", {"agency": "gp", "name": "Dr Marsh", "what": "Appointments", "basis": "safeguarding"}),
    ):
        record_act(people.actor("Priya Shah"), Request(act, answers, child))
    page = shown(people, "Priya Shah")
    assert "Visit: Wren Made-up" in page
    assert "Did it happen?" not in page
    assert "GP, Dr Marsh, about Wren Made-up" in page
    later(clock, days=2)
    page = shown(people, "Priya Shah")
    assert "Did it happen?" in page
    assert "No answer for 2 days" in page
    assert f"/act/chase-agency/?check={event(child, 'check.requested').id}" in page
    overview = people.client("Priya Shah").get(f"/records/{child}/").content.decode()
    assert "say that it did not take place" in overview
    assert "No answer for 2 days" in overview


def test_everybody_shown_is_in_the_access_log(people):
    child = allocated(people)
    shown(people, "Priya Shah")
    shown(people, "Ewan Marsh", "/team/")
    assert looks(child)[:2] == [("team-work", "list", True), ("my-work", "list", True)]


def test_an_assessment_stands_with_who_writes_it_and_who_answers_for_it(people):
    allocated(people)
    for who in ("Priya Shah", "Joanne Whitlock"):
        assert "Complete the assessment" in shown(people, who), who
    assert "Complete the assessment" not in shown(people, "Ewan Marsh")


def test_someone_in_no_team_is_told_so(people):
    assert "You are in no team" in shown(people, "Farah Lindqvist", "/team/")


@pytest.mark.parametrize("address", ["/work/", "/team/", "/team/list/"])
def test_nothing_is_posted_to_a_list(people, address):
    assert people.client("Priya Shah").post(address).status_code == 405


def test_a_child_without_a_worker_is_on_no_workers_list(people):
    decided(people)
    assert "Wren Made-up" not in shown(people, "Priya Shah")


def test_what_was_departed_from_stays_to_be_done_with_its_reason_and_is_not_overdue(people, clock):
    child = allocated(people)
    reason = {"provision": "assessment-complete", "reason": "The family is abroad until March."}
    assert isinstance(
        record_act(people.actor("Joanne Whitlock"), Request("record-departure", reason, child)), Recorded
    )
    later(clock, days=40)
    page = shown(people, "Joanne Whitlock")
    departed = page.index("Departed from, still to be done")
    assert departed < page.index("Complete the assessment") < page.index("The family is abroad until March.")
    assert "past, with a reason" in page[departed:]
    assert counts(people.actor("Joanne Whitlock")).mine == page[:departed].count("c-work__act")


def test_one_letter_to_the_referrer_is_one_line_that_says_what_else_it_counts_for(people):
    child = allocated(people)
    page = shown(people, "Priya Shah")
    assert page.count("Tell the referrer the outcome in writing</a>") == 1
    line = "The letter counts for this too: Give the referrer feedback, by telephone or in the letter (3.5)"
    assert line in page
    assert "Give the referrer feedback, by telephone or in the letter</a>" not in page
    # On the record both stand, each with its own Why.
    record = main(people.client("Priya Shah").get(reverse("child", args=[child])))
    assert "Give the referrer feedback" in record
    assert "Tell the referrer the outcome in writing" in record
