"""The procedures' letters: chosen, filled with what is known, what is missing asked, gone over, taken away, kept as sent."""

from __future__ import annotations

import io
import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, contact, event, later, looks, main, view

from cairn.application.letter_writing import standard_letters
from cairn.application.procedures import in_use

INVITE = "meeting-invitation-family"
CLOSING = "closing-family"
MOTHER = {"name": "Hanne Made-up", "relation": "parent_mother", "household": "same", "person": "hanne"}
FATHER = {
    "name": "Łukasz Nowak",
    "relation": "parent_father",
    "household": "other",
    "person": "lukasz",
    "address": "9 Lodge Lane",
}
BOOKED = {
    "kind": "child_in_need_planning",
    "when": "2026-12-08T15:00",
    "place": "Made-up School",
    "invited": ["Hanne Made-up", "Ms Fenn"],
}


@pytest.fixture(autouse=True)
def lines(monkeypatch):
    monkeypatch.setenv("CAIRN_PHONE_LINES", "Help line: 01632 960 142, 8am to 6pm.")


@pytest.fixture
def child(people):
    found = allocated(people)
    do(
        people,
        ("Priya Shah", "record-address", {"kind": "home", "address": "7 Made-up Row, Madeup"}),
        ("Priya Shah", "record-relationship", MOTHER),
        ("Priya Shah", "record-relationship", FATHER),
        on=found,
    )
    return found


