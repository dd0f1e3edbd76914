"""A plan as it stands: its versions, its outcomes with their actions, and how each goes, told from what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cairn.core.calendar.duration import months_after
from cairn.core.engine.conditions_of_plans import number_of, rows
from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand
from cairn.core.planning.rows import keys_in

PLAN = "plan"
MADE, REVISED, ENDED = "plan.made", "plan.revised", "plan.ended"
PROGRESSED, JUDGED = "action.progressed", "outcome.judged"
# So many days before its day an action is shown as due soon.
SOON = 7
MONTHS_FORESEEN = 12

State = Literal[
    "done",
    "done late",
    "late",
    "due soon",
    "to come",
    "going on",
    "partly",
    "not done",
    "not needed",
    "undated",
]
OVER: frozenset[State] = frozenset({"done", "done late", "not needed"})
# What a report says of an action that is not over, by its answer.
SAID: Mapping[str, State] = {"going_on": "going on", "partly": "partly", "not_done": "not done"}


@dataclass(frozen=True, slots=True)
class Version:
    """The plan as it was made (number 1) or as it was changed, whole."""

    number: int
    event: Event

    @property
    def data(self) -> Mapping[str, Any]:
        """What the plan says in this version."""
        return self.event.data

    @property
    def day(self) -> date:
        """The London day of it."""
        return self.event.happened_at.day


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is to be done for an outcome, as the version that stands has it, and every report of it.

    `first_due` is the day by which it was to be done at first, where a later version moved it; the reports are in
    the order in which they happened.
    """

    key: str
    outcome: str
    what: str
    why: str
    who: str
    by_when: date | None
    going_on: str
    first_due: date | None
    reports: tuple[Event, ...]

    @property
    def last(self) -> Event | None:
        """The last report of it."""
        return self.reports[-1] if self.reports else None

    @property
    def done_on(self) -> date | None:
        """The day it was done; None while it is not."""
        if self.last is None or self.last.data.get("state") != "done":
            return None
        return _day(self.last.data.get("done_on")) or self.last.happened_at.day

    def state(self, today: date) -> State:
        """How it stands on a day. What was done after its day is done late for good, and what is past its day is late
        whatever was reported, until it is done or no longer needed.
        """
        done = self.done_on
        if done is not None:
            return "done late" if self.by_when and done > self.by_when else "done"
        said = str(self.last.data.get("state") or "") if self.last else ""
        if said == "not_needed":
            return "not needed"
        if self.by_when is not None and self.by_when < today:
            return "late"
        if said in SAID:
            return SAID[said]
        if self.by_when is not None:
            return "due soon" if (self.by_when - today).days <= SOON else "to come"
        return "going on" if self.going_on else "undated"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be different for the child, its actions, and every time it was judged, in order."""

    key: str
    need: str
    text: str
    measure: str
    counted: str
    wanted: int | None
    actions: tuple[Action, ...]
    judged: tuple[Event, ...]

    @property
    def progress(self) -> str:
        """How it was judged last: reached, some, none, worse; '' where nobody judged it yet."""
        return next(
            (str(one.data["progress"]) for one in reversed(self.judged) if one.data.get("progress")), ""
        )

    @property
    def counts(self) -> tuple[tuple[date, int], ...]:
        """What was counted on which day, the earliest first; the last of several of one day."""
        found = {
            one.happened_at.day: int(one.data["count"])
            for one in self.judged
            if one.data.get("count") is not None
        }
        return tuple(sorted(found.items()))

    @property
    def is_kept_or_missed(self) -> bool:
        """Whether it is one thing that happens or does not, such as an appointment: 1 is wanted each time."""
        return self.wanted == 1


@dataclass(frozen=True)
class Plan:
    """One plan of a record: the strand it opened, its versions in order, and its outcomes as they stand.

    `loose` are actions of the version that stands whose outcome is not in it.
    """

    strand: Strand
    versions: tuple[Version, ...]
    outcomes: tuple[Outcome, ...]
    loose: tuple[Action, ...]

    @property
    def current(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def data(self) -> Mapping[str, Any]:
        """What the version that stands says."""
        return self.current.data

    @property
    def kind(self) -> str:
        """Which plan it is; a revision that does not say is of the kind it was made as."""
        return next((str(one.data["kind"]) for one in reversed(self.versions) if one.data.get("kind")), "")

    @property
    def made_on(self) -> date:
        """The day it was made."""
        return self.versions[0].day

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.strand.ended is None

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action, in the order of the outcomes."""
        return (*(action for outcome in self.outcomes for action in outcome.actions), *self.loose)

    @property
    def twelve_months_on(self) -> date:
        """The day by which most plans have ended (Peterborough 6.2, 8.2)."""
        return months_after(self.made_on, MONTHS_FORESEEN)

    def version(self, number: int) -> Version | None:
        """The version of that number, or None."""
        return next((one for one in self.versions if one.number == number), None)

    def taken_keys(self, name: str) -> set[str]:
        """Every number that some version gave to an outcome or an action."""
        return keys_in((one.data for one in self.versions), name)


