"""What stands open on a record beside its duties: a booking that is to come, and what waits for somebody's signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cairn.core.assessing.stage import assessments, stood
from cairn.core.calendar.moment import Moment
from cairn.core.engine.bookings import open_bookings
from cairn.core.engine.view import View
from cairn.core.history.history import Strand

Sort = Literal["visit", "meeting", "approval"]
# What is decided by an act of its own once somebody has opened the process: the act, and what is asked for.
PROPOSED = {"closure": ("sign-closure", "Closing the case")}
APPROVE = ("approve-assessment", "Assessment")


@dataclass(frozen=True, slots=True)
class Wait:
    """One of them: what, by which act it goes on, since or for when, who booked it or sent it, and where.

    `id` is the entry that booked it, or the process that waits.
    """

    id: str
    sort: Sort
    what: str
    act: str
    when: Moment
    by: str
    place: str = ""


def waits(view: View) -> tuple[Wait, ...]:
    """All of a record, in the order of their times."""
    return tuple(sorted((*_booked(view), *_to_sign(view)), key=lambda one: (one.when.latest, one.id)))


def _booked(view: View) -> Iterator[Wait]:
    for one in open_bookings(view):
        sort: Sort = "visit" if one.is_visit else "meeting"
        act = f"record-{sort}"
        yield Wait(one.id, sort, one.what, act, one.when, one.event.author.name, one.place)


def _to_sign(view: View) -> Iterator[Wait]:
    for strand in assessments(view):
        at = stood(view, strand)
        if at.event is not None and at.stage == "handed in":
            yield _waiting(strand, *APPROVE, at.event.happened_at, at.event.author.name)
    for strand in view.open_strands:
        if strand.kind in PROPOSED:
            opener = strand.opener
            yield _waiting(strand, *PROPOSED[strand.kind], opener.happened_at, opener.author.name)


def _waiting(strand: Strand, act: str, what: str, since: Moment, by: str) -> Wait:
    return Wait(strand.id, "approval", what, act, since, by)