def text_of(page):
    """The words of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def at(child, letter=INVITE):
    return reverse("letter", args=[child, letter])


def typed(page):
    """What stands in the two boxes of the letter."""
    subject = re.search(r'name="subject"[^>]*?value="([^"]*)"', page) or re.search(
        r'value="([^"]*)"[^>]*name="subject"', page
    )
    text = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return unescape(subject[1]), unescape(text[1]).strip()


def filled(client, child, letter, **answers):
    """The letter filled in for its recipient."""
    asked = {f"fact-{name}": value for name, value in answers.pop("facts", {}).items()}
    form = {**asked, **answers}
    page = main(client.post(at(child, letter), {**form, "do": "fill"}))
    subject, text = typed(page)
    return page, {**form, "subject": subject, "text": text, "key": str(uuid4())}


FACTS = {
    "meeting_on": "8 December 2026, 3pm",
    "meeting_place": "Made-up School",
    "invited": "Hanne Made-up, Ms Fenn",
}
ENDED = {
    "closed_on": "30 November 2026",
    "closing_reason": "You manage well.",
    "closing_outcome": "Breakfast each day.",
}


def test_the_letters_stand_by_whom_they_are_for_with_when_and_the_paragraph(people, child):
    page = main(people.client("Priya Shah").get(reverse("send-standard-letter", args=[child])))
    for letter in standard_letters():
        assert letter.title in unescape(page), letter.id
        assert at(child, letter.id) in page
        assert letter.use in unescape(page)
    assert text_of(page).index("To the family") < text_of(page).index("To the child")
    assert "We have your referral" not in page


def test_the_act_and_the_documents_lead_to_them(people, child):
    client = people.client("Priya Shah")
    asked = client.get(reverse("act", args=[child, "send-standard-letter"]))
    assert asked.url == reverse("send-standard-letter", args=[child])
    assert asked.url in main(client.get(reverse("documents", args=[child])))


def test_what_is_missing_is_named_and_asked_and_never_left_as_a_gap(people, child):
    client = people.client("Priya Shah")
    shown = text_of(main(client.get(at(child))))
    for question in ("When is the meeting?", "Where is the meeting?", "Who is invited?"):
        assert shown.count(question) >= 2, question
        assert f"[{question}]" in shown
    assert "We invite you to a meeting about Wren." in shown
    assert "01632 960 142" in shown
    refused = client.post(at(child), {"do": "fill", "to": "hanne"})
    assert refused.status_code == 422
    assert "Answer the question: When is the meeting?" in main(refused)
    nobody = client.post(at(child), {"do": "fill", **{f"fact-{name}": one for name, one in FACTS.items()}})
    assert "Choose who the letter is to" in main(nobody)
    # A question that comes back into the text is found there too.
    _, form = filled(client, child, INVITE, to="hanne", facts=FACTS)
    gap = {**form, "text": form["text"] + "\n\n[Where is the meeting?]", "do": "sent", "how": "by_hand"}
    for does in ("sent", "pdf", "word", "show"):
        answer = client.post(at(child), {**gap, "do": does})
        assert answer.status_code == 422
        assert "Something is still missing: Where is the meeting?" in main(answer)
    assert not [one for one in view(child).standing.events if one.type == "letter.sent"]


def test_a_meeting_that_is_booked_is_filled_in_and_not_asked(people, child):
    do(people, ("Priya Shah", "book-meeting", BOOKED), on=child)
    client = people.client("Priya Shah")
    assert "What the record does not say" not in main(client.get(at(child)))
    page, form = filled(client, child, INVITE, to="hanne")
    assert form["subject"] == "A meeting about Wren on 8 December 2026, 3pm"
    assert "- Where: Made-up School\n- Who is invited: Hanne Made-up, Ms Fenn" in form["text"].replace(
        "\r", ""
    )
    assert "Dear Hanne Made-up" in form["text"]
    assert "7 Made-up Row, Madeup" in text_of(page)


@pytest.mark.parametrize("kind", ["professionals", "strategy", "disagreement"])
def test_a_meeting_without_the_family_is_in_no_letter_by_itself(people, child, kind):
    do(
        people,
        ("Priya Shah", "book-meeting", {**BOOKED, "kind": kind, "place": "The police station"}),
        on=child,
    )
    for letter in standard_letters():
        assert "police station" not in main(people.client("Priya Shah").get(at(child, letter.id))), letter.id


def test_it_is_gone_over_before_it_goes_and_kept_as_it_went(people, child, clock):
    client = people.client("Priya Shah")
    _, form = filled(client, child, CLOSING, to="hanne", facts=ENDED)
    own = {
        **form,
        "text": form["text"].replace("You manage well.", "Du machst es gut, <Hanne>. محمد 王"),
        "do": "show",
    }
    assert "Du machst es gut, &lt;Hanne&gt;. محمد 王" in main(client.post(at(child, CLOSING), own))
    sent = {**own, "do": "sent", "how": "by_hand"}
    refused = client.post(at(child, CLOSING), {**sent, "how": ""})
    assert refused.status_code == 422
    assert "Choose how it goes" in main(refused)
    assert "Du machst es gut" in main(refused)
    unsafe = client.post(at(child, CLOSING), sent)
    assert unsafe.status_code == 422, "the home telephone was said to be unsafe"
    assert "Say how you know that this way is safe for them" in main(unsafe)
    for _ in range(2):
        done = client.post(at(child, CLOSING), {**sent, "safe": "Given to her in school."})
        assert done.url == reverse("documents", args=[child])
    kept = [one for one in view(child).standing.events if one.type == "letter.sent"]
    assert len(kept) == 1
    assert kept[0].data["letter"] == CLOSING
    assert kept[0].data["to"] == "Hanne Made-up"
    assert kept[0].data["safe"] == "Given to her in school."
    assert "Du machst es gut, <Hanne>. محمد 王" in kept[0].data["text"]
    assert kept[0].data["address"] == "7 Made-up Row\nMadeup"
    assert kept[0].strand
    # Whatever the record, the settings and the day say later, what went stays what it was.
    do(people, ("Priya Shah", "describe-person", {"name": "Robin Other"}), on=child)
    later(clock, days=40)
    whole = document(client, child, kept[0].id)
    assert "Wren Made-up" in whole
    assert "23 November 2026" in whole
    assert "Robin" not in whole
    assert "Du machst es gut, <Hanne>. محمد" in whole


def document(client, child, entry):
    """The PDF of an entry as its words."""
    made = client.get(reverse("event-document", args=[child, entry, "pdf"]))
    assert made["Content-Type"] == "application/pdf"
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made.content)).pages
    )


@pytest.mark.parametrize("letter", [one.id for one in in_use().protocol.letters if one.to != "referrer"])
def test_every_letter_can_be_written_and_taken_away_as_pdf_and_for_word(people, child, letter):
    do(
        people,
        (
            "Priya Shah",
            "record-involvement",
            {"name": "Ms Fenn", "what": "school", "organisation": "Made-up School"},
        ),
        on=child,
    )
    client = people.client("Priya Shah")
    page = main(client.get(at(child, letter)))
    asked = dict.fromkeys(re.findall(r'name="fact-([a-z_]+)"', page), "Łódź, ein Wort")
    to = re.findall(r'name="to"[^>]*value="([^"]+)"', page)[0]
    _, form = filled(client, child, letter, to=to, facts=asked)
    assert not re.search(r"[{}\[\]]", form["text"] + form["subject"])
    pdf = client.post(at(child, letter), {**form, "do": "pdf"})
    reader = PdfReader(io.BytesIO(pdf.content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == form["subject"]
    for number, sheet in enumerate(reader.pages, start=1):
        said = " ".join(sheet.extract_text().split())
        foot = f"Wren Made-up, {people.number(child)}. 23 November 2026 Page {number} of {len(reader.pages)}"
        assert foot in said
    word = client.post(at(child, letter), {**form, "do": "word"})
    made = Document(io.BytesIO(word.content))
    assert made.core_properties.title == form["subject"]
    told = "\n".join(one.text for one in made.paragraphs)
    for line in form["text"].replace("\r", "").split("\n"):
        assert line.removeprefix("# ").removeprefix("- ") in told
    for file, ending in ((pdf, "pdf"), (word, "docx")):
        assert (
            file["Content-Disposition"] == f'attachment; filename="{people.number(child)}-{letter}.{ending}"'
        )
        assert "no-store" in file["Cache-Control"]
    assert looks(child)[0] == ("letter", "export", True)


def test_somebody_who_is_not_on_the_record_is_named_by_the_writer(people, child):
    client = people.client("Priya Shah")
    facts = {f"fact-{name}": value for name, value in ENDED.items()}
    nameless = client.post(at(child, CLOSING), {"do": "fill", "to": "other", **facts})
    assert "Enter who the letter is to" in main(nameless)
    other = {"to": "other", "to_name": "Oma Ilse", "to_address": "Dorfstr. 1\nNirgendwo"}
    page, _ = filled(client, child, CLOSING, facts=ENDED, **other)
    assert "Dear Oma Ilse" in page
    assert "Dorfstr. 1" in page


def test_one_may_go_back_and_the_own_text_is_kept(people, child):
    client = people.client("Priya Shah")
    _, form = filled(client, child, CLOSING, to="hanne", facts=ENDED)
    back = main(client.post(at(child, CLOSING), {**form, "text": "My own words.", "do": "ask"}))
    assert "Go on with my text" in back
    assert 'name="text" value="My own words."' in back
    on = main(
        client.post(at(child, CLOSING), {**form, "text": "My own words.", "to": "lukasz", "do": "show"})
    )
    assert "My own words.</textarea>" in on
    assert "To <strong>Łukasz Nowak</strong>, 9 Lodge Lane" in on


def test_a_draft_is_gone_on_with_on_its_own_letter(people, child):
    client = people.client("Priya Shah")
    draft = str(uuid4())
    kept = {"letter": CLOSING, "to": "hanne", "subject": "S", "text": "Half a letter.", "version": "0",
            **{f"fact-{name}": value for name, value in ENDED.items()},
            "draft-act": "send-standard-letter", "draft-record": str(child)}  # fmt: skip
    assert client.post(reverse("draft", args=[draft]), kept).status_code < 400
    led = client.get(f"{reverse('send-standard-letter', args=[child])}?draft={draft}")
    assert led.url == f"{at(child, CLOSING)}?draft={draft}"
    assert "Half a letter.</textarea>" in main(client.get(led.url))
    assert "Half a letter." not in main(client.get(at(child)))
    sent = {
        **kept,
        "text": "A whole one.\n\nMe",
        "do": "sent",
        "how": "by_hand",
        "safe": "In school.",
        "draft": draft,
    }
    assert client.post(at(child, CLOSING), sent).status_code == 302
    assert "A whole one" not in main(client.get(at(child, CLOSING)))


def test_before_there_is_a_referral_no_letter_of_these_is_written(people):
    waiting = contact(people)
    page = main(people.client("Sheila Knowles").get(at(waiting, CLOSING)))
    assert page


def test_another_team_and_other_roles_write_none(people, child):
    for name in ("Rosa Quill", "Farah Lindqvist"):
        client = people.client(name)
        for address in (at(child), reverse("send-standard-letter", args=[child])):
            assert client.get(address).status_code == 403
        assert client.post(at(child), {"do": "pdf"}).status_code == 403


def test_the_closing_letter_is_written_after_the_case_is_closed(people, child, clock):
    later(clock, days=30)
    closed = {"reason": "RC7", "explanation": "They manage.", "summary": "Breakfast each day."}
    do(people, ("Joanne Whitlock", "close-case", closed), on=child)
    client = people.client("Joanne Whitlock")
    shown = text_of(main(client.get(at(child, CLOSING))))
    assert "On which day did our work end?" not in shown
    assert "On the record: They manage." in shown
    facts = {name: value for name, value in ENDED.items() if name != "closed_on"}
    _, form = filled(client, child, CLOSING, to="hanne", facts=facts)
    assert "ended on 23 December 2026" in form["text"]
    sent = {**form, "do": "sent", "how": "by_hand", "safe": "In school."}
    assert client.post(at(child, CLOSING), sent).status_code == 302
    assert event(child, "letter.sent").data["letter"] == CLOSING
