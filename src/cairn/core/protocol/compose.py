"""Laying a local protocol over the one it extends: one rule of a topic is due, and what is weaker is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations

from cairn.core.calendar.duration import Duration
from cairn.core.calendar.statute import SATURDAY
from cairn.core.protocol.model import AnyRule, Contradiction, Drift, Duty, FlowChart, Letter, Protocol, Rule

Topic = tuple[type[Rule], str]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A local rule and the national rule of the same topic and kind that it takes the place of."""

    local: Rule
    national: Rule


@dataclass(frozen=True, slots=True)
class Weaker:
    """A local rule that gives more time than the national one it takes the place of, or none at all."""

    local: Duty
    national: Duty

    def __str__(self) -> str:
        return f"{_cite(self.local)} gives {_time(self.local)}; {_cite(self.national)} gives {_time(self.national)}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One value that is set twice where neither goes before the other."""

    what: str
    said_by: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what}: {' and '.join(self.said_by)}"


@dataclass(frozen=True, slots=True)
class Composition:
    """The composed protocol (None where there are conflicts: the last one never wins), and what became of its parts."""

    protocol: Protocol | None
    replaced: tuple[Replaced, ...]
    weaker: tuple[Weaker, ...]
    conflicts: tuple[Conflict, ...]


def compose(base: Protocol, *overlays: Protocol) -> Composition:
    """Lay local protocols over the one they extend.

    A local rule takes the place of the national rules of its topic and kind from the day it is in
    force; until then those stay. Two overlays that set one value are a conflict, as are two
    protocols that give one id, document or letter different meanings.
    """
    conflicts = tuple(_conflicts(base, overlays))
    local = tuple(_dated(rule, overlay) for overlay in overlays for rule in overlay.rules)
    national = tuple(_dated(rule, base) for rule in base.rules)
    replaced = tuple(Replaced(one, other) for other in national for one in local if _same_topic(one, other))
    weaker = tuple(
        Weaker(one.local, one.national)
        for one in replaced
        if isinstance(one.local, Duty)
        and isinstance(one.national, Duty)
        and _is_weaker(one.local, one.national)
    )
    composed = None if conflicts else _composed(base, overlays, (*_kept(national, local), *local), replaced)
    return Composition(composed, replaced, weaker, conflicts)


def _dated(rule: AnyRule, protocol: Protocol) -> AnyRule:
    """The rule with the day of its own protocol, which the composed one no longer has."""
    if rule.in_force_from is not None or protocol.in_force_from is None:
        return rule
    return rule.model_copy(update={"in_force_from": protocol.in_force_from})


def _same_topic(one: Rule, other: Rule) -> bool:
    return bool(one.topic) and type(one) is type(other) and one.topic == other.topic


def _kept(national: Sequence[AnyRule], local: Sequence[Rule]) -> Iterator[AnyRule]:
    """The national rules of topics that no local rule is about, and the others until one is in force."""
    for rule in national:
        begins = [one.in_force_from for one in local if _same_topic(one, rule)]
        first = min((day or date.min for day in begins), default=None)
        if first is None:
            yield rule
        elif (rule.in_force_from or date.min) < first:
            until = min(first, rule.in_force_until or date.max)
            yield rule.model_copy(update={"in_force_until": until})


def _composed(
    base: Protocol, overlays: Sequence[Protocol], rules: tuple[AnyRule, ...], replaced: Sequence[Replaced]
) -> Protocol:
    top = overlays[-1] if overlays else base
    parts = (base, *overlays)
    instead: dict[str, list[str]] = {}
    for one in replaced:
        instead.setdefault(one.national.id, []).append(one.local.id)
    return top.model_copy(
        update={
            "in_force_from": None,
            "extends": base.extends,
            "documents": {key: cited for part in parts for key, cited in part.documents.items()},
            "rules": rules,
            "flow_charts": tuple(_charts(parts, instead)),
            "contradictions": tuple(_contradictions(parts, {rule.id for rule in rules})),
            "letters": tuple(_letters(parts, instead)),
            "forms": tuple({form.id: form for part in parts for form in part.forms}.values()),
            "drift": _drift(parts),
        }
    )


def _charts(parts: Iterable[Protocol], instead: Mapping[str, list[str]]) -> Iterator[FlowChart]:
    """The flow charts of every protocol; a local one takes the place of the national one of its id."""
    charts = {chart.id: chart for part in parts for chart in part.flow_charts}
    for chart in charts.values():
        nodes = tuple(
            node.model_copy(update={"duty": instead[node.duty][0]}) if node.duty in instead else node
            for node in chart.nodes
        )
        yield chart.model_copy(update={"nodes": nodes})


