"""The plan for the family: made for one reader, decided line by line, taken away as PDF, and recorded word for word."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, due_key, event, main, view
from tests.plans import planned


@pytest.fixture
def child(people):
    child = allocated(people)
    planned(people, child)
    return child


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def address(child):
    return reverse("plan-copy", args=[child])


def sheet(response):
    found = re.search(r"<article.*?</article>", main(response), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def ticked(response):
    return re.findall(r'name="line" type="checkbox" value="([^"]+)" checked', main(response))


def test_a_parents_copy_holds_the_plan_and_not_what_the_child_said(client, child):
    page = client.get(address(child))
    said = sheet(page)
    assert "Wren’s plan" in said
    assert "Priya Shah: Ring the clinic. By 10 December 2026." in said
    assert "The club is shut: Gran brings breakfast" in said
    assert "breakfast before school" not in said
    assert "words-0" not in ticked(page)


def test_the_childs_copy_has_the_childs_own_words(client, child):
    assert "“I want breakfast before school.”" in sheet(client.get(f"{address(child)}?for=child"))


def test_what_is_unticked_goes_and_what_is_typed_first_stands_there(client, child):
    form = {"for": "parents", "do": "show", "first": "Dear Hanne, this is it.", "line": ["action-2"]}
    said = sheet(client.post(address(child), form))
    assert "Dear Hanne, this is it." in said
    assert "Ring the clinic" in said
    assert "Gran brings breakfast" not in said


def test_given_it_is_kept_word_for_word_and_the_duty_to_give_it_is_met(client, child):
    key = due_key(child, "plan-to-parents")
    form = {"for": "parents", "do": "give", "first": "For you.", "line": ["action-2"], "name": "Hanne Pryce",
            "how": "by_hand", "key": str(uuid4())}  # fmt: skip
    assert client.post(address(child), form).url == reverse("plan", args=[child])
    data = event(child, "copy.given").data
    assert data["plain"].startswith("For you.\n\nWho does what")
    assert data["copy_of"] == event(child, "plan.made").id
    assert "breakfast" not in data["plain"]
    assert key not in {duty.key for duty in view(child).open_duties}
    assert "Given to: Hanne Pryce" in " ".join(
        re.sub(r"<[^>]+>", " ", main(client.get(reverse("plan", args=[child])))).split()
    )


def test_without_a_reader_nothing_is_recorded_and_nothing_typed_is_lost(client, child):
    refused = client.post(
        address(child), {"for": "parents", "do": "give", "first": "For you.", "line": ["action-2"]}
    )
    assert refused.status_code == 422
    for said in ("Enter who reads it", "Say how it was given", "For you."):
        assert said in main(refused)
    assert ticked(refused) == ["action-2"]


def test_it_is_taken_away_as_a_tagged_pdf_of_what_is_ticked(client, child):
    done = client.post(
        address(child), {"for": "parents", "do": "pdf", "first": "For you.", "line": ["action-2"]}
    )
    assert done["Content-Type"] == "application/pdf"
    assert done.content.startswith(b"%PDF")
    assert "Wren" not in done["Content-Disposition"]


def test_a_change_goes_to_the_parents_again_and_where_there_is_no_plan_there_is_no_copy(
    people, client, child
):
    assert client.get(address(allocated(people))).status_code == 404
    assert people.client("Rosa Quill").get(address(child)).status_code == 403
    record(people, ("Priya Shah", "add-note", {"text": "x"}), on=child)
    assert client.get(f"{address(child)}?plan={event(child, 'note.added').id}").status_code == 404
