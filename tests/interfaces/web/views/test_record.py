"""A child's record: who, what is due, where the case stands, what happened, and that every look is in the log."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests import siblings
from tests.cases import record as do
from tests.interfaces.web.views.children import (
    allocated,
    contact,
    decided,
    event,
    later,
    looks,
    main,
    referral,
    view,
)

from cairn.records import access_log

PAGES = ("child", "timeline", "people", "documents", "looked", "acts", "look-back")


def get(people, name, page, *args, **query):
    return people.client(name).get(reverse(page, args=args), query)


def test_the_overview_says_who_what_is_due_and_where_the_case_stands(people):
    child = referral(people)
    page = main(get(people, "Martin Oyelaran", "child", child))
    assert "<h1>Wren Made-up</h1>" in page
    assert "8 <span>(21 March 2018)</span>" in page
    assert people.number(child) in page
    assert "Decide the type of response" in page
    assert "24 November 2026, 10:12am" in page
    assert 'class="c-flow"' in page
    assert 'class="c-steps"' in page
    assert reverse("allocate", args=[child]) in page
    assert "Not safe: The home telephone." in page


def test_a_visit_is_offered_on_the_overview_to_whoever_visits(people):
    child = allocated(people)
    button = f'href="{reverse("record-visit", args=[child])}" role="button"'
    assert button in main(get(people, "Priya Shah", "child", child))
    assert button not in main(get(people, "Dilys Penhale", "child", child))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_record_is_in_the_access_log(people, page):
    child = referral(people)
    before = len(looks(child))
    assert get(people, "Joanne Whitlock", page, child).status_code == 200
    assert len(looks(child)) == before + 1
    assert looks(child)[0] == (page, "view", True)


@pytest.mark.parametrize("page", PAGES)
def test_another_team_sees_nothing_and_is_told_how_to_ask(people, page):
    child = allocated(people)
    refused = get(people, "Rosa Quill", page, child)
    assert refused.status_code == 403
    assert "Wren" not in refused.content.decode()
    assert "Ask the team that works with the child" in refused.content.decode()
    assert looks(child)[0] == (page, "refused", False)


def test_a_role_that_works_with_no_child_is_refused(people):
    refused = get(people, "Farah Lindqvist", "child", referral(people))
    assert refused.status_code == 403
    assert "performance analyst" in main(refused)


def test_a_record_that_is_not_there_tells_nothing(people):
    assert get(people, "Priya Shah", "child", uuid4()).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_pages_that_show_take_no_post(people, page):
    assert people.client("Priya Shah").post(reverse(page, args=[uuid4()])).status_code == 405


def test_nobody_signed_in_is_led_to_sign_in(people, client):
    child = referral(people)
    away = client.get(reverse("child", args=[child]))
    assert away.status_code == 302
    assert away.url.startswith(reverse("sign-in"))


def test_a_restricted_address_stands_on_no_page_of_the_record(people):
    child = referral(people)
    do(
        people,
        (
            "Joanne Whitlock",
            "record-address",
            {"address": "3 Hidden Court", "lives_with": "Her aunt", "restricted": True},
        ),
        on=child,
    )
    page = main(get(people, "Joanne Whitlock", "child", child))
    assert "Protected" in page
    assert "The address is protected." in page
    assert "Hidden" not in page
    assert "Her aunt" not in page


def test_brothers_and_sisters_are_listed_and_linked_only_where_they_may_be_opened(people):
    hidden, open_ = allocated(people), contact(people)
    child = referral(people)
    for name, record in (("Lark Made-up", hidden), ("Finch Made-up", open_), ("Robin Made-up", None)):
        answers = {"name": name, "born": "2020-01-16", "household": "same"} | (
            {"record": str(record)} if record else {}
        )
        do(people, ("Beth Lomas", "list-sibling", answers), on=child)
    page = main(get(people, "Beth Lomas", "child", child))
    for name in ("Lark Made-up", "Finch Made-up", "Robin Made-up"):
        assert name in page
    assert ", 6, brother or sister" in page
    assert reverse("child", args=[open_]) in page
    assert reverse("child", args=[hidden]) not in page


def test_a_sister_whom_only_her_own_record_makes_one_stands_in_the_family(people):
    theirs, hidden, child = [
        siblings.child(people, name) for name in (siblings.AMARA, siblings.LEILA, siblings.THEO)
    ]
    for other in (theirs, hidden):
        siblings.related(people, other, (siblings.THEO, child))
    siblings.taken_away(people, hidden)
    before = len(looks(child)), len(looks(theirs)), len(looks(hidden))
    page = main(get(people, "Priya Shah", "child", child))
    assert f'href="{reverse("child", args=[theirs])}">Amara Made-up</a>, 9, brother or sister' in page
    assert "<strong>A child of the family</strong>" in page
    assert "Leila" not in page
    assert reverse("child", args=[hidden]) not in page
    assert (len(looks(child)), len(looks(theirs)), len(looks(hidden))) == (
        before[0] + 1,
        before[1] + 1,
        before[2],
    )
    assert access_log.of_record(child)[0].line == access_log.of_record(theirs)[0].line, "one row of the log"


def test_a_record_that_was_only_read_to_see_whose_it_is_stands_in_the_log_too(people):
    theirs, child = siblings.child(people, siblings.AMARA), siblings.child(people, siblings.THEO)
    cousin = {"name": siblings.THEO, "relation": "cousin", "record": str(child)}
    do(people, ("Priya Shah", "record-relationship", cousin), on=theirs)
    before = len(looks(theirs))
    assert "Amara" not in main(get(people, "Priya Shah", "child", child))
    assert len(looks(theirs)) == before + 1


def test_the_timeline_shows_one_kind_and_says_when_it_was_recorded_later(people, clock):
    child = referral(people)
    later(clock, days=2)
    do(people, ("Joanne Whitlock", "add-note", {"text": "The school rang."}), on=child)
    page = get(people, "Joanne Whitlock", "timeline", child, kind="note.added")
    assert "The school rang." in main(page)
    assert "1 entry, newest first" in main(page)
    assert "Came without breakfast" not in main(page)


def test_what_was_corrected_and_withdrawn_stays_to_be_read(people, clock):
    child = referral(people)
    do(people, ("Joanne Whitlock", "add-note", {"text": "The school wrote."}), on=child)
    do(people, ("Joanne Whitlock", "add-note", {"text": "On another child."}), on=child)
    first, second = (one.id for one in view(child).standing.events if one.type == "note.added")
    client = people.client("Joanne Whitlock")
    client.post(
        reverse("correct", args=[child, first]),
        {"text": "The school rang.", "kind": "", "with_whom": "", "mend-reason": "It was a call."},
    )
    client.post(reverse("withdraw", args=[child, second]), {"mend-reason": "Not this child."})
    page = main(client.get(reverse("timeline", args=[child])))
    assert "Corrected by Joanne Whitlock" in page
    assert "The school rang." in page
    assert "The school wrote." in page
    assert "Withdrawn by Joanne Whitlock" in page
    assert "Not this child." in page
    assert "On another child." in page


def test_who_has_looked_names_everybody_with_why_and_what_was_refused(people, clock):
    child = decided(people)
    get(people, "Rosa Quill", "child", child)
    later(clock, minutes=5)
    get(people, "Joanne Whitlock", "timeline", child)
    page = main(get(people, "Martin Oyelaran", "looked", child))
    assert "Rosa Quill" in page
    assert "was refused the overview" in page
    assert "read the timeline" in page
    assert "recorded “Decide the referral”" in page
    assert "read who has seen this child" in page


def test_each_printed_sheet_says_whose_it_is_and_who_printed_it(people):
    page = get(people, "Joanne Whitlock", "timeline", referral(people)).content.decode()
    head = page.partition('class="c-printhead"')[2].partition("</div>")[0]
    assert "Wren Made-up" in head
    assert "21 March 2018" in head
    assert "Printed by Joanne Whitlock, team manager, 23 November 2026, 10:12am" in head


def test_a_lateness_that_went_is_named_with_what_took_it(people, clock):
    child = referral(people)
    later(clock, days=1, hours=1)
    start = event(child, "referral.received")
    form = {
        **_typed(start),
        "when-happened-day": "24",
        "when-happened-month": "11",
        "when-happened-year": "2026",
        "when-happened-time": "10:00",
        "mend-reason": "The clock of the office was wrong.",
    }
    client = people.client("Joanne Whitlock")
    done = client.post(reverse("correct", args=[child, start.id]), form)
    assert done.status_code == 302, main(done)
    page = main(client.get(reverse("child", args=[child])))
    assert "No longer late" in page
    assert "a correction by Joanne Whitlock" in page


def _typed(one):
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in one.data.items()
        if not name.endswith("_id")
    }


def test_what_stands_although_a_rule_was_not_kept_is_said_with_its_paragraph(people):
    child = decided(people)
    decision = event(child, "referral.decided")
    form = {**_typed(decision), "earlier_records_located": "not_yet", "mend-reason": "Nobody looked."}
    client = people.client("Martin Oyelaran")
    done = client.post(reverse("correct", args=[child, decision.id]), form)
    assert done.status_code == 302, main(done)
    page = main(client.get(reverse("child", args=[child])))
    assert "Recorded without" in page
    assert "Look for earlier records and files" in page
    assert reverse("provision", args=["earlier-records-located"]) in page


def test_a_step_that_may_be_open_names_the_fact_that_is_missing(people):
    page = main(get(people, "Sheila Knowles", "child", contact(people)))
    assert "Only if" in page
    assert "Not known:" in page
