"""A file is what its content says, whatever it is called; what is not taken is refused with the way out."""

from __future__ import annotations

import tracemalloc

import pytest
from tests.core.documents import made_up as made

from cairn.core.documents.kinds import MOST_BYTES, FileFault
from cairn.core.documents.recognise import Recogniser


def judged(name, *pieces):
    recogniser = Recogniser(name)
    for piece in pieces:
        recogniser.feed(piece)
    return recogniser.judge()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", made.PDF, "pdf"),
        ("REPORT.PDF", made.PDF, "pdf"),
        ("letter.docx", made.WORD, "docx"),
        ("letter.odt", made.ODT, "odt"),
        ("photo.jpg", made.JPEG, "jpeg"),
        ("photo.jpeg", made.JPEG, "jpeg"),
        ("scan.png", made.PNG, "png"),
        ("note.txt", made.TEXT, "text"),
        ("note.txt", "Wörd in an old alphabet".encode("cp1252"), "text"),
        ("mail.eml", made.EMAIL, "email"),
        ("mail.txt", made.EMAIL, "email"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_be_filed_is_known_by_its_content(name, content, kind):
    safe, found = judged(name, content)
    assert (safe.lower(), found.value) == (name.lower(), kind)
    # However the bytes arrive.
    assert judged(name, *(content[n : n + 1] for n in range(len(content))))[1].value == kind


def test_a_name_without_an_ending_gets_that_of_its_kind():
    assert judged("report", made.PDF)[0] == "report.pdf"
    assert judged("", made.EMAIL)[0] == "Document.eml"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", made.HTML, "web page"),
        ("drawing.svg", made.SVG, "web page or a drawing"),
        ("notes.txt", made.SVG, "Print the page to PDF"),
        ("notes.txt", b"\xef\xbb\xbf \n<html>", "web page"),
        ("letter.pdf", made.PNG, "named .pdf, but what is in it is: Picture (PNG)"),
        ("run.exe", made.PDF, "named .exe"),
        ("letter.docx", made.SHEET, "can be filed"),
        ("letter.docx", made.ARCHIVE, "one by one"),
        ("letter.docx", made.MACRO, "holds a macro"),
        ("letter.docx", made.MACRO_BY_CONTENTS, "without its macros"),
        ("letter.docx", made.MACRO_BY_PART, "holds a macro"),
        ("letter.docm", made.MACRO, "holds a macro"),
        ("letter.odt", made.ODT_MACRO, "holds a macro"),
        ("letter.doc", made.OLD_WORD, "without a password"),
        ("photo.heic", made.HEIC, "as JPEG"),
        ("holiday.jpg", made.PROGRAM, "Only PDF, Word"),
        ("notes.txt", b"Dear\x00Priya", "Only PDF, Word"),
        ("report.pdf", b"", "is empty"),
        ("mail.eml", made.TEXT, "named .eml, but what is in it is: Plain text"),
        ("late.txt", made.TEXT * 400 + b"\x00\x01", "Only PDF, Word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_is_refused_with_the_way_out(name, content, said):
    found = judged(name, content)
    assert isinstance(found, FileFault), found
    assert said in str(found)
    assert "choose" in found.remedy
    # However the bytes arrive.
    assert str(judged(name, *(content[n : n + 7] for n in range(0, len(content), 7)))) == str(found)


def test_25_megabytes_are_taken_and_one_byte_more_is_not():
    piece = bytes(1024 * 1024)
    pieces = [made.PDF, *([piece] * 24), piece[: len(piece) - len(made.PDF)]]
    assert sum(map(len, pieces)) == MOST_BYTES
    assert judged("big.pdf", *pieces)[1].value == "pdf"
    assert "larger than 25 MB" in judged("big.pdf", *pieces, b"x").problem


def test_an_archive_made_to_swell_is_never_unpacked():
    recogniser = Recogniser("bomb.docx")
    tracemalloc.start()
    recogniser.feed(made.BOMB)
    assert recogniser.judge()[1].value == "docx"
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
