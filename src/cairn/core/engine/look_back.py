"""Looking back: what was learned of a time after it, and which dates and lateness read otherwise for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.knowledge import MENDS
from cairn.core.engine.lateness import LatenessGone
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import WITHDRAWN

How = Literal["recorded later", "corrected", "withdrawn", "moved to that time", "moved from that time"]


@dataclass(frozen=True, slots=True)
class LearnedEntry:
    """An entry that reads otherwise than it did: `by` is what made it so, the entry itself where it was recorded later."""

    how: How
    event: Event
    by: Event


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A duty whose date reads otherwise; None where it had no date, or has none."""

    key: str
    title: str
    was: datetime | None
    now: datetime | None


@dataclass(frozen=True)
class Learned:
    """What was learned of one time between two states of knowledge, the earliest learned first.

    `holidays` are those announced or withdrawn between them, where any date moved.
    """

    entries: tuple[LearnedEntry, ...] = ()
    dates: tuple[MovedDate, ...] = ()
    lateness_gone: tuple[LatenessGone, ...] = ()
    holidays: tuple[Holiday, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.entries or self.dates or self.lateness_gone)


def learned_between(before: View, after: View) -> Learned:
    """What `after` knows of a time that `before` did not. Both are of one stream and one as-at; `after` knows no less.

    It rests on the two views alone, so nothing recorded after what `after` knows has any part in it.
    """
    entries = sorted(_entries(before, after), key=lambda one: (one.by.recorded_at, one.by.number))
    dates = tuple(_moved_dates(before, after))
    late = {duty.key for duty in before.duties if duty.late} - {
        duty.key for duty in after.duties if duty.late
    }
    return Learned(
        entries=tuple(entries),
        dates=dates,
        # Where nothing was late that is not, nobody need go through all that was ever known.
        lateness_gone=tuple(gone for gone in after.lateness_gone if gone.key in late) if late else (),
        holidays=_holidays(before, after) if dates else (),
    )


def _entries(before: View, after: View) -> Iterator[LearnedEntry]:
    was = {event.id: event for event in before.standing.events}
    now = {event.id: event for event in after.standing.events}
    mends = _mends(after)
    for event in after.standing.events:
        if event.id not in was:
            yield _come(before, event, mends.get(event.id))
        elif was[event.id] != event and event.id in mends:
            yield LearnedEntry("corrected", event, mends[event.id])
    for event in before.standing.events:
        if event.id not in now and event.id in mends:
            by = mends[event.id]
            how: How = "withdrawn" if by.type == WITHDRAWN else "moved from that time"
            yield LearnedEntry(how, event, by)


def _come(before: View, event: Event, mend: Event | None) -> LearnedEntry:
    if event.recorded_at > before.world.known_at or mend is None:
        return LearnedEntry("recorded later", event, event)
    return LearnedEntry("moved to that time", event, mend)


def _mends(after: View) -> Mapping[str, Event]:
    """The last correction or withdrawal of each entry, by the entry's id."""
    known = {event.id: event for event in after.stream if event.recorded_at <= after.world.known_at}
    mends = (event for event in known.values() if event.type in MENDS)
    return {
        _about(event, known): event for event in sorted(mends, key=lambda one: (one.recorded_at, one.number))
    }


def _about(mend: Event, known: Mapping[str, Event]) -> str:
    """The entry that a correction or withdrawal is about in the end: one of another is about what that one is about."""
    seen = {mend.id}
    target = _named(mend)
    while target in known and known[target].type in MENDS and target not in seen:
        seen.add(target)
        target = _named(known[target])
    return target


def _named(mend: Event) -> str:
    return str(mend.data.get("withdraws" if mend.type == WITHDRAWN else "corrects"))


def _moved_dates(before: View, after: View) -> Iterator[MovedDate]:
    """The duties of both whose date is another one."""
    was = {duty.key: duty for duty in before.duties}
    for duty in after.duties:
        earlier = was.get(duty.key)
        if earlier is not None and earlier.due != duty.due:
            yield MovedDate(duty.key, duty.title, earlier.due, duty.due)


def _holidays(before: View, after: View) -> tuple[Holiday, ...]:
    days = (view.world.known_at.astimezone(LONDON).date() for view in (before, after))
    return after.world.calendar.changed_between(*days)
