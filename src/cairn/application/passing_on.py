"""A passage of one child's assessment, offered by a person to that of a brother or sister: never more than they picked (3.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.assessing import BEGINS, Assessment, assessment_of, form_of, named
from cairn.application.door import OpenBeside, open_beside, open_record, refused_by_role
from cairn.application.family_records import OtherChild, other_children
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.assessing.passages import stands_in, why_not_offered
from cairn.core.assessing.sections import SectionState
from cairn.core.assessing.stage import assessments, stood
from cairn.core.calendar.moment import LONDON
from cairn.core.protocol.forms import Section
from cairn.core.vocabulary.check import DataFault
from cairn.records import passages
from cairn.records.sections import Place

PAGE = "assessment-passage"
NO_SECTION = Refused("not found", "The assessment has no such section", "Open the assessment and choose one.")


@dataclass(frozen=True, slots=True)
class Sibling:
    """A child of the family to whose assessment a passage may go: `strand` is the one that is being written.

    With `why_not` none may, and `how_to_ask` says how to go on. `offered` are passages that went there before.
    """

    name: str
    record: UUID | None
    strand: UUID | None = None
    offered: tuple[str, ...] = ()
    why_not: str = ""
    how_to_ask: str = ""


@dataclass(frozen=True)
class ToPassOn:
    """A section that is open to pick a passage from, and the brothers and sisters it may be offered to."""

    assessment: Assessment
    state: SectionState
    siblings: tuple[Sibling, ...]

    @property
    def title(self) -> str:
        """The section as this child's assessment calls it."""
        return named(self.state.section.title, self.assessment.page.identity.name)


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The passage waits beside the section of that child's assessment."""

    name: str
    record: UUID
    strand: UUID


def open_to_pass_on(actor: Actor, record: UUID, strand: str, section: str) -> ToPassOn | Refused:
    """Open a section to offer a passage of it. Every record that was looked at stands in the access log."""
    with transaction.atomic():
        refused = refused_by_role(actor, BEGINS, record)
        if refused is not None:
            return refused
        opened = open_record(actor, record, page=PAGE)
        if isinstance(opened, Refused):
            return opened
        found = assessment_of(actor, opened, strand)
        if isinstance(found, Refused):
            return found
        state = found.section(section)
        return NO_SECTION if state is None else ToPassOn(found, state, _siblings(actor, found, state.section))


def _siblings(actor: Actor, found: Assessment, section: Section) -> tuple[Sibling, ...]:
    """The children of the family, those first whose assessment is being written."""
    others = other_children(actor, found.page)
    may = [one.record for one in others if one.record is not None and one.may_be_added]
    opened, _ = open_beside(actor, may, page=PAGE, relied_on=found.page.relied_on) if may else ({}, set())
    gone = passages.offered_from(UUID(found.strand.id), section.id)
    all_ = [_sibling(one, opened, section, gone) for one in others]
    return tuple(sorted(all_, key=lambda one: bool(one.why_not)))


def _sibling(
    one: OtherChild, opened: dict[UUID, OpenBeside], section: Section, gone: dict[UUID, list[str]]
) -> Sibling:
    if one.record is None or one.record not in opened:
        return Sibling(one.name, None, why_not=one.why_not, how_to_ask=one.how_to_ask)
    strand = next(_being_written(opened[one.record], section), None)
    if strand is None:
        return Sibling(one.name, one.record, why_not="no assessment with this section is being written")
    return Sibling(one.name, one.record, strand, tuple(gone.get(one.record, ())))


def _being_written(opened: OpenBeside, section: Section) -> Iterator[UUID]:
    """The assessments of a child that have this section and are open to be written in, the latest begun first."""
    for strand in assessments(opened.view):
        found = form_of(opened.view, strand.id)
        written = not isinstance(found, Refused) and found[1].section(section.id) is not None
        if written and stood(opened.view, strand).may_write:
            yield UUID(strand.id)


def pass_on(
    actor: Actor, record: UUID, strand: str, section: str, to: UUID | None, text: str
) -> PassedOn | Refused:
    """Offer one passage, as typed, to the same section of that child's assessment; it enters no text by that.

    Refused where either record may not be opened, where no assessment of the other child is being written, and
    where the passage, with those before it, would be the whole section (Peterborough 3.12).
    """
    with transaction.atomic():
        it = open_to_pass_on(actor, record, strand, section)
        if isinstance(it, Refused):
            return it
        sibling = next((one for one in it.siblings if to is not None and one.record == to), None)
        faults = tuple(_faults(it, sibling, text))
        if faults:
            return Refused("not taken", "This passage was not offered", faults=faults)
        return _put(actor, it, sibling, text) if sibling is not None else NO_SECTION


def _faults(it: ToPassOn, sibling: Sibling | None, text: str) -> Iterator[DataFault]:
    if sibling is None or sibling.strand is None:
        yield DataFault("to", "Choose the brother or sister whose assessment it is for", "")
    if it.state.text is None:
        yield DataFault("text", "Nothing is saved in this section yet, so nothing can be offered from it", "")
        return
    problem = why_not_offered(text, it.state.text.data, sibling.offered if sibling else ())
    if problem:
        yield DataFault("text", problem, "")


def _put(actor: Actor, it: ToPassOn, sibling: Sibling, text: str) -> PassedOn | Refused:
    """Under the lock of the other child's record, opened once more as whoever would write in it."""
    if sibling.record is None or sibling.strand is None:
        return NO_SECTION
    opened = open_record(actor, sibling.record, page=PAGE, what="draft", lock=True)
    if isinstance(opened, Refused):
        return opened
    own = it.state.text
    saved = own.saved_at if own is not None and own.saved_at is not None else now()
    passage = passages.ToOffer(
        text=text.strip(),
        word_for_word=stands_in(text, own.data if own else {}),
        from_record=it.assessment.page.identity.record,
        from_strand=UUID(it.assessment.strand.id),
        written_on=saved.astimezone(LONDON).date(),
    )
    passages.offer(Place(sibling.record, sibling.strand, it.state.section.id), passage, actor.id, now())
    return PassedOn(sibling.name, sibling.record, sibling.strand)
