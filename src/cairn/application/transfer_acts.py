"""The acts of a transfer at the one door: what follows from the record is filled in, and what cannot be is refused.

A page gives the id of the team or the worker chosen; the event keeps the id and the name. Whose allocation ends, and to
which team the child goes, is told by the record and by nobody's typing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.projecting import team_of, teams_by_kind
from cairn.application.refused import Refused
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.summary import summarise
from cairn.core.engine.view import View
from cairn.core.roles import WORKERS
from cairn.core.transfer.transfers import Transfer, open_transfer
from cairn.core.vocabulary.check import DataFault
from cairn.records import staff
from cairn.records.staff import StaffRow, TeamRow

PROPOSE, AGREE, DECLINE, COMPLETE = (
    "propose-transfer",
    "agree-transfer",
    "decline-transfer",
    "complete-transfer",
)
END = "end-allocation"
# What other teams are part of takes no child over: its teams do.
WHOLE_SERVICE = "service"
ENDED_BECAUSE = "The child goes to {team}"

Answers = Mapping[str, Any]


def filled(actor: Actor, act: str, answers: Answers, view: View) -> Answers | Refused:
    """The answers of an act as they are recorded; of an act that is none of a transfer's, as they were given.

    Refused with the place and the remedy: a team that is not there or has the child already, a transfer that is open
    or agreed already, or is not proposed or agreed yet, somebody of a third team, a worker who cannot take over.
    """
    how = _HOW.get(act)
    return answers if how is None else how(actor, answers, view)


def _end(_actor: Actor, answers: Answers, view: View) -> Answers | Refused:
    """Whose allocation ends is who works with the child, unless another was named."""
    line = summarise(view)
    if answers.get("worker") or answers.get("worker_id"):
        return answers
    if line.worker is None:
        return _not_taken("Nobody works with this child now", "Allocate the child to somebody of your team.")
    return {**answers, "worker": line.worker_name, "worker_id": line.worker}


def team_with_the_child(view: View) -> UUID | None:
    """The team of the allocation; before that the team that takes such referrals."""
    return team_of(summarise(view), teams_by_kind())


def receiving_teams(view: View) -> tuple[TeamRow, ...]:
    """To which teams the child may go: all but the one that has them, by name."""
    here = team_with_the_child(view)
    return tuple(one for one in staff.teams() if one.id != here and one.kind != WHOLE_SERVICE)


def receiving_workers(transfer: Transfer) -> tuple[StaffRow, ...]:
    """Who of the receiving team may be given the child: those who hold children and are here, by name."""
    there = staff.members([UUID(transfer.to_team)]) if transfer.to_team else []
    return tuple(one for one in there if one.role in WORKERS)


def _propose(_actor: Actor, answers: Answers, view: View) -> Answers | Refused:
    going = open_transfer(view)
    if going is not None:
        return _at("to_team", _proposed_by(going), _IT_IS_OPEN)
    team = _team_named(str(answers.get("to_team") or ""))
    if team is None:
        return _at("to_team", "There is no such team", "one of the list")
    if team.id == team_with_the_child(view):
        return _at("to_team", f"{team.name} has the child already", "another team")
    return {**answers, "to_team": team.name, "to_team_id": str(team.id)}


_IT_IS_OPEN = "that it is agreed or not agreed first; if it was proposed by mistake, withdraw that entry"


def _agree(actor: Actor, answers: Answers, view: View) -> Answers | Refused:
    going = open_transfer(view)
    if going is None:
        return _not_taken("No transfer is proposed", "Propose it first: nothing that you wrote is lost.")
    if going.agreed is not None:
        by, day = going.agreed.author.name, say_date(going.agreed.happened_at.day)
        return _not_taken(
            f"It was agreed already, by {by} on {day}",
            "Look at what they recorded. If it is wrong, correct that entry; you need not agree it again.",
        )
    if str(answers.get("agreed_on") or "") > now().astimezone(LONDON).date().isoformat():
        return _at("agreed_on", "That day is still to come", "the day of a meeting that was held")
    return _of_either_team(actor, view, going) or {**answers, "to_team": going.to_name}


def _decline(actor: Actor, answers: Answers, view: View) -> Answers | Refused:
    going = open_transfer(view)
    if going is None:
        return _not_taken("No transfer is proposed", "It may have been completed, or not agreed, already.")
    return _of_either_team(actor, view, going) or answers


def _complete(actor: Actor, answers: Answers, view: View) -> Answers | Refused:
    going = open_transfer(view)
    if going is None or not going.to_team:
        return _not_taken("No transfer is open", "It may be complete already. Otherwise propose it first.")
    if going.agreed is None:
        return _not_taken(
            "The transfer is not agreed yet (9.4)",
            "A manager of either team records that it was agreed, with the day of the allocation meeting, also when that "
            "lies back. What you wrote stays in your draft.",
        )
    refused = _of_either_team(actor, view, going)
    if refused is not None:
        return refused
    worker = _worker(str(answers.get("to_worker") or ""), going)
    return worker if isinstance(worker, Refused) else {**answers, **_goes_over(view, going, worker)}


def _goes_over(view: View, going: Transfer, worker: StaffRow) -> Answers:
    """Whose allocation ends and whose begins, and with which team."""
    line = summarise(view)
    ends = {
        "from_worker": line.worker_name,
        "from_worker_id": line.worker,
        "end_reason": ENDED_BECAUSE.format(team=going.to_name),
    }
    begins = {"to_worker": worker.name, "to_worker_id": str(worker.id)}
    where = {"to_team": going.to_name, "to_team_id": going.to_team}
    return {**(ends if line.worker else dict.fromkeys(ends)), **begins, **where}


def _worker(said: str, going: Transfer) -> StaffRow | Refused:
    """Who takes over: chosen by id, of the receiving team, here, and somebody who holds children."""
    chosen = _uuid(said)
    person = staff.person(chosen) if chosen else None
    if person is None:
        return _at("to_worker", "Nobody is chosen", "who takes over")
    if not person.is_active:
        return _at("to_worker", f"{person.name} has left", "somebody who is here")
    if str(person.team_id) != going.to_team or person.role not in WORKERS:
        return _at("to_worker", f"{person.name} is no worker of {going.to_name}", "one of its workers")
    return person


def _of_either_team(actor: Actor, view: View, going: Transfer) -> Refused | None:
    """Why somebody of a third team takes no part; None for those of the two teams and their managers."""
    teams = {actor.team, *actor.manages} - {None}
    if teams & {team_with_the_child(view), _uuid(going.to_team)}:
        return None
    return Refused(
        "not allowed",
        f"This transfer is between the team that has the child and {going.to_name}",
        "Ask a manager of either team to record it.",
    )


def _team_named(said: str) -> TeamRow | None:
    chosen = _uuid(said)
    return staff.team(chosen) if chosen else staff.team_named(said)


def _proposed_by(going: Transfer) -> str:
    made = going.proposed
    return f"A transfer to {going.to_name} is open: proposed by {made.author.name} on {say_date(made.happened_at.day)}"


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _at(field: str, problem: str, expected: str) -> Refused:
    return Refused("not taken", problem, faults=(DataFault(f"data.{field}", problem, expected),))


def _not_taken(reason: str, remedy: str) -> Refused:
    return Refused("gates", reason, remedy)


_HOW: Mapping[str, Callable[[Actor, Answers, View], Answers | Refused]] = {
    PROPOSE: _propose,
    AGREE: _agree,
    DECLINE: _decline,
    COMPLETE: _complete,
    END: _end,
}
