"""What may be shared, whom we asked and what they said: on one page, each act with a form of its own that loses nothing."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main

GIVEN = {"whose": "Hanne Pryce", "by_parent": "parent", "decision": "given", "for": "agency_checks"}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def sharing(client, child):
    return text(client.get(reverse("sharing", args=[child])))


def text(response):
    """The main part of a page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def do(client, child, act, query="", **form):
    return client.post(
        f"{reverse(act, args=[child])}{query}",
        {"do": "check", **form, "key": str(uuid4()), "draft": str(uuid4())},
    )


def ask(client, child, **more):
    form = {
        "agency": "gp",
        "name": "Dr Marsh",
        "what": "Appointments",
        "basis": "safeguarding",
        "why_necessary": "Not fed.",
    }
    assert do(client, child, "ask-agency", **{**form, **more}).status_code == 302
    return event(child, "check.requested").id


def test_consent_that_is_given_and_withdrawn_shows_what_stands_and_what_it_means(client, child, clock):
    assert "Not asked yet" in sharing(client, child)
    done = do(client, child, "record-consent", **GIVEN, with_whom="School and GP", how="telephone")
    assert done.url == reverse("sharing", args=[child])
    page = sharing(client, child)
    assert "Asking agencies Given Hanne Pryce , a parent : Given, 23 November 2026, 10:12am." in page.replace(
        ", a parent", " , a parent"
    )
    assert "With School and GP. By telephone." in page
    assert "consent must be there before anything is disclosed" in page
    assert "(paragraph 1.2)" in page
    ask(client, child, basis="consent", agreed_by="Hanne Pryce")
    later(clock, days=2)
    do(client, child, "record-consent", **{**GIVEN, "decision": "withdrawn"}, reason="She changed her mind.")
    page = sharing(client, child)
    assert "Asking agencies Withdrawn" in page
    assert "Nothing more may be shared for this with consent" in page
    assert "What was said before (1)" in page
    assert "Asked with consent that does not stand any more: GP, Dr Marsh" in page


def test_a_withdrawal_stands_on_the_day_it_was_said(client, child, clock):
    later(clock, days=4)
    when = {"when-happened-day": "25", "when-happened-month": "11", "when-happened-year": "2026"}
    do(client, child, "record-consent", **{**GIVEN, "decision": "withdrawn"}, **when)
    assert "Withdrawn, 25 November 2026" in sharing(client, child)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Enter whose consent it is about"),
        ({**GIVEN, "decision": ""}, "Choose what they said"),
        ({**GIVEN, "by_parent": ""}, "Choose who they are"),
        ({**GIVEN, "decision": "not_sought"}, "Choose on what ground it is shared without consent"),
        ({**GIVEN, "decision": "refused", "lawful_reason": "safeguarding"}, "Enter why sharing is necessary"),
    ],
)
def test_consent_says_what_is_missing_and_keeps_what_was_typed(client, child, form, said):
    refused = do(client, child, "record-consent", **form, explained="With an interpreter")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert said in page
    assert "With an interpreter" in page
    assert "What stands now" in page


def test_consent_not_sought_with_its_ground_is_taken(client, child):
    form = {**GIVEN, "decision": "not_sought", "lawful_reason": "safeguarding", "reason": "He is violent."}
    assert do(client, child, "record-consent", **form).status_code == 302
    assert "Asking agencies Shared without consent" in sharing(client, child)


def test_with_consent_that_stands_the_ground_is_filled_in(client, child):
    do(client, child, "record-consent", **GIVEN)
    page = client.get(reverse("ask-agency", args=[child])).content.decode()
    assert re.search(r'value="consent"[^>]*checked', page)
    assert 'value="Hanne Pryce"' in page


def test_asking_with_consent_that_is_not_there_is_recorded_and_shown_with_the_paragraph(client, child):
    """A fact is taken as it happened: the call was made."""
    ask(client, child, basis="consent", agreed_by="Nobody")
    page = client.get(reverse("child", args=[child])).content.decode()
    assert "Record whose consent there is" in page
    assert "paragraph 1.2" in page


