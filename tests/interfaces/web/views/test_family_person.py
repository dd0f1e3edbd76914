"""Somebody is added to a family, or found again, and what cannot be is refused at its field."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse
from tests.families import MOTHER, family
from tests.interfaces.web.views.children import event, main
from tests.interfaces.web.views.test_family import _day
from tests.people import made_up_staff

from cairn.records import ledger


@pytest.fixture
def people(db, collected_files):
    return made_up_staff()


@pytest.fixture
def made(people):
    return family(people)


def test_somebody_is_added_to_two_children_from_one_form(people, made):
    address = reverse("record-relationship", args=[made.amara])
    browser = people.client("Priya Shah")
    assert browser.get(address).status_code == 200
    sent = {"name": "Ngozi Okafor", "key": "a3bb189e-8bf9-4886-8c1f-3f9e4a1a0001",
            f"{made.amara}-relation": "grandmother", f"{made.amara}-household": "same",
            f"{made.theo}-relation": "grandmother"}  # fmt: skip
    answer = browser.post(address, sent)
    assert answer.headers["Location"] == reverse("family", args=[made.amara])
    one, other = event(made.amara, "relationship.recorded"), event(made.theo, "relationship.recorded")
    assert (one.data["person"], one.act) == (other.data["person"], other.act)
    assert event(made.cole, "relationship.recorded").data["name"] == "Daniel Reed"
    assert "Ngozi Okafor is recorded for Amara and Theo." in html.unescape(browser.get(answer.headers["Location"]).content.decode())  # fmt: skip


def test_a_form_that_says_nothing_of_any_child_is_shown_again_with_what_was_typed(people, made):
    before = len(ledger.read_stream(made.amara))
    sent = {"name": "Ngozi Okafor", f"{made.theo}-household": "same"}
    answer = people.client("Priya Shah").post(reverse("record-relationship", args=[made.amara]), sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "Choose what they are to Theo, or leave all of it empty" in page
    assert "Ngozi Okafor" in page
    assert len(ledger.read_stream(made.amara)) == before


def test_somebody_known_is_added_to_another_child_without_typing_it_again(people, made):
    address = reverse("record-relationship", args=[made.amara])
    browser = people.client("Priya Shah")
    page = main(browser.get(f"{address}?person={MOTHER}"))
    assert "Add Grace Okafor to another child" in page
    assert "Amara Okafor</h2>" not in page
    browser.post(address, {"person": MOTHER, f"{made.cole}-relation": "step_parent"})
    added = event(made.cole, "relationship.recorded").data
    assert (added["person"], added["name"], added["born"]) == (MOTHER, "Grace Okafor", "1990-03-02")
    assert "parental_responsibility" not in added


@pytest.mark.usefixtures("clock")
def test_a_second_birth_is_refused_in_the_instant_of_the_first_too(people, made):
    sent = {"born-day": "3", "born-month": "3", "born-year": "2020"}
    answer = people.client("Priya Shah").post(reverse("record-birth", args=[made.amara]), sent)
    assert answer.status_code == 422


def test_an_impossible_day_is_said_at_its_field(people, made):
    address = reverse("record-birth", args=[made.amara])
    sent = {"born-day": "3", "born-month": "3", "born-year": "2020"}
    answer = people.client("Priya Shah").post(address, sent)
    assert answer.status_code == 422
    assert "The birth is recorded already, on 4 May 2017" in html.unescape(answer.content.decode())
    wrong = {"nhs_number": "943 476 5910"}
    answer = people.client("Priya Shah").post(reverse("act", args=[made.amara, "record-numbers"]), wrong)
    assert answer.status_code == 422
    assert "its last figure does not fit the others" in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("act", "sent", "place", "says"),
    [
        ("record-death", _day("died", "2017-05-03"), "died-day", "They were born on 4 May 2017, later than that"),
        ("record-death", _day("died", "2090-05-03"), "died-day", "3 May 2090 is still to come"),
        ("record-birth", _day("born", "2090-05-03"), "born-day", "3 May 2090 is still to come"),
        ("record-address", {"address": "1 New Street", **_day("from_day", "2026-02-02"), **_day("to_day", "2026-02-01")},
         "to_day-day", "It began on 2 February 2026, later than that"),
        ("record-name", {"kind": "former", "name": "Amara Old", **_day("from_day", "2026-02-02"), **_day("to_day", "2026-02-01")},
         "to_day-day", "It began on 2 February 2026, later than that"),
        ("record-legal-status", {"status": "care", **_day("from_day", "2026-02-02"), **_day("to_day", "2026-02-01")},
         "to_day-day", "It began on 2 February 2026, later than that"),
        ("record-relationship", {"name": "Young One", **_day("born", "2020-01-01"), "-relation": "parent_mother"},
         "born-day", "Young One would have been born on or after the child’s own birth"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_at_their_field_and_nothing_typed_is_lost(
    people, made, act, sent, place, says
):
    before = len(ledger.read_stream(made.amara))
    sent = {f"{made.amara}{name}" if name.startswith("-") else name: value for name, value in sent.items()}
    address = reverse(act if act in ("record-birth", "record-relationship") else "act",
                      args=[made.amara, *([] if act in ("record-birth", "record-relationship") else [act])])  # fmt: skip
    answer = people.client("Priya Shah").post(address, sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert f'href="#{place}">{says}'.replace("’", "'") in page.replace("’", "'")
    for value in sent.values():
        assert value.lstrip("0") in page
    assert len(ledger.read_stream(made.amara)) == before
