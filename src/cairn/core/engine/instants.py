"""A duty's instants, and its state worked out from them when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cairn.core.calendar.moment import LONDON, Moment

State = Literal[
    "upcoming",
    "due_today",
    "overdue",
    "met",
    "met_late",
    "departed",
    "ended",
    "ended_unmet",
    "undated",
    "cannot_tell",
]
# A departure says why a date is not kept; what is due stays due until it is done or no longer applies.
OPEN_STATES: tuple[State, ...] = ("overdue", "due_today", "upcoming", "undated", "cannot_tell", "departed")
LATE_STATES: tuple[State, ...] = ("overdue", "met_late", "ended_unmet")
HOUR_UNKNOWN = "the hour, which was not recorded"


@dataclass(frozen=True, slots=True)
class Instants:
    """When a duty started, is due, was met, departed from or ended. All in UTC.

    `due` is earliest and latest: they differ where the hour of the start is not known.
    `cannot_tell` names the missing fact, or is empty.
    """

    started: datetime
    due: tuple[datetime, datetime] | None
    met: Moment | None = None
    departed: datetime | None = None
    ended: datetime | None = None
    cannot_tell: str = ""


def state_of(instants: Instants, as_at: datetime) -> tuple[State, str]:
    """The state at a time (UTC), and the missing fact where it cannot be told."""
    if instants.cannot_tell:
        return "cannot_tell", instants.cannot_tell
    if instants.due is None:
        return _undated(instants), ""
    if instants.met is not None:
        return _met(instants.met, instants.due)
    if instants.departed is not None:
        return "departed", ""
    if instants.ended is not None:
        return ("ended" if instants.ended <= instants.due[1] else "ended_unmet"), ""
    return _running(instants.due, as_at)


def is_late(instants: Instants, as_at: datetime) -> bool:
    """Whether a time ran out before the duty was met or had ended: with or without a reason."""
    state = state_of(instants, as_at)[0]
    if state != "departed" or instants.due is None:
        return state in LATE_STATES
    return as_at > instants.due[1] and (instants.ended is None or instants.ended > instants.due[1])


def _undated(instants: Instants) -> State:
    if instants.met is not None:
        return "met"
    if instants.departed is not None:
        return "departed"
    return "ended" if instants.ended is not None else "undated"


def _met(met: Moment, due: tuple[datetime, datetime]) -> tuple[State, str]:
    if met.surely_by(due[0]):
        return "met", ""
    if met.surely_after(due[1]):
        return "met_late", ""
    return "cannot_tell", HOUR_UNKNOWN


def _running(due: tuple[datetime, datetime], as_at: datetime) -> tuple[State, str]:
    if as_at > due[1]:
        return "overdue", ""
    if as_at > due[0]:
        return "cannot_tell", HOUR_UNKNOWN
    same_day = as_at.astimezone(LONDON).date() == due[1].astimezone(LONDON).date()
    return ("due_today" if same_day else "upcoming"), ""