def test_asked_asked_again_and_answered_from_the_row(client, child, clock):
    check = ask(client, child)
    later(clock, days=12)
    page = main(client.get(reverse("sharing", args=[child])))
    assert "No answer for 12 days" in page
    answer = f"{reverse('record-answer', args=[child])}?check={check}"
    again = f"{reverse('chase-agency', args=[child])}?check={check}"
    assert answer in page
    assert again in page
    assert "GP, Dr Marsh, asked 23 November 2026, 10:12am" in text(client.get(again))
    assert (
        do(
            client, child, "chase-agency", f"?check={check}", how="telephone", said="Will ring back"
        ).status_code
        == 302
    )
    assert event(child, "check.chased").data["check"] == check
    page = sharing(client, child)
    assert "No answer for 12 days, asked twice" in page
    assert "ask a third time" in page
    form = {"nothing_known": "no", "answer": "Two visits missed.", "about": ["health"], "name": "Dr Marsh"}
    assert do(client, child, "record-answer", f"?check={check}", **form).status_code == 302
    said = event(child, "check.answered").data
    assert (said["check"], said["agency"], said["about"]) == (check, "gp", ["health"])
    page = sharing(client, child)
    assert "1 of 1 answered" in page
    assert "Two visits missed." in page
    assert "About Health" in page


def test_nothing_known_is_an_answer(client, child):
    check = ask(client, child)
    assert do(client, child, "record-answer", f"?check={check}", nothing_known="yes").status_code == 302
    assert "Nothing is known to them." in sharing(client, child)


def test_an_answer_without_words_is_asked_for_them(client, child):
    check = ask(client, child)
    refused = do(client, child, "record-answer", f"?check={check}", nothing_known="no", name="Dr Marsh")
    assert refused.status_code == 422
    assert "Enter what they say" in refused.content.decode()
    assert f'name="check" value="{check}"' in refused.content.decode()


def test_what_an_agency_told_unasked_is_recorded_too(client, child):
    form = {"agency": "police", "nothing_known": "no", "answer": "Called out on Friday."}
    assert do(client, child, "record-answer", **form).status_code == 302
    page = sharing(client, child)
    assert "Told us without being asked" in page
    assert "Called out on Friday." in page


def test_a_check_of_another_record_is_none_of_this_one(people, client, child):
    other = allocated(people)
    check = ask(client, other)
    page = client.get(f"{reverse('record-answer', args=[child])}?check={check}").content.decode()
    assert "Dr Marsh" not in page
    do(client, child, "record-answer", f"?check={check}", agency="gp", nothing_known="yes")
    assert "check" not in event(child, "check.answered").data
    assert "No answer" in sharing(client, other) or "Asked today" in sharing(client, other)


def test_a_leaflet_is_recorded_with_whom_and_when(client, child):
    assert do(client, child, "give-leaflet", leaflet="access_to_records").status_code == 422
    do(client, child, "give-leaflet", leaflet="access_to_records", to="Hanne Pryce")
    page = sharing(client, child)
    assert "Access to records , to Hanne Pryce" in page.replace("Access to records,", "Access to records ,")
    do(client, child, "give-leaflet", leaflet="comments_compliments_complaints", to="Hanne Pryce")
    assert "Comments, compliments and complaints" in sharing(client, child)


def test_the_page_asks_the_database_the_same_however_much_is_on_it(people, client, child):
    asked = []
    for n in range(12):
        answers = {"agency": "other", "name": f"Agency {n}", "what": "All", "basis": "safeguarding"}
        record(people, ("Priya Shah", "ask-agency", answers), on=child)
        if n in (1, 11):
            # The notice of another page, where there is one, is said once.
            sharing(client, child)
            with CaptureQueriesContext(connection) as made:
                assert f"Agency {n}" in sharing(client, child)
            asked.append(len(made))
    assert asked[0] == asked[1]
