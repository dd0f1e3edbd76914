"""Gates: what is missing before an act may be recorded, by which provision, and who may depart from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cairn.core.calendar.end_time import ended_before_it_began
from cairn.core.calendar.london import say_date, say_moment, say_time
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.departures import departures
from cairn.core.engine.facts import Facts, happened
from cairn.core.engine.four_eyes import four_eyes
from cairn.core.engine.over import closed_by_then, is_over
from cairn.core.engine.truth import NO, YES, Answer, every, is_answered, is_one_of, matches_any
from cairn.core.engine.world import World, holds
from cairn.core.history.belonging import in_its_strand, strand_fault
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand, Subject
from cairn.core.protocol.model import Gate, Need, Quorum, RuleT, Source
from cairn.core.protocol.versions import NoRuleInForce, version_on
from cairn.core.vocabulary.asked import answers_not_of
from cairn.core.vocabulary.model import EventType, Vocabulary

# The longest that a child can have been expected.
BEFORE_BIRTH = timedelta(weeks=42)
PAST_MIDNIGHT = "If it went on past midnight, write “the next day” after the time"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act may not be recorded, or what a fact was recorded without.

    `code` is 'gate', 'cannot tell', 'outcome', 'strand', 'second decision', 'impossible' or 'quorum'; of an
    approval also 'own work', or 'changed' since it was shown.
    `field` is the answer to mend, where it is one; `may_depart` the roles that may go past it
    with a recorded reason; `against` the record and the entry that stands against it.
    """

    code: str
    provision: str
    title: str
    missing: str
    source: Source | None = None
    field: str = ""
    may_depart: tuple[str, ...] = ()
    against: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RecordedWithout:
    """A fact or decision that stands although a rule was not kept."""

    event: Event
    refusal: Refusal


def refusals(world: World, candidate: Event, vocabulary: Vocabulary) -> list[Refusal]:
    """Every reason why the candidate (an event about to be recorded) would be refused; empty where none.

    Facts have no gates: they are refused only where their own time makes them impossible. An
    authorisation is judged by what had happened when it was given, not by what happened since.
    """
    kind = vocabulary.events[candidate.type]
    lost = strand_fault(candidate, kind, world.standing.strands)
    if lost:
        closed = closed_by_then(world.standing, candidate, kind)
        if closed:
            return [_impossible(kind, closed, "at")]
        return [
            Refusal("strand", "", "Which process this belongs to", f"{lost[0]}; give {lost[1]}", field="for")
        ]
    strand = _strand_for(world, candidate, kind)
    if kind.sort == "fact":
        return list(impossible(world, candidate, kind, strand))
    facts = Facts(_as_it_stood(world, candidate), candidate, strand)
    return [
        *impossible(world, candidate, kind, strand),
        *_second(world.facts(candidate, strand), candidate, kind),
        *_signed(world, candidate, kind, strand),
        *_outcomes(world, candidate, facts),
        *_gates(world, candidate, facts),
    ]


def _strand_for(world: World, candidate: Event, kind: EventType) -> Strand | None:
    named = in_its_strand(candidate, kind, world.standing.strands).strand
    return world.standing.strands.get(named) if named else None


def _as_it_stood(world: World, event: Event) -> Standing:
    """The record without what surely happened after the event, but with what the same act recorded."""
    events = world.standing.events
    # They are in the order of their latest, so that everything up to here had happened.
    place = bisect_right(events, event.happened_at.latest, key=lambda one: one.happened_at.latest)
    later = [one for one in events[place:] if _with(one, event)]
    return world.standing.only((*events[:place], *later))


def _with(one: Event, event: Event) -> bool:
    same_act = one.act is not None and one.act == event.act
    return same_act or one.happened_at.earliest <= event.happened_at.latest


def impossible(world: World, candidate: Event, kind: EventType, strand: Strand | None) -> Iterator[Refusal]:
    """What the event's own time makes impossible: in the future, or before its strand was opened."""
    if candidate.id in world.standing.path_of:
        yield _impossible(kind, f"An event with the id {candidate.id} is on the record already", "id")
    if candidate.happened_at.earliest > candidate.recorded_at:
        yield _impossible(kind, "It cannot have happened after it was recorded", "at")
    if strand and candidate.happened_at.latest < strand.opener.happened_at.earliest:
        opened = say_date(strand.opener.happened_at.day)
        yield _impossible(kind, f"It cannot have happened before the {strand.kind} of {opened}", "at")
    over = is_over(world.standing, candidate, kind, strand)
    if over:
        yield _impossible(kind, over, "at")
    yield from by_its_time(world.standing.subject, candidate, kind)


def by_its_time(subject: Subject, event: Event, kind: EventType) -> Iterator[Refusal]:
    """What an event's own time makes impossible of what it says, whether it is recorded or corrected."""
    yield from _before_birth(subject, event, kind)
    yield from _before_life(subject, event, kind)
    for field in kind.fields if not event.happened_at.is_day else ():
        until = event.data.get(field.name) if field.check == "end_time" else None
        if isinstance(until, str) and ended_before_it_began(until, event.happened_at):
            began = say_time(event.happened_at.earliest)
            yield _impossible(
                kind, f"It began at {began}, so it cannot have ended at {until}. {PAST_MIDNIGHT}", field.name
            )


