"""Letters and documents as tagged PDF (PDF/UA-1), set by Typst from templates; what they say goes in as data only."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import typst

from cairn.application.ports import PrintedDocument, PrintedLetter
from cairn.core.letters.blocks import blocks

STANDARD: Final = "ua-1"
NO_PACKAGES = "/nowhere"
# Control characters, and marks that turn the direction of what follows so that it reads as something else.
NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PLAIN = frozenset(map(chr, range(0x20, 0x7F))) | {"\t", "\n"}
TRIED = b'#set document(title: "x")\n#sys.inputs.letter'


class TypstLetters:
    """Prints letters. The same letter gives the same bytes."""

    def letter(self, letter: PrintedLetter) -> bytes:
        """The letter as PDF/UA-1: English, titled with its subject.

        A character that none of the fonts has is printed as its number, such as [U+738B]: said to be
        missing rather than left out.
        """
        return _printed("letter.typ", {**asdict(letter), "paragraphs": set_out(letter.paragraphs)})

    def document(self, document: PrintedDocument) -> bytes:
        """The document as PDF/UA-1: English, titled, with its head and the number of the page on each sheet.

        A character that none of the fonts has is printed as in letters.
        """
        parts = [{**asdict(part), "paragraphs": set_out(part.paragraphs)} for part in document.parts]
        return _printed("document.typ", {**asdict(document), "parts": parts})


def set_out(paragraphs: Iterable[str]) -> list[list[dict[str, Any]]]:
    """Each paragraph as its headings, lists and lines, for a template."""
    return [[{"kind": one.kind, "lines": list(one.lines)} for one in blocks(text)] for text in paragraphs]


def _printed(template: str, given: dict[str, Any]) -> bytes:
    said = _each_text(given, without_control)
    try:
        return _print(_template(template), json.dumps(said))
    except typst.TypstError:
        shown = _each_text(said, _showable)
        if shown == said:
            raise
        return _print(_template(template), json.dumps(shown))


def _each_text(said: Any, change: Callable[[str], str]) -> Any:
    if isinstance(said, str):
        return change(said)
    if isinstance(said, dict):
        return {name: _each_text(value, change) for name, value in said.items()}
    return [_each_text(one, change) for one in said]


def without_control(text: str) -> str:
    """A text without what is never printed."""
    return NEVER_PRINTED.sub("", text)


def _showable(text: str) -> str:
    return "".join(one if one in PLAIN or _has_shape(one) else f"[U+{ord(one):04X}]" for one in text)


@lru_cache(maxsize=4096)
def _has_shape(character: str) -> bool:
    try:
        _print(TRIED, character)
    except (typst.TypstError, UnicodeEncodeError):
        return False
    return True


def _print(template: bytes, letter: str) -> bytes:
    """Only the fonts that Typst brings: a letter looks the same on every machine, and no file is looked for."""
    compiler = typst.Compiler(
        template, sys_inputs={"letter": letter}, ignore_system_fonts=True, package_path=NO_PACKAGES
    )
    printed = compiler.compile(format="pdf", pdf_standards=STANDARD)
    if not isinstance(printed, bytes):
        raise TypeError("a letter is one PDF")
    return printed


@cache
def _template(name: str) -> bytes:
    return (files("cairn.adapters") / "templates" / name).read_bytes()
