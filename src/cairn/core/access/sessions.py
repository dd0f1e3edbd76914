"""How long somebody stays signed in, and when their session is over: figures from data, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cairn.core.protocol.load import AuthoringFault, ProceduresFaulty, parse_yaml, validate

# How somebody signed in: with their password and a second factor, or, among made-up people, by choosing a name.
How = Literal["two factors", "chosen"]
Over = Literal["idle", "longest", "ended", "one factor"]
# Two servers' clocks are never quite the same.
APART = timedelta(minutes=2)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionFigures(_Part):
    """How long a session lasts, in minutes and hours."""

    idle_minutes: int = Field(gt=0, le=20)
    longest_hours: int = Field(gt=0, le=10)
    warned_minutes: int = Field(ge=5)
    strong_minutes: int = Field(gt=0, le=5)
    halfway_minutes: int = Field(gt=0, le=10)

    @property
    def idle(self) -> timedelta:
        """The longest time without a request."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> timedelta:
        """The longest time in all."""
        return timedelta(hours=self.longest_hours)

    @property
    def strong(self) -> timedelta:
        """How long having shown who one is counts for the gravest acts."""
        return timedelta(minutes=self.strong_minutes)

    @property
    def halfway(self) -> timedelta:
        """How long after the password the second factor may be given."""
        return timedelta(minutes=self.halfway_minutes)


class Guesses(_Part):
    """How many wrong answers are taken, on one account and from one address, within how many minutes."""

    on_one_account: int = Field(gt=0, le=10)
    from_one_address: int = Field(gt=0)
    within_minutes: int = Field(gt=0, le=15)

    @property
    def within(self) -> timedelta:
        """The time over which they are counted."""
        return timedelta(minutes=self.within_minutes)


class Enrolment(_Part):
    """How long what an administrator hands over can be used."""

    lasts_hours: int = Field(gt=0, le=72)

    @property
    def lasts(self) -> timedelta:
        """The time from handing over to setting up."""
        return timedelta(hours=self.lasts_hours)


class SignInFigures(_Part):
    """All of them."""

    session: SessionFigures
    guesses: Guesses
    enrolment: Enrolment


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a session says of itself: how and when (UTC) it began, when it was last used, and its account's round.

    `round` is the number that the account had then: whatever ends all sessions of an account counts it up.
    """

    how: str
    began: datetime
    used: datetime
    round: int


def read_figures(file: str, text: str) -> SignInFigures:
    """The figures from their file. Raises ProceduresFaulty with every fault."""
    faults: list[AuthoringFault] = []
    found = validate(SignInFigures, parse_yaml(file, text), file, faults)
    if faults or found is None:
        raise ProceduresFaulty(faults)
    return found


def shortened(figures: SignInFigures, idle_minutes: int | None, longest_hours: int | None) -> SignInFigures:
    """The same with a shorter session; a longer one than the figures allow is not taken, nor one of no length."""
    session = figures.session
    own = {
        "idle_minutes": _shorter(session.idle_minutes, idle_minutes),
        "longest_hours": _shorter(session.longest_hours, longest_hours),
    }
    return figures.model_copy(update={"session": session.model_copy(update=own)})


def _shorter(figure: int, wanted: int | None) -> int:
    return min(figure, wanted) if wanted is not None and wanted > 0 else figure


def why_over(
    facts: SessionFacts, figures: SessionFigures, at: datetime, account_round: int, made_up: bool
) -> Over | None:
    """Why a session is over at an instant (UTC); None while it lasts.

    By choosing a name one is signed in among made-up people only, and never with a password alone. A clock that was
    put back gives nobody more time: a session that began or was used well after now is over too.
    """
    if facts.how != "two factors" and not (facts.how == "chosen" and made_up):
        return "one factor"
    if facts.round != account_round:
        return "ended"
    if not -APART <= at - facts.began < figures.longest:
        return "longest"
    if not -APART <= at - facts.used < figures.idle:
        return "idle"
    return None


def is_strong(shown: datetime | None, figures: SessionFigures, at: datetime) -> bool:
    """Whether somebody showed who they are recently enough for the gravest acts."""
    return shown is not None and -APART <= at - shown < figures.strong


def seconds_left(facts: SessionFacts, figures: SessionFigures, at: datetime) -> int:
    """How many seconds a session lasts from a request made now, if there is no other: to its idle or its longest limit."""
    return max(0, int(min(figures.idle, figures.longest - (at - facts.began)).total_seconds()))
