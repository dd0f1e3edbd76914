"""Making and changing a plan: written part by part by several people, never over each other, and signed as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.acting import ActPage, open_for_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.assessing import Beside, who_else
from cairn.application.child import ChildPage
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_within, rehearse
from cairn.application.refused import Refused
from cairn.application.section_writing import SectionDiverged, SectionSaved
from cairn.core.engine.gates import Refusal
from cairn.core.engine.truth import is_answered
from cairn.core.history.history import Strand
from cairn.core.planning.differs import Difference, differences
from cairn.core.planning.parts import PLAN_PARTS, PlanPart, part_of, parts_of
from cairn.core.planning.plans import PLAN, REVISED, Plan, plan_of, plans
from cairn.core.vocabulary.model import Field
from cairn.records import sections

MAKE, REVISE = "make-plan", "revise-plan"
CHILD_IN_NEED = "child_in_need"
NUMBERED = ("outcomes", "actions")
NO_PART = Refused("not found", "The plan has no such part", "Open the plan and choose one.")


@dataclass(frozen=True)
class PartWritten:
    """One part as it stands: what is saved in it, else what the version says that is being changed.

    `typed` is what was typed, as the form keeps it, None where nobody has saved it; `answers` are the values of it
    that can be taken and `faults` says how much cannot; `beside` are texts that wait to be put together with it.
    """

    part: PlanPart
    fields: tuple[Field, ...]
    typed: Mapping[str, Any] | None
    answers: Mapping[str, Any]
    faults: int
    version: int
    saved_by: str
    saved_at: datetime | None
    beside: tuple[Beside, ...]
    lacks: tuple[Refusal, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether anything stands in it."""
        return any(is_answered(self.answers.get(field.name)) for field in self.fields)


@dataclass(frozen=True)
class PlanWriting:
    """A plan that is being made, or changed (`plan` is then the one that stands): its parts, and what is missing.

    `elsewhere` is what is missing and is no part of the plan, such as the meeting that makes it.
    """

    act: str
    found: ActPage
    strand: Strand
    plan: Plan | None
    parts: tuple[PartWritten, ...]
    refused: Refused | None
    elsewhere: tuple[Refusal, ...]

    @property
    def page(self) -> ChildPage:
        """The record it is written on."""
        return self.found.page

    @property
    def answers(self) -> dict[str, Any]:
        """The whole plan as it would be signed now."""
        return _answers(self.act, self.plan, self.parts)

    @property
    def stopped_by(self) -> tuple[PartWritten, ...]:
        """The parts that have to be mended before anything is signed: two texts, or something unreadable."""
        return tuple(one for one in self.parts if one.beside or one.faults)

    @property
    def changes(self) -> tuple[Difference, ...]:
        """What differs from the version that stands; of a new plan nothing."""
        if self.plan is None:
            return ()
        return differences(self.plan.data, self.answers, in_use().vocabulary.events[REVISED].fields)

    def part(self, part_id: str) -> PartWritten | None:
        """The part of that id, or None."""
        return next((one for one in self.parts if one.part.id == part_id), None)

    def place(self, part_id: str) -> sections.Place:
        """Where a part is kept."""
        return sections.Place(self.page.identity.record, UUID(self.strand.id), _name(self, part_id))

    def taken_keys(self, name: str) -> set[str]:
        """The numbers that may not be given to a new outcome or action: every one that some version gave."""
        return self.plan.taken_keys(name) if self.plan else set()


@dataclass(frozen=True)
class WhichPlan:
    """Several may be meant: which one has to be said. Each with its id and words."""

    page: ChildPage
    choices: tuple[tuple[str, str], ...]


