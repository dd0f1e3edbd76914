"""The transfer of a child as its page shows it: how far it has come, what is still missing, what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.doing import may_do
from cairn.application.family_records import other_children
from cairn.application.left_open import LeftOpen, left_open
from cairn.application.refused import Refused
from cairn.application.transfer_acts import AGREE, COMPLETE, DECLINE, PROPOSE
from cairn.core.access.decide import decide_here
from cairn.core.transfer.steps import TransferStep, steps
from cairn.core.transfer.transfers import Transfer, transfers
from cairn.records import projections

ACTS = (PROPOSE, AGREE, DECLINE, COMPLETE)


@dataclass(frozen=True, slots=True)
class GoingToo:
    """Another child of the family with a transfer of their own."""

    record: UUID
    name: str
    stage: str
    to_name: str


@dataclass(frozen=True)
class TransferPage:
    """The page of a child's transfer: the open one or else the last (None where none was proposed), and earlier ones.

    `may` are the acts that the reader may do on this record now; `left` is what stands open; `family` are other
    children of the family with a transfer, as far as the reader may open them.
    """

    page: ChildPage
    transfer: Transfer | None
    steps: tuple[TransferStep, ...]
    earlier: tuple[Transfer, ...]
    may: frozenset[str]
    left: LeftOpen
    family: tuple[GoingToo, ...]

    @property
    def missing(self) -> tuple[TransferStep, ...]:
        """What is still to be done, or was left out."""
        return tuple(step for step in self.steps if step.is_missing)


def open_transfer_page(actor: Actor, record: UUID) -> TransferPage | Refused:
    """Open a record for its transfer page. The view is logged, with the children of the family that are named."""
    with transaction.atomic():
        page = open_child(actor, record, page="transfer")
        if isinstance(page, Refused):
            return page
        every = transfers(page.view)
        shown = next((one for one in reversed(every) if one.is_open), every[-1] if every else None)
        return TransferPage(
            page=page,
            transfer=shown,
            steps=steps(page.view, shown) if shown else (),
            earlier=tuple(one for one in reversed(every) if one is not shown),
            may=frozenset(name for name in ACTS if may_here(actor, page, name) and _is_next(name, shown)),
            left=left_open(page),
            family=tuple(_family(actor, page)),
        )


def may_here(actor: Actor, page: ChildPage, act: str) -> bool:
    """Whether the actor's role and their relationship to this record give them the act."""
    return may_do(actor, act) and decide_here(page.relied_on, act).allowed


def _is_next(act: str, shown: Transfer | None) -> bool:
    """Whether the act can be done as the transfer stands."""
    stage = shown.stage if shown else "none"
    allowed: Mapping[str, tuple[str, ...]] = {
        PROPOSE: ("none", "completed", "ended"),
        AGREE: ("proposed",),
        DECLINE: ("proposed", "agreed"),
        COMPLETE: ("agreed",),
    }
    return stage in allowed[act]


def _family(actor: Actor, page: ChildPage) -> Iterator[GoingToo]:
    others = [one.record for one in other_children(actor, page) if one.may_be_added and one.record]
    for record, line in projections.summaries(others).items() if others else ():
        for one in line.transfers[-1:]:
            yield GoingToo(record, line.name, str(one["stage"]), _to(one))


def _to(line: Mapping[str, Any]) -> str:
    return str(line["to_name"])
