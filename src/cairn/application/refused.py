"""Anticipated refusals: values with a code, what is missing and how to go on. Never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from cairn.core.engine.gates import Refusal
from cairn.core.vocabulary.check import DataFault

Code = Literal["not allowed", "not found", "not taken", "gates", "moved", "own work"]


@dataclass(frozen=True, slots=True)
class Moved:
    """One entry that was recorded while the writer was writing."""

    title: str
    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a use case did nothing. `how_to_ask` says whom to ask; `refusals` cite the provisions;
    `faults` name the answers to mend; `moved` is what happened since the writer began. Of an act about several
    children `on` is the record for which it was refused. `glass` is a record that may be opened in an emergency.
    """

    code: Code
    reason: str
    how_to_ask: str = ""
    refusals: tuple[Refusal, ...] = ()
    faults: tuple[DataFault, ...] = ()
    moved: tuple[Moved, ...] = ()
    on: UUID | None = None
    glass: UUID | None = None
