"""One brother or sister decided on their own: who waited, or later, with what is new."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record

from cairn.records import ledger, register

CONTACT = {
    "name": "Ifeoma Okafor", "forename": "Ifeoma", "surname": "Okafor", "born": "2019-02-11", "source": "school",
    "contact_type": "worry_about_child", "concern_kind": ["housing_or_money"],
    "facts": [{"text": "We slept in the car.", "who": "Ify to Ms Fenn"}],
    "siblings": [{"name": "Jerome Bell", "born": "2014-01-09", "household": "other", "relation": "half"}],
}  # fmt: skip
TO_REFERRAL = {
    "outcome": "progress_to_referral", "reason": "An assessment is needed.", "referral_reason": "further_assessment",
    "level": "3", "recommended_service": "referral_and_assessment", "referral_source": "school",
    "concern_kind": ["housing_or_money"], "concern": "They slept in a car.",
}  # fmt: skip
DECISION = {
    "outcome": ["assessment"], "reason": "Their home may not be safe.", "status": "not_known",
    "earlier_records_located": "none_exist", "impact_on_others": "Jerome lives elsewhere.",
}  # fmt: skip


@pytest.fixture
def ify(people, clock):
    """Decided an hour ago, with Jerome left open until Northwick has answered."""
    child = record(people, ("Beth Lomas", "record-contact", CONTACT))
    contact = latest(child, "contact.received").id
    record(people, ("Sheila Knowles", "decide-contact", {**TO_REFERRAL, "from_contact": contact}), on=child)
    jerome = {"sibling": latest(child, "sibling.listed").id, "decision": "ask_first"}
    record(people, ("Martin Oyelaran", "decide-referral", {**DECISION, "siblings": [jerome]}), on=child)
    clock.at += timedelta(hours=1)
    return child


def latest(child, kind):
    return [event for event in ledger.read_stream(child) if event.type == kind][-1]


def decide(people, child, name="Martin Oyelaran", draft=None, **typed):
    jerome = latest(child, "sibling.listed").id
    place = f"sibling-{jerome}-"
    sent = {
        "draft": str(draft or uuid4()), "version": "0", "sibling": jerome, "sign": "yes",
        "strand": latest(child, "referral.received").id, "seen": str(register.record(child).version),
    }  # fmt: skip
    return people.client(name).post(
        reverse("decide-sibling", args=[child]),
        sent | {f"{place}{name}": value for name, value in typed.items()},
    )


LATER = {
    "new_information": "Northwick says he stays there at weekends.",
    "original_referral": "They slept in the car.",
}


def test_opened_later_it_holds_what_is_new_and_gets_a_record_of_its_own(people, ify):
    assert decide(people, ify, decision="open", **LATER).status_code == 302
    decided = latest(ify, "sibling.decided").data
    assert decided["new_information"] == LATER["new_information"]
    theirs = decided["record"]
    assert latest(theirs, "person.described").data["name"] == "Jerome Bell"
    assert latest(theirs, "referral.received").data["new_information"] == LATER["new_information"]


def test_without_what_is_new_it_is_refused_by_the_paragraph(people, ify):
    before = len(register.ids())
    refused = decide(people, ify, decision="open")
    assert refused.status_code == 422
    assert "paragraph 3.9" in refused.content.decode()
    assert len(register.ids()) == before


def test_not_opened_it_says_why(people, ify):
    assert decide(people, ify, decision="do_not_open").status_code == 422
    assert decide(people, ify, decision="do_not_open", reason="He never stays there.").status_code == 302
    assert latest(ify, "sibling.decided").data["decision"] == "do_not_open"


def test_sent_twice_there_is_one_record(people, ify):
    draft, before = uuid4(), len(register.ids())
    for _ in range(2):
        assert decide(people, ify, draft=draft, decision="open", **LATER).status_code == 302
    assert len(register.ids()) == before + 1


def test_the_page_asks_for_what_is_new_once_the_referral_is_decided(people, ify):
    page = people.client("Martin Oyelaran").get(reverse("decide-sibling", args=[ify])).content.decode()
    assert "What new information is behind it?" in page
    assert "Jerome Bell" in page


@pytest.mark.parametrize("name", ["Beth Lomas", "Tunde Bright", "Priya Shah"])
def test_others_are_refused(people, ify, name):
    assert people.client(name).get(reverse("decide-sibling", args=[ify])).status_code == 403
