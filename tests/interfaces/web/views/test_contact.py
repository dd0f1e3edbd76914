"""A new contact on one page: looked up, drafted, refused with nothing lost, sent once, on the right record."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import open_to_priya

from cairn.application import draft_identities
from cairn.application.ports import now
from cairn.records import access_log, drafts, ledger, register

SAID = {
    "received-day": "23", "received-month": "11", "received-year": "2026", "received-time": "9:40am",
    "source": "school", "contact_type": "worry_about_child", "caller_name": "Hannah Pryce",
    "caller_organisation": "St Botolph’s Primary School", "may_name_caller": "yes",
    "in_danger": "no", "how_known": "In school until 3:15pm.",
    "facts-count": "1", "facts-0-text": "Came in Friday’s clothes.", "facts-0-who": "Ms Fenn",
    "opinions-count": "1", "opinions-0-text": "They are not safe tonight.", "opinions-0-whose": "Hannah Pryce",
    "parent_knows": "yes_agrees", "unsafe_ways": "Do not write to the flat.", "told_caller": "We decide by 9:40am.",
    "concern_kind": ["domestic_violence"], "affects_other_children": "yes",
    "siblings-count": "1", "siblings-0-name": "Kene Okafor", "siblings-0-household": "same",
}  # fmt: skip
LOOKED = {
    "first_name": "Ify",
    "surname": "Okafor",
    "born": "11 2 2019",
    "other": "mother Chichi",
    "looked": "yes",
}
NEW = {
    **SAID,
    **LOOKED,
    "who": "new",
    "people-count": "1",
    "people-0-name": "Chichi",
    "people-0-relation": "parent_mother",
}


def post(people, name="Beth Lomas", draft=None, **typed):
    sent = {"draft": str(draft or uuid4()), "version": "0", **typed}
    return people.client(name).post(reverse("new-contact"), sent)


def types_of(record_id):
    return [event.type for event in ledger.read_stream(record_id)]


@pytest.fixture
def allocated(people):
    """A child open to Priya Shah, in a team that is not the front door's."""
    return open_to_priya(people)


def test_the_page_asks_for_safety_before_any_name_and_shows_the_clock(people):
    page = people.client("Beth Lomas").get(reverse("new-contact")).content.decode()
    assert page.index("Is the child safe now?") < page.index("Who is it about?")
    assert "10:12am tomorrow" in page
    assert "24 hours" in page


def test_looking_shows_matches_and_loses_nothing(people, allocated):
    page = post(people, **SAID, **{**LOOKED, "looked": ""}, do="look").content.decode()
    assert "Ifeoma Okafor" in page
    assert "Use this person" in page
    assert "Came in Friday’s clothes." in page
    assert "Add Ify as a new person" in page


def test_nobody_is_added_before_a_search(people):
    page = people.client("Beth Lomas").get(reverse("new-contact")).content.decode()
    assert "as a new person</button>" not in page
    refused = post(people, **{**NEW, "looked": ""}, send="yes")
    assert refused.status_code == 422
    assert "Look for them first" in refused.content.decode()


def test_somebody_rejected_is_not_shown_again(people, allocated):
    page = post(people, **SAID, **LOOKED, **{"not": str(allocated)}).content.decode()
    assert "Nobody on record fits this" in page


def test_every_button_keeps_a_draft_that_opens_again(people):
    draft = uuid4()
    post(people, draft=draft, **SAID, **LOOKED, do="look")
    kept = drafts.open_draft(draft)
    assert kept is not None
    assert kept.author_id == people.ids["Beth Lomas"]
    page = people.client("Beth Lomas").get(reverse("new-contact"), {"draft": draft}).content.decode()
    assert "Came in Friday’s clothes." in page
    assert 'value="Ify"' in page


def test_a_draft_is_nobody_elses(people):
    draft = uuid4()
    post(people, draft=draft, **SAID, save="yes")
    assert people.client("Sheila Knowles").get(reverse("new-contact"), {"draft": draft}).status_code == 404


def test_a_draft_saved_elsewhere_is_not_written_over(people):
    draft = uuid4()
    post(people, draft=draft, **SAID, do="keep")
    post(people, draft=draft, **{**SAID, "version": "1", "caller_name": "Someone"}, do="keep")
    behind = people.client("Beth Lomas").post(
        reverse("new-contact"),
        {**SAID, "draft": str(draft), "version": "1", "how_known": "My own words", "do": "keep"},
    )
    assert behind.status_code == 409
    assert "My own words" in behind.content.decode()
    kept = drafts.open_draft(draft).data
    assert draft_identities.opened(kept)["caller_name"] == ["Someone"]
    assert "Someone" not in str(kept), (
        "who called is sealed as long as nobody knows whether they may be named"
    )


def test_sending_opens_a_record_with_all_of_it_in_one_act(people):
    sent = post(people, **NEW, send="yes")
    assert sent.status_code == 302
    child = register.record_numbered("FC-" + sent_number(people, sent)).id
    stream = ledger.read_stream(child)
    assert [event.type for event in stream] == [
        "person.described", "contact.received", "relationship.recorded", "sibling.listed",
    ]  # fmt: skip
    assert len({event.act for event in stream}) == 1
    assert stream[0].data["name"] == "Ify Okafor"
    assert stream[0].data["born"] == "2019-02-11"
    assert stream[1].happened_at.latest.isoformat() == "2026-11-23T09:40:00+00:00"
    assert stream[3].data["name"] == "Kene Okafor"


