"""A protocol against the vocabulary: every name in it must be one the vocabulary knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from cairn.core.calendar.duration import Duration
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.protocol.check_forms import form_faults
from cairn.core.protocol.model import (
    Departure,
    Duty,
    EventPattern,
    FlowChart,
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
    """What the protocol names that does not exist, and versions of a rule that do not go together.

    Names are those of events, fields, options, roles, functions, documents and rules.
    """
    said: list[str] = []
    for rule in protocol.rules:
        said += [f"{rule.id}: {problem}" for problem in _rule(rule, vocabulary)]
        said += [f"{rule.id}: {problem}" for problem in _cited(_sources(rule), protocol)]
    said += _named_rules(protocol)
    said += _same_boxes(protocol)
    for chart in protocol.flow_charts:
        said += _chart(chart, protocol, vocabulary)
    for letter in protocol.letters:
        said += [f"letter {letter.id}: {problem}" for problem in _cited((letter.source,), protocol)]
    for drift in protocol.drift:
        said += [f"drift after {drift.after}: {problem}" for problem in _cited((drift.source,), protocol)]
    for form in protocol.forms:
        said += [f"form {form.id}: {problem}" for problem in form_faults(form, protocol, vocabulary)]
    return [*said, *_versions(protocol)]


def _named_rules(protocol: Protocol) -> Iterator[str]:
    known = {rule.id for rule in protocol.rules}
    naming = [(f"contradiction {'; '.join(one.paragraphs)}", one.rules) for one in protocol.contradictions]
    naming += [(f"letter {letter.id}", letter.meets) for letter in protocol.letters]
    naming += [
        (f"flow chart {chart.id}, {node.id}", (node.duty,))
        for chart in protocol.flow_charts
        for node in chart.nodes
        if node.duty
    ]
    for owner, named in naming:
        yield from (f"{owner}: no rule {one!r}" for one in named if one not in known)


def _versions(protocol: Protocol) -> Iterator[str]:
    by_id: dict[str, list[Rule]] = {}
    for rule in protocol.rules:
        by_id.setdefault(rule.id, []).append(rule)
    for key, versions in by_id.items():
        yield from (f"{key}: {problem}" for problem in _of_one_rule(versions))


def _of_one_rule(versions: list[Rule]) -> Iterator[str]:
    days = [version.in_force_from for version in versions]
    if len(set(days)) < len(days):
        yield "two versions from the same day"
    if len({type(version) for version in versions}) > 1:
        yield "its versions are rules of different kinds"
    if len({_clock_of(version) for version in versions}) > 1:
        yield "its versions start their clocks with different events"
    earliest = min(versions, key=lambda one: one.in_force_from or date.min)
    for version in versions:
        if version.introduced and (version is not earliest or version.in_force_from is None):
            yield "only a first version with its day can be introduced"


def _clock_of(rule: Rule) -> tuple[object, ...]:
    """What starts a duty's clock: a later version that governs open clocks must find them."""
    if not isinstance(rule, Duty):
        return ()
    return (rule.during, frozenset(start.event for start in rule.starts))


def _sources(rule: Rule) -> Iterator[Source]:
    yield rule.source
    if isinstance(rule, Duty | Gate) and rule.departure:
        yield rule.departure.source
    if isinstance(rule, Duty):
        yield from (reading.source for reading in rule.also)


def _cited(sources: Iterable[Source], protocol: Protocol) -> Iterator[str]:
    for source in sources:
        if source.document not in protocol.documents:
            yield f"cites the unknown document {source.document!r}"


def _rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    for condition in rule.when:
        if condition.event:
            yield from _pattern(condition.event, vocabulary)
        if condition.function and condition.function not in CONDITIONS:
            yield f"no condition is called {condition.function!r}"
    for kind in _judged_from(rule, vocabulary):
        for condition in rule.when:
            yield from _where(kind, condition.start or {})
    yield from _of_kind(rule, vocabulary)


def _judged_from(rule: Rule, vocabulary: Vocabulary) -> Iterator[EventType]:
    """The events that a rule's conditions are judged from."""
    named: set[str] = set()
    match rule:
        case Duty():
            named = {pattern.event for pattern in rule.starts}
            named |= {
                one.name for one in vocabulary.events.values() if rule.during and one.opens == rule.during
            }
        case Gate():
            named = {pattern.event for pattern in rule.before}
        case Quorum():
            named = {pattern.event for pattern in rule.of}
        case OutcomeSet():
            named = {rule.of}
        case NextStep():
            named = {pattern.event for pattern in rule.after}
    yield from (vocabulary.events[name] for name in sorted(named) if name in vocabulary.events)


