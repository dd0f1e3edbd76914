"""Gates: what is missing before an act may be recorded, by which provision, and who may depart from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cairn.core.calendar.moment import Moment
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.duties import DEPARTED
from cairn.core.engine.facts import Facts, happened
from cairn.core.engine.truth import NO, YES, Answer, matches_any
from cairn.core.engine.world import World, holds
from cairn.core.history.case_file import strand_fault
from cairn.core.history.event import Event
from cairn.core.history.history import Strand, open_for
from cairn.core.protocol.model import Gate, Need, Rule, Source
from cairn.core.vocabulary.model import EventType, Vocabulary


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act may not be recorded, or what a fact was recorded without.

    `code` is 'gate', 'cannot tell', 'outcome', 'strand', 'second decision' or 'impossible'.
    `field` is the answer to mend, where it is one; `may_depart` the roles that may go past it
    with a recorded reason.
    """

    code: str
    provision: str
    title: str
    missing: str
    source: Source | None = None
    field: str = ""
    may_depart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedWithout:
    """A fact or decision that stands although a rule was not kept."""

    event: Event
    refusal: Refusal


def refusals(world: World, candidate: Event, vocabulary: Vocabulary) -> list[Refusal]:
    """Every reason why the candidate (an authorisation about to be recorded) would be refused; empty where none.

    Facts have no gates: they are refused only where their own time makes them impossible.
    """
    kind = vocabulary.events[candidate.type]
    lost = strand_fault(candidate, kind, world.standing.strands)
    if lost:
        return [
            Refusal("strand", "", "Which process this belongs to", f"{lost[0]}; give {lost[1]}", field="for")
        ]
    if kind.sort == "fact":
        return list(impossible(world, candidate, kind))
    facts = world.facts(candidate, _strand_for(world, candidate, kind))
    return [
        *impossible(world, candidate, kind),
        *_second(facts, candidate, kind),
        *_outcomes(world, candidate),
        *_gates(world, candidate, facts),
    ]


def _strand_for(world: World, candidate: Event, kind: EventType) -> Strand | None:
    if candidate.strand is not None:
        return world.standing.strands.get(candidate.strand)
    found = open_for(kind, world.standing.strands, candidate.happened_at)
    return found[0] if len(found) == 1 else None


def impossible(world: World, candidate: Event, kind: EventType) -> Iterator[Refusal]:
    """What the event's own time makes impossible: in the future, or before its strand was opened."""
    if candidate.happened_at.earliest > candidate.recorded_at:
        yield Refusal(
            "impossible", "", kind.title, "It cannot have happened after it was recorded", field="at"
        )
    strand = _strand_for(world, candidate, kind)
    if strand and candidate.happened_at.latest < strand.opener.happened_at.earliest:
        opened = strand.opener.happened_at.day.isoformat()
        yield Refusal(
            "impossible",
            "",
            kind.title,
            f"It cannot have happened before the {strand.kind} of {opened}",
            field="at",
        )


def _second(facts: Facts, candidate: Event, kind: EventType) -> Iterator[Refusal]:
    """A second decision is a new decision that names the first and says why."""
    if not kind.field("supersedes"):
        return
    earlier = [event for event in facts.of_type(candidate.type) if event.id != candidate.id]
    if earlier and candidate.data.get("supersedes") != earlier[-1].id:
        last = earlier[-1]
        yield Refusal(
            "second decision",
            "",
            kind.title,
            f"{last.author.name} decided on {last.happened_at.day.isoformat()} already. "
            "Say that this decision replaces that one, and why",
            field="supersedes",
        )


def _outcomes(world: World, candidate: Event) -> Iterator[Refusal]:
    for rule in world.protocol.outcome_sets:
        if rule.of != candidate.type or not _in_force(rule, candidate.happened_at.day):
            continue
        allowed = {option.value for option in rule.options}
        given = candidate.data.get(rule.field)
        for value in given if isinstance(given, list | tuple) else (given,):
            if value is not None and value not in allowed:
                choice = ", ".join(str(option.value) for option in rule.options)
                yield Refusal(
                    "outcome", rule.id, rule.title, f"{value!r} is none of {choice}", rule.source, rule.field
                )


def _in_force(rule: Rule, day: date) -> bool:
    return rule.in_force_from is None or rule.in_force_from <= day


