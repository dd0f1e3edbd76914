"""An assessment that waits for its decision: the text as it was handed in, what is missing, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cairn.application.acting import ActPage, open_for_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.assessing import NO_ASSESSMENT, form_of
from cairn.application.child import ChildPage
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.assessing.changes import Changes, changes
from cairn.core.assessing.sections import Lack, SectionText, lacks, section_states
from cairn.core.assessing.stage import APPROVED, ASSESSMENT, RETURNED, SUBMITTED, stood
from cairn.core.assessing.told import Told, told
from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.four_eyes import wrote
from cairn.core.engine.gates import NeedJudged, needs_before
from cairn.core.engine.next_steps import OpenStep
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Strand
from cairn.core.history.shown import digest_of
from cairn.core.protocol.forms import Form

APPROVE, RETURN, EXTEND = "approve-assessment", "return-assessment", "extend-assessment"
TRIAL = "not-yet-signed"
NOTHING_WAITS = Refused(
    "not found",
    "No assessment waits for a decision on this record",
    "It may have been decided, or not be handed in yet. Open the record and look at the timeline.",
)


@dataclass(frozen=True)
class ToSign:
    """An assessment to be decided: `submitted` as it stands, whose digest the signature is bound to.

    `before` are the hand-ins before it, `returned` the last return; `form` is None for a kind that the
    procedures have no form for, then `lacks` and `facts` are of the record alone.
    """

    found: ActPage
    strand: Strand
    kind: str
    submitted: Event
    shown: str
    before: tuple[Event, ...]
    returned: Event | None
    form: Form | None
    facts: Told
    lacks: tuple[Lack, ...]
    needs: tuple[NeedJudged, ...]
    clocks: tuple[DutyView, ...]
    is_own: bool

    @property
    def page(self) -> ChildPage:
        """The record."""
        return self.found.page

    @property
    def view(self) -> View:
        """The record as it stands."""
        return self.page.view

    @property
    def overdue(self) -> tuple[DutyView, ...]:
        """The clocks of this assessment that ran out, and for which no reason stands yet."""
        at = now()
        return tuple(
            one for one in self.clocks if one.due is not None and one.due < at and one.departed is None
        )

    @property
    def changed(self) -> Changes | None:
        """What changed since the last hand-in; None where there was none."""
        return self.since(self.before[-1]) if self.before else None

    def since(self, earlier: Event) -> Changes:
        """What changed between an earlier text and this one."""
        return changes(rows_of(earlier), rows_of(self.submitted), compared(self.form))


@dataclass(frozen=True)
class SeveralToSign:
    """Several wait: which one is meant has to be said."""

    page: ChildPage
    choices: tuple[tuple[str, str], ...]


def to_sign(
    actor: Actor, record: UUID, strand: str | None, act: str = APPROVE
) -> ToSign | SeveralToSign | Refused:
    """Open a record to decide an assessment on it: the one named, or the only one that waits. The view is logged."""
    found = open_for_act(actor, record, act)
    if isinstance(found, Refused):
        return found
    view = found.page.view
    strands = {one.id: one for one in view.standing.strands.values() if one.kind == ASSESSMENT}
    if strand:
        named = strands.get(strand)
        return _to_sign(actor, found, named) if named else NO_ASSESSMENT
    waiting = [one for one in strands.values() if stood(view, one).stage == "handed in"]
    if not waiting:
        return NOTHING_WAITS
    if len(waiting) > 1:
        return SeveralToSign(found.page, tuple((one.id, strand_in_words(one)) for one in waiting))
    return _to_sign(actor, found, waiting[0])


def _to_sign(actor: Actor, found: ActPage, strand: Strand) -> ToSign | Refused:
    view = found.page.view
    steps = steps_of(view, strand)
    submitted = [one for one in steps if one.type == SUBMITTED]
    if not submitted or stood(view, strand).stage != "handed in":
        return NOTHING_WAITS
    last = submitted[-1]
    form = form_of(view, strand.id)
    facts = told(view, strand, found.page.identity.name)
    return ToSign(
        found=found,
        strand=strand,
        kind=str(last.data.get("kind") or ""),
        submitted=last,
        shown=digest_of(last),
        before=tuple(submitted[:-1]),
        returned=next((one for one in reversed(steps) if one.type == RETURNED), None),
        form=None if isinstance(form, Refused) else form[1],
        facts=facts,
        lacks=() if isinstance(form, Refused) else _lacks(form[1], form[2], last, facts),
        needs=tuple(needs_before(view.world, trial(actor, strand, last))),
        clocks=tuple(clocks_of(view, strand)),
        is_own=wrote(Author(actor.name, actor.role, str(actor.id)), last),
    )


def steps_of(view: View, strand: Strand) -> list[Event]:
    """The hand-ins, returns and approvals of an assessment, in the order they happened."""
    return [
        event
        for event in view.standing.events
        if event.type in (SUBMITTED, RETURNED, APPROVED) and strand.id in view.standing.path_of[event.id]
    ]


def _lacks(form: Form, kind: str, submitted: Event, facts: Told) -> tuple[Lack, ...]:
    texts = {str(row["section"]): SectionText(str(row["section"]), 1, row) for row in rows_of(submitted)}
    return lacks(section_states(form, kind, texts, {}, facts), facts)


def rows_of(submitted: Event) -> Sequence[Mapping[str, Any]]:
    """The sections of a hand-in as rows; none where it was handed in as a document."""
    rows = submitted.data.get("sections")
    return rows if isinstance(rows, list | tuple) else ()


def compared(form: Form | None) -> tuple[str, ...]:
    """The fields of a section that are compared: those that the form asks."""
    asked = tuple(field.name for field in form.fields) if form else ("text",)
    return (*asked, "nothing_new")


def clocks_of(view: View, strand: Strand) -> list[DutyView]:
    """The open duties that the approval of an assessment meets, the soonest due first."""
    return [
        duty
        for duty in view.open_duties
        if any(one.event == APPROVED for one in duty.rule.met_by)
        and duty.strand is not None
        and duty.strand.id in strand.path
    ]


def trial(actor: Actor, strand: Strand, submitted: Event, **data: Any) -> Event:
    """The approval as it would be recorded now, for what it would lack and what would follow."""
    at = now()
    return Event(
        id=TRIAL,
        type=APPROVED,
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author(actor.name, actor.role, str(actor.id)),
        data={"kind": submitted.data.get("kind"), **data},
        strand=strand.id,
    )


@dataclass(frozen=True, slots=True)
class WouldFollow:
    """What an outcome would start: the duties and the next steps that are not there yet."""

    duties: tuple[DutyView, ...]
    steps: tuple[OpenStep, ...]


def would_follow(actor: Actor, it: ToSign, outcome: Sequence[str]) -> WouldFollow:
    """What would follow, were the assessment approved so now."""
    approved = trial(actor, it.strand, it.submitted, outcome=list(outcome))
    at = approved.recorded_at
    with_it = it.view.at(as_at=at, known_at=at, stream=(*it.view.stream, approved))
    before = {duty.key for duty in it.view.open_duties}
    return WouldFollow(
        tuple(duty for duty in with_it.open_duties if duty.key not in before),
        tuple(step for step in with_it.next_steps if step.after.id == TRIAL),
    )


def was_shown(it: ToSign, seen: int | None, shown: str, approves: str) -> Event | None:
    """The text that a decision was written about, where it is another one now; None where it is the same.

    `seen` is how many events the record had then, `shown` the digest and `approves` the id of what was shown.
    """
    if not shown or shown == it.shown:
        return None
    if seen:
        stood_then = it.view.at(stream=it.view.stream[:seen]).standing.events
        found = [event for event in stood_then if event.id == approves and digest_of(event) == shown]
        if found:
            return found[0]
    return next((event for event in it.before if event.id == approves), None)
