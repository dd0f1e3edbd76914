"""Handing an assessment in: an empty one is refused, a short one says why, and the whole text goes."""

from __future__ import annotations

import pytest
from tests.interfaces.web.views.signing import (
    EWAN,
    JOANNE,
    PRIYA,
    TEXTS,
    begun,
    handed_in,
    post_hand_in,
    short,
    write,
)
from tests.interfaces.web.views.test_approval import hidden, text_of

from cairn.application.section_writing import save_section
from cairn.records import ledger


def page(people, child, who=PRIYA, **more):
    return people.client(who).get(f"/records/{child}/assessment/hand-in/", more)


def test_an_empty_one_is_refused_with_what_to_do(people):
    child, _ = begun(people)
    shown = page(people, child)
    assert "Nothing is written yet, so there is nothing to hand in" in text_of(shown)
    assert "Hand in the assessment" not in text_of(shown)
    refused = post_hand_in(people.client(PRIYA), child, summary="All is well.")
    assert refused.status_code == 422
    assert "All is well." in refused.content.decode()
    assert ledger.read_stream(child)[-1].type == "assessment.started"


def test_what_is_missing_stands_first_with_its_section(people):
    child, strand = short(people)
    shown = page(people, child)
    said = text_of(shown)
    assert said.index("Missing Health: in progress") < said.index("Missing 25 sections are not begun")
    assert said.index("25 sections are not begun Why we are assessing") < said.index("Met The child was seen")
    assert f"/assessments/{strand}/sections/why/" in shown.content.decode()


def test_one_that_is_not_complete_says_why_a_short_one_is_enough(people):
    child, _ = short(people)
    refused = post_hand_in(people.client(PRIYA), child, synopsis="")
    assert refused.status_code == 422
    assert "say why a short assessment is enough (4.6, 4.7)" in text_of(refused)
    assert post_hand_in(people.client(PRIYA), child).status_code == 302


def test_the_whole_text_goes_with_everybody_who_wrote_and_the_origin_of_each_passage(people):
    child, strand = short(people)
    write(people, child, strand, "identity", "Ewan saw her.", who=EWAN)
    post_hand_in(people.client(PRIYA), child)
    submitted = ledger.read_stream(child)[-1].data
    assert {row["section"]: row["text"] for row in submitted["sections"]} == {
        **TEXTS,
        "identity": "Ewan saw her.",
    }
    assert [row["writers"] for row in submitted["sections"] if row["section"] == "identity"] == [[EWAN]]
    assert [row["writer_ids"] for row in submitted["sections"] if row["section"] == "identity"] == [
        [str(people.ids[EWAN])]
    ]
    assert submitted["synopsis"] == "Section 47 is indicated."


def test_two_texts_that_stand_apart_are_put_together_first(people):
    child, strand = short(people)
    save_section(people.actor(EWAN), child, strand, "health", {"text": "Another."}, 0)
    refused = post_hand_in(people.client(PRIYA), child)
    assert refused.status_code == 422
    assert "Two texts wait to be put together: Health" in text_of(refused)


def test_sent_twice_it_is_handed_in_once(people):
    child, _ = short(people)
    shown = page(people, child)
    names = {name: hidden(shown, name) for name in ("draft", "key", "version", "strand")}
    answers = [post_hand_in(people.client(PRIYA), child, **names) for _ in range(2)]
    assert answers[0].status_code == 302
    assert [event.type for event in ledger.read_stream(child)].count("assessment.submitted") == 1


def test_once_handed_in_it_is_not_handed_in_again_until_it_is_returned(people):
    child, _ = handed_in(people)
    refused = post_hand_in(people.client(PRIYA), child)
    assert refused.status_code == 404
    assert "is handed in and waits for its decision" in text_of(refused)


@pytest.mark.parametrize("who", [JOANNE, EWAN])
def test_whoever_works_with_the_child_may_hand_it_in(people, who):
    child, _ = short(people)
    assert post_hand_in(people.client(who), child).status_code == 302


def test_who_does_not_write_assessments_is_refused(people):
    child, _ = short(people)
    assert page(people, child, "Dilys Penhale").status_code == 403
    assert post_hand_in(people.client("Rosa Quill"), child).status_code == 403


def test_a_service_that_has_started_need_not_wait_for_the_assessment(people):
    child, strand = short(people)
    shown = page(people, child).content.decode()
    address = f"/records/{child}/act/start-service/?strand={strand}"
    assert address in shown
    form = people.client(PRIYA).get(address)
    assert form.status_code == 200
    started = {"service": "Breakfast club", "strand": strand, "key": hidden(form, "key"), "when": "now"}
    people.client(PRIYA).post(address, started)
    assert (ledger.read_stream(child)[-1].type, ledger.read_stream(child)[-1].strand) == (
        "service.started",
        strand,
    )
