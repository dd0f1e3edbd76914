"""What lies outside: the clock, the printer of letters, census files, the store of documents. Adapters are put in when the process starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol
from uuid import UUID

from cairn.core.returns.census import CensusReturn, Child, FileRefused, Header
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.rules.model import RuleText


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

    def each_child(
        self, path: Path, header: Callable[[Header], None], child: Callable[[Child], None]
    ) -> FileRefused | None:
        """Hand over the header and then each child as the file is read; why nothing of it is taken, or None."""
        ...

    def write(self, file: BinaryIO, header: Header, children: Iterable[Child]) -> None:
        """Write a return as a file, child by child."""
        ...

    def rules(self) -> tuple[RuleText, ...]:
        """The words of the census's own rules."""
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


class AlertPost(Protocol):
    """Sends those who guard access word of an alert."""

    def send(self, number: str, subject: str, text: str) -> None:
        """Send it once; raises where it was not taken, so that it is tried again. Nothing personal is in it."""
        ...


FactorKind = Literal["app", "passkey", "recovery code"]


@dataclass(frozen=True, slots=True)
class NewApp:
    """An authenticator app to be set up: its secret, to be typed, and the same as an address and as a drawing (SVG)."""

    secret: str
    address: str
    drawing: str


class SecondFactors(Protocol):
    """Keeps what somebody has besides their password, and says whether an answer made with it is right."""

    def kinds(self, staff_id: UUID) -> frozenset[FactorKind]:
        """What this person can answer with."""
        ...

    def answered(self, staff_id: UUID, code: str) -> FactorKind | None:
        """What a code was made with, where it is right and was not used before; it is used up by this."""
        ...

    def new_app(self, staff_id: UUID, secret: str) -> NewApp:
        """What an authenticator app needs; a new secret where none is given. Nothing is kept yet."""
        ...

    def keep_app(self, staff_id: UUID, secret: str, code: str) -> bool:
        """Keep the app with this secret, where the code shows that it works."""
        ...

    def ask_passkey(self, staff_id: UUID) -> Mapping[str, Any]:
        """What a browser asks a passkey of this person; kept in the session of the request."""
        ...

    def passkey_answered(self, staff_id: UUID, credential: str) -> bool:
        """Whether the passkey's answer (JSON) is right."""
        ...

    def ask_new_passkey(self, staff_id: UUID) -> Mapping[str, Any]:
        """What a browser asks to make a passkey for this person; kept in the session of the request."""
        ...

    def keep_passkey(self, staff_id: UUID, name: str, credential: str) -> bool:
        """Keep a passkey (JSON) under a name, where it answers what was asked."""
        ...

    def recovery_codes(self, staff_id: UUID) -> tuple[str, ...]:
        """The recovery codes not used yet; they are made where there are none."""
        ...

    def new_recovery_codes(self, staff_id: UUID) -> tuple[str, ...]:
        """New recovery codes in place of all there are."""
        ...

    def remove_all(self, staff_id: UUID) -> None:
        """Take away everything that somebody can answer with."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the use cases reach the outside through.

    `letters` prints as PDF, `word` for Word. Without `census` no return can be taken over; without `documents` no
    document can be filed; without `second_factors` nobody signs in but where people are made up;
    without `alerts` word of an alert is sent to nobody, and it stands on its page alone.
    """

    clock: Clock
    letters: LetterPrinter
    word: LetterPrinter | None = None
    census: CensusFiles | None = None
    documents: DocumentStore | None = None
    second_factors: SecondFactors | None = None
    alerts: AlertPost | None = None


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


def second_factors() -> SecondFactors:
    """The keeper of second factors in use; a RuntimeError where none was put in."""
    keeper = wired().second_factors
    if keeper is None:
        raise RuntimeError("no second factors are wired: cairn.config does it when Django starts")
    return keeper
