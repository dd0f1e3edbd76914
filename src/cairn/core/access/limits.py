"""How long access lasts and what has to be said for it: an authority's own figures, read from data."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cairn.core.calendar.moment import LONDON
from cairn.core.calendar.working_days import Calendar
from cairn.core.protocol.load import AuthoringFault, ProceduresFaulty, parse_yaml, validate


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Office(_Part):
    """When the office is open, London time, on working days."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_order(self) -> Office:
        if self.opens >= self.closes:
            raise ValueError("the office closes after it opens")
        return self


class Reason(_Part):
    """A reason of the short list."""

    value: str
    label: str


class BreakGlass(_Part):
    """Opening a record without a relationship: how long, with which reason, and how soon somebody else looks at it."""

    lasts_hours: int = Field(gt=0, le=24)
    shortest_reason: int = Field(gt=0)
    strong_sign_in_minutes: int = Field(gt=0)
    reviewed_within_working_days: int = Field(gt=0)
    reasons: tuple[Reason, ...] = Field(min_length=1)

    @property
    def lasts(self) -> timedelta:
        """How long a record stays open."""
        return timedelta(hours=self.lasts_hours)


class Named(_Part):
    """How long somebody named may open a restricted record: for a task, or because they are involved."""

    task_days: int = Field(gt=0)
    involved_days: int = Field(gt=0)


class Restriction(_Part):
    """How often a restriction is looked at again."""

    reviewed_every_days: int = Field(gt=0)

    @property
    def reviewed_every(self) -> timedelta:
        """The time from one look to the next."""
        return timedelta(days=self.reviewed_every_days)


class Longest(_Part):
    """How long a tie of a kind may last."""

    longest_days: int = Field(gt=0)


class Limits(_Part):
    """All limits of access."""

    office: Office
    break_glass: BreakGlass
    named: Named
    restriction: Restriction
    audit: Longest
    chair: Longest


def read_limits(file: str, text: str) -> Limits:
    """The limits from their file. Raises ProceduresFaulty with every fault."""
    faults: list[AuthoringFault] = []
    found = validate(Limits, parse_yaml(file, text), file, faults)
    if faults or found is None:
        raise ProceduresFaulty(faults)
    return found


def office_is_open(limits: Limits, at: datetime, calendar: Calendar) -> bool:
    """Whether the office is open at an instant (UTC): between its hours in London, on a working day."""
    local = at.astimezone(LONDON)
    within = limits.office.opens <= local.time() < limits.office.closes
    return within and calendar.is_working_day(local.date(), local.date())
