"""By when something is due: a start, a duration and a calendar give a deadline that can say why.

The day of the starting event is day 0, and a day ends at 23:59:59 in London. Working
days pass over weekends, bank holidays and closed days; a start on one of these is day
0 all the same, and counting begins with the next working day. Days, weeks, months and
years are calendar time and are not moved off weekends. Hours are elapsed hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cairn.core.calendar.counting import Count, CountedDay, PassedOver, SumLine, changed_within
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.moment import LONDON, Moment, end_of_london_day
from cairn.core.calendar.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, in UTC, and what it was worked out from.

    `due` is an interval only where hours are counted from a start whose hour is not
    known. `provisional` says that working days were counted in a year whose bank
    holidays are computed, not announced. The sum is worked out when it is asked for.
    """

    due: Moment
    start: Moment
    within: Duration
    provisional: bool
    known_on: date
    calendar: Calendar = field(repr=False, compare=False)

    @property
    def due_earliest(self) -> datetime:
        """The earliest second, in UTC, that the time may run out."""
        return self.due.earliest

    @property
    def due_latest(self) -> datetime:
        """The latest second, in UTC, that the time may run out."""
        return self.due.latest

    @property
    def due_day(self) -> date:
        """The London date it is due (the later one where it may be two)."""
        return self.due.day

    @property
    def sum(self) -> tuple[SumLine, ...]:
        """The sum in lines: the days between, what is taken away, what is left."""
        return self._count().sum()

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """The weekend days, holidays and closed days that were not counted."""
        return self._count().passed_over()

    def counted_days(self) -> tuple[CountedDay, ...]:
        """Every day from the start to the due day, for a picture of the count."""
        return tuple(self._count().counted_days())

    def _count(self) -> Count:
        return Count(self.start.day, self.due_day, self.within, self.calendar, self.known_on)


def deadline(start: Moment, within: Duration, calendar: Calendar, known_on: date) -> Deadline:
    """When `within` from `start` runs out, by the bank holidays announced up to `known_on`."""
    if within.in_hours:
        elapsed = timedelta(hours=within.amount)
        due = Moment(start.earliest + elapsed, start.latest + elapsed)
        return Deadline(due, start, within, False, known_on, calendar)
    last = start.day
    last_due = due_day(last, within, calendar, known_on)
    provisional = within.in_working_days and calendar.is_provisional(last, last_due)
    end = end_of_london_day(last_due)
    due = Moment(_earliest_end(start, within, calendar, known_on) if start.is_day else end, end)
    return Deadline(due, start, within, provisional, known_on, calendar)


def due_day(start: date, within: Duration, calendar: Calendar, known_on: date) -> date:
    """The day on which a number of days (not hours: ValueError) from a day ends."""
    if within.in_working_days:
        return calendar.add_working_days(start, within.amount, known_on)
    return within.calendar_days_after(start)


def latest_day_before(event: date, ahead: Duration, calendar: Calendar, known_on: date) -> date:
    """The last day on which something due "7 working days before" an event is in time.

    The day of the event is day 0 and days are counted back from it; months back are
    clipped as months forward are. Hours raise ValueError.
    """
    if ahead.in_working_days:
        return calendar.add_working_days(event, -ahead.amount, known_on)
    return ahead.calendar_days_before(event)


def moved_by_announcement(
    start: Moment, within: Duration, calendar: Calendar, known_then: date, known_now: date
) -> tuple[Holiday, ...]:
    """The holidays announced or withdrawn between two days that moved a deadline; none if it stands."""
    if not within.in_working_days:
        return ()
    then = due_day(start.day, within, calendar, known_then)
    now = due_day(start.day, within, calendar, known_now)
    if then == now:
        return ()
    # Up to the earlier of the two days the counts must have come apart already.
    return changed_within(calendar, start.day, min(then, now), known_then, known_now)


def _earliest_end(start: Moment, within: Duration, calendar: Calendar, known_on: date) -> datetime:
    first = start.earliest.astimezone(LONDON).date()
    return end_of_london_day(due_day(first, within, calendar, known_on))
