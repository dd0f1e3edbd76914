"""What lies outside: the clock, the printer of letters, census files. Adapters are put in when the process starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cairn.core.returns.census import CensusReturn, FileRefused
from cairn.core.returns.codes import CodeSets


class Clock(Protocol):
    """Tells the time; the only one who may ask the machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter to be printed: who it is from and to, and its paragraphs as plain text."""

    authority: str
    sender: str
    recipient: str
    address: tuple[str, ...]
    dated: str
    reference: str
    subject: str
    paragraphs: tuple[str, ...]
    signed: str


class LetterPrinter(Protocol):
    """Turns a letter into a tagged PDF."""

    def pdf(self, letter: PrintedLetter) -> bytes:
        """The letter as PDF/UA-1."""
        ...


class CensusFiles(Protocol):
    """Reads census returns, and the code sets they are read with."""

    def read(self, path: Path) -> CensusReturn | FileRefused:
        """The return in a file, or why nothing of it is taken."""
        ...

    def codes(self) -> CodeSets:
        """The census's code sets."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the use cases reach the outside through; without `census` no return can be taken over."""

    clock: Clock
    letters: LetterPrinter
    census: CensusFiles | None = None


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
