"""What may or must come next, which team takes it, and where the case stands on the flow charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cairn.core.engine.facts import Facts
from cairn.core.engine.truth import every, matches_any
from cairn.core.engine.world import World, holds
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.protocol.model import Edge, EventPattern, FlowChart, NextStep, Node, Source
from cairn.core.protocol.versions import NoRuleInForce, version_on

Place = Literal["done", "now", "to come", "not taken"]


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A next step that stands open: the rule, the event it follows, and what is not known, if anything."""

    rule: NextStep
    after: Event
    strand: Strand | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One box of the flow chart: whether the case has been there, is there, may come there, or passed it by."""

    node: Node
    place: Place
    reached: Event | None = None
    left: Event | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands on one flow chart; `taken` are the edges it has gone along.

    `matters` says whether the case has come to what the chart begins with.
    """

    id: str
    title: str
    source: Source
    stands: tuple[Stand, ...]
    edges: tuple[Edge, ...]
    taken: frozenset[tuple[str, str]]
    matters: bool

    @property
    def now(self) -> tuple[Stand, ...]:
        """The boxes the case is in."""
        return tuple(stand for stand in self.stands if stand.place == "now")


def open_steps(world: World) -> list[OpenStep]:
    """Every next step that follows from what has happened and has not been taken, in the order it arose."""
    found = [
        (world.standing.place_of[event.id], step)
        for versions in world.protocol.next_steps.values()
        for kind in dict.fromkeys(after.event for version in versions for after in version.after)
        for event in world.standing.by_type().get(kind, ())
        if (step := _step(versions, event, world)) is not None
    ]
    return [step for _, step in sorted(found, key=lambda one: one[0])]


def _step(versions: Sequence[NextStep], event: Event, world: World) -> OpenStep | None:
    rule = version_on(versions, event.happened_at.day)
    if rule is None:
        return None
    facts = world.facts(event)
    if isinstance(rule, NoRuleInForce):
        return None if _over(event, facts) else OpenStep(versions[0], event, facts.strand, str(rule))
    follows = every((matches_any(rule.after, event), holds(rule, facts)))
    if follows.truth == "no" or _over(event, facts) or _taken(rule, event, facts):
        return None
    return OpenStep(rule, event, facts.strand, world.words(follows.missing))


def _over(event: Event, facts: Facts) -> bool:
    """Whether its strand has ended since, or another decision has taken its place."""
    strand = facts.strand
    if strand is not None and strand.ended is not None and strand.ended.id != event.id:
        return True
    return any(one.data.get("supersedes") == event.id for one in facts.around(event.type))


def _taken(rule: NextStep, event: Event, facts: Facts) -> bool:
    candidates = [one for until in rule.until for one in facts.of_type(until.event, "episode")]
    return any(
        matches_any(rule.until, one, event).truth == "yes"
        for one in candidates
        if one.id != event.id and one.happened_at.latest >= event.happened_at.earliest
    )


def positions(world: World) -> tuple[Position, ...]:
    """Where the latest episode stands on each flow chart of the protocol, in their order."""
    events = _latest_episode(world)
    return tuple(_position(chart, events) for chart in world.protocol.flow_charts)


def _position(chart: FlowChart, events: tuple[Event, ...]) -> Position:
    nodes = {node.id: node for node in chart.nodes}
    stands = tuple(_stand(node, _since(nodes.get(node.since), events)) for node in chart.nodes)
    been = {stand.node.id for stand in stands if stand.place in ("done", "now")}
    taken = frozenset(
        (edge.from_node, edge.to_node) for edge in chart.edges if {edge.from_node, edge.to_node} <= been
    )
    matters = not chart.begins_with or _first(chart.begins_with, events) is not None
    return Position(chart.id, chart.title, chart.source, stands, chart.edges, taken, matters)


def _since(box: Node | None, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What came after a box was last reached: nothing where it never was, all of it where none is named."""
    if box is None:
        return events
    reached = _last(box.reached_by, events)
    return events[events.index(reached) + 1 :] if reached else ()


def _latest_episode(world: World) -> tuple[Event, ...]:
    outermost = [strand for strand in world.standing.strands.values() if len(strand.path) == 1]
    if not outermost:
        return world.standing.events
    still_open = [strand for strand in outermost if strand.ended is None] or outermost[-1:]
    since = min(strand.opener.happened_at.earliest for strand in still_open)
    first = min(
        (one.opener.happened_at.earliest for one in _leading_to(outermost, still_open)), default=since
    )
    return tuple(event for event in world.standing.events if event.happened_at.latest >= min(since, first))


def _leading_to(outermost: Iterable[Strand], current: Iterable[Strand]) -> Iterator[Strand]:
    """The contacts that the current referrals came from."""
    origins = {strand.opener.data.get("from_contact") for strand in current}
    yield from (strand for strand in outermost if strand.id in origins)


def _stand(node: Node, events: tuple[Event, ...]) -> Stand:
    reached = _last(node.reached_by, events)
    if reached is None:
        passed = _first(node.not_taken_by, events)
        return Stand(node, "not taken", None, passed) if passed else Stand(node, "to come")
    left = _last(node.left_by, events)
    # A box may be reached again after it was left.
    if left is None or left.happened_at.latest < reached.happened_at.earliest:
        return Stand(node, "now" if node.left_by else "done", reached)
    return Stand(node, "done", reached, left)


def _first(patterns: tuple[EventPattern, ...], events: Iterable[Event]) -> Event | None:
    return next((event for event in events if matches_any(patterns, event).truth == "yes"), None)


def _last(patterns: tuple[EventPattern, ...], events: tuple[Event, ...]) -> Event | None:
    return _first(patterns, reversed(events))
