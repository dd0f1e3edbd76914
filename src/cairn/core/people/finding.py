"""One finding of a comparison, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cairn.core.people.weights import Grade

Verdict = Literal["same", "close", "differs", "not known"]
NONE_GIVEN = "none given"
NOT_ON_RECORD = "not on the record"
NOT_ALIKE = "what was given and what is on the record cannot be compared"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a match as a person reads it: what agrees or not, about what, in words."""

    verdict: Verdict
    about: str
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A line with the grade by which it is weighed."""

    line: Line
    grade: Grade


def same(about: str, says: str, grade: Grade) -> Finding:
    """Both sides agree."""
    return Finding(Line("same", about, says), grade)


def close(about: str, says: str, grade: Grade) -> Finding:
    """The sides may mean the same."""
    return Finding(Line("close", about, says), grade)


def differs(about: str, says: str, grade: Grade) -> Finding:
    """The sides contradict each other."""
    return Finding(Line("differs", about, says), grade)


def not_known(about: str, says: str) -> Finding:
    """One side does not say; that speaks neither way."""
    return Finding(Line("not known", about, f"{about}: {says}"), Grade.NOT_KNOWN)


def lacking(about: str, *, asked: bool, known: bool) -> tuple[Finding, ...]:
    """The finding where the two sides can't be compared: nothing to say at all where neither has anything."""
    if not asked and not known:
        return ()
    if asked and known:
        return (not_known(about, NOT_ALIKE),)
    return (not_known(about, NOT_ON_RECORD if asked else NONE_GIVEN),)
