"""Acts about several children: written once where they share it, each child's own part apart, signed together or not.

One draft holds all of it. Signing writes the act on the record of each child whose part is complete, each with a
copy of its own of the shared part; all carry one act id. The rest stays in the draft. A record is never cloned
(Peterborough 3.10 to 3.12): nothing of one child's own part, nor of a record, goes to another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.acting import NO_ACT, asked_fields, close_draft, strand_choice
from cairn.application.actors import Actor
from cairn.application.caseload import children_of_worker
from cairn.application.child import ChildPage, open_child
from cairn.application.door import refused_by_role
from cairn.application.drafting import DraftOpened, open_draft, own_draft
from cairn.application.family_records import OtherChild, other_children
from cairn.application.joint_drafts import chosen_in
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_within, rehearse
from cairn.application.refused import Refused
from cairn.core.calendar.london import text_of
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.vocabulary.asked import asked_of
from cairn.core.vocabulary.model import Act, Birth, Field
from cairn.records import register, submissions


@dataclass(frozen=True)
class Child:
    """A child the act is about: their record as opened, the processes to choose from, and what was signed for them.

    `signed` are the ids of the events written; empty while the child's part still stands in the draft.
    """

    page: ChildPage
    strands: tuple[tuple[str, str], ...]
    signed: tuple[str, ...] = ()

    @property
    def record(self) -> UUID:
        """The id of the child's record."""
        return self.page.identity.record

    @property
    def first_name(self) -> str:
        """What the child is called in sentences."""
        who = self.page.identity
        return (who.known_as or who.name).partition(" ")[0]

    def is_unborn(self, day: date) -> bool:
        """Whether the child was not born yet on the day of the act, as far as the record says."""
        subject = self.page.view.standing.subject
        nothing_said = subject.born is None and self.page.identity.kind == "unborn"
        return nothing_said or subject.is_unborn(day)


@dataclass(frozen=True)
class JointPage:
    """The page of an act about several children: what is asked once and of each, whom it is about, who else there is."""

    act: Act
    shared: tuple[Field, ...]
    own: tuple[Field, ...]
    children: tuple[Child, ...]
    others: tuple[OtherChild, ...]
    as_signed: Event | None = None

    def own_of(self, child: Child, day: date) -> tuple[Field, ...]:
        """What is asked of one child where the act is of that day: an unborn child cannot be seen (3.13, 4.12)."""
        born: Birth = "unborn" if child.is_unborn(day) else "born"
        return asked_of(in_use().vocabulary, self.act, self.own, born)

    @property
    def waiting(self) -> tuple[Child, ...]:
        """Those for whom nothing was signed yet."""
        return tuple(child for child in self.children if not child.signed)


@dataclass(frozen=True)
class OwnPart:
    """One child's part as it is signed: the answers of their own and the process it belongs to."""

    record: UUID
    answers: Mapping[str, Any]
    strand: str | None = None


@dataclass(frozen=True)
class JointRequest:
    """An act about several children as its page sends it. `draft` joins all of it, and makes a second sending one act."""

    act: str
    draft: UUID
    shared: Mapping[str, Any]
    at: str
    parts: tuple[OwnPart, ...]

    def for_child(self, part: OwnPart) -> Request:
        """The act on one child's record: the shared part copied, and of the own parts this child's only."""
        return Request(
            act=self.act,
            answers={**self.shared, **part.answers},
            record=part.record,
            at=self.at,
            strand=part.strand,
            key=key_of(self.draft, part.record),
            act_id=self.draft,
        )


@dataclass(frozen=True)
class Signed:
    """What signing did, child by child: what was written, and why nothing was."""

    done: Mapping[UUID, Recorded] = field(default_factory=dict)
    refused: Mapping[UUID, Refused] = field(default_factory=dict)


def key_of(draft: UUID, record: UUID) -> UUID:
    """The key of one child's part: signed twice, it is taken once."""
    return uuid5(draft, str(record))


def draft_to_go_on_with(actor: Actor, act: str, record: UUID) -> DraftOpened | None:
    """What this person began of an act that is about this child too, and has not signed for the child yet."""
    found = own_draft(actor, act, record)
    return None if found is None or _signed_for(actor, found.id, record) else found


def open_jointly(
    actor: Actor, name: str, record: UUID, wanted: Sequence[UUID], draft: UUID
) -> JointPage | Refused:
    """Open a record for an act that may be about its brothers and sisters too. Each record shown is in the access log.

    `wanted` are the children chosen on the page. One that may not be opened, or is not of this family, is left
    out; where the record itself may not be opened any more, the act goes on for the others of its draft.
    """
    act = in_use().vocabulary.acts.get(name)
    if act is None or not act.joint:
        return NO_ACT
    refused = refused_by_role(actor, name, record)
    if refused is not None:
        return refused
    with transaction.atomic():
        first = open_child(actor, record, page=f"act:{name}")
        pages = [] if isinstance(first, Refused) else [first]
        others = _others(actor, act, first) if isinstance(first, ChildPage) else ()
        pages += _opened(actor, name, _allowed(actor, wanted, others, draft), record)
        if not pages:
            return first if isinstance(first, Refused) else NO_ACT
        return _page_of(actor, act, pages, others, draft)


