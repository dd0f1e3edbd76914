"""A handed-in assessment read, printed and given to the family: third-party text is not in their copy."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from tests.interfaces.web.views.signing import JOANNE, PRIYA, handed_in, post_hand_in, short, write
from tests.interfaces.web.views.test_approval import page, sign, text_of

from cairn.records import access_log, ledger

TOLD = "Amara’s school told us."


def approved(people):
    child, strand = short(people)
    write(people, child, strand, "agencies", TOLD)
    write(people, child, strand, "wishes", "She said “bus”.")
    post_hand_in(people.client(PRIYA), child)
    answer = sign(people, child, page(people, child))
    assert answer.status_code == 302, text_of(answer)
    return child, strand


def pdf_text(answer) -> str:
    return " ".join(
        " ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(answer.content)).pages
    )


def share(people, child, strand, who=PRIYA, **more):
    wanted = {"strand": strand, "plain": "Ifeoma needs help at nursery.", "with": "family", "name": "Her mother",
              "in_copy": ["health", "analysis"], "held_back": "What others told us.", **more}  # fmt: skip
    return people.client(who).post(f"/records/{child}/assessment/share/", wanted)


def test_the_text_is_read_whole_with_every_step(people):
    child, strand = approved(people)
    said = text_of(people.client(PRIYA).get(f"/records/{child}/assessments/{strand}/text/"))
    for line in ("Approved", "Child in need meeting and plan.", "She goes to nursery 2 days in 3.", TOLD,
                 "Assessment sent for approval", "Assessment approved"):  # fmt: skip
        assert line in said


def test_the_record_copy_is_tagged_whole_and_names_whose_it_is_on_each_sheet(people):
    child, strand = approved(people)
    answer = people.client(PRIYA).get(f"/records/{child}/assessments/{strand}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for sheet in reader.pages:
        head = " ".join(sheet.extract_text().split())
        for line in ("Ifeoma Okafor", people.number(child), "Printed 23 November 2026", "Page "):
            assert line in head
    said = pdf_text(answer)
    assert TOLD in said
    assert "Approved by Joanne Whitlock, team manager" in said
    assert access_log.was_shown(people.ids[PRIYA], child, "view")


def test_one_that_waits_says_so_on_paper(people):
    child, strand = handed_in(people)
    said = pdf_text(people.client(JOANNE).get(f"/records/{child}/assessments/{strand}/pdf/"))
    assert "Not approved: this is a text that waits for its decision." in said


def test_what_others_told_and_what_was_said_in_confidence_is_held_back_at_first(people):
    child, strand = approved(people)
    shown = people.client(PRIYA).get(f"/records/{child}/assessment/share/?strand={strand}").content.decode()
    for section, ticked in (("health", True), ("agencies", False), ("wishes", False)):
        box = shown[shown.index(f'value="{section}"') :].partition(">")[0]
        assert ("checked" in box) is ticked, section


def test_the_family_copy_has_plain_words_and_nothing_that_was_held_back(people):
    child, strand = approved(people)
    said = pdf_text(share(people, child, strand, pdf="yes"))
    for line in ("Ifeoma needs help at nursery.", "Ifeoma’s weight has moved", "What others told us."):
        assert line in said
    assert TOLD not in said
    assert ledger.read_stream(child)[-1].type == "assessment.approved"


def test_the_copy_is_recorded_and_can_be_had_again_as_it_was_given(people):
    child, strand = approved(people)
    before = share(people, child, strand)
    assert before.status_code == 200
    assert "Before it goes to Her mother" in text_of(before)
    assert ledger.read_stream(child)[-1].type == "assessment.approved"
    seen = re.search(r'name="shown" value="(\w+)"', before.content.decode())[1]
    assert share(people, child, strand, shown=seen).status_code == 302
    shared = ledger.read_stream(child)[-1]
    assert (shared.type, shared.data["held_back"], shared.data["in_copy"]) == (
        "assessment.shared",
        "What others told us.",
        ["health", "analysis"],
    )
    again = pdf_text(people.client(PRIYA).get(f"/records/{child}/assessments/{strand}/pdf/?copy={shared.id}"))
    assert "Ifeoma needs help at nursery." in again
    assert TOLD not in again


@pytest.mark.parametrize(
    ("without", "says"),
    [({"held_back": ""}, "Say what was held back, and why"), ({"plain": ""}, "Say in plain words")],
)
def test_what_is_left_out_is_named_and_nothing_is_recorded(people, without, says):
    child, strand = approved(people)
    refused = share(people, child, strand, **without)
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert "Her mother" in refused.content.decode()
    assert ledger.read_stream(child)[-1].type == "assessment.approved"


def test_no_copy_before_it_is_approved(people):
    child, strand = handed_in(people)
    refused = share(people, child, strand)
    assert refused.status_code == 404
    assert "not approved yet" in text_of(refused)


def test_another_team_has_nothing_of_it(people):
    child, strand = approved(people)
    for address in ("text", "pdf"):
        refused = people.client("Rosa Quill").get(f"/records/{child}/assessments/{strand}/{address}/")
        assert refused.status_code == 403
    assert share(people, child, strand, "Rosa Quill").status_code == 403
