"""A printed letter says what it was given, all of it and nothing else, to a reader and to a screen reader."""

from __future__ import annotations

import io
import statistics
import time
from dataclasses import replace

import pytest
from pypdf import PdfReader

from cairn.adapters.letters import TypstLetters
from cairn.application.ports import PrintedDocument, PrintedLetter, PrintedPart

LETTER = PrintedLetter(
    authority="Made-up Borough Council",
    sender="Referral and Assessment Team, 1 Nowhere Street, Madeup MU1 1AA",
    recipient="Pat Example",
    address=("2 Imaginary Lane", "Inventedham", "MU2 2BB"),
    dated="3 March 2026",
    reference="FC-204816",
    subject="What we decided about your referral",
    paragraphs=("Thank you for telling us.", "We shall see the child within ten working days."),
    signed="Asha Worker\nSocial worker",
)


def printed(letter: PrintedLetter) -> PdfReader:
    return PdfReader(io.BytesIO(TypstLetters().letter(letter)))


def text_of(letter: PrintedLetter) -> str:
    """The text layer as one line, hyphens at line ends left out of it."""
    pages = printed(letter).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_everything_said_is_in_the_text_layer_in_the_order_of_a_letter():
    text = text_of(LETTER)
    said = [
        LETTER.authority,
        LETTER.sender,
        LETTER.recipient,
        *LETTER.address,
        LETTER.dated,
        LETTER.reference,
        LETTER.subject,
        *LETTER.paragraphs,
        *LETTER.signed.split("\n"),
    ]
    places = [text.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


def test_it_is_tagged_titled_and_in_english():
    reader = printed(LETTER)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == LETTER.subject
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_the_subject_is_a_heading_and_each_paragraph_one():
    found = structure(printed(LETTER).trailer["/Root"]["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/P") >= len(LETTER.paragraphs)


def structure(node) -> list[str]:
    node = node.get_object()
    kinds = [node["/S"]] if "/S" in node else []
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    for child in children:
        if isinstance(child.get_object(), dict):
            kinds += structure(child)
    return kinds


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "file.typ"',
        '#read("/etc/passwd")',
        "file:///etc/passwd",
        "$x^2$ *bold* _slanted_ `code` // no comment",
        "= Not a heading",
        '"], #panic()',
        "\\u{41} \\n </P>",
        "@reference <label>",
    ],
)
def test_markup_in_what_is_said_is_plain_text(hostile):
    letter = replace(LETTER, recipient=hostile, paragraphs=(f"Dear {hostile},",), subject=hostile)
    text = text_of(letter)
    assert text.count(" ".join(hostile.split())) == 3
    assert structure(printed(letter).trailer["/Root"]["/StructTreeRoot"]).count("/H1") == 1


@pytest.mark.parametrize("name", ["Łukasz Đorđević", "Siân Ní Dhónaill", "Жанна", "Ἀθηνᾶ", "محمد"])
def test_names_are_printed_as_they_are_written(name):
    assert name in text_of(replace(LETTER, recipient=name))


def test_a_character_that_no_font_has_is_said_to_be_missing():
    assert "Dear [U+738B] Example" in text_of(replace(LETTER, paragraphs=("Dear 王 Example",)))


def test_control_characters_and_turned_text_are_left_out():
    assert "Dear Pat" in text_of(replace(LETTER, paragraphs=("De\x00ar\x07 \u202ePat",)))


def test_half_a_character_does_not_stop_a_letter():
    assert "Dear [U+D800] Pat" in text_of(replace(LETTER, paragraphs=("Dear \ud800 Pat",)))


def test_a_long_letter_goes_over_pages_that_are_numbered():
    long = replace(LETTER, paragraphs=tuple(f"Paragraph {number}. " + "Words. " * 60 for number in range(20)))
    pages = printed(long).pages
    assert len(pages) > 1
    assert f"2 of {len(pages)}" in pages[1].extract_text()
    text = text_of(long)
    assert all(f"Paragraph {number}." in text for number in range(20))


def test_it_is_a_page_of_a4():
    box = printed(LETTER).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_what_is_not_given_leaves_nothing_behind():
    text = text_of(replace(LETTER, reference="", address=(), sender=""))
    assert "Our reference" not in text


def test_the_same_letter_is_the_same_bytes():
    assert TypstLetters().letter(LETTER) == TypstLetters().letter(LETTER)


def test_a_letter_takes_under_a_tenth_of_a_second():
    letters = TypstLetters()
    times = []
    for _ in range(11):
        begun = time.perf_counter()
        letters.letter(LETTER)
        times.append(time.perf_counter() - begun)
    assert statistics.median(times) < 0.1


def test_a_long_address_pushes_the_date_down_instead_of_running_into_it():
    heights: dict[str, float] = {}

    def note(text, matrix, *_):
        heights.setdefault(text.strip(), matrix[5])

    long = replace(LETTER, address=tuple(f"Line {number}" for number in range(1, 10)))
    printed(long).pages[0].extract_text(visitor_text=note)
    assert heights["Line 1"] > heights["Line 9"] > heights[LETTER.dated]


DOCUMENT = PrintedDocument(
    authority="Made-up Borough Council",
    title="Child and Family Assessment",
    head="Pat Example, FC-204816. Printed 3 March 2026",
    facts=("Approved by Asha Worker.",),
    parts=tuple(
        PrintedPart(f"Part {number}", ("She is well. " * 150,), "Written by Asha") for number in range(4)
    ),
)


def test_a_document_is_tagged_and_names_whose_it_is_and_the_page_on_each_sheet():
    reader = PdfReader(io.BytesIO(TypstLetters().document(DOCUMENT)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    sheets = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert DOCUMENT.head in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    assert all(f"Part {number}" in " ".join(sheets) for number in range(4))


def test_nothing_in_a_document_is_run():
    part = PrintedPart("#panic()", ('#read("/etc/passwd") \u202e王',), "")
    reader = PdfReader(io.BytesIO(TypstLetters().document(replace(DOCUMENT, parts=(part,)))))
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "#panic()" in said
    assert "root:" not in said
    assert "[U+738B]" in said


SET_OUT = replace(
    LETTER,
    foot="Wren Made-up, FC-204816",
    paragraphs=("Dear Pat", "# What the meeting is for", "We look at\n- what goes well\n- who does what"),
)


def test_headings_and_lists_of_a_letter_are_tagged_as_such():
    found = structure(printed(SET_OUT).trailer["/Root"]["/StructTreeRoot"])
    assert (found.count("/H1"), found.count("/H2"), found.count("/L"), found.count("/LI")) == (1, 1, 1, 2)
    assert "# What" not in text_of(SET_OUT)


def test_whom_a_letter_is_about_the_day_and_the_page_stand_on_each_sheet():
    long = replace(SET_OUT, paragraphs=tuple("Words. " * 80 for _ in range(20)))
    sheets = [" ".join(page.extract_text().split()) for page in printed(long).pages]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert f"Wren Made-up, FC-204816. 3 March 2026 Page {number} of {len(sheets)}" in sheet
