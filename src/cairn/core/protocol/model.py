"""The model of a protocol: a small closed set of rule kinds, each dated and cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, InstanceOf, PlainSerializer, model_validator
from pydantic import Field as Constrained

from cairn.core.calendar.duration import Duration
from cairn.core.letters.written import LetterText
from cairn.core.protocol.forms import Form
from cairn.core.vocabulary.model import Birth, Option, Part

Values = tuple[str | bool, ...]
RuleName = Annotated[str, Constrained(pattern=r"^[a-z][a-z0-9-]*$")]


def _as_pattern(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


def _as_duration(value: Any) -> Any:
    return Duration.parse(value) if isinstance(value, str) else value


Within = Annotated[InstanceOf[Duration], BeforeValidator(_as_duration), PlainSerializer(str)]


def _as_list(value: Any) -> Any:
    # A tuple, for strict models take no list.
    return (value,) if isinstance(value, str | Mapping | BaseModel) else value


class Source(Part):
    """Where a rule rests: a document by its short name, and a paragraph. A paragraph is text: 4.20 is not 4.2."""

    document: str
    paragraph: str


class _EventPattern(Part):
    """An event and the answers it must have. `same` names the fields whose answers must be those of the event that
    the rule began with: of three agencies asked, the one that answers (in `met_by` and `until` only). `child` asks
    whether the child was born when it happened (in `met_by` only).
    """

    event: str
    where: Mapping[str, Values] | None = None
    same: tuple[str, ...] = ()
    latest: bool = False
    child: Birth | None = None
    anywhere_in: Literal["strand", "episode", "history"] = "strand"


Pattern = Annotated[_EventPattern, BeforeValidator(_as_pattern)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_as_list)]
EventPattern = _EventPattern


class Condition(Part):
    """What must hold: an event has happened, a field of the starting event, or a named function.

    Exactly one of `event`, `start`, `function` is given. `is_not` turns yes and no about;
    unknown stays unknown.
    """

    event: Pattern | None = None
    start: Mapping[str, Values] | None = None
    function: str | None = None
    is_not: bool = False

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if sum(part is not None for part in (self.event, self.start, self.function)) != 1:
            raise ValueError("give exactly one of event, start, function")
        return self


class Reading(Part):
    """Another figure that the source gives for the same duty, shown beside the date."""

    within: Within
    source: Source


class Departure(Part):
    """Who may depart from a rule, and whether that moves the date or only says why it was not kept.

    `given_by` are events that are such a departure by themselves, beside one recorded from the rule by its name.
    """

    by: tuple[str, ...]
    given_by: Patterns = ()
    source: Source
    reason: Literal["required"] = "required"
    moves_date: bool = False


class Rule(Part):
    """What every provision carries, whatever its kind.

    `in_force_from` left out is the protocol's own first day. A day before the first version is a stated
    fault; `introduced` says that nothing was laid down before it. `in_force_until` is the first day on
    which a version is no longer in force, though no other follows it.
    """

    id: RuleName
    topic: str = ""
    title: str
    text: str
    source: Source
    in_force_from: date | None = None
    in_force_until: date | None = None
    introduced: bool = False
    governs: Literal["clocks started since", "every open clock"] = "clocks started since"
    when: tuple[Condition, ...] = ()
    note: str = ""


RuleT = TypeVar("RuleT", bound=Rule)


class Duty(Rule):
    """Something that must be done by a time, once, or repeatedly while a strand lasts.

    `within` None leaves it undated; `pace` then gives the document's own words. `set_in` is a field of the
    event that starts the clock, in which people set the time: it fixes the date, but never a later one
    than `within` gives. `as_often_as` is a field of the events of the strand in which people set how often a
    repeating duty is done: never less often than `every` says. `also_for` is a second role on whose list it stands: who does the work, where `who`
    answers for it.
    """

    kind: Literal["duty", "notice"]
    starts: Patterns = ()
    during: str | None = None
    every: Within | None = None
    within: Within | None = None
    set_in: str = ""
    as_often_as: str = ""
    pace: str = ""
    met_by: Patterns
    ends: Patterns = (_EventPattern(event="case.closed"),)
    who: str
    also_for: str = ""
    to: str = ""
    how: str = ""
    act: str = ""
    also: tuple[Reading, ...] = ()
    departure: Departure | None = None


class Need(Part):
    """One thing that must be there, and what to say where it is missing.

    Exactly one of `event`, `field` (with `values`, one of these), `author`, `function` is given. `act` is the act by
    which it comes to be there.
    """

    event: Pattern | None = None
    field: str | None = None
    values: Values = ()
    author: tuple[str, ...] = ()
    function: str | None = None
    missing: str
    act: str = ""

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if (
            sum((bool(self.author), *(part is not None for part in (self.event, self.field, self.function))))
            != 1
        ):
            raise ValueError("give exactly one of event, field, author, function")
        if self.values and self.field is None:
            raise ValueError("values are those of a field: give the field")
        return self


class Gate(Rule):
    """What must be true before an act may be recorded, and who may depart from it with a reason."""

    kind: Literal["gate"]
    before: Patterns
    needs: tuple[Need, ...]
    departure: Departure | None = None


class Quorum(Rule):
    """Who must take part for a meeting or discussion to count. `field` lists those who did."""

    kind: Literal["quorum"]
    of: Patterns
    field: str
    needs: tuple[str, ...]


class OutcomeSet(Rule):
    """Which answers a decision may end in, each with its paragraph."""

    kind: Literal["outcome set"]
    of: str
    field: str
    options: tuple[Option, ...]


class NextStep(Rule):
    """What may or must come next after something happened, and which team takes it."""

    kind: Literal["next step"]
    after: Patterns
    until: Patterns = ()
    act: str = ""
    to: str = ""


AnyRule = Annotated[Duty | Gate | Quorum | OutcomeSet | NextStep, Constrained(discriminator="kind")]


class Node(Part):
    """A box of a flow chart and the events that reach it, leave it, or show it was not taken.

    With `since`, another box of the chart, only what happened after that one was reached reaches it.
    """

    id: RuleName
    title: str
    column: int
    row: int = 0
    reached_by: Patterns
    left_by: Patterns = ()
    not_taken_by: Patterns = ()
    since: str = ""
    duty: str = ""


class Edge(Part):
    """An arrow of the flow chart."""

    from_node: str
    to_node: str
    note: str = ""


class FlowChart(Part):
    """One flow chart of the protocol, with the place it comes from.

    It matters to a case once something of `begins_with` has happened; without that, to every case.
    """

    id: RuleName
    title: str
    source: Source
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    begins_with: Patterns = ()


class Contradiction(Part):
    """Paragraphs of one document that differ, what is done about it, and why."""

    paragraphs: tuple[str, ...]
    about: str
    carried_as: str
    reason: str
    rules: tuple[RuleName, ...]


class Letter(Part):
    """A letter of the protocol: paragraphs with names in braces, filled from the record.

    `use` says when it is written; a child it does `names_child` for is named on each sheet. `once_decided` are its
    paragraphs once the referral is decided, where they then differ.
    """

    id: RuleName
    title: str
    to: Literal["referrer", "family", "child", "professionals"]
    use: str = ""
    subject: LetterText
    paragraphs: tuple[LetterText, ...]
    once_decided: tuple[LetterText, ...] = ()
    names_child: bool = True
    source: Source
    meets: tuple[RuleName, ...] = ()


class Drift(Part):
    """After what time an episode or a plan that still runs is looked at for drift, and why then."""

    of: Literal["episode", "plan"]
    after: Within
    text: str
    source: Source

    @model_validator(mode="after")
    def _in_months(self) -> Drift:
        if self.after.in_hours or self.after.in_working_days:
            raise ValueError(f"{self.after}: drift is counted in days, weeks, months or years")
        return self


class DocumentCited(Part):
    """A document that rules are cited from, by its full title."""

    title: str
    publisher: str
    note: str = ""


class Protocol(Part):
    """An authority's procedures as data. `in_force_from` None is the calendar's first day."""

    name: str
    title: str
    in_force_from: date | None = None
    note: str = ""
    extends: str | None = None
    extends_note: str = ""
    documents: Mapping[str, DocumentCited]
    rules: tuple[AnyRule, ...]
    flow_charts: tuple[FlowChart, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    letters: tuple[Letter, ...] = ()
    forms: tuple[Form, ...] = ()
    drift: tuple[Drift, ...] = ()

    @cached_property
    def duties(self) -> Mapping[str, tuple[Duty, ...]]:
        """The dated versions of each duty and notice, the earliest first, by id."""
        return self._versions(Duty)

    @cached_property
    def gates(self) -> Mapping[str, tuple[Gate, ...]]:
        """The dated versions of each gate, by id."""
        return self._versions(Gate)

    @cached_property
    def quorums(self) -> Mapping[str, tuple[Quorum, ...]]:
        """The dated versions of each quorum, by id."""
        return self._versions(Quorum)

    @cached_property
    def outcome_sets(self) -> Mapping[str, tuple[OutcomeSet, ...]]:
        """The dated versions of each outcome set, by id."""
        return self._versions(OutcomeSet)

    @cached_property
    def next_steps(self) -> Mapping[str, tuple[NextStep, ...]]:
        """The dated versions of each next step, by id."""
        return self._versions(NextStep)

    def form_for(self, strand: str, kind: str) -> Form | None:
        """The form in which a strand of that kind (an assessment, `initial`) is written, or None."""
        return next((form for form in self.forms if form.strand == strand and kind in form.kinds), None)

    def rule(self, rule_id: str) -> Rule | None:
        """The latest version of the rule of that id, or None."""
        found = [rule for rule in self.rules if rule.id == rule_id]
        return max(found, key=_begins, default=None)

    def _versions(self, kind: type[RuleT]) -> dict[str, tuple[RuleT, ...]]:
        by_id: dict[str, list[RuleT]] = {}
        for rule in self.rules:
            if isinstance(rule, kind):
                by_id.setdefault(rule.id, []).append(self._dated(rule))
        return {key: tuple(sorted(versions, key=_begins)) for key, versions in by_id.items()}

    def _dated(self, rule: RuleT) -> RuleT:
        """A rule that gives no day of its own is in force from the protocol's first day."""
        if rule.in_force_from is not None or self.in_force_from is None:
            return rule
        return rule.model_copy(update={"in_force_from": self.in_force_from})


def _begins(rule: Rule) -> date:
    return rule.in_force_from or date.min