def _before_birth(subject: Subject, event: Event, kind: EventType) -> Iterator[Refusal]:
    """Peterborough 3.13 and 4.12: what happens only to a child who is born, said of one who was not yet."""
    day = event.happened_at.day
    if not subject.is_unborn(day):
        return
    if subject.born is None:
        why = "The record says of no birth. If the baby is born, record the birth first"
    else:
        why = f"The child was born on {say_date(subject.born)}, after {say_date(day)}. Check both days"
    if kind.asked_of and "unborn" not in kind.asked_of:
        yield _impossible(kind, why, "at")
    for field in answers_not_of(kind, event.data, "unborn"):
        yield _impossible(kind, f"“{field.label}” has no answer for an unborn child. {why}", field.name)


def _before_life(subject: Subject, event: Event, kind: EventType) -> Iterator[Refusal]:
    """What lies before the child can have been expected, where nothing says that it belongs to the record all the same."""
    begins = subject.born or subject.expected
    if begins is None or event.happened_at.day >= begins - BEFORE_BIRTH:
        return
    for name, answer in (kind.before_life or {}).items():
        field, said = kind.field(name), event.data.get(name) or ()
        if field is not None and answer not in said:
            label = next((one.label for one in field.options if one.value == answer), answer)
            born = f"was born on {say_date(begins)}" if subject.born else f"is expected on {say_date(begins)}"
            why = f"{say_moment(event.happened_at)} is long before the child, who {born}"
            yield _impossible(kind, f"{why}. Put the date right, or choose “{label}”", name)


def _impossible(kind: EventType, missing: str, field: str) -> Refusal:
    return Refusal("impossible", "", kind.title, missing, field=field)


def _second(facts: Facts, candidate: Event, kind: EventType) -> Iterator[Refusal]:
    """A second decision is a new decision that names the first and says why."""
    if not kind.field("supersedes"):
        return
    earlier = [event for event in facts.of_type(candidate.type) if event.id != candidate.id]
    named = candidate.data.get("supersedes")
    if earlier and named != earlier[-1].id:
        last = earlier[-1]
        yield Refusal(
            "second decision",
            "",
            kind.title,
            f"{last.author.name} decided on {say_date(last.happened_at.day)} already. "
            "Say that this decision replaces that one, and why",
            field="supersedes",
        )
    elif named and not earlier:
        yield Refusal(
            "second decision",
            "",
            kind.title,
            f"There is no decision {named!r} to replace",
            field="supersedes",
        )
    elif named and kind.field("reason") and not is_answered(candidate.data.get("reason")):
        yield Refusal(
            "second decision", "", kind.title, "Say why this decision replaces the last", field="reason"
        )


def _signed(world: World, candidate: Event, kind: EventType, strand: Strand | None) -> Iterator[Refusal]:
    for code, missing, field in four_eyes(world.standing, candidate, kind, strand):
        yield Refusal(code, "", kind.title, missing, field=field)


def _outcomes(world: World, candidate: Event, facts: Facts) -> Iterator[Refusal]:
    for versions in world.protocol.outcome_sets.values():
        concerned = [rule for rule in versions if rule.of == candidate.type]
        rule = _version(versions, candidate) if concerned else None
        if isinstance(rule, Refusal):
            yield rule
        elif rule is not None and holds(rule, facts).truth != "no":
            options = [option.value for option in rule.options]
            choice = ", ".join(str(option) for option in options)
            given = candidate.data.get(rule.field)
            yield from (
                Refusal(
                    "outcome", rule.id, rule.title, f"{value!r} is none of {choice}", rule.source, rule.field
                )
                for value in (given if isinstance(given, list | tuple) else (given,))
                if value is not None and not is_one_of(value, options)
            )


def _version(versions: Sequence[RuleT], event: Event) -> RuleT | Refusal | None:
    """The version in force on the event's day; where the protocol has none, that it can't be told."""
    found = version_on(versions, event.happened_at.day)
    if not isinstance(found, NoRuleInForce):
        return found
    first = versions[0]
    return Refusal("cannot tell", first.id, first.title, f"Not known: {found}", first.source)


def _gates(world: World, candidate: Event, facts: Facts) -> Iterator[Refusal]:
    for versions in world.gates_before.get(candidate.type, ()):
        gate = _version(versions, candidate)
        if isinstance(gate, Refusal):
            yield gate
        elif gate is not None:
            yield from _gate(world, gate, candidate, facts)


def _gate(world: World, gate: Gate, candidate: Event, facts: Facts) -> Iterator[Refusal]:
    applies = every((matches_any(gate.before, candidate), holds(gate, facts)))
    if applies.truth == "no" or departures(gate.id, gate.departure, facts):
        return
    missing = list(_missing(gate, facts))
    if missing and applies.truth == "unknown":
        yield _refusal(gate, "cannot tell", f"It cannot be told without {world.words(applies.missing)}")
    else:
        yield from missing


