"""What lies outside: the clock, the printer of letters, census files, the store of documents. Adapters are put in when the process starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cairn.core.returns.census import CensusReturn, FileRefused
from cairn.core.returns.codes import CodeSets


class Clock(Protocol):
    """Tells the time; the only one who may ask the machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter to be printed: who it is from and to, and its paragraphs as plain text.

    In a paragraph a line that begins with "# " is a heading, lines that begin with "- " are a list. `foot` stands on
    each sheet, before the day and the number of the page: about whom it is.
    """

    authority: str
    sender: str
    recipient: str
    address: tuple[str, ...]
    dated: str
    reference: str
    subject: str
    paragraphs: tuple[str, ...]
    signed: str
    foot: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of a document: its heading, its paragraphs as in letters, and a line under them, such as who wrote it."""

    heading: str
    paragraphs: tuple[str, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document of a record: `head` stands on each sheet (whose it is, number, day), `facts` once, under its title."""

    authority: str
    title: str
    head: str
    facts: tuple[str, ...]
    parts: tuple[PrintedPart, ...]


class LetterPrinter(Protocol):
    """Turns letters and documents into files, tagged PDF or Word: both say the same."""

    def letter(self, letter: PrintedLetter) -> bytes:
        """The letter as a file, its foot, its day and the number of the page on each sheet."""
        ...

    def document(self, document: PrintedDocument) -> bytes:
        """The document as a file, its head and the number of the page on each sheet."""
        ...


class CensusFiles(Protocol):
    """Reads census returns, and the code sets they are read with."""

    def read(self, path: Path) -> CensusReturn | FileRefused:
        """The return in a file, or why nothing of it is taken."""
        ...

    def codes(self) -> CodeSets:
        """The census's code sets."""
        ...


class DocumentStore(Protocol):
    """Keeps what is in filed documents, in parts: nothing has to be in memory whole."""

    def keep(self, document: UUID, content: Iterable[bytes]) -> bytes:
        """Keep a document's content for good; gives its salted digest of 32 bytes."""
        ...

    def read(self, document: UUID) -> Iterator[bytes]:
        """The content as it was kept; nothing where it was destroyed under rule."""
        ...

    def holds(self, document: UUID) -> bool:
        """Whether the content is there."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the use cases reach the outside through.

    `letters` prints as PDF, `word` for Word. Without `census` no return can be taken over; without `documents` no
    document can be filed.
    """

    clock: Clock
    letters: LetterPrinter
    word: LetterPrinter | None = None
    census: CensusFiles | None = None
    documents: DocumentStore | None = None


class _Wired:
    ports: Ports | None = None


def use(ports: Ports) -> None:
    """Put the adapters in; called once by the configuration (and by tests with their own)."""
    _Wired.ports = ports


def wired() -> Ports:
    """The adapters in use; a RuntimeError where none were put in."""
    if _Wired.ports is None:
        raise RuntimeError("no ports are wired: cairn.config does it when Django starts")
    return _Wired.ports


def now() -> datetime:
    """The present instant in UTC, by the clock in use."""
    return wired().clock.now()


def documents() -> DocumentStore:
    """The document store in use; a RuntimeError where none was put in."""
    store = wired().documents
    if store is None:
        raise RuntimeError("no document store is wired: cairn.config does it when Django starts")
    return store
