"""What lies outside: the clock and the printer of letters. Adapters are put in when the process starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class Ports:
    """What the use cases reach the outside through."""

    clock: Clock
    letters: LetterPrinter


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
