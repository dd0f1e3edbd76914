"""Several lines of a work list at once: seen, looked at again on a day, or the children given to another worker.

Each line is taken or refused for itself, with the reason; what cannot be done for one does not hold up the others. To say
that a line was seen or is looked at again changes nothing of it: its date and its lateness stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.allocating import ACT, Allocation, WorkerToChoose, allocate, workers_of
from cairn.application.doing import may_do
from cairn.application.door import decisions_on, refused_by_role, write_access
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.work import UNNAMED
from cairn.core.access.decide import decide_team
from cairn.core.access.facts import Decision
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.check import DataFault
from cairn.records import notes, projections, register, submissions
from cairn.records.projections import DutyRowData, SummaryRow

AT_MOST = 200
LONGEST_DAYS = 366
PAGE = "lines"
Doing = Literal["seen", "postponed"]
NOTHING = Refused("not taken", "Choose at least one line")
TOO_MANY = Refused("not taken", f"Choose at most {AT_MOST} lines at once")
NOT_YOURS = "This is not on a list of yours any more"
DONE_ALREADY = "It was done, or ended, meanwhile: there is nothing more to do"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a form names it: the record, the duty's key ('' for the child alone), and the worker it was shown with."""

    record: UUID
    key: str = ""
    worker: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: whose it is, what it is, whether it was done, and why not."""

    line: Line
    name: str
    title: str
    done: bool
    said: str = ""


@dataclass(frozen=True)
class ChosenPage:
    """The lines chosen, as far as the reader may see them, with who may be given the children."""

    lines: tuple[Outcome, ...]
    workers: tuple[WorkerToChoose, ...]
    may_reassign: bool
    today: date


@dataclass(frozen=True)
class Reach:
    """The lines of one request as they stand: the line of each record in lists, its duties, and the reader's right."""

    actor: Actor
    summaries: Mapping[UUID, SummaryRow]
    duties: Mapping[UUID, Mapping[str, DutyRowData]]
    decisions: Mapping[UUID, Decision]

    def may_see(self, record: UUID) -> bool:
        """Whether the record may be opened by the reader."""
        decision = self.decisions.get(record)
        return record in self.summaries and decision is not None and decision.allowed

    def name(self, record: UUID) -> str:
        """The child's name, for who may see it."""
        return (self.summaries[record].name or UNNAMED) if self.may_see(record) else ""

    def duty(self, line: Line) -> DutyRowData | None:
        """The duty of a line, if it is there."""
        return self.duties.get(line.record, {}).get(line.key)

    def title(self, line: Line) -> str:
        """What is to be done, for who may see it."""
        duty = self.duty(line) if self.may_see(line.record) else None
        return duty.title if duty else ""


def open_lines(actor: Actor, lines: Sequence[Line]) -> ChosenPage | Refused:
    """The lines chosen, for the page that asks the rest. Logged; what may not be seen is shown as not theirs."""
    refused = _too_few_or_many(lines)
    if refused is not None:
        return refused
    with transaction.atomic():
        reach = _reach(actor, lines)
        _log(reach, "list")
        return ChosenPage(
            lines=tuple(_shown(reach, line) for line in lines),
            workers=workers_of(actor) if may_do(actor, ACT) else (),
            may_reassign=may_do(actor, ACT),
            today=now().astimezone(LONDON).date(),
        )


def say_seen(actor: Actor, lines: Sequence[Line]) -> tuple[Outcome, ...] | Refused:
    """Say of lines that they were seen; each stays on the list, marked, until it is done."""
    return _too_few_or_many(lines) or _say(actor, lines, "seen", None, "")


def postpone(
    actor: Actor, lines: Sequence[Line], review_on: date, reason: str
) -> tuple[Outcome, ...] | Refused:
    """Say of lines on which day they are looked at again, and why. No date moves, and no lateness goes."""
    today = now().astimezone(LONDON).date()
    if not today < review_on or (review_on - today).days > LONGEST_DAYS:
        return _at("review_on", "Enter a day after today, and within a year")
    if not reason.strip():
        return _at("reason", "Enter why it is looked at again only then")
    return _too_few_or_many(lines) or _say(actor, lines, "postponed", review_on, reason.strip())


