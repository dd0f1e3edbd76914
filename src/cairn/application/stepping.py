"""Stepping down to early help and up from it: what the procedures ask before, as far as it is not on the form itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import needs_before
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.history.history import open_for
from cairn.core.protocol.model import Gate

TRIAL = "not-yet-stepped"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked before: its rule, whether it is there, and the act by which it comes to be there.

    `only_for` says with which answer alone it is asked, `unknown` the fact that is missing.
    """

    gate: Gate
    missing: str
    is_there: bool
    unknown: str
    act: str
    verb: str
    only_for: str


def asked_before(actor: Actor, page: ActPage) -> tuple[Asked, ...]:
    """What has to be there before the act of a page, for every answer that may still be given."""
    return tuple(_asked(actor, page))


def _asked(actor: Actor, page: ActPage) -> Iterator[Asked]:
    view = page.page.view
    trial = _trial(actor, page)
    seen: set[str] = set()
    for one in needs_before(view.world, trial) if trial else ():
        if one.need.missing in seen:
            continue
        seen.add(one.need.missing)
        act = one.need.act if one.need.act and may_do(actor, one.need.act) else ""
        yield Asked(
            gate=one.gate,
            missing=one.need.missing,
            is_there=one.departed or one.answer.truth == "yes",
            unknown=view.world.words(one.answer.missing) if one.answer.truth == "unknown" else "",
            act=act,
            verb=in_use().vocabulary.acts[act].verb if act else "",
            only_for=_only_for(one.gate, trial),
        )


def _only_for(gate: Gate, trial: Event | None) -> str:
    """With which answer a rule is asked alone: "Only for: CAF"."""
    told = []
    for pattern in gate.before:
        if trial is None or pattern.event != trial.type:
            continue
        for name, values in (pattern.where or {}).items():
            field = in_use().vocabulary.events[pattern.event].field(name)
            labels = {one.value: one.label for one in field.options} if field else {}
            told += [str(labels.get(value, value)) for value in values]
    return f"Only for: {', '.join(told)}" if told else ""


def _trial(actor: Actor, page: ActPage) -> Event | None:
    """The event as it would be recorded now, with nothing answered; None where it belongs to nothing that is open."""
    at = now()
    kind = in_use().vocabulary.events[page.act.yields[0].event]
    strands = open_for(kind, page.page.view.standing.strands, Moment.exact(at))
    if not strands:
        return None
    return Event(
        id=TRIAL,
        type=kind.name,
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author(actor.name, actor.role, str(actor.id)),
        data={},
        strand=strands[-1].id,
    )


def clock_of(view: View, event: str) -> DutyView | None:
    """The open duty that an event meets, the soonest due: the 20 working days of stepping down (5.8)."""
    found = [duty for duty in view.open_duties if any(one.event == event for one in duty.rule.met_by)]
    return min(found, key=lambda one: (one.due is None, one.due or now()), default=None)
