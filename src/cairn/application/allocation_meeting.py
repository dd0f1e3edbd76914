"""The weekly allocation meeting (Peterborough 9.4): the open transfers of a manager's teams by its day, agreed from one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.door import OpenBeside, open_beside
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.application.transfer_acts import AGREE, COMPLETE
from cairn.core.calendar.moment import LONDON
from cairn.core.people.names import age_in_words
from cairn.core.transfer.steps import TransferStep, steps
from cairn.core.transfer.transfers import Transfer, open_transfer
from cairn.records import register, staff, transfers

FOR_MANAGERS = Refused(
    "not allowed",
    "The allocation meeting is for the managers of the teams",
    "Ask your manager to take the child to it; you propose a transfer on the child’s record.",
)
RELIED_ON = "allocation meeting"
MEETINGS_SHOWN = 6
Turn = Literal["looked_after", "disability", ""]


@dataclass(frozen=True)
class MeetingLine:
    """One child with an open transfer. `seen` is the number of the last event that was shown."""

    record: UUID
    name: str
    age: str
    transfer: Transfer
    from_name: str
    missing: tuple[TransferStep, ...]
    seen: int

    @property
    def is_agreed(self) -> bool:
        """Whether it was agreed already, and only waits to be completed."""
        return self.transfer.agreed is not None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The transfers of one meeting; with no day, those for which none was named."""

    day: date | None
    lines: tuple[MeetingLine, ...]

    @property
    def to_agree(self) -> tuple[MeetingLine, ...]:
        """Those still to be agreed."""
        return tuple(one for one in self.lines if not one.is_agreed)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at an earlier meeting, by the words of the vocabulary."""

    day: date
    attended: frozenset[str]


@dataclass(frozen=True)
class AllocationMeeting:
    """The page: the open transfers that the reader may see, by day; earlier meetings, the last first; whose turn it is.

    `turn` is the team that comes next of the two that take turns (9.4), '' where it cannot be told.
    """

    today: date
    teams: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    earlier: tuple[Attendance, ...]
    turn: Turn

    @property
    def lines(self) -> tuple[MeetingLine, ...]:
        """Every child on the page."""
        return tuple(line for meeting in self.meetings for line in meeting.lines)

    @property
    def to_agree(self) -> tuple[MeetingLine, ...]:
        """Those still to be agreed."""
        return tuple(line for line in self.lines if not line.is_agreed)


@dataclass(frozen=True)
class AgreedAtMeeting:
    """What came of it, child by child: the names of those agreed, and why others were not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]


def allocation_meeting(actor: Actor) -> AllocationMeeting | Refused:
    """The open transfers from and to the teams of a manager, by the meeting they are for. What is shown is logged.

    Only children whose records the reader may open are listed, and counted.
    """
    with transaction.atomic():
        teams = _teams(actor)
        if not may_do(actor, AGREE) or not teams:
            return FOR_MANAGERS
        at = now()
        names = {str(team.id): team.name for team in staff.teams()}
        opened, _ = open_beside(
            actor, transfers.open_between(teams), page="allocation-meeting", relied_on=RELIED_ON
        )
        lines = [line for record, one in opened.items() if (line := _line(record, one, names, at))]
        earlier = _earlier(teams)
        return AllocationMeeting(
            today=at.astimezone(LONDON).date(),
            teams=tuple(sorted(names[str(one)] for one in teams if str(one) in names)),
            meetings=tuple(_by_day(lines)),
            earlier=earlier[:MEETINGS_SHOWN],
            turn=_turn(earlier),
        )


def agree_several(
    actor: Actor, chosen: Mapping[UUID, int], answers: Mapping[str, Any], key: UUID
) -> AgreedAtMeeting | Refused:
    """Agree the transfers of the children chosen, as one meeting did; `chosen` says up to which event each was seen.

    Each is taken or refused for itself, and holds up nobody. They are acts of their own: what is decided for
    one family is joined to no other's record. Sent twice, each is taken once.
    """
    with transaction.atomic():
        found = allocation_meeting(actor)
        if isinstance(found, Refused):
            return found
        names = {line.record: line.name for line in found.lines}
        register.lock(chosen)
        tried = {
            one: record_within(actor, _request(one, chosen[one], answers, key)) for one in sorted(chosen)
        }
    told = [(name, tried[one]) for one, name in names.items() if one in tried]
    return AgreedAtMeeting(
        tuple(name for name, done in told if isinstance(done, Recorded)),
        tuple((name, done) for name, done in told if isinstance(done, Refused)),
    )


def _request(record: UUID, seen: int, answers: Mapping[str, Any], key: UUID) -> Request:
    return Request(AGREE, answers, record, seen=seen, key=uuid5(key, str(record)))


def _teams(actor: Actor) -> frozenset[UUID]:
    return frozenset({*actor.manages, *([actor.team] if actor.team else [])})


def _line(record: UUID, one: OpenBeside, names: Mapping[str, str], at: datetime) -> MeetingLine | None:
    going = open_transfer(one.view)
    if going is None:
        return None
    row = one.summary
    return MeetingLine(
        record=record,
        name=row.name or "Name not known",
        age=age_in_words(row.born, at.astimezone(LONDON).date(), row.expected),
        transfer=going,
        from_name=names.get(str(row.team_id), "no team"),
        missing=tuple(
            step for step in steps(one.view, going) if step.is_missing and step.act not in (AGREE, COMPLETE)
        ),
        seen=len(one.view.stream),
    )


def _by_day(lines: Iterable[MeetingLine]) -> Iterator[Meeting]:
    """The earliest meeting first; those for which none was named come last."""
    ordered = sorted(lines, key=lambda one: (one.transfer.meeting or date.max, one.name, one.record))
    for day, some in groupby(ordered, key=lambda one: one.transfer.meeting):
        yield Meeting(day, tuple(some))


def _earlier(teams: Iterable[UUID]) -> tuple[Attendance, ...]:
    found = transfers.meetings_of(teams)
    return tuple(Attendance(date.fromisoformat(day), found[day]) for day in sorted(found, reverse=True))


def _turn(earlier: tuple[Attendance, ...]) -> Turn:
    """The other one of the two than came last; of a meeting at which both were, or neither, nothing follows."""
    for meeting in earlier:
        came = meeting.attended & {"looked_after", "disability"}
        if came == {"looked_after"}:
            return "disability"
        if came == {"disability"}:
            return "looked_after"
    return ""
