"""A child's record as its page shows it: who, what is due, where the case stands, and everything that happened."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import OpenRecord, decided_on, open_record
from cairn.application.names import day_of
from cairn.application.refused import Refused
from cairn.application.restrictions import reason_words, restriction_of
from cairn.application.timeline import (
    Entry,
    FieldShown,
    answers_in_words,
    in_words,
    kept_back,
    timeline,
    without,
)
from cairn.core.access.decide import decide_act
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import RecordedWithout
from cairn.core.engine.lateness import LatenessGone
from cairn.core.engine.next_steps import OpenStep, Position
from cairn.core.engine.summary import Summary, summarise
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.people.around import around
from cairn.core.people.called import described
from cairn.core.people.names import age_in_words
from cairn.core.transfer.transfers import open_transfer
from cairn.records import projections
from cairn.records.sight import barred


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity bar: who this is, for every page of the record."""

    record: UUID
    number: str
    kind: str
    name: str
    known_as: str
    age: str
    born: date | None
    expected: date | None
    sex: str
    address: str
    restricted: bool
    unsafe_ways: str
    worker: str
    worker_id: UUID | None
    team: str
    stage: str
    nhs_number: str
    lives_with: str = ""
    health_alert: str = ""
    staff_safety: str = ""
    transfer: str = ""
    restriction: str = ""
    restriction_words: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody around the child: `kind` is person or sibling, `entry` where it was recorded."""

    name: str
    relation: str
    facts: tuple[FieldShown, ...]
    kind: str = "person"
    entry: str = ""
    age: str = ""
    record: UUID | None = None
    may_open: bool = False


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act this person may go on with: `why` is the step of the procedures it follows, `missing` the fact
    without which it cannot be told whether that step is open.
    """

    act: str
    verb: str
    title: str
    why: str = ""
    paragraph: str = ""
    strand: str | None = None
    team: str = ""
    missing: str = ""


