"""A child's plan as its page shows it: how it goes, whose words are there and whose are missing, and who has a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.refused import Refused
from cairn.core.assessing.told import Heard, told
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.planning.plans import Plan, plans

COPIED = "copy.given"
# Whose words belong beside a plan; a professional's view stands in the timeline.
NOT_FAMILY = "professional"
NO_PLAN = Refused(
    "not found",
    "There is no such plan on this record",
    "It may have been withdrawn. Open the record and look at the timeline.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said, in their own words: who, and where it was written down."""

    who: str
    text: str
    event: Event


@dataclass(frozen=True)
class PlanOpened:
    """The plan that is shown, if there is one, with the others of the record.

    `silent` are parents and carers of whom no word is recorded; `again` the open duties of the plan that have a day
    or a pace; `copies` what was given to whom, the last first.
    """

    page: ChildPage
    plan: Plan | None
    others: tuple[Plan, ...] = ()
    words: tuple[Words, ...] = ()
    silent: tuple[str, ...] = ()
    again: tuple[DutyView, ...] = ()
    copies: tuple[Event, ...] = ()

    @property
    def today(self) -> date:
        """The London day the record is read at."""
        return self.page.as_at.astimezone(LONDON).date()


def open_plan(
    actor: Actor,
    record: UUID,
    plan: str = "",
    *,
    page: str = "plan",
    as_at: datetime | None = None,
    known_at: datetime | None = None,
) -> PlanOpened | Refused:
    """Open a record to read a plan of it: the one named, else the one that goes on, else the last. Logged."""
    found = open_child(actor, record, page=page, as_at=as_at, known_at=known_at)
    return found if isinstance(found, Refused) else plan_on(found, plan)


def plan_on(found: ChildPage, named: str = "") -> PlanOpened | Refused:
    """The same, on a record that was opened."""
    every = plans(found.view.standing)
    if named and named not in {one.strand.id for one in every}:
        return NO_PLAN
    if not every:
        return PlanOpened(found, None)
    shown = next((one for one in every if one.strand.id == named), every[0])
    heard = told(found.view, _episode(found, shown), found.identity.name).heard
    return PlanOpened(
        page=found,
        plan=shown,
        others=tuple(one for one in every if one is not shown),
        words=tuple(_words(found, shown, heard)),
        silent=tuple(one.name for one in heard if not one.views),
        again=tuple(_again(found, shown)),
        copies=tuple(reversed(_copies(found, shown))),
    )


def _episode(found: ChildPage, plan: Plan) -> Strand:
    return found.view.standing.strands.get(plan.strand.path[0], plan.strand)


def _words(found: ChildPage, plan: Plan, heard: tuple[Heard, ...]) -> Iterator[Words]:
    """What the plan itself says in their words; then the last of each who was heard since the referral."""
    child, version = found.identity.name, plan.current.event
    for name, who in (("child_words", child), ("family_words", "Family")):
        text = str(plan.data.get(name) or "").strip()
        if text:
            yield Words(who, text, version)
    told_of = {one.name for one in heard}
    for one in heard:
        if one.views and (said := _said(one.views[-1])):
            yield Words(one.name, said, one.views[-1])
    last: dict[str, Event] = {}
    for event in found.view.standing.by_type(_episode(found, plan)).get("views.recorded", ()):
        name = str(event.data.get("name") or "")
        if event.data.get("whose") not in (NOT_FAMILY, "child") and name not in told_of:
            last[name] = event
    yield from (
        Words(name or "A parent", _said(event), event) for name, event in last.items() if _said(event)
    )


def _said(event: Event) -> str:
    return str(event.data.get("text") or event.data.get("child_said") or "").strip()


def _again(found: ChildPage, plan: Plan) -> Iterator[DutyView]:
    """When the plan is looked at again: the open duties that belong to it, without those to hand it out."""
    for duty in found.open_duties:
        if duty.strand is not None and duty.strand.id == plan.strand.id and duty.rule.kind == "duty":
            yield duty


def _copies(found: ChildPage, plan: Plan) -> list[Event]:
    given = found.view.standing.by_type(plan.strand).get(COPIED, ())
    return [event for event in given if event.data.get("what") == "plan"]