def _others(actor: Actor, act: Act, first: ChildPage) -> tuple[OtherChild, ...]:
    """Whom the act may be about too: the children of the family, or those of the same worker."""
    if act.joint_over == "caseload":
        return children_of_worker(actor, first)
    return other_children(actor, first)


def _allowed(actor: Actor, wanted: Iterable[UUID], others: Iterable[OtherChild], draft: UUID) -> list[UUID]:
    """Of the children wanted, those of the family and those whom the draft was about before."""
    kept = open_draft(actor, draft)
    known = {one.record for one in others if one.may_be_added}
    known |= set() if isinstance(kept, Refused) else set(chosen_in(kept.answers))
    return [one for one in dict.fromkeys(wanted) if one in known]


def _opened(actor: Actor, name: str, records: Iterable[UUID], first: UUID) -> list[ChildPage]:
    found = [open_child(actor, one, page=f"act:{name}") for one in records if one != first]
    return [page for page in found if isinstance(page, ChildPage)]


def _page_of(
    actor: Actor, act: Act, pages: Sequence[ChildPage], others: tuple[OtherChild, ...], draft: UUID
) -> JointPage:
    children = tuple(
        Child(page, tuple(strand_choice(act, page.view)), _signed_for(actor, draft, page.identity.record))
        for page in pages
    )
    fields = tuple(asked_fields(actor, act, pages[0].view))
    there = {child.record for child in children}
    return JointPage(
        act=act,
        shared=tuple(sorted((one for one in fields if not one.own), key=lambda one: one in act.asks)),
        own=tuple(one for one in fields if one.own),
        children=children,
        others=tuple(one for one in others if one.record not in there),
        as_signed=_as_signed(act, children, draft),
    )


def _signed_for(actor: Actor, draft: UUID, record: UUID) -> tuple[str, ...]:
    earlier = submissions.look(key_of(draft, record), actor.id)
    return tuple(earlier.result["events"]) if isinstance(earlier, submissions.Already) else ()


def _as_signed(act: Act, children: Iterable[Child], draft: UUID) -> Event | None:
    """The act's first event as it stands on the record of a child signed before: it holds the shared part."""
    wanted = act.yields[0].event
    found = (
        event
        for child in children
        if child.signed
        for event in child.page.view.standing.events
        if event.type == wanted and event.act == str(draft)
    )
    return next(found, None)


def shared_as_signed(page: JointPage) -> dict[str, Any] | None:
    """The answers of the shared part as they stand where the act was signed before; None where it nowhere was.

    A second go takes them over, so that one visit has one account of what is shared.
    """
    if page.as_signed is None:
        return None
    signed = [child for child in page.children if child.signed]
    events = {
        event.type: event for event in signed[0].page.view.standing.events if event.act == page.as_signed.act
    }
    said: dict[str, Any] = {}
    for made in page.act.yields:
        for name in made.fields:
            answer = (made.rename or {}).get(name, name)
            if made.event in events and name in events[made.event].data:
                said[answer] = events[made.event].data[name]
    return {one.name: said[one.name] for one in page.shared if one.name in said}


def time_as_signed(page: JointPage) -> str:
    """When it happened, as the door takes it, of an act signed before; '' of any other."""
    if page.as_signed is None:
        return ""
    return text_of(page.as_signed.happened_at)


def try_for(actor: Actor, child: Child, request: Request) -> View | Refused:
    """The child's record as it would stand once their part is signed, or why it would be refused. Nothing is written."""
    return rehearse(actor, child.page.view, request)


def sign_jointly(actor: Actor, wanted: JointRequest) -> Signed | Refused:
    """Sign the parts given, in one transaction; each is taken or refused for itself.

    The records are held in one order. What cannot be signed for one child does not hold up the others and
    stays in the draft; when nobody's part is left in it, the draft is closed. Sent twice, each part is taken once.
    """
    with transaction.atomic():
        draft = open_draft(actor, wanted.draft)
        if isinstance(draft, Refused):
            return draft
        register.lock(part.record for part in wanted.parts)
        tried = {
            part.record: record_within(actor, wanted.for_child(part))
            for part in sorted(wanted.parts, key=lambda one: one.record)
        }
        signed = Signed(
            {record: one for record, one in tried.items() if isinstance(one, Recorded)},
            {record: one for record, one in tried.items() if isinstance(one, Refused)},
        )
        if (
            signed.done
            and not draft.withheld
            and all(_signed_for(actor, wanted.draft, one) for one in chosen_in(draft.answers))
        ):
            close_draft(actor, wanted.draft)
        return signed