def sent_number(people, sent):
    child = sent["Location"].split("/")[2]
    return people.number(child).removeprefix("FC-")


def test_sending_twice_gives_one_record(people):
    draft = uuid4()
    first, second = (post(people, draft=draft, **NEW, send="yes") for _ in range(2))
    assert first["Location"] == second["Location"]
    assert types_of(first["Location"].split("/")[2]).count("contact.received") == 1


def test_a_sent_draft_is_no_draft_any_more(people):
    draft = uuid4()
    post(people, draft=draft, **NEW, do="keep")
    post(people, draft=draft, **{**NEW, "version": "1"}, send="yes")
    assert drafts.list_of(people.ids["Beth Lomas"]) == []


def test_the_front_door_adds_to_a_record_of_another_team_that_it_found(people, allocated):
    before = len(types_of(allocated))
    post(people, **SAID, **LOOKED, do="look")
    sent = post(people, **SAID, **LOOKED, who=str(allocated), send="yes")
    assert sent.status_code == 302
    assert types_of(allocated)[before:] == ["contact.received", "sibling.listed"]
    rows = access_log.of_actor(people.ids["Beth Lomas"], now(), now())
    assert any(row.line.what == "act" and row.line.relied_on == "front door" for row in rows)


def test_what_is_known_of_a_child_is_not_described_over(people, allocated):
    post(people, **SAID, **LOOKED, do="look")
    post(people, **SAID, **LOOKED, who=str(allocated), send="yes")
    assert types_of(allocated).count("person.described") == 1


def test_a_record_that_no_search_found_cannot_be_chosen(people, allocated):
    refused = post(people, **SAID, who=str(allocated), send="yes")
    assert refused.status_code == 422
    assert types_of(allocated).count("contact.received") == 1


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("source", "Say who got in touch"),
        ("in_danger", "in danger at this moment"),
        ("who", "Say who it is about"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(people, left_out, said):
    refused = post(people, **{name: value for name, value in NEW.items() if name != left_out}, send="yes")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "<title>Error: New contact" in page
    assert said in page
    assert "Came in Friday’s clothes." in page


def test_a_call_of_tomorrow_is_refused_at_its_field(people):
    refused = post(people, **{**NEW, "received-day": "24"}, send="yes")
    assert refused.status_code == 422
    assert "cannot have happened after it was recorded" in refused.content.decode()


def test_danger_is_answered_before_anything_else(people):
    page = post(people, **{**SAID, "in_danger": "yes"}, do="keep").content.decode()
    assert "act now, write later" in page
    assert "999" in page


def test_a_contact_without_a_name_opens_a_record_of_its_own_kind(people):
    sent = post(people, **SAID, who="unknown", send="yes")
    assert register.record(sent["Location"].split("/")[2]).kind == "contact"


def test_add_another_keeps_what_stands(people):
    page = post(people, **SAID, **{"add-another": "facts"}).content.decode()
    assert "Came in Friday’s clothes." in page
    assert 'name="facts-1-text"' in page


def test_rows_that_few_calls_have_are_folded_until_something_stands_in_them(people):
    """Shorter, and nothing typed is out of sight: brothers and sisters, and other children."""
    page = people.client("Beth Lomas").get(reverse("new-contact")).content.decode()
    assert "Brothers and sisters: half and step too, and those who live elsewhere (3.6)" in page
    assert '<details class="govuk-details" open' not in page
    without = {name: said for name, said in SAID.items() if not name.startswith("siblings")}
    for typed in ({**SAID, "do": "keep"}, {**without, "add-another": "also_about"}):
        page = post(people, **typed).content.decode()
        assert page.count('<details class="govuk-details" open') == 1


@pytest.mark.parametrize("name", ["Farah Lindqvist"])
def test_a_role_that_takes_no_contacts_is_refused(people, name):
    assert people.client(name).get(reverse("new-contact")).status_code == 403


def test_other_methods_and_strangers_are_turned_away(people, client):
    assert people.client("Beth Lomas").delete(reverse("new-contact")).status_code == 405
    assert client.get(reverse("new-contact")).status_code == 302
    assert people.client("Beth Lomas", csrf=True).post(reverse("new-contact"), NEW).status_code == 403


@pytest.mark.parametrize(
    ("field", "said"), [("first_name", "First name"), ("surname", "Surname"), ("postcode", "Postcode")]
)
def test_a_name_too_long_for_any_list_is_refused_in_words(people, field, said):
    """Pasted into the wrong box, say: refused with its length, not failed upon."""
    refused = post(people, **{**NEW, field: "Word " * 60}, send="yes")
    assert refused.status_code == 422
    told = refused.content.decode()
    assert (
        f"{said}: too long; expected at most" in told
        or "The postcode needs to be 20 characters or fewer" in told
    )
    assert "Came in Friday’s clothes." in refused.content.decode()