def _gates(world: World, candidate: Event, facts: Facts) -> Iterator[Refusal]:
    for versions in world.protocol.gates.values():
        gate = _version(versions, candidate)
        if gate is None or matches_any(gate.before, candidate).truth == "no":
            continue
        applies = holds(gate, facts)
        if applies.truth == "no" or _departed(gate, facts, candidate):
            continue
        if applies.truth == "unknown":
            yield _refusal(gate, "cannot tell", f"It cannot be told without {applies.missing}")
            continue
        yield from _missing(gate, facts)


def _version(versions: tuple[Gate, ...], candidate: Event) -> Gate | None:
    begun = [gate for gate in versions if _in_force(gate, candidate.happened_at.day)]
    return begun[-1] if begun else None


def _missing(gate: Gate, facts: Facts) -> Iterator[Refusal]:
    for need in gate.needs:
        answer = _met(need, facts)
        if answer.truth == "no":
            yield _refusal(gate, "gate", need.missing, need.field or "")
        elif answer.truth == "unknown":
            yield _refusal(
                gate, "cannot tell", f"{need.missing} (not known: {answer.missing})", need.field or ""
            )


def _refusal(gate: Gate, code: str, missing: str, field: str = "") -> Refusal:
    may_depart = gate.departure.by if gate.departure else ()
    return Refusal(code, gate.id, gate.title, missing, gate.source, field, may_depart)


def _met(need: Need, facts: Facts) -> Answer:
    if need.event is not None:
        return happened(need.event, facts)
    if need.field is not None:
        return _answered(need, facts.start)
    if need.function is not None:
        return CONDITIONS[need.function].judge(facts)
    return YES if facts.start.author.role in need.author else NO


def _answered(need: Need, candidate: Event) -> Answer:
    value = candidate.data.get(str(need.field))
    if value is None or (isinstance(value, str | list | tuple) and not _said(value)):
        return NO
    if not need.values:
        return YES
    given = value if isinstance(value, list | tuple) else (value,)
    return YES if any(one in need.values for one in given) else NO


def _said(value: str | list[object] | tuple[object, ...]) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _departed(gate: Gate, facts: Facts, candidate: Event) -> bool:
    """Whether somebody who may has recorded a departure from the gate, with a reason."""
    if gate.departure is None:
        return False
    return any(
        event.data.get("provision") == gate.id
        and event.author.role in gate.departure.by
        and bool(event.data.get("reason"))
        and event.happened_at.earliest <= candidate.happened_at.latest
        for event in facts.of_type(DEPARTED)
    )


def recorded_without(world: World, vocabulary: Vocabulary) -> list[RecordedWithout]:
    """What stands in the record although a gate or a quorum was not kept, each judged at its own time."""
    found: list[RecordedWithout] = []
    gated = {
        pattern.event
        for versions in world.protocol.gates.values()
        for gate in versions
        for pattern in gate.before
    }
    for number, event in enumerate(world.standing.events):
        if event.type in gated:
            facts = _facts_at(world, event, number)
            found += [RecordedWithout(event, one) for one in _gates(world, event, facts)]
        found += [RecordedWithout(event, one) for one in _quorum(world, event)]
    return found


def _facts_at(world: World, event: Event, number: int) -> Facts:
    """The record as it stood when the event happened: later events open no gate."""
    earlier = world.standing.events[: number + 1]
    same_act = tuple(one for one in world.standing.events[number + 1 :] if _with(one, event))
    return Facts(replace(world.standing, events=earlier + same_act), event, world.standing.strand_of(event))


def _with(one: Event, event: Event) -> bool:
    """Of the same act, or not surely later."""
    return (one.act is not None and one.act == event.act) or _overlap(one.happened_at, event.happened_at)


def _overlap(one: Moment, other: Moment) -> bool:
    return one.earliest <= other.latest


def _quorum(world: World, event: Event) -> Iterator[Refusal]:
    for rule in world.protocol.quorums:
        if not _in_force(rule, event.happened_at.day) or matches_any(rule.of, event).truth != "yes":
            continue
        there = event.data.get(rule.field)
        for role in rule.needs:
            if there is None:
                yield Refusal(
                    "cannot tell", rule.id, rule.title, f"Who took part is not recorded: {role}", rule.source
                )
            elif role not in there:
                yield Refusal("quorum", rule.id, rule.title, f"Without {role}", rule.source, rule.field)
