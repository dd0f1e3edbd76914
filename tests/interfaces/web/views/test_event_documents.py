"""Any entry as a document to take away, PDF and Word: what it holds, whose it is and by whom; a letter as it went."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, event, later, looks, main

from cairn.application.child import ChildPage, open_child
from cairn.application.entries import Correction, correct_entry, withdraw_entry
from cairn.application.event_documents import document_of
from cairn.application.ports import PrintedDocument, PrintedLetter

MEETING = {
    "kind": "child_in_need_review",
    "took_part": ["Hanne Made-up", "Ms Fenn, school"],
    "account": "We went through the plan.\n\n# What goes well\n\n- Breakfast each day\n- On time",
    "next_date": "2027-02-01",
}


@pytest.fixture
def child(people):
    found = allocated(people)
    do(people, ("Priya Shah", "record-meeting", MEETING), on=found)
    return found


def take(people, child, entry, form="pdf", who="Priya Shah"):
    return people.client(who).get(reverse("event-document", args=[child, entry, form]))


def words(response):
    return " ".join(
        " ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(response.content)).pages
    )


def test_the_minutes_of_a_meeting_are_a_document(people, child):
    made = take(people, child, event(child, "meeting.held").id)
    said = words(made)
    for one in ("Child in need review meeting", "Wren Made-up. Born 21 March 2018", people.number(child), "Ms Fenn, school",
                "Recorded by Priya Shah, social worker", "We went through the plan.", "1 February 2027", "Page 1 of 1"):  # fmt: skip
        assert one in said, one
    assert "# What" not in said
    reader = PdfReader(io.BytesIO(made.content))
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Child in need review meeting"
    assert made["Content-Disposition"] == f'attachment; filename="{people.number(child)}-meeting.pdf"'
    assert looks(child)[0] == ("document", "export", True)


def test_and_for_word(people, child):
    made = Document(io.BytesIO(take(people, child, event(child, "meeting.held").id, "word").content))
    styles = [(one.style.name, one.text) for one in made.paragraphs]
    assert styles[0] == ("Heading 1", "Child in need review meeting")
    assert ("Heading 2", "What was discussed and agreed") in styles
    assert ("Heading 3", "What goes well") in styles
    assert ("List Bullet", "On time") in styles
    assert "Wren Made-up" in made.sections[0].header.paragraphs[0].text


def test_a_correction_is_said_and_a_withdrawn_entry_has_none(people, child):
    entry, actor = event(child, "meeting.held").id, people.actor("Priya Shah")
    correct_entry(actor, child, Correction(entry, {"account": "It was short."}, "A slip."), uuid4())
    said = words(take(people, child, entry))
    assert "It was short." in said
    assert "Corrected by Priya Shah" in said
    withdraw_entry(actor, child, entry, "Never held.", uuid4())
    assert take(people, child, entry).status_code == 404


def test_the_entry_and_the_documents_lead_to_it(people, child):
    client = people.client("Priya Shah")
    entry = event(child, "meeting.held").id
    page = main(client.get(reverse("entry", args=[child, entry])))
    for form in ("pdf", "word"):
        assert reverse("event-document", args=[child, entry, form]) in page


def test_a_letter_of_before_whose_subject_stands_in_its_text_reads_as_it_went(people, child, clock):
    old = {
        "to": "Hanne Pryce",
        "how": "letter",
        "text": "Your referral\n\nDear Hanne Pryce\n\nWe have it.\n\nPriya Shah",
    }
    do(people, ("Priya Shah", "send-letter", old), on=child)
    later(clock, days=3)
    found = open_child(people.actor("Priya Shah"), child, page="child")
    assert isinstance(found, ChildPage)
    letter = document_of(found, event(child, "letter.sent").id)
    assert isinstance(letter, PrintedLetter)
    assert (letter.subject, letter.paragraphs, letter.signed) == (
        "Your referral", ("Dear Hanne Pryce", "We have it."), "Priya Shah",
    )  # fmt: skip
    assert letter.dated == "23 November 2026"
    minutes = document_of(found, event(child, "meeting.held").id)
    assert isinstance(minutes, PrintedDocument)
    assert document_of(found, "no-such-entry") is None


def test_what_is_not_safe_at_a_home_is_said_to_whoever_writes_there(people, child):
    at_home = {
        "relation": "parent_mother",
        "household": "same",
        "person": "hanne",
        "name": "Hanne",
        "unsafe_ways": "Letters to the house",
    }
    gran = {"relation": "grandmother", "household": "same", "person": "gran", "name": "Gran"}
    aunt = {"relation": "aunt_or_uncle", "household": "other", "person": "ida", "name": "Ida"}
    home = {"kind": "home", "address": "7 Made-up Row"}
    do(
        people,
        *(("Priya Shah", "record-relationship", one) for one in (at_home, gran, aunt)),
        ("Priya Shah", "record-address", home),
        on=child,
    )
    client = people.client("Priya Shah")
    page = main(client.get(reverse("letter", args=[child, "transfer-family"])))
    for name, said in (("Gran", True), ("Ida", False)):
        hint = page.partition(f">\n      {name}\n")[2] or page.partition(name)[2]
        assert ("Letters to the house" in hint.partition("govuk-radios__item")[0]) is said, name
