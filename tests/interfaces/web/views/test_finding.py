"""Finding a person: posted, logged, with reasons and never a score; what one may not open is shown by name only."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import main

from cairn.application import ports
from cairn.records import access_log

IFY = {"name": "Ifeoma Okafor", "forename": "Ifeoma", "surname": "Okafor", "born": "2019-02-11", "sex": "F"}
HOME = {"address": "3 Made-up Court", "postcode": "FE1 2AB", "restricted": True}


@pytest.fixture
def ify(people):
    """A child open to Priya Shah, whose address is restricted."""
    return record(
        people,
        (
            "Beth Lomas",
            "record-contact",
            {**IFY, **HOME, "source": "school", "contact_type": "worry_about_child"},
        ),
        (
            "Sheila Knowles",
            "decide-contact",
            {"outcome": "no_further_action", "reason": "Advice was enough."},
        ),
        ("Sheila Knowles", "record-school-and-gp", {"school": "St Botolph’s Primary School"}),
    )


def find(people, name, **typed):
    return people.client(name).post(reverse("find"), typed)


def test_the_form_is_there_before_any_search(people):
    shown = people.client("Beth Lomas").get(reverse("find"))
    assert shown.status_code == 200
    assert "as a new person" not in shown.content.decode()


def test_a_search_says_why_somebody_may_be_meant_and_no_score(people, ify):
    page = find(people, "Beth Lomas", first_name="Ify", surname="Okafor", born="11 2 2019").content.decode()
    assert "Ifeoma Okafor" in page
    assert "Strong match" in page
    assert "Same" in page
    assert "short for" in page
    assert "%" not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize(
    "typed", [{"find": "Okafor 11/2/2019"}, {"surname": "Okafor", "other": "3 Made-up Court, FE1 2AB"}]
)
def test_a_restricted_address_stands_in_no_match(people, ify, typed):
    matches = find(people, "Beth Lomas", **typed).content.decode().partition("<ol")[2].partition("</ol")[0]
    assert "Address protected" in matches
    assert "restricted, so not compared" in matches
    assert "Made-up Court" not in matches
    assert "FE1 2AB" not in matches


def test_another_team_sees_name_number_and_how_to_ask(people, ify):
    page = find(people, "Rosa Quill", first_name="Ifeoma", surname="Okafor").content.decode()
    matches = page.partition("<ol")[2].partition("</ol")[0]
    assert "Ifeoma Okafor" in matches
    assert "FC-" in matches
    assert "may not open" in matches
    assert "11 February 2019" not in matches
    assert f'href="{reverse("child", args=[ify])}"' not in matches


def test_our_own_number_finds_its_record(people, ify):
    number = people.number(ify)
    page = find(people, "Beth Lomas", find=number.lower()).content.decode()
    assert "Ifeoma Okafor" in page


def test_everybody_shown_is_in_the_access_log(people, ify):
    find(people, "Beth Lomas", first_name="Ify", surname="Okafor", born="11 2 2019")
    rows = access_log.of_actor(people.ids["Beth Lomas"], ports.now(), ports.now())
    assert any(row.line.what == "search" and ify in row.line.records for row in rows)


def test_an_empty_search_is_logged_too(people):
    find(people, "Beth Lomas", find="Nobody Atall")
    rows = access_log.of_actor(people.ids["Beth Lomas"], ports.now(), ports.now())
    assert [row.line.what for row in rows] == ["search"]


def test_somebody_new_is_offered_after_the_search_only_to_those_who_take_contacts(people):
    assert "as a new person" in find(people, "Beth Lomas", find="Nobody Atall").content.decode()


def test_a_role_that_looks_nobody_up_is_refused(people):
    assert find(people, "Farah Lindqvist", find="Okafor").status_code == 403


@pytest.mark.parametrize("typed", [{"find": " "}, {"born": "31 2 2019"}])
def test_what_cannot_be_looked_for_is_said_and_kept(people, typed):
    shown = find(people, "Beth Lomas", **typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "<title>Error: " in page
    assert typed.get("born", "") in page


def test_a_search_is_posted_and_nothing_else(people):
    assert people.client("Beth Lomas").put(reverse("find")).status_code == 405


def test_a_leaver_and_a_stranger_are_sent_to_sign_in(people, client):
    for browser in (client, people.client("Gone Away")):
        assert browser.get(reverse("find")).status_code == 302


def test_without_its_token_a_search_is_refused(people):
    assert people.client("Beth Lomas", csrf=True).post(reverse("find"), {"find": "Okafor"}).status_code == 403


@pytest.mark.parametrize("name", ["find", "first_name", "surname", "born", "other"])
def test_a_box_too_long_to_be_compared_is_refused_with_its_length(people, name):
    """Pasted into the wrong box, say; and a million marks on one letter would keep everybody waiting."""
    client, most = people.client("Beth Lomas"), 200
    refused = client.post(reverse("find"), {name: "e" + "\u0301\u0316" * 200_000})
    assert refused.status_code == 422
    assert "needs to be 200 characters or fewer" in main(refused)
    fits = client.post(reverse("find"), {name: "W" * most if name != "born" else "2018"})
    assert fits.status_code == 200