def _missing(gate: Gate, facts: Facts) -> Iterator[Refusal]:
    for need in gate.needs:
        answer = _met(need, facts)
        if answer.truth == "no":
            yield _refusal(gate, "gate", need.missing, need.field or "")
        elif answer.truth == "unknown":
            missing = f"{need.missing} (not known: {answer.missing})"
            yield _refusal(gate, "cannot tell", missing)


def _refusal(gate: Gate, code: str, missing: str, field: str = "") -> Refusal:
    may_depart = gate.departure.by if gate.departure else ()
    return Refusal(code, gate.id, gate.title, missing, gate.source, field, may_depart)


def _met(need: Need, facts: Facts) -> Answer:
    if need.event is not None:
        return happened(need.event, facts)
    if need.field is not None:
        return _answered(facts.start.data.get(need.field), need)
    if need.function is not None:
        return CONDITIONS[need.function].judge(facts)
    return YES if facts.start.author.role in need.author else NO


def _answered(value: object, need: Need) -> Answer:
    if not is_answered(value):
        return NO
    return YES if not need.values or is_one_of(value, need.values) else NO


@dataclass(frozen=True, slots=True)
class NeedJudged:
    """One thing that a gate asks for, and whether it is there by now. `departed` says that a reason stands instead."""

    gate: Gate
    need: Need
    answer: Answer
    departed: bool


def needs_before(world: World, candidate: Event, first: Event | None = None) -> list[NeedJudged]:
    """What has to be there before such an act may be recorded, met or not, by every gate that applies or may.

    What the act itself has to answer, or who may do it, is left out: it is not there before the act is. `first` is an
    event that will stand before it, in its strand, but does not yet: an assessment as it would be handed in.
    """
    kind = world.vocabulary.events[candidate.type]
    if first is not None:
        world = replace(world, standing=_with_first(world, candidate, first))
    facts = Facts(_as_it_stood(world, candidate), candidate, _strand_for(world, candidate, kind))
    return [
        NeedJudged(gate, need, _met(need, facts), bool(departures(gate.id, gate.departure, facts)))
        for versions in world.protocol.gates.values()
        for gate in [_version(versions, candidate)]
        if isinstance(gate, Gate) and any(one.event == candidate.type for one in gate.before)
        if every((matches_any(gate.before, candidate), holds(gate, facts))).truth != "no"
        for need in gate.needs
        if need.event is not None or need.function is not None
    ]


def _with_first(world: World, candidate: Event, first: Event) -> Standing:
    strand = _strand_for(world, candidate, world.vocabulary.events[candidate.type])
    placed = {**world.standing.path_of, first.id: strand.path if strand else ()}
    return replace(world.standing, events=(*world.standing.events, first), path_of=placed)


def recorded_without(world: World, vocabulary: Vocabulary) -> list[RecordedWithout]:
    """What stands in the record although a gate or a quorum was not kept, each judged at its own time."""
    gates, quorums = world.protocol.gates, world.protocol.quorums
    gated = {one.event for versions in gates.values() for gate in versions for one in gate.before}
    counted = {one.event for versions in quorums.values() for rule in versions for one in rule.of}
    found: list[RecordedWithout] = []
    for event in world.standing.events:
        if event.type not in gated | counted or world.standing.is_lost(event):
            continue
        facts = Facts(_as_it_stood(world, event), event, world.standing.strand_of(event))
        found += [RecordedWithout(event, one) for one in _gates(world, event, facts)]
        found += [RecordedWithout(event, one) for one in _quorums(world, event, facts)]
    return found


def _quorums(world: World, event: Event, facts: Facts) -> Iterator[Refusal]:
    for versions in world.protocol.quorums.values():
        concerned = [rule for rule in versions if any(one.event == event.type for one in rule.of)]
        rule = _version(versions, event) if concerned else None
        if isinstance(rule, Refusal):
            yield rule
        elif rule is not None:
            yield from _quorum(rule, event, facts)


def _quorum(rule: Quorum, event: Event, facts: Facts) -> Iterator[Refusal]:
    applies = every((matches_any(rule.of, event), holds(rule, facts)))
    given = event.data.get(rule.field)
    there = (given,) if isinstance(given, str) else given
    for role in rule.needs if applies.truth != "no" else ():
        if there is None:
            missing = f"Who took part is not recorded: {role}"
            yield Refusal("cannot tell", rule.id, rule.title, missing, rule.source, rule.field)
        elif role not in there and applies.truth == "unknown":
            missing = f"Without {role}, if it was needed: not known is {applies.missing}"
            yield Refusal("cannot tell", rule.id, rule.title, missing, rule.source)
        elif role not in there:
            yield Refusal("quorum", rule.id, rule.title, f"Without {role}", rule.source, rule.field)
