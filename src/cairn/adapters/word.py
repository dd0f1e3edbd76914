"""Letters and documents for Word (.docx), made from data: the same as the PDF says, to be opened and printed elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from cairn.adapters.letters import without_control
from cairn.application.ports import PrintedDocument, PrintedLetter
from cairn.core.letters.blocks import blocks

# Fonts by name, for each sort of script: Word takes the nearest where one is not installed.
FONTS: Final = {"ascii": "Arial", "hAnsi": "Arial", "cs": "Arial", "eastAsia": "Microsoft YaHei"}
LANGUAGES: Final = {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA"}
INK: Final = "000000"


class WordLetters:
    """Makes letters and documents for Word. Text goes in as text: nothing in it is a field, a link or code."""

    def letter(self, letter: PrintedLetter) -> bytes:
        """The letter: its subject is the heading; about whom it is, the day and the page stand on each sheet."""
        page = _Page(letter.subject, letter.authority)
        page.line(letter.authority, bold=True, size=16)
        page.lines((letter.sender,))
        page.lines((letter.recipient, *letter.address))
        page.lines((letter.dated, f"Our reference: {letter.reference}" if letter.reference else ""))
        page.heading(letter.subject, 1)
        for paragraph in letter.paragraphs:
            page.text(paragraph, 2)
        page.lines(letter.signed.split("\n"))
        page.foot(". ".join(one for one in (letter.foot, letter.dated) if one))
        return page.saved()

    def document(self, document: PrintedDocument) -> bytes:
        """The document: its title and its parts are headings; its head and the page stand on each sheet."""
        page = _Page(document.title, document.authority)
        page.head(document.head)
        page.heading(document.title, 1)
        for fact in document.facts:
            page.lines((fact,))
        for part in document.parts:
            page.heading(part.heading, 2)
            for paragraph in part.paragraphs:
                page.text(paragraph, 3)
            if part.under:
                page.line(part.under, size=9)
        page.foot(document.authority)
        return page.saved()


class _Page:
    """A document of Word as it is written, on A4."""

    def __init__(self, title: str, author: str) -> None:
        self.made: Any = Document()
        told = self.made.core_properties
        told.title, told.author, told.language, told.comments = _said(title), _said(author), "en-GB", ""
        section = self.made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(22)
        self.width = section.page_width - section.left_margin - section.right_margin
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            _dress(self.made.styles[name])
        self.made.styles["Normal"].font.size = Pt(11)
        self.made.styles["Normal"].paragraph_format.space_after = Pt(9)

    def line(self, text: str, *, bold: bool = False, size: int = 11) -> None:
        """One line with a look of its own."""
        run = self.made.add_paragraph().add_run(_said(text))
        run.bold, run.font.size = bold or None, Pt(size)

    def lines(self, lines: Iterable[str]) -> None:
        """Lines that stand together; nothing where all of them are empty."""
        told = [_said(one) for one in lines if one.strip()]
        if told:
            _broken(self.made.add_paragraph(), told)

    def heading(self, text: str, level: int) -> None:
        """A heading that a screen reader finds."""
        self.made.add_heading(_said(text), level)

    def text(self, paragraph: str, level: int) -> None:
        """A paragraph with its lists; a heading in it is one of that level."""
        for block in blocks(paragraph):
            if block.kind == "heading":
                self.heading(block.lines[0], level)
            elif block.kind == "list":
                for item in block.lines:
                    self.made.add_paragraph(_said(item), style="List Bullet")
            else:
                self.lines(block.lines)

    def head(self, text: str) -> None:
        """What stands at the head of each sheet."""
        _small(self.made.sections[0].header.paragraphs[0], _said(text))

    def foot(self, text: str) -> None:
        """What stands at the foot of each sheet, and the page of how many."""
        foot = self.made.sections[0].footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        _small(foot, f"{_said(text)}\tPage ")
        _field(foot, "PAGE")
        _small(foot, " of ")
        _field(foot, "NUMPAGES")

    def saved(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self.made.save(file)
        return file.getvalue()


def _said(text: str) -> str:
    """What a file of Word can hold: no control characters, no turned text, and half a character as its number."""
    told = without_control(text).replace("\ufffe", "").replace("\uffff", "")
    return "".join(f"[U+{ord(one):04X}]" if "\ud800" <= one <= "\udfff" else one for one in told)


def _broken(paragraph: Paragraph, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        if number < len(lines) - 1:
            run.add_break()


def _small(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text).font.size = Pt(9)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself."""
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - the library has no fields of its own


def _dress(style: Any) -> None:
    """Our fonts by name, black, and the language: a reader's voice is chosen by it."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for name, font in FONTS.items():
        fonts.set(qn(f"w:{name}"), font)
    colour = properties.find(qn("w:color"))
    if colour is not None:
        colour.attrib.clear()
        colour.set(qn("w:val"), INK)
    spoken = OxmlElement("w:lang")
    for name, language in LANGUAGES.items():
        spoken.set(qn(f"w:{name}"), language)
    properties.append(spoken)