def reassign(
    actor: Actor, lines: Sequence[Line], worker: UUID, reason: str, key: UUID
) -> tuple[Outcome, ...] | Refused:
    """Give the children of these lines to another worker, each by an allocation of its own through the one door.

    One that was given to somebody else since the page was shown is left where it is. `key` makes a repeated sending one.
    """
    refused = _too_few_or_many(lines) or refused_by_role(actor, ACT, lines[0].record)
    if refused is not None:
        return refused
    if not any(one.id == worker for one in workers_of(actor)):
        return _at("worker", "Choose who is to work with them")
    if not reason.strip():
        return _at("reason", "Enter why another worker")
    with transaction.atomic():
        children = list({line.record: line for line in lines}.values())
        register.lock(line.record for line in children)
        reach = _reach(actor, children)
        return tuple(
            _given(reach, line, Allocation(worker, reason, uuid5(key, str(line.record)))) for line in children
        )


def _given(reach: Reach, line: Line, wanted: Allocation) -> Outcome:
    """One child given to the worker, or why not."""
    why = _cannot_give(reach, line, wanted)
    if why:
        return _outcome(reach, line, why)
    done = allocate(reach.actor, line.record, wanted)
    return _outcome(reach, line, _why(done) if isinstance(done, Refused) else "")


def _cannot_give(reach: Reach, line: Line, wanted: Allocation) -> str:
    if not reach.may_see(line.record):
        return NOT_YOURS
    if isinstance(submissions.look(wanted.key, reach.actor.id), submissions.Already):
        return ""
    now_with = reach.summaries[line.record].worker_id
    if now_with == wanted.worker:
        return "This worker works with the child already"
    if line.worker is not None and line.worker != (str(now_with) if now_with else ""):
        return "Somebody else gave the child to another worker meanwhile. Look at the record first"
    if reach.summaries[line.record].stage == "closed":
        return "The case was closed meanwhile"
    return ""


def _why(refused: Refused) -> str:
    said = [refused.reason, *(one.missing for one in refused.refusals)]
    return ". ".join(one.rstrip(".") for one in said)


def _say(
    actor: Actor, lines: Sequence[Line], sort: Doing, review_on: date | None, reason: str
) -> tuple[Outcome, ...]:
    with transaction.atomic():
        reach = _reach(actor, lines)
        _log(reach, "act")
        outcomes = tuple(_outcome(reach, line, _cannot_say(reach, line)) for line in dict.fromkeys(lines))
        done = [(one.line.record, one.line.key) for one in outcomes if one.done]
        notes.add(done, sort, actor.id, now(), review_on, reason)
        return outcomes


def _cannot_say(reach: Reach, line: Line) -> str:
    """Why nothing can be said of a line: it is not theirs, or there is nothing to do any more."""
    if not reach.may_see(line.record):
        return NOT_YOURS
    duty = reach.duty(line)
    if duty is None or duty.met_at is not None or duty.ended_at is not None:
        return DONE_ALREADY
    return "" if _is_theirs(reach.actor, duty) else NOT_YOURS


def _is_theirs(actor: Actor, duty: DutyRowData) -> bool:
    """Whether the line stands on a list of theirs: their own, of whom they cover for, of their role, or of their team."""
    if duty.for_staff_id in {actor.id, *(one.worker for one in actor.covers)}:
        return True
    of_team = duty.for_team_id is not None and decide_team(actor.facts, str(duty.for_team_id)).allowed
    return of_team and (may_do(actor, ACT) or duty.who == actor.role)


def _reach(actor: Actor, lines: Iterable[Line]) -> Reach:
    records = sorted({line.record for line in lines})
    return Reach(
        actor,
        projections.summaries(records),
        projections.duties_by_record(records),
        decisions_on(actor, records),
    )


def _log(reach: Reach, what: str) -> None:
    """One row for each relationship relied on, and one for what was refused."""
    by_relation: dict[Decision, list[UUID]] = {}
    for record, decision in reach.decisions.items():
        if record in reach.summaries:
            by_relation.setdefault(decision, []).append(record)
    for decision, records in by_relation.items():
        write_access(reach.actor, sorted(records), decision, page=PAGE, what=what)


def _shown(reach: Reach, line: Line) -> Outcome:
    """A line as it stands, with the worker the child is with now."""
    now_with = reach.summaries[line.record].worker_id if reach.may_see(line.record) else None
    shown = Line(line.record, line.key, str(now_with) if now_with else "")
    why = _cannot_say(reach, line) if line.key else ("" if reach.may_see(line.record) else NOT_YOURS)
    return _outcome(reach, shown, why)


def _outcome(reach: Reach, line: Line, why: str) -> Outcome:
    return Outcome(line, reach.name(line.record), reach.title(line), not why, why)


def _too_few_or_many(lines: Sequence[Line]) -> Refused | None:
    if not lines:
        return NOTHING
    return TOO_MANY if len(lines) > AT_MOST else None


def _at(field: str, reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault(field, reason, ""),))
