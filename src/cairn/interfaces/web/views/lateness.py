"""How late something was, or how long is left, in the units its rule counts in."""

from __future__ import annotations

from datetime import datetime

from cairn.application.procedures import in_use
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.interfaces.web import words

HOUR = 3600
MINUTE = 60


def how_done(duty: DutyView) -> str:
    """What became of a duty that is done or over: "on time", "2 working days late", "cannot be told"."""
    said = {
        "met": "on time" if duty.due else "done",
        "cannot_tell": "whether in time cannot be told",
        "ended": "no longer needed",
        "ended_unmet": "ended without being done in time",
        "departed": "departed from, with a reason",
    }
    return late_by(duty) if duty.state == "met_late" else said.get(duty.state, "")


def late_by(duty: DutyView) -> str:
    """By how much a duty was met late: counted as its time is counted."""
    if duty.met_by is None or duty.due is None:
        return "late"
    return f"{length(duty, duty.due, duty.met_by.happened_at.earliest)} late"


def length(duty: DutyView, start: datetime, end: datetime) -> str:
    """The time between two instants in the unit of the rule: working days, days or hours."""
    within = duty.deadline.within if duty.deadline else None
    if within is not None and within.in_hours:
        return _hours((end - start).total_seconds())
    first, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
    if within is not None and within.in_working_days and duty.deadline:
        days = in_use().calendar.working_days_between(first, last, duty.deadline.known_on)
        if days:
            return words.counted(days, "working day")
    return words.counted((last - first).days, "day")


def _hours(seconds: float) -> str:
    minutes = round(seconds / MINUTE)
    if minutes < MINUTE:
        return words.counted(max(minutes, 1), "minute")
    hours, rest = divmod(minutes, MINUTE)
    said = words.counted(hours, "hour")
    return f"{said} {words.counted(rest, 'minute')}" if rest else said
