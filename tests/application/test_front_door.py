"""What the front door is handed of a person it looked up, and what a contact writes on a record that was found."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.cases import open_to_priya, record
from tests.people import made_up_staff

from cairn.application.contact import ContactToSend, kind_of, send_contact
from cairn.application.people import Found, find_again, find_number, find_person
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.people.particulars import Asked
from cairn.records import drafts, ledger

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
SAID = {
    "source": "school",
    "contact_type": "worry_about_child",
    "name": "Ify Okafor",
    "school": "Another School",
}


@pytest.fixture
def people(db, clock):
    return made_up_staff()


def test_a_restricted_address_is_not_even_in_what_a_match_is_made_of(people):
    home = {"address": "3 Made-up Court", "postcode": "FE1 2AB", "restricted": True}
    record(people, ("Beth Lomas", "record-contact", {**SAID, **home, "forename": "Ify", "surname": "Okafor"}))
    found = find_person(people.actor("Beth Lomas"), Asked(forename="Ify", surname="Okafor"))
    assert isinstance(found, Found)
    (person,) = found.people
    assert person.known.address_restricted
    assert (person.known.address, person.known.postcode, person.summary.address) == ("", "", "")


def test_of_a_record_one_may_not_open_name_number_and_how_to_ask_are_all(people):
    open_to_priya(people)
    found = find_person(people.actor("Rosa Quill"), Asked(forename="Ifeoma", surname="Okafor"))
    (person,) = found.people
    assert (person.known, person.summary, person.lines) == (None, None, ())
    assert person.number
    assert person.how_to_ask
    assert person.with_whom == "Open to Priya Shah"


def test_somebody_is_shown_again_only_to_whom_a_search_showed_them(people):
    child = open_to_priya(people)
    assert find_again(people.actor("Beth Lomas"), child, page="test") is None
    find_number(people.actor("Beth Lomas"), people.number(child))
    assert find_again(people.actor("Beth Lomas"), child, page="test").name == "Ifeoma Okafor"
    assert find_again(people.actor("Rosa Quill"), child, page="test") is None


def test_who_looks_nobody_up_is_refused_by_number_too(people):
    child = open_to_priya(people)
    assert isinstance(find_number(people.actor("Farah Lindqvist"), people.number(child)), Refused)


def test_a_contact_on_a_found_record_does_not_describe_the_child_again(people):
    child = open_to_priya(people)
    beth = people.actor("Beth Lomas")
    find_number(beth, people.number(child))
    sent = send_contact(beth, ContactToSend(SAID, child, "", uuid4()))
    assert isinstance(sent, Recorded)
    described = [event for event in ledger.read_stream(child) if event.type == "person.described"]
    assert [event.data["name"] for event in described] == ["Ifeoma Okafor"]


def test_a_refused_contact_leaves_its_draft_and_no_record(people):
    beth, draft = people.actor("Beth Lomas"), uuid4()
    drafts.save(drafts.DraftToSave(draft, beth.id, "record-contact", None, {"name": "Ify"}, 0), NOON)
    refused = send_contact(
        beth, ContactToSend({**SAID, "source": "nobody we know"}, None, "", uuid4(), draft)
    )
    assert isinstance(refused, Refused)
    assert refused.faults[0].place == "data.source"
    assert drafts.open_draft(draft).submitted_at is None


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"name": "Ify"}, "child"),
        ({"name": "Baby", "expected": "2027-02-01"}, "unborn"),
        ({"name": "Ify", "born": "2019-02-11", "expected": "2019-02-01"}, "child"),
        ({}, "contact"),
    ],
)
def test_a_contact_opens_the_kind_of_record_that_it_is_about(answers, kind):
    assert kind_of(answers) == kind