def open_writing(
    actor: Actor, record: UUID, act: str, strand: str | None
) -> PlanWriting | WhichPlan | Refused:
    """Open a record to make a plan in the referral named, or to change the plan named; or the only one there is."""
    found = open_for_act(actor, record, act)
    if isinstance(found, Refused):
        return found
    kind = "referral" if act == MAKE else PLAN
    standing = found.page.view.standing
    there = [one for one in standing.strands.values() if one.kind == kind and one.ended is None]
    named = [one for one in there if one.id == strand] if strand else there
    if not named:
        return _nothing_open(act)
    if len(named) > 1:
        return WhichPlan(found.page, tuple((one.id, strand_in_words(one)) for one in named))
    made = _made_in(found, named[0]) if act == MAKE else None
    return made or _writing(actor, found, act, named[0])


def _nothing_open(act: str) -> Refused:
    if act == MAKE:
        return Refused(
            "not found",
            "No referral is open on this record, so no plan can be made",
            "Where the case is closed, a new contact opens it again. What was planned before stands on the plan’s page.",
        )
    return Refused(
        "not found", "No plan goes on here that could be changed", "Make a plan, or read the one that ended."
    )


def _made_in(found: ActPage, referral: Strand) -> Refused | None:
    """Why no second plan is made beside one that goes on: it is changed."""
    standing = found.page.view.standing
    there = [one for one in plans(standing) if one.is_open and referral.id in one.strand.path]
    if not there:
        return None
    by = there[0].versions[0].event.author.name
    return Refused(
        "not found",
        f"There is a plan already, made by {by}",
        "Change that plan. What was written is kept there.",
    )


def _writing(actor: Actor, found: ActPage, act: str, strand: Strand) -> PlanWriting:
    plan = plan_of(found.page.view.standing, strand) if act == REVISE else None
    bare = PlanWriting(act, found, strand, plan, (), None, ())
    saved, apart = sections.sections(UUID(strand.id)), sections.apart(UUID(strand.id))
    parts = tuple(
        _part(actor, part, fields, saved.get(_name(bare, part.id)), apart, plan, _name(bare, part.id))
        for part, fields in parts_of(found.fields)
    )
    request = Request(act, _answers(act, plan, parts), found.page.identity.record, strand=strand.id)
    tried = rehearse(actor, found.page.view, request)
    refused = tried if isinstance(tried, Refused) else None
    gates = in_use().protocol.gates
    lacks = [(part_of(one, gates), one) for one in refused.refusals] if refused else []
    shown = {one.part.id for one in parts}
    with_lacks = tuple(_with(one, [lack for where, lack in lacks if where == one.part.id]) for one in parts)
    return PlanWriting(
        act,
        found,
        strand,
        plan,
        with_lacks,
        refused,
        tuple(one for where, one in lacks if where not in shown),
    )


def _with(one: PartWritten, lacks: Iterable[Refusal]) -> PartWritten:
    return PartWritten(
        one.part, one.fields, one.typed, one.answers, one.faults, one.version, one.saved_by, one.saved_at, one.beside,
        tuple(lacks),
    )  # fmt: skip


def _name(it: PlanWriting, part_id: str) -> str:
    return f"{_parts_of_next(it.page, it.strand, it.plan)}{part_id}"


def _parts_of_next(found: ChildPage, strand: Strand, plan: Plan | None) -> str:
    """How the names of the parts of the next version begin, so that each change begins from what stands."""
    inside = found.view.standing.strands.values()
    before = len(plan.versions) if plan else sum(one.kind == PLAN and strand.id in one.path for one in inside)
    return f"{PLAN_PARTS}{before + 1}-"


def last_saved(found: ChildPage, plan: Plan | None) -> tuple[str, datetime] | None:
    """Who saved last in a plan that is being made, or in a change of this one, and when (UTC); None where nobody has."""
    there = [
        one for one in found.view.standing.strands.values() if one.kind == "referral" and one.ended is None
    ]
    strand = plan.strand if plan and plan.is_open else there[-1] if there else None
    if strand is None:
        return None
    begins = _parts_of_next(found, strand, plan if plan and plan.is_open else None)
    rows = [row for name, row in sections.sections(UUID(strand.id)).items() if name.startswith(begins)]
    last = max(rows, key=lambda row: row.saved_at, default=None)
    return (last.saved_by_name, last.saved_at) if last else None


