"""A contact or a referral that waits for its decision: what came in, its clocks, and where the procedures send it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cairn.application.acting import ActPage, open_for_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.restrictions import restriction_of
from cairn.core.calendar.moment import Moment
from cairn.core.engine.around import asked_and_answered, awaited
from cairn.core.engine.duties import DutyView
from cairn.core.engine.next_steps import OpenStep
from cairn.core.engine.summary import decision_on
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Strand
from cairn.core.vocabulary.model import Act

# For each act: the kind of strand it is about, the event whose clock it shows, and what such a strand waits for.
DECIDES = {
    "decide-contact": ("contact", "contact.decided", "a decision"),
    "complete-contact": ("contact", "contact.decided", "an answer of the contact centre"),
    "decide-referral": ("referral", "referral.decided", "a decision"),
    "decide-sibling": ("referral", "sibling.decided", "a decision"),
}
# What must have been recorded before an act can be about it.
# These are about a restriction that stands.
ON_RESTRICTED = frozenset({"review-restriction", "lift-restriction"})
ANSWERS = {
    "approve-assessment": "assessment.submitted",
    "return-assessment": "assessment.submitted",
    "share-assessment": "assessment.approved",
    "decide-sibling": "sibling.listed",
}
TRIAL = "not-yet-recorded"


@dataclass(frozen=True)
class OnRecord:
    """A contact or a referral on a record that was opened."""

    page: ChildPage
    strand: Strand

    @property
    def view(self) -> View:
        """The record as it stands."""
        return self.page.view

    @property
    def opener(self) -> Event:
        """The contact or referral as it stands, corrections taken in."""
        standing = {event.id: event for event in self.view.standing.events}
        return standing.get(self.strand.id, self.strand.opener)

    @property
    def exchange(self) -> tuple[Event, ...]:
        """What was asked about a contact and answered before it is decided, in order."""
        return asked_and_answered(self.view, self.strand)

    @property
    def awaited(self) -> Event | None:
        """The return of a contact that nobody has answered yet."""
        return awaited(self.view, self.strand)


@dataclass(frozen=True)
class ToDecide(OnRecord):
    """What is to be decided: the record opened for the act, the strand, and the duties that the decision meets.

    `earlier` is the decision that stands already, if there is one: another one replaces it.
    """

    found: ActPage
    clocks: tuple[DutyView, ...]
    earlier: Event | None = None


@dataclass(frozen=True)
class Several:
    """Several wait: which one is meant has to be said. Each with its id and words."""

    found: ActPage
    choices: tuple[tuple[str, str], ...]


def to_decide(actor: Actor, record: UUID, act: str, strand: str | None) -> ToDecide | Several | Refused:
    """Open a record to decide a contact or a referral on it: the one named, or the only one that waits."""
    found = open_for_act(actor, record, act)
    if isinstance(found, Refused):
        return found
    kind, decided, waits_for = DECIDES[act]
    of_kind = {one.id: one for one in found.page.view.standing.strands.values() if one.kind == kind}
    named = of_kind.get(strand) if strand else None
    waiting = [named] if named else [one for one in of_kind.values() if _waits(one, found.page.view, act)]
    if not waiting:
        return Refused(
            "not found",
            f"No {kind} on this record waits for {waits_for}",
            "It may have been done by somebody else since. The child’s record shows what was recorded.",
        )
    if len(waiting) > 1:
        return Several(found, tuple((one.id, strand_in_words(one)) for one in waiting))
    one = waiting[0]
    clocks = tuple(_clocks(one, decided, found.page.view))
    return ToDecide(found.page, one, found, clocks, _earlier(one, found))


def open_referral(actor: Actor, record: UUID, strand: str) -> OnRecord | Refused:
    """Open one referral of a record for reading. The view is logged."""
    found = open_child(actor, record, page="referral")
    if isinstance(found, Refused):
        return found
    named = found.view.standing.strands.get(strand)
    if named is None or named.kind != "referral":
        return Refused("not found", "There is no such referral on this record", "It may have been withdrawn.")
    return OnRecord(found, named)


def can_be_done(view: View, act: Act) -> bool:
    """Whether there is anything on a record that an act could be about now.

    A decision needs something that waits for it, any other act on a process one that it may belong to:
    a fact one that is over too, for it may be typed late.
    """
    if act.name in ON_RESTRICTED:
        return restriction_of(view) is not None
    if act.on != "strand":
        return True
    strands = view.standing.strands.values()
    if act.name in ANSWERS and not view.standing.by_type().get(ANSWERS[act.name]):
        return False
    if act.name in DECIDES:
        kind = DECIDES[act.name][0]
        return any(one.kind == kind and _waits(one, view, act.name) for one in strands)
    return any(_takes(made.event, strands, view) for made in act.yields)


def _takes(event: str, strands: Iterable[Strand], view: View) -> bool:
    kind = view.procedures.vocabulary.events[event]
    if not kind.within or kind.opens:
        return True
    # What is said of an assessment needs one, though an event of it may belong to the referral alone.
    its_own = event.partition(".")[0]
    kinds = (its_own,) if its_own in kind.within else kind.within
    return any(one.kind in kinds and (kind.sort == "fact" or one.ended is None) for one in strands)


def _waits(strand: Strand, view: View, act: str) -> bool:
    """Of a referral, only one without a decision; about brothers and sisters it may be decided later (3.9)."""
    if act == "complete-contact":
        return awaited(view, strand) is not None
    undecided = act != "decide-referral" or decision_on(view, strand) is None
    return strand.ended is None and undecided


def _earlier(strand: Strand, found: ActPage) -> Event | None:
    return decision_on(found.page.view, strand) if strand.kind == "referral" else None


def _clocks(strand: Strand, decided: str, view: View) -> Iterator[DutyView]:
    """The duties of this strand that a decision meets, the soonest due first."""
    for duty in view.duties:
        meets = any(one.event == decided for one in duty.rule.met_by)
        if meets and duty.strand is not None and duty.strand.id == strand.id:
            yield duty


@dataclass(frozen=True, slots=True)
class Route:
    """Where the procedures send a referral: in which case, to whom, by which paragraph; `missing` is not known yet."""

    when: str
    to: str
    text: str
    paragraph: str
    missing: str = ""


def routes(view: View, answers: Mapping[str, Any], levels: Mapping[str, str]) -> tuple[Route, ...]:
    """Where a referral of this child would go, by each level of need (its value and words) that it depends on."""
    steps: dict[str, OpenStep] = {}
    at_levels: dict[str, list[str]] = {}
    for value, words in levels.items():
        for step in _steps(view, {**answers, "level": value}):
            steps[step.rule.id] = step
            at_levels.setdefault(step.rule.id, []).append(words)
    return tuple(_route(step, at_levels[rule], len(levels)) for rule, step in steps.items())


def _route(step: OpenStep, at_levels: list[str], all_levels: int) -> Route:
    when = "Whatever the level" if len(at_levels) == all_levels else " or ".join(at_levels)
    # What is not known is named with its entry, which here is not written yet.
    missing = step.missing.partition(" (Referral received")[0]
    return Route(when, step.rule.to, step.rule.text, step.rule.source.paragraph, missing)


def _steps(view: View, answers: Mapping[str, Any]) -> list[OpenStep]:
    """What would come next, were such a referral recorded now, and lies with some team."""
    at = now()
    trial = Event(
        id=TRIAL,
        type="referral.received",
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author("", "team manager"),
        data=answers,
        number=len(view.stream) + 1,
    )
    with_it = view.at(as_at=at, known_at=at, stream=(*view.stream, trial))
    passed_on = (step for step in with_it.next_steps if step.after.id == TRIAL)
    return [step for step in passed_on if step.rule.act in {"allocate", "give-notice"}]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an outcome would start: the duties and the next steps that are not there yet."""

    outcome: str
    duties: tuple[DutyView, ...]
    steps: tuple[OpenStep, ...]


def consequences(deciding: ToDecide, outcome: str) -> Consequence:
    """What would follow, were the referral decided so now."""
    at = now()
    trial = Event(
        id=TRIAL,
        type="referral.decided",
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author("", "team manager"),
        data={"outcome": [outcome]},
        strand=deciding.strand.id,
        number=len(deciding.view.stream) + 1,
    )
    with_it = deciding.view.at(as_at=at, known_at=at, stream=(*deciding.view.stream, trial))
    before = {duty.key for duty in deciding.view.open_duties}
    duties = tuple(duty for duty in with_it.open_duties if duty.key not in before)
    return Consequence(outcome, duties, tuple(step for step in with_it.next_steps if step.after.id == TRIAL))
