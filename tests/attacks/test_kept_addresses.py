"""An address that has to be kept from people gets into no letter: by no recipient, no answer, no text, no file."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, event, main, view
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.entries import Correction, correct_entry, withdraw_entry
from cairn.application.letter_writing import standard_letters
from cairn.application.recording import Recorded

__all__ = ["clock", "people", "static_files"]
HOME, CODE = "3 Hidden Court", "MU3 3ZZ"
AUNT = "4 Veiled Close"
TOLD = {
    "closed_on": "30 November 2026",
    "closing_reason": "You manage well.",
    "closing_outcome": "Breakfast each day.",
}
LETTER = "closing-family"


@pytest.fixture
def child(people):
    """A child whose home is kept from people, with a mother there, an aunt whose own address is kept, and two others."""
    found = allocated(people)
    worker = "Priya Shah"
    do(
        people,
        (worker, "record-address", {"kind": "home", "address": f"{HOME}, Madeup", "postcode": CODE, "restricted": True, "lives_with": "Her mother"}),
        (worker, "record-relationship", {"name": "Hanne", "relation": "parent_mother", "household": "same", "person": "hanne"}),
        (worker, "record-relationship", {"name": "Aunt Ida", "relation": "aunt_or_uncle", "household": "other", "address": AUNT, "address_restricted": True, "person": "ida"}),
        (worker, "record-relationship", {"name": "Lukasz", "relation": "parent_father", "household": "other", "address": "9 Lodge Lane", "person": "lukasz"}),
        # What another entry lets slip: somebody said to live elsewhere, at the address that is kept.
        (worker, "record-relationship", {"name": "Gran", "relation": "grandmother", "household": "other", "address": f"{HOME}, Madeup {CODE}", "person": "gran"}),
        (worker, "record-involvement", {"name": "Ms Fenn", "what": "school", "organisation": "Made-up School", "contact": f"writes to {HOME}"}),
        (worker, "book-meeting", {"kind": "family", "when": "2026-12-08T15:00", "place": HOME, "invited": ["Hanne", f"Ida, {AUNT}"]}),
        on=found,
    )  # fmt: skip
    return found


def gives_away(text):
    plain = " ".join(text.split())
    return [one for one in (HOME, CODE, AUNT) if one in plain]


def at(child, letter=LETTER):
    return reverse("letter", args=[child, letter])


def sheet(page):
    """What is printed: the letter itself."""
    return page.partition('<article class="c-letter')[2].partition("</article>")[0]


def words(response):
    """The text of a PDF, or of every part of a Word file."""
    if response.content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
        return " ".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith(".xml")
        )


@pytest.mark.parametrize("letter", [one.id for one in standard_letters()])
def test_no_letter_is_filled_with_it_whoever_it_is_to(people, child, letter):
    client = people.client("Priya Shah")
    shown = client.get(at(child, letter))
    assert shown.status_code == 200
    assert not gives_away(sheet(main(shown))), "as it reads so far"
    for to in (
        "hanne",
        "ida",
        "lukasz",
        "gran",
        "child",
        "referrer",
        "other",
        event(child, "involvement.recorded").id,
    ):
        asked = {f"fact-{name}": "A made-up answer" for name in names(main(shown))}
        form = {"do": "fill", "to": to, "to_name": "Somebody", **asked}
        page = main(client.post(at(child, letter), form))
        assert not gives_away(sheet(page)), to
        assert not gives_away(page.partition('name="text"')[2].partition("</textarea>")[0]), to


def names(page):
    return [one.partition('"')[0] for one in page.split('name="fact-')[1:]]


def test_who_lives_there_gets_a_letter_without_an_address_and_the_page_says_why(people, child):
    facts = {f"fact-{name}": value for name, value in TOLD.items()}
    client = people.client("Priya Shah")
    for to in ("hanne", "ida", "gran"):
        page = main(client.post(at(child), {"do": "fill", "to": to, **facts}))
        assert "No address is printed." in page
        assert "write the envelope by hand" in page
    father = main(client.post(at(child), {"do": "fill", "to": "lukasz", **facts}))
    assert "9 Lodge Lane" in sheet(father)
    assert "No address is printed." not in father


SLIPS = (
    HOME, HOME.upper(), "3  hidden\u00a0court", CODE, "mu33zz", AUNT, "Come to 3\nHidden\nCourt on Monday", "３ Ｈｉｄｄｅｎ Ｃｏｕｒｔ",
)  # fmt: skip


@pytest.mark.parametrize("place", ["text", "subject", "to_address", "to_name"])
def test_what_somebody_types_is_stopped_wherever_it_stands(people, child, place):
    form = {
        "to": "other", "to_name": "Somebody", "to_address": "1 Open Street", "subject": "About Wren", "how": "by_hand",
        "text": "Dear Somebody\n\nWords.\n\nPriya Shah", "safe": "In school.", **{f"fact-{name}": one for name, one in TOLD.items()},
    }  # fmt: skip
    client = people.client("Priya Shah")
    for slip in SLIPS:
        planted = {**form, place: f"{form[place]} {slip}"}
        for does in ("show", "pdf", "word", "sent"):
            answer = client.post(at(child), {**planted, "do": does, "key": str(uuid4())})
            assert answer.status_code == 422, (slip, does)
            assert "has to be kept from people" in main(answer)
            assert answer["Content-Type"].startswith("text/html")
    assert not [one for one in view(child).standing.events if one.type == "letter.sent"]
    # The same form without it goes.
    assert client.post(at(child), {**form, "do": "sent", "key": str(uuid4())}).status_code == 302


def test_an_address_that_was_corrected_or_withdrawn_is_kept_all_the_same(people, child):
    entry = event(child, "address.recorded").id
    manager = "Joanne Whitlock"
    client = people.client(manager)
    changed = Correction(entry, {"address": "5 Newer Mews", "restricted": False}, "They moved.")
    assert isinstance(correct_entry(people.actor(manager), child, changed, uuid4()), Recorded)
    assert isinstance(withdraw_entry(people.actor(manager), child, entry, "A slip.", uuid4()), Recorded)
    facts = {f"fact-{name}": value for name, value in TOLD.items()}
    for address in (HOME, "5 Newer Mews"):
        form = {**facts, "to": "lukasz", "subject": "S", "text": f"At {address}\n\nMe", "do": "pdf"}
        assert client.post(at(child), form).status_code == 422, address


def test_no_document_of_an_entry_says_where_they_live(people, child):
    client = people.client("Priya Shah")
    for entry in view(child).standing.events:
        for form in ("pdf", "word"):
            made = client.get(reverse("event-document", args=[child, entry.id, form]))
            assert made.status_code == 200, entry.type
            if (
                entry.type in ("address.recorded", "relationship.recorded")
                and entry.data.get("person") != "gran"
            ):
                assert not gives_away(words(made)), entry.type


def test_no_document_of_an_entry_is_taken_from_outside(people, child):
    entry = event(child, "address.recorded").id
    for name in ("Rosa Quill", "Farah Lindqvist"):
        answer = people.client(name).get(reverse("event-document", args=[child, entry, "pdf"]))
        assert answer.status_code == 403
    client = people.client("Priya Shah")
    assert client.get(reverse("event-document", args=[child, entry, "html"])).status_code == 404
    assert client.get(reverse("event-document", args=[child, str(uuid4()), "pdf"])).status_code == 404
    other = allocated(people)
    assert client.get(reverse("event-document", args=[other, entry, "pdf"])).status_code == 404