def _part(
    actor: Actor,
    part: PlanPart,
    fields: tuple[Field, ...],
    row: sections.SectionRow | None,
    apart: list[sections.ApartRow],
    plan: Plan | None,
    name: str,
) -> PartWritten:
    base = {field.name: plan.data[field.name] for field in fields if plan and field.name in plan.data}
    if part.id == "change":
        base = {}
    data = row.data if row else {}
    return PartWritten(
        part=part,
        fields=fields,
        typed=data.get("typed"),
        answers=data.get("answers", base) if row else base,
        faults=int(data.get("faults", 0)),
        version=row.version if row else 0,
        saved_by=row.saved_by_name if row else "",
        saved_at=row.saved_at if row else None,
        beside=tuple(
            Beside(
                one.id,
                one.written_by_name,
                one.saved_at,
                one.from_version,
                one.data,
                one.written_by == actor.id,
            )
            for one in apart
            if one.section == name
        ),
    )


def _answers(act: str, plan: Plan | None, parts: Iterable[PartWritten]) -> dict[str, Any]:
    """The answers of the act: what is written, and of a plan that is changed what belongs to it and is not asked."""
    written = {name: value for one in parts for name, value in one.answers.items() if is_answered(value)}
    return {"kind": (plan.kind if plan else "") or CHILD_IN_NEED, **written}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in a part: as the form keeps it, the answers that can be taken, and how many cannot."""

    typed: Mapping[str, Any]
    answers: Mapping[str, Any]
    faults: int

    @property
    def data(self) -> dict[str, Any]:
        """As it is stored."""
        return {"typed": self.typed, "answers": self.answers, "faults": self.faults}


def save_part(
    actor: Actor,
    it: PlanWriting,
    part_id: str,
    typed: Typed,
    from_version: int,
    *,
    own: UUID | None = None,
    settles: tuple[UUID, ...] = (),
) -> SectionSaved | SectionDiverged:
    """Keep a part as it was typed; where it moved on since, beside what stands there, for a person to put together."""
    at, place = now(), it.place(part_id)
    with transaction.atomic():
        version = sections.save(place, typed.data, from_version, actor.id, at)
        if version is None:
            apart = sections.keep_apart(place, typed.data, from_version, actor.id, at, own)
            theirs = sections.section(place.strand, place.section)
            return SectionDiverged(apart, at, theirs.saved_by_name if theirs else "")
        if settles:
            sections.settle(place, settles, actor.id, at)
        sections.opened(place, actor.id, at)
        return SectionSaved(version, at, who_else(actor, place))


def keep_beside(actor: Actor, it: PlanWriting, part_id: str, typed: Typed) -> None:
    """Keep what was typed for a plan that somebody has signed since, beside the same part of its next change."""
    sections.keep_apart(it.place(part_id), typed.data, 0, actor.id, now(), None)


def sign(
    actor: Actor, it: PlanWriting, *, at: str, seen: int | None, departures: Mapping[str, str], key: UUID
) -> Recorded | Refused:
    """Sign the plan as its parts stand now, through the one door. Two texts side by side are put together first."""
    if it.stopped_by:
        names = ", ".join(one.part.title for one in it.stopped_by)
        return Refused("not taken", f"Put these right first: {names}", "Open each; nothing in it is lost.")
    if not set(it.found.act.must) <= it.answers.keys():
        return Refused("not taken", "Say what changes and why", "It stands first among the parts.")
    request = Request(
        it.act, it.answers, it.page.identity.record, at=at, strand=it.strand.id, seen=seen, departures=departures, key=key
    )  # fmt: skip
    with transaction.atomic():
        return record_within(actor, request)
