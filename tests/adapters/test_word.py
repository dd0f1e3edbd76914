"""A letter for Word says what its PDF says: headings, lists, the foot of each sheet, its language; and runs nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.adapters.test_letters import DOCUMENT, LETTER

from cairn.adapters.word import WordLetters
from cairn.application.ports import PrintedPart

SET_OUT = replace(
    LETTER,
    foot="Wren Made-up, FC-204816",
    paragraphs=("Dear Pat", "# What the meeting is for", "We look at\n- what goes well\n- who does what"),
)


def opened(content):
    return Document(io.BytesIO(content))


def text_of(made):
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


def test_everything_said_is_in_it_in_the_order_of_a_letter():
    said = text_of(opened(WordLetters().letter(LETTER)))
    wanted = [LETTER.authority, LETTER.sender, LETTER.recipient, *LETTER.address, LETTER.dated, LETTER.reference,
              LETTER.subject, *LETTER.paragraphs, *LETTER.signed.split("\n")]  # fmt: skip
    places = [said.find(one) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_headings_and_lists_are_ones_that_a_screen_reader_finds():
    styles = [(one.style.name, one.text) for one in opened(WordLetters().letter(SET_OUT)).paragraphs]
    assert ("Heading 1", LETTER.subject) in styles
    assert ("Heading 2", "What the meeting is for") in styles
    assert [text for style, text in styles if style == "List Bullet"] == ["what goes well", "who does what"]
    assert ("Normal", "We look at") in styles


def test_whom_it_is_about_the_day_and_the_page_stand_on_each_sheet():
    foot = opened(WordLetters().letter(SET_OUT)).sections[0].footer
    codes = [one.text for one in foot._element.iter(qn("w:instrText"))]
    assert foot.paragraphs[0].text.startswith("Wren Made-up, FC-204816. 3 March 2026\tPage ")
    assert codes == ["PAGE", "NUMPAGES"]


def test_it_says_its_title_and_its_language():
    made = opened(WordLetters().letter(LETTER))
    told = made.core_properties
    assert (told.title, told.author, told.language) == (LETTER.subject, LETTER.authority, "en-GB")
    assert "python" not in (told.comments or "").lower()
    spoken = made.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert spoken.get(qn("w:val")) == "en-GB"


@pytest.mark.parametrize("name", ["Łukasz Đorđević", "Siân Ní Dhónaill", "Жанна", "محمد", "王小明", "ნინო"])
def test_names_are_kept_as_they_are_written(name):
    made = opened(WordLetters().letter(replace(LETTER, recipient=name, paragraphs=(f"Dear {name}",))))
    assert text_of(made).count(name) == 2


def test_fonts_are_named_for_every_sort_of_script():
    fonts = opened(WordLetters().letter(LETTER)).styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "cs")} == {"Arial"}
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"


@pytest.mark.parametrize(
    "hostile",
    ["<w:p>x</w:p>", "{{ 7 * 7 }}", "{% for a in b %}", "=cmd|' /C calc'!A0", "MERGEFIELD Secret", "&amp;"],
)
def test_markup_in_what_is_said_is_plain_text(hostile):
    made = opened(WordLetters().letter(replace(LETTER, subject=hostile, paragraphs=(hostile,))))
    assert text_of(made).count(hostile) == 2


def test_what_a_file_cannot_hold_is_left_out_and_half_a_character_is_said():
    made = opened(WordLetters().letter(replace(LETTER, paragraphs=("De\x00ar\x07 \u202ePat \ud800\uffff",))))
    assert "Dear Pat [U+D800]" in text_of(made)


def test_nothing_in_it_reaches_out():
    with zipfile.ZipFile(io.BytesIO(WordLetters().letter(SET_OUT))) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in whole
        assert not [name for name in parts.namelist() if "vba" in name.lower()]


def test_a_document_has_its_head_and_its_parts_as_headings():
    part = PrintedPart("What was agreed", ("# First\n- one", "Two"), "Written by Asha")
    made = opened(WordLetters().document(replace(DOCUMENT, parts=(part,))))
    assert made.sections[0].header.paragraphs[0].text == DOCUMENT.head
    styles = [(one.style.name, one.text) for one in made.paragraphs]
    assert styles[0] == ("Heading 1", DOCUMENT.title)
    assert ("Heading 2", "What was agreed") in styles
    assert ("Heading 3", "First") in styles
    assert ("List Bullet", "one") in styles
    assert "Written by Asha" in text_of(made)


def test_it_is_a_page_of_a4():
    section = opened(WordLetters().letter(LETTER)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
