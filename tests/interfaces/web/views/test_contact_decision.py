"""Deciding a contact: two outcomes with a reason; a referral takes what was said with it; refusals lose nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record

from cairn.records import ledger, register

CONTACT = {
    "name": "Ify Okafor", "born": "2019-02-11", "source": "school", "contact_type": "worry_about_child",
    "caller_name": "Hannah Pryce", "caller_organisation": "St Botolph’s", "concern_kind": ["neglect"],
    "affects_other_children": True, "facts": [{"text": "Came in Friday’s clothes.", "who": "Ms Fenn"}],
}  # fmt: skip
REFERRAL = {
    "outcome": "progress_to_referral", "reason": "An assessment is needed.", "referral_reason": "further_assessment",
    "level": "3", "recommended_service": "referral_and_assessment", "possible_crime": "yes",
}  # fmt: skip


@pytest.fixture
def child(people):
    return record(people, ("Beth Lomas", "record-contact", CONTACT))


def page_of(child):
    return reverse("decide-contact", args=[child])


def decide(people, child, name="Sheila Knowles", draft=None, **typed):
    strand = next(event.id for event in ledger.read_stream(child) if event.type == "contact.received")
    seen = typed.pop("seen", str(register.record(child).version))
    sent = {
        "draft": str(draft or uuid4()),
        "version": "0",
        "seen": seen,
        "strand": strand,
        **typed,
        "sign": "yes",
    }
    return people.client(name).post(page_of(child), sent)


def latest(child, kind):
    return [event for event in ledger.read_stream(child) if event.type == kind][-1]


def test_the_page_shows_what_was_said_the_clock_and_where_it_would_go(people, child):
    page = people.client("Sheila Knowles").get(page_of(child)).content.decode()
    assert "Came in Friday’s clothes." in page
    assert "Early Intervention Service" in page
    assert "Below level 3" in page
    # A question that a route hangs on is named; the referral it would be asked of does not exist yet.
    assert "ongoing resource package" in page.partition("Where the procedures send")[2]
    assert "(Referral received" not in page
    assert "(2.3)" in page
    assert "Decide by" in page


def test_sixteen_year_olds_are_asked_about_home_and_go_to_their_service(people):
    young = record(people, ("Beth Lomas", "record-contact", {**CONTACT, "born": "2010-05-04"}))
    page = people.client("Sheila Knowles").get(page_of(young)).content.decode()
    assert "Adolescent Intervention Service" in page.partition("Where the procedures send")[2]
    assert "cannot stay at home" in page


def test_an_unborn_child_is_asked_about_the_family(people):
    unborn = record(
        people, ("Beth Lomas", "record-contact", {**CONTACT, "born": "", "expected": "2027-02-01"})
    )
    page = people.client("Sheila Knowles").get(page_of(unborn)).content.decode()
    assert "Is the family known to us?" in page


def test_no_further_action_closes_it_with_the_reason(people, child):
    assert decide(people, child, outcome="no_further_action", reason="Advice was enough.").status_code == 302
    assert latest(child, "contact.decided").data["reason"] == "Advice was enough."
    assert people.client("Sheila Knowles").get(page_of(child)).status_code == 404


def test_a_referral_takes_over_what_was_said(people, child):
    assert decide(people, child, **REFERRAL).status_code == 302
    referral = latest(child, "referral.received")
    contact = latest(child, "contact.received")
    assert referral.data["from_contact"] == contact.id
    assert referral.data["referrer_name"] == "Hannah Pryce"
    assert referral.data["concern_kind"] == ["neglect"]
    assert referral.data["concern"] == "Came in Friday’s clothes."
    assert referral.data["recommended_by"] == "Sheila Knowles"
    assert referral.data["possible_crime"] is True


@pytest.mark.parametrize("left_out", ["outcome", "reason", "referral_reason", "level", "recommended_service"])
def test_what_is_missing_is_said_and_what_was_typed_stays(people, child, left_out):
    refused = decide(people, child, **{name: value for name, value in REFERRAL.items() if name != left_out})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "<title>Error: " in page
    assert left_out == "reason" or "An assessment is needed." in page
    assert "contact.decided" not in [event.type for event in ledger.read_stream(child)]


def test_sent_twice_it_is_decided_once(people, child):
    draft = uuid4()
    answers = {"outcome": "no_further_action", "reason": "Advice was enough."}
    first, second = (decide(people, child, draft=draft, **answers) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert [event.type for event in ledger.read_stream(child)].count("contact.decided") == 1


def test_what_happened_meanwhile_is_shown_and_nothing_is_lost(people, child):
    record(people, ("Beth Lomas", "add-note", {"text": "The school rang again."}), on=child)
    stale = decide(people, child, seen="2", outcome="no_further_action", reason="My own reasons.")
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Case note" in page
    assert "My own reasons." in page
    assert "contact.decided" not in [event.type for event in ledger.read_stream(child)]


@pytest.mark.parametrize(
    ("name", "status"), [("Beth Lomas", 403), ("Tunde Bright", 403), ("Farah Lindqvist", 403)]
)
def test_others_are_refused_and_see_nothing(people, child, name, status):
    shown = people.client(name).get(page_of(child))
    assert shown.status_code == status
    assert "Friday’s clothes" not in shown.content.decode()


def test_other_methods_are_turned_away(people, child):
    assert people.client("Sheila Knowles").put(page_of(child)).status_code == 405
