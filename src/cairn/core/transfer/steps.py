"""What a transfer needs, step by step, as the procedures ask for it: done, to do, to be said in an act, or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import needs_before
from cairn.core.engine.instants import State
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.protocol.model import Gate, Need, Source
from cairn.core.protocol.versions import NoRuleInForce, version_on
from cairn.core.transfer.transfers import AGREED, COMPLETED, Transfer

AGREE, COMPLETE = "agree-transfer", "complete-transfer"
ACT_OF = {AGREED: AGREE, COMPLETED: COMPLETE}
TRIAL = "not-yet-recorded"
# The order in which it is gone through; what procedures add stands before the end.
ORDER = ("give-notice", AGREE, "record-visit", "verify-record", "")
Step = Literal["done", "late", "missing", "asked", "without"]


@dataclass(frozen=True, slots=True)
class TransferStep:
    """One thing the procedures ask of a transfer.

    `stands`: done, late or missing; `asked` when the act itself is recorded; `without`, as it was recorded without it.
    `act` does it, begun with `answers`; `key` is that of its duty, where it is one, and `by` the event that met it.
    """

    title: str
    text: str
    source: Source
    stands: Step
    act: str
    who: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    due: datetime | None = None
    by: Event | None = None
    rule: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be done, or was left out."""
        return self.stands in ("late", "missing", "without")


def steps(view: View, transfer: Transfer) -> tuple[TransferStep, ...]:
    """Everything that the duties and gates in force ask of this transfer, in the order in which it is gone through."""
    found = [*_duties(view, transfer), *_gates(view, transfer, AGREED), *_gates(view, transfer, COMPLETED)]
    return tuple(sorted(found, key=_place))


def _place(step: TransferStep) -> int:
    if step.act == COMPLETE:
        return len(ORDER) + (1 if step.key else 0)
    return ORDER.index(step.act if step.act in ORDER else "")


def _duties(view: View, transfer: Transfer) -> Iterator[TransferStep]:
    starts = {transfer.strand.id, transfer.agreed.id if transfer.agreed else ""}
    ours = [duty for duty in view.duties if duty.started_by.id in starts and duty.rule.act]
    due = [duty for duty in view.duties if duty.rule.act == COMPLETE and duty.started_by.id not in starts]
    for duty in [*ours, *due[-1:]]:
        yield _duty(duty)


def _duty(duty: DutyView) -> TransferStep:
    rule = duty.rule
    return TransferStep(
        title=rule.title,
        text=rule.text,
        source=rule.source,
        stands=_stands(duty),
        act=rule.act,
        who=rule.who,
        answers=_answers(duty),
        key=duty.key,
        due=duty.due,
        by=duty.met_by,
        rule=rule.id,
    )


def _stands(duty: DutyView) -> Step:
    if duty.met_by is not None:
        return "done"
    if duty.ended_by is not None:
        return "without"
    late: tuple[State, ...] = ("overdue",)
    return "late" if duty.state in late else "missing"


def _answers(duty: DutyView) -> dict[str, str]:
    """What the act has to say so that it meets the duty: of a condition with one value, that value."""
    wheres = [pattern.where or {} for pattern in duty.rule.met_by]
    if len(wheres) != 1:
        return {}
    return {name: _typed(values[0]) for name, values in wheres[0].items() if len(values) == 1}


def _typed(value: str | bool) -> str:
    return value if isinstance(value, str) else "yes" if value else "no"


def _gates(view: View, transfer: Transfer, type_: str) -> Iterator[TransferStep]:
    done = transfer.agreed if type_ == AGREED else transfer.completed
    for gate in _in_force(view, type_):
        yield from _recorded(view, gate, done) if done else _to_come(view, transfer, gate, type_)


def _in_force(view: View, type_: str) -> Iterator[Gate]:
    for versions in view.procedures.protocol.gates.values():
        gate = version_on(versions, Moment.exact(view.world.as_at).day)
        concerned = isinstance(gate, Gate) and any(one.event == type_ for one in gate.before)
        if concerned and isinstance(gate, Gate) and not isinstance(gate, NoRuleInForce):
            yield gate


def _recorded(view: View, gate: Gate, done: Event) -> Iterator[TransferStep]:
    """Of what is recorded: whether it was with all that the gate asks."""
    without = [one.refusal for one in view.recorded_without if one.event.id == done.id]
    missing = [one.missing for one in without if one.provision == gate.id]
    text = ". ".join(missing) + "." if missing else gate.text
    yield _step(gate, text, "without" if missing else "done", ACT_OF[done.type], done)


def _to_come(view: View, transfer: Transfer, gate: Gate, type_: str) -> Iterator[TransferStep]:
    """Of what is to come: what is there by now, and what the act itself will ask."""
    judged = [
        one for one in needs_before(view.world, _trial(view, transfer, type_)) if one.gate.id == gate.id
    ]
    there = [one for one in judged if one.need.event is not None]
    for one in there:
        stands: Step = "done" if one.departed or one.answer.truth == "yes" else "missing"
        text = gate.text if stands == "done" else f"{one.need.missing}."
        yield _step(gate, text, stands, _act_for(view, one.need))
    if len(there) < len(gate.needs):
        yield _step(gate, gate.text, "asked", ACT_OF[type_])


def _trial(view: View, transfer: Transfer, type_: str) -> Event:
    at = view.world.as_at
    return Event(TRIAL, type_, Moment.exact(at), at, Author("", ""), {}, strand=transfer.strand.id)


def _act_for(view: View, need: Need) -> str:
    """By which act it comes to be there: as the rule says, else the first that writes such an event."""
    if need.act or need.event is None:
        return need.act
    wanted = need.event.event
    acts = view.procedures.vocabulary.acts.values()
    return next((act.name for act in acts if any(made.event == wanted for made in act.yields)), "")


def _step(gate: Gate, text: str, stands: Step, act: str, by: Event | None = None) -> TransferStep:
    return TransferStep(gate.title, text, gate.source, stands, act, by=by, rule=gate.id)