def _contradictions(parts: Iterable[Protocol], known: set[str]) -> Iterator[Contradiction]:
    """Those of rules that are still there: what a local rule has replaced is no contradiction any more."""
    for part in parts:
        yield from (one for one in part.contradictions if set(one.rules) <= known)


def _letters(parts: Iterable[Protocol], instead: Mapping[str, list[str]]) -> Iterator[Letter]:
    """The letters of every protocol; a local one takes the place of the national one of its id."""
    letters = {letter.id: letter for part in parts for letter in part.letters}
    for letter in letters.values():
        meets = tuple(dict.fromkeys(one for rule in letter.meets for one in instead.get(rule, [rule])))
        yield letter.model_copy(update={"meets": meets})


def _drift(parts: Sequence[Protocol]) -> tuple[Drift, ...]:
    """When an episode, and when a plan, is looked at for drift: where a local protocol says it, that alone."""
    said = {
        kind: [part for part in parts if any(one.of == kind for one in part.drift)]
        for kind in ("episode", "plan")
    }
    return tuple(one for kind, by in said.items() for one in (by[-1].drift if by else ()) if one.of == kind)


def _conflicts(base: Protocol, overlays: Sequence[Protocol]) -> Iterator[Conflict]:
    for overlay in overlays:
        if overlay.extends != base.name:
            yield Conflict(f"what {overlay.name} extends", (str(overlay.extends or "nothing"), base.name))
        yield from _clashing_ids(base, overlay)
    for one, other in combinations(overlays, 2):
        yield from _both_set(one, other)
        yield from _clashing_ids(one, other)
    for one, other in combinations((base, *overlays), 2):
        for key in one.documents.keys() & other.documents.keys():
            if one.documents[key] != other.documents[key]:
                yield Conflict(f"the document {key!r}", (f"{one.name} cites one", f"{other.name} another"))


def _clashing_ids(one: Protocol, other: Protocol) -> Iterator[Conflict]:
    theirs = {rule.id: rule for rule in other.rules}
    for rule in {rule.id: rule for rule in one.rules}.values():
        if rule.id in theirs and not _same_topic(rule, theirs[rule.id]):
            yield Conflict(f"the rule {rule.id!r}", (_said(one, rule), _said(other, theirs[rule.id])))


def _both_set(one: Protocol, other: Protocol) -> Iterator[Conflict]:
    """What two overlays both set: a topic, a letter, a form, a flow chart."""
    for rule in one.rules:
        for theirs in other.rules:
            if _same_topic(rule, theirs):
                yield Conflict(f"the topic {rule.topic!r}", (_said(one, rule), _said(other, theirs)))
    for letter in sorted({letter.id for letter in one.letters} & {letter.id for letter in other.letters}):
        yield Conflict(f"the letter {letter!r}", (one.name, other.name))
    for form in sorted({form.id for form in one.forms} & {form.id for form in other.forms}):
        yield Conflict(f"the form {form!r}", (one.name, other.name))
    for chart in sorted({chart.id for chart in one.flow_charts} & {chart.id for chart in other.flow_charts}):
        yield Conflict(f"the flow chart {chart!r}", (one.name, other.name))


def _said(protocol: Protocol, rule: Rule) -> str:
    return f"{protocol.name} ({_cite(rule)})"


def _cite(rule: Rule) -> str:
    return f"{rule.source.document}, paragraph {rule.source.paragraph}"


def _time(duty: Duty) -> str:
    parts = [str(duty.within)] if duty.within else []
    parts += [f"every {duty.every}"] if duty.every else []
    return ", then ".join(parts) or "no figure"


# Every weekday, month end and leap day that a start may fall on.
_STARTS = [date(2023, 12, 1) + timedelta(days=number) for number in range(366 + 31)]


def _is_weaker(local: Duty, national: Duty) -> bool:
    """Whether the local rule may ever fall due later than the national one, weekends counted and holidays not."""
    pairs = [(local.within, national.within), (local.every, national.every)]
    return any(theirs is not None and (own is None or _is_longer(own, theirs)) for own, theirs in pairs)


def _is_longer(one: Duration, other: Duration) -> bool:
    return any(_end(start, one) > _end(start, other) for start in _STARTS)


def _end(start: date, duration: Duration) -> datetime:
    if duration.in_hours:
        return datetime.combine(start, time(12)) + timedelta(hours=duration.amount)
    if not duration.in_working_days:
        return datetime.combine(duration.calendar_days_after(start), time.max)
    day = start
    for _ in range(duration.amount):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return datetime.combine(day, time.max)
