"""Letters and documents of a record as files: PDF or Word, with whose they are, the day and the page on each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cairn.application.child import Identity
from cairn.application.installation import installation
from cairn.application.ports import LetterPrinter, PrintedDocument, PrintedLetter, PrintedPart, now, wired
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON

Form = Literal["pdf", "word"]
MEDIA: Final = {
    "pdf": ("pdf", "application/pdf"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to be taken away: its name tells a number and no name of anybody."""

    name: str
    media_type: str
    content: bytes


def taken(printed: PrintedLetter | PrintedDocument, form: Form, name: str) -> Taken:
    """A letter or a document as a file; `name` is without its ending."""
    ending, media_type = MEDIA[form]
    printer = _printer(form)
    content = printer.letter(printed) if isinstance(printed, PrintedLetter) else printer.document(printed)
    return Taken(f"{name}.{ending}", media_type, content)


def _printer(form: Form) -> LetterPrinter:
    if form == "pdf":
        return wired().letters
    word = wired().word
    if word is None:
        raise RuntimeError("no printer for Word is wired: cairn.config does it when Django starts")
    return word


def document(
    who: Identity, title: str, facts: tuple[str, ...], parts: tuple[PrintedPart, ...], *, of: str = ""
) -> PrintedDocument:
    """A document about somebody, printed today; `of` is what its head calls it, where that is not its title."""
    today = say_date(now().astimezone(LONDON).date())
    head = f"{who.name}, {who.number}. {of or title}. Printed {today}"
    return PrintedDocument(installation().authority, title, head, facts, parts)


def about(who: Identity) -> str:
    """Whom a sheet is about."""
    return f"{who.name}, {who.number}"


def lines_of(text: str) -> tuple[str, ...]:
    """A text as the paragraphs of a document: each line is one."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