def _of_kind(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    match rule:
        case Duty():
            yield from _duty(rule, vocabulary)
        case Gate():
            yield from _gate(rule, vocabulary)
        case OutcomeSet():
            yield from _outcomes(rule, vocabulary)
        case Quorum():
            yield from _quorum(rule, vocabulary)
        case NextStep():
            yield from _next_step(rule, vocabulary)


def _next_step(rule: NextStep, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns((*rule.after, *rule.until), vocabulary)
    yield from _shared(rule.after, rule.until, vocabulary)
    if rule.act and rule.act not in vocabulary.acts:
        yield f"no act is called {rule.act!r}"


def _quorum(rule: Quorum, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns(rule.of, vocabulary)
    for pattern in rule.of:
        kind = vocabulary.events.get(pattern.event)
        if kind:
            yield from _where(kind, {rule.field: rule.needs})


def _duty(rule: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns((*rule.starts, *rule.met_by, *rule.ends), vocabulary)
    for pattern in (*rule.starts, *rule.ends):
        if pattern.child:
            yield f"{pattern.event}: whether the child was born is asked of what meets a duty only"
    yield from _shared(rule.starts, rule.met_by, vocabulary)
    yield from _set_in(rule, vocabulary)
    yield from _as_often_as(rule, vocabulary)
    if rule.every and not rule.during:
        yield "repeats, but not during a strand"
    if bool(rule.starts) == bool(rule.during):
        yield "give either what starts the clock, or the strand during which it repeats"
    if rule.during and rule.during not in {event.opens for event in vocabulary.events.values()}:
        yield f"no strand is called {rule.during!r}"
    if rule.act and rule.act not in vocabulary.acts:
        yield f"no act is called {rule.act!r}"
    yield from _roles((rule.who, rule.also_for) if rule.also_for else (rule.who,))
    yield from _departure(rule.departure, vocabulary)


def _departure(departure: Departure | None, vocabulary: Vocabulary) -> Iterator[str]:
    if departure is not None:
        yield from _roles(departure.by)
        yield from _patterns(departure.given_by, vocabulary)


def _shared(
    begun: Iterable[EventPattern], until: Iterable[EventPattern], vocabulary: Vocabulary
) -> Iterator[str]:
    """Fields whose answers must be the same in two events must be fields of both."""
    events = vocabulary.events
    for pattern in until:
        kinds = [events[one.event] for one in (*begun, pattern) if one.event in events]
        for name in pattern.same:
            yield from (f"{kind.name} has no field {name!r}" for kind in kinds if kind.field(name) is None)


def _set_in(rule: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    """One of the events that start the clock must have the date or moment in which people set the time."""
    kinds = list(_judged_from(rule, vocabulary)) if rule.set_in else []
    fields = [field for kind in kinds if (field := kind.field(rule.set_in))]
    if kinds and not any(field.type in ("date", "moment") for field in fields):
        yield f"{kinds[0].name} has no date or moment {rule.set_in!r}"


def _as_often_as(rule: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    """How often is a choice between times ("2 weeks"), asked by events of the strand in which the duty repeats."""
    if not rule.as_often_as:
        return
    if rule.every is None:
        yield "does not repeat, so nobody can set how often"
    asked = [
        field
        for kind in vocabulary.events.values()
        if rule.during in (kind.opens, *kind.within) and (field := kind.field(rule.as_often_as))
    ]
    if not asked:
        yield f"no event of the strand {rule.during!r} has a field {rule.as_often_as!r}"
    yield from (
        f"{rule.as_often_as}: {value!r} is no time such as '2 weeks'"
        for field in asked
        for value in field.allowed() or ("",)
        if not _is_duration(value)
    )


def _is_duration(value: str | bool) -> bool:
    try:
        return bool(Duration.parse(str(value)))
    except ValueError:
        return False


def _gate(rule: Gate, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _patterns(rule.before, vocabulary)
    yield from _departure(rule.departure, vocabulary)
    for need in rule.needs:
        if need.event:
            yield from _pattern(need.event, vocabulary)
        if need.function and need.function not in CONDITIONS:
            yield f"no condition is called {need.function!r}"
        if need.act and need.act not in vocabulary.acts:
            yield f"no act is called {need.act!r}"
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
        elif field.type == "yes_no":
            yield from (
                f"{kind.name}.{name} is true or false, not {value!r}"
                for value in values
                if not isinstance(value, bool)
            )
        elif field.options:
            yield from (
                f"{kind.name}.{name} has no option {value!r}"
                for value in values
                if value not in field.allowed()
            )


def _chart(chart: FlowChart, protocol: Protocol, vocabulary: Vocabulary) -> Iterator[str]:
    here = f"flow chart {chart.id}"
    faults = (*_cited((chart.source,), protocol), *_patterns(chart.begins_with, vocabulary))
    yield from (f"{here}: {problem}" for problem in faults)
    nodes = {node.id for node in chart.nodes}
    for node in chart.nodes:
        for problem in _patterns((*node.reached_by, *node.left_by, *node.not_taken_by), vocabulary):
            yield f"{here}, {node.id}: {problem}"
        if node.since and (node.since not in nodes or node.since == node.id):
            yield f"{here}, {node.id}: it comes since the unknown box {node.since!r}"
    for edge in chart.edges:
        for end in (edge.from_node, edge.to_node):
            if end not in nodes:
                yield f"{here}: an edge names the unknown box {end!r}"


def _same_boxes(protocol: Protocol) -> Iterator[str]:
    """A chart or a box is named by its id alone, so that no two of a protocol have the same."""
    charts = Counter(chart.id for chart in protocol.flow_charts)
    boxes = Counter(node.id for chart in protocol.flow_charts for node in chart.nodes)
    yield from (f"flow chart {name}: stands twice" for name, times in charts.items() if times > 1)
    yield from (f"flow charts: the box {name!r} stands twice" for name, times in boxes.items() if times > 1)