@dataclass(frozen=True)
class ChildPage:
    """Everything the pages of one record show. Frozen; nothing in it leads to another record's content.

    What only some pages show is derived by those alone: of a long record that is most of the work.
    """

    identity: Identity
    as_at: datetime
    version: int
    relied_on: str
    timeline: tuple[Entry, ...]
    people: tuple[PersonLine, ...]
    documents: tuple[Entry, ...]
    next_acts: tuple[NextAct, ...]
    view: View
    opened: OpenRecord

    @property
    def whole(self) -> View:
        """The record with every text of it, as of now: by it one judges what may go where; nothing of it is shown."""
        return self.opened.whole

    @property
    def duties(self) -> tuple[DutyView, ...]:
        """Every duty and notice, the soonest due first."""
        return self.view.duties

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where the case stands on each flow chart."""
        return self.view.positions

    @property
    def recorded_without(self) -> tuple[RecordedWithout, ...]:
        """What stands although a rule was not kept."""
        return self.view.recorded_without

    @property
    def lateness_gone(self) -> tuple[LatenessGone, ...]:
        """Each lateness that is no longer shown, and what took it."""
        return self.view.lateness_gone

    @property
    def open_duties(self) -> tuple[DutyView, ...]:
        """What is still to be done."""
        return tuple(duty for duty in self.duties if duty.is_open)

    def duty(self, key: str) -> DutyView | None:
        """The duty of that key, or None."""
        return next((duty for duty in self.duties if duty.key == key), None)

    def entry(self, event_id: str) -> Entry | None:
        """The entry of that id, or None."""
        return next((entry for entry in self.timeline if entry.id == event_id), None)


AROUND = frozenset({"relationship.recorded", "sibling.listed"})
DOCUMENTS = frozenset({"letter.sent", "leaflet.given", "correspondence.received", "assessment.approved"})


def open_child(
    actor: Actor,
    record_id: UUID,
    *,
    page: str,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    purpose: str = "",
) -> ChildPage | Refused:
    """Open a record for reading, as it stood at `as_at` and was known at `known_at` (UTC; now where not given).

    The view is in the access log in the same transaction; a refusal too.
    """
    with transaction.atomic():
        opened = open_record(actor, record_id, page=page, purpose=purpose)
        if isinstance(opened, Refused):
            return opened
        view = opened.view
        if as_at is not None or known_at is not None:
            view = view.at(as_at=as_at, known_at=known_at or as_at)
        return page_of(actor, opened, view)


def page_of(actor: Actor, opened: OpenRecord, view: View) -> ChildPage:
    """The read-model of a record that was opened."""
    entries = tuple(timeline(view))
    return ChildPage(
        identity=_identity(opened, view),
        as_at=view.world.as_at,
        version=opened.row.version,
        relied_on=opened.relied_on,
        timeline=entries,
        people=tuple(_people(actor, view)),
        documents=tuple(entry for entry in entries if entry.type in DOCUMENTS),
        next_acts=tuple(_next_acts(actor, view)),
        view=view,
        opened=opened,
    )


def _identity(opened: OpenRecord, view: View) -> Identity:
    summary: Summary = summarise(view)
    known = described(view.standing.events)
    lives = _latest_answers(view, "address.recorded")
    # What may not be shown now is not shown of an earlier day either.
    today = summary if view is opened.view else summarise(opened.view)
    restricted = summary.restricted or today.restricted
    closed_off = restriction_of(opened.view)
    return Identity(
        record=opened.row.id,
        number=opened.row.number,
        kind=opened.row.kind,
        name=summary.name or "Name not known",
        known_as=summary.known_as,
        age=age_in_words(summary.born, view.world.as_at.astimezone(LONDON).date(), summary.expected),
        born=summary.born,
        expected=summary.expected,
        sex=summary.sex,
        address="" if restricted else summary.address,
        restricted=restricted,
        unsafe_ways="; ".join(_unsafe_ways(view)),
        worker=summary.worker_name,
        worker_id=UUID(summary.worker) if summary.worker else None,
        team=opened.team_name if summary.team == today.team else _team_then(view),
        stage=summary.stage,
        nhs_number=str(known.get("nhs_number", "")),
        lives_with="" if restricted else str(lives.get("lives_with", "")),
        health_alert=str(known.get("health_alert", "")),
        staff_safety=str(known.get("staff_safety", "")),
        transfer=_going(view),
        restriction=reason_words(closed_off.reason) if closed_off else "",
        restriction_words=closed_off.words if closed_off else "",
    )


def _going(view: View) -> str:
    """Where the child may go, and how far that has come; '' where no transfer is open."""
    one = open_transfer(view)
    return f"To {one.to_name or 'another team'}, {one.stage}" if one else ""


def _team_then(view: View) -> str:
    """The team that had the child, by the allocation in force at an earlier time; '' where there was none."""
    of_then = summarise(view).team
    made = [one for one in view.standing.events if of_then and one.data.get("team_id") == of_then]
    return str(made[-1].data.get("team", "")) if made else ""


def _unsafe_ways(view: View) -> Iterable[str]:
    """Every way that was said to be unsafe, each once: of the family, and of each person."""
    contact = str(_latest_answers(view, "contact.received").get("unsafe_ways") or "")
    there = around(view.standing.events, view.world.as_at.astimezone(LONDON).date())
    people = [one for one in there.people if one.text("unsafe_ways")]
    # What was said last of the whole household takes the place of what the first caller said.
    told = [
        there.unsafe or contact,
        *(f"{one.text('name')}: {one.text('unsafe_ways')}" for one in people),
    ]
    return dict.fromkeys(way for way in told if way.strip())


def _latest_answers(view: View, kind: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for event in view.standing.events:
        if event.type == kind:
            merged |= event.data
    return merged


def _people(actor: Actor, view: View) -> Iterable[PersonLine]:
    told = [event for event in view.standing.events if event.type in AROUND]
    records = {entry: one for entry, one in _records(view).items() if one not in barred()}
    there = projections.summaries(set(records.values())) if records else {}
    may_open = {one for one, decision in decided_on(actor, there, there).items() if decision.allowed}
    return (_person(view, event, records.get(event.id), may_open) for event in told)


def _person(view: View, event: Event, record: UUID | None, may_open: Container[UUID]) -> PersonLine:
    kind = view.procedures.vocabulary.events[event.type]
    relation = str(event.data.get("relation", ""))
    field = kind.field("relation")
    return PersonLine(
        name=str(event.data.get("name") or "Name not known"),
        relation=in_words(field, relation) if field and relation else "Brother or sister",
        facts=answers_in_words(
            kind,
            {
                name: value
                for name, value in without(event.data, kept_back(view, event)).items()
                if name not in ("name", "relation")
            },
        ),
        kind="sibling" if event.type == "sibling.listed" else "person",
        entry=event.id,
        age=_age(event, view),
        record=record,
        may_open=record in may_open,
    )


def _age(event: Event, view: View) -> str:
    """How old somebody around the child is, or when a baby is expected; '' where neither is recorded."""
    born, expected = day_of(event.data.get("born")), day_of(event.data.get("expected"))
    if born is None and expected is None:
        return ""
    return age_in_words(born, view.world.as_at.astimezone(LONDON).date(), expected)


def _records(view: View) -> dict[str, UUID]:
    """Whose own record is known, by the entry that tells of them: as listed, or as opened by a decision about them."""
    found: dict[str, UUID] = {}
    for event in view.standing.events:
        record = event.data.get("record")
        told = str(event.data.get("sibling")) if event.type == "sibling.decided" else event.id
        if event.type in (*AROUND, "sibling.decided") and isinstance(record, str) and record:
            found[told] = UUID(record)
    return found


def _next_acts(actor: Actor, view: View) -> Iterable[NextAct]:
    """The steps the procedures open that this person may take, then the acts that are always there."""
    acts = view.procedures.vocabulary.acts
    seen: set[tuple[str, str | None]] = set()
    for step in view.next_steps:
        act = acts.get(step.rule.act)
        key = (step.rule.act, step.strand.id if step.strand else None)
        if act and key not in seen and decide_act(actor.role, act.roles).allowed:
            seen.add(key)
            yield _step(act.verb, step)


def _step(verb: str, step: OpenStep) -> NextAct:
    return NextAct(
        act=step.rule.act,
        verb=verb,
        title=step.rule.title,
        why=step.rule.text,
        paragraph=step.rule.source.paragraph,
        strand=step.strand.id if step.strand else None,
        team=step.rule.to,
        missing=step.missing,
    )