def plans(standing: Standing) -> tuple[Plan, ...]:
    """Every plan on a record, those that go on first, the newest first among them."""
    found = [
        plan_of(standing, strand)
        for strand in standing.strands.values()
        if strand.kind == PLAN and strand.opener.type == MADE
    ]
    return tuple(
        sorted(found, key=lambda one: (one.is_open, one.versions[0].event.happened_at.latest), reverse=True)
    )


def plan_of(standing: Standing, strand: Strand) -> Plan:
    """A plan as it stands: what the last version says, with every report since the plan was made."""
    its = standing.by_type(strand)
    events = (*its.get(MADE, ()), *its.get(REVISED, ()))
    versions = tuple(Version(number, event) for number, event in enumerate(events, start=1))
    data = versions[-1].data
    actions = tuple(_actions(versions, its.get(PROGRESSED, ())))
    outcomes = tuple(_outcomes(data, actions, its.get(JUDGED, ())))
    named = {one.key for one in outcomes}
    return Plan(strand, versions, outcomes, tuple(one for one in actions if one.outcome not in named))


REPORTS: Mapping[str, tuple[str, str, str]] = {
    PROGRESSED: ("action", "actions", "what"),
    JUDGED: ("outcome", "outcomes", "outcome"),
}


def in_its_words(standing: Standing, report: Event) -> dict[str, str]:
    """What a report is about in the plan's own words, in place of the number; empty where it is about no row of a plan.

    The words are those of the latest version that has the number.
    """
    if report.type not in REPORTS or report.id not in standing.path_of:
        return {}
    field, name, text = REPORTS[report.type]
    strand, number = standing.strand_of(report), str(report.data.get(field) or "")
    versions = [one for one in standing.scope(strand) if one.type in (MADE, REVISED)]
    for version in reversed(versions):
        for place, row in enumerate(rows(version.data, name), start=1):
            if number_of(row, place) == number and row.get(text):
                return {field: str(row[text])}
    return {}


def _outcomes(
    data: Mapping[str, Any], actions: tuple[Action, ...], judged: tuple[Event, ...]
) -> Iterator[Outcome]:
    for place, row in enumerate(rows(data, "outcomes"), start=1):
        key = number_of(row, place)
        yield Outcome(
            key=key,
            need=_text(row, "need"),
            text=_text(row, "outcome"),
            measure=_text(row, "measure"),
            counted=_text(row, "counted"),
            wanted=wanted if isinstance(wanted := row.get("wanted"), int) else None,
            actions=tuple(one for one in actions if one.outcome == key),
            judged=tuple(one for one in judged if one.data.get("outcome") == key),
        )


def _actions(versions: tuple[Version, ...], reports: tuple[Event, ...]) -> Iterator[Action]:
    for place, row in enumerate(rows(versions[-1].data, "actions"), start=1):
        key = number_of(row, place)
        by_when = _day(row.get("by_when"))
        first = _first_due(versions, key)
        yield Action(
            key=key,
            outcome=_text(row, "outcome"),
            what=_text(row, "what"),
            why=_text(row, "why"),
            who=_text(row, "who"),
            by_when=by_when,
            going_on=_text(row, "going_on"),
            first_due=first if first != by_when else None,
            reports=tuple(one for one in reports if one.data.get("action") == key),
        )


def _first_due(versions: tuple[Version, ...], key: str) -> date | None:
    for version in versions:
        for place, row in enumerate(rows(version.data, "actions"), start=1):
            if number_of(row, place) == key and row.get("by_when"):
                return _day(row.get("by_when"))
    return None


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip()


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
