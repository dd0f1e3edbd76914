"""A protocol against the vocabulary: every name in it must be one the vocabulary knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cairn.core.engine.conditions import CONDITIONS
from cairn.core.protocol.model import (
    Duty,
    EventPattern,
    Gate,
    NextStep,
    OutcomeSet,
    Protocol,
    Quorum,
    Rule,
    Source,
    Values,
)
from cairn.core.roles import ROLES
from cairn.core.vocabulary.model import EventType, Vocabulary


def check_protocol(protocol: Protocol, vocabulary: Vocabulary) -> list[str]:
    """What the protocol names that does not exist: events, fields, options, roles, functions, documents, rules."""
    said: list[str] = []
    for rule in protocol.rules:
        said += [f"{rule.id}: {problem}" for problem in _rule(rule, vocabulary)]
        said += _cited(rule.id, rule.source, protocol)
    known = {rule.id for rule in protocol.rules}
    for contradiction in protocol.contradictions:
        said += [
            f"contradiction {'; '.join(contradiction.paragraphs)}: no rule {one!r}"
            for one in contradiction.rules
            if one not in known
        ]
    if protocol.flow_chart:
        said += _chart(protocol, vocabulary)
    return [*said, *_twice(protocol)]


def _twice(protocol: Protocol) -> Iterator[str]:
    seen: set[tuple[str, object]] = set()
    for rule in protocol.rules:
        key = (rule.id, rule.in_force_from)
        if key in seen:
            yield f"{rule.id}: two versions from the same day"
        seen.add(key)


def _cited(owner: str, source: Source, protocol: Protocol) -> Iterator[str]:
    if source.document not in protocol.documents:
        yield f"{owner}: cites the unknown document {source.document!r}"


def _rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    for condition in rule.when:
        if condition.event:
            yield from _pattern(condition.event, vocabulary)
        if condition.function and condition.function not in CONDITIONS:
            yield f"no condition is called {condition.function!r}"
    yield from _of_kind(rule, vocabulary)


def _of_kind(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    match rule:
        case Duty():
            yield from _duty(rule, vocabulary)
        case Gate():
            yield from _gate(rule, vocabulary)
        case OutcomeSet():
            yield from _outcomes(rule, vocabulary)
        case Quorum():
            yield from _patterns(rule.of, vocabulary)
        case NextStep():
            yield from _next_step(rule, vocabulary)


def _next_step(rule: NextStep, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns((*rule.after, *rule.until), vocabulary)
    if rule.act and rule.act not in vocabulary.acts:
        yield f"no act is called {rule.act!r}"


def _duty(rule: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns((*rule.starts, *rule.met_by, *rule.ends), vocabulary)
    if bool(rule.starts) == bool(rule.during):
        yield "give either what starts the clock, or the strand during which it repeats"
    if rule.during and rule.during not in {event.opens for event in vocabulary.events.values()}:
        yield f"no strand is called {rule.during!r}"
    if rule.act and rule.act not in vocabulary.acts:
        yield f"no act is called {rule.act!r}"
    yield from _roles((rule.who,))
    yield from _roles(rule.departure.by if rule.departure else ())
    for start in rule.starts:
        kind = vocabulary.events.get(start.event)
        for condition in rule.when:
            if kind and condition.start:
                yield from _where(kind, condition.start)


def _gate(rule: Gate, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns(rule.before, vocabulary)
    yield from _roles(rule.departure.by if rule.departure else ())
    for need in rule.needs:
        if need.event:
            yield from _pattern(need.event, vocabulary)
        if need.function and need.function not in CONDITIONS:
            yield f"no condition is called {need.function!r}"
        yield from _roles(need.author)
        for before in rule.before:
            kind = vocabulary.events.get(before.event)
            if kind and need.field:
                yield from _where(kind, {need.field: need.values})


def _outcomes(rule: OutcomeSet, vocabulary: Vocabulary) -> Iterator[str]:
    kind = vocabulary.events.get(rule.of)
    if kind is None:
        yield f"no event type is called {rule.of!r}"
    else:
        yield from _where(kind, {rule.field: tuple(option.value for option in rule.options)})


def _roles(named: Iterable[str]) -> Iterator[str]:
    yield from (f"no role is called {role!r}" for role in named if role not in ROLES)


def _patterns(patterns: Iterable[EventPattern], vocabulary: Vocabulary) -> Iterator[str]:
    for pattern in patterns:
        yield from _pattern(pattern, vocabulary)


def _pattern(pattern: EventPattern, vocabulary: Vocabulary) -> Iterator[str]:
    kind = vocabulary.events.get(pattern.event)
    if kind is None:
        yield f"no event type is called {pattern.event!r}"
    else:
        yield from _where(kind, pattern.where or {})


def _where(kind: EventType, where: Mapping[str, Values]) -> Iterator[str]:
    for name, values in where.items():
        field = kind.field(name)
        if field is None:
            yield f"{kind.name} has no field {name!r}"
        elif field.options:
            yield from (
                f"{kind.name}.{name} has no option {value!r}"
                for value in values
                if value not in field.allowed()
            )


def _chart(protocol: Protocol, vocabulary: Vocabulary) -> Iterator[str]:
    chart = protocol.flow_chart
    if chart is None:
        return
    nodes = {node.id for node in chart.nodes}
    for node in chart.nodes:
        for problem in _patterns((*node.reached_by, *node.left_by, *node.not_taken_by), vocabulary):
            yield f"flow chart, {node.id}: {problem}"
    for edge in chart.edges:
        for end in (edge.from_node, edge.to_node):
            if end not in nodes:
                yield f"flow chart: an edge names the unknown box {end!r}"
