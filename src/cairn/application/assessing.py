"""Writing an assessment: opened as a whole or by section, saved section by section by several people, never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, open_record
from cairn.application.family import reach
from cairn.application.passages_offered import FromSibling, sections_waiting, shown
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.without_form import NoForm, no_form
from cairn.core.assessing.passages import Passage, offered
from cairn.core.assessing.sections import Lack, SectionState, SectionText, lacks, section_states
from cairn.core.assessing.stage import ASSESSMENT, SUBMITTED, Before, Stood, last_time, stood
from cairn.core.assessing.told import Told, told
from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import NeedJudged, needs_before
from cairn.core.engine.truth import matches_any
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Strand
from cairn.core.protocol.forms import Form, Section
from cairn.records import sections

# The act that begins an assessment. Whoever may do it may write in it; whether somebody may sign it is another question.
BEGINS = "start-assessment"
STARTED, APPROVED = "assessment.started", "assessment.approved"
# How long after a page was opened, or something typed in it, others are told that it is open.
COUNTS_AS_OPEN = timedelta(minutes=10)
NO_ASSESSMENT = Refused(
    "not found",
    "There is no such assessment on this record",
    "It may have been withdrawn. Open the record and look at the timeline.",
)


@dataclass(frozen=True)
class Assessment:
    """An assessment on a record that was opened: its form, its stage, its sections as they stand, and what it lacks.

    `clocks` are the open duties that its approval meets, `other_clocks` those that only another kind meets; `needs` what has to be there before it is handed in and
    approved, met or not; `kind_title` is the kind in words; `passages_wait` are the sections beside which a passage of a
    brother's or sister's assessment waits; `has_family` says that another child of the family has a record. What is in `sections`, `lacks` and `needs` is what the
    handing-in and the manager's page show too.
    """

    page: ChildPage
    strand: Strand
    kind: str
    kind_title: str
    form: Form
    stood: Stood
    facts: Told
    before: Mapping[str, Before]
    sections: tuple[SectionState, ...]
    lacks: tuple[Lack, ...]
    clocks: tuple[DutyView, ...]
    other_clocks: tuple[DutyView, ...]
    needs: tuple[NeedJudged, ...]
    passages_wait: tuple[str, ...] = ()
    has_family: bool = False

    @property
    def blocking(self) -> tuple[Lack, ...]:
        """What it may not be handed in without."""
        return tuple(one for one in self.lacks if one.blocks)

    def section(self, section_id: str) -> SectionState | None:
        """The section of that id, or None."""
        return next((one for one in self.sections if one.section.id == section_id), None)


@dataclass(frozen=True)
class Beside:
    """A text of a section that waits to be put together with it. `mine` says that the reader wrote it."""

    id: UUID
    by: str
    saved_at: datetime
    from_version: int
    data: Mapping[str, Any]
    mine: bool


@dataclass(frozen=True)
class SectionOpened:
    """One section, opened to be written in: what may be taken over, what waits beside it, and who else has it open.

    `from_siblings` are passages that somebody offered from a brother's or sister's assessment.
    """

    assessment: Assessment
    state: SectionState
    offer: tuple[Passage, ...]
    beside: tuple[Beside, ...]
    others: tuple[str, ...]
    from_siblings: tuple[FromSibling, ...] = ()

    @property
    def section(self) -> Section:
        """The section of the form."""
        return self.state.section

    @property
    def data(self) -> Mapping[str, Any]:
        """What is saved in it; nothing where nobody has written yet."""
        return self.state.text.data if self.state.text else {}

    @property
    def version(self) -> int:
        """The version a save has to begin from; 0 where nobody has saved it."""
        return self.state.text.version if self.state.text else 0


def open_assessment(actor: Actor, record: UUID, strand: str) -> Assessment | Refused:
    """Open an assessment of a record: `strand` is the id of the event that began it. The view is logged."""
    with transaction.atomic():
        opened = open_record(actor, record, page="assessment")
        return opened if isinstance(opened, Refused) else assessment_of(actor, opened, strand)


def open_section(actor: Actor, record: UUID, strand: str, section: str) -> SectionOpened | Refused:
    """Open one section to write in it. The view is logged, and others are told that it is open."""
    with transaction.atomic():
        opened = open_record(actor, record, page="assessment-section")
        if isinstance(opened, Refused):
            return opened
        found = assessment_of(actor, opened, strand)
        if isinstance(found, Refused):
            return found
        state = found.section(section)
        if state is None:
            return Refused(
                "not found", "The assessment has no such section", "Open the assessment and choose one."
            )
        place = sections.Place(record, UUID(strand), section)
        if found.stood.may_write:
            sections.opened(place, actor.id, now())
        return SectionOpened(
            assessment=found,
            state=state,
            offer=offered(state.section, state.before, found.facts),
            beside=tuple(_beside(actor, place)),
            others=who_else(actor, place),
            from_siblings=shown(actor, place.strand, state.section, state.text.data if state.text else {}),
        )


def _beside(actor: Actor, place: sections.Place) -> Iterator[Beside]:
    for row in sections.apart(place.strand):
        if row.section == place.section:
            yield Beside(
                row.id,
                row.written_by_name,
                row.saved_at,
                row.from_version,
                row.data,
                row.written_by == actor.id,
            )


def who_else(actor: Actor, place: sections.Place) -> tuple[str, ...]:
    """Who else has this section open, as far as the server has heard in the last minutes."""
    found = sections.who_has_open(place.strand, place.section, now() - COUNTS_AS_OPEN)
    return tuple(name for staff, name in found.items() if staff != actor.id)


def assessment_of(actor: Actor, opened: OpenRecord, strand: str) -> Assessment | Refused:
    """An assessment on a record that was opened in this transaction."""
    found = form_of(opened.view, strand)
    if isinstance(found, NoForm):
        return replace(found, page=page_of(actor, opened, opened.view))
    if isinstance(found, Refused):
        return found
    its, form, kind = found
    page = page_of(actor, opened, opened.view)
    facts = told(opened.view, its, page.identity.name)
    before = last_time(opened.view, its)
    texts = _texts(UUID(strand))
    states = section_states(form, kind, texts, before, facts)
    return Assessment(
        page=page,
        strand=its,
        kind=kind,
        kind_title=kind_title(opened.view, kind),
        form=form,
        stood=stood(opened.view, its),
        facts=facts,
        before=before,
        sections=states,
        lacks=lacks(states, facts),
        clocks=tuple(_clocks(actor, opened.view, its, kind, of_kind=True)),
        other_clocks=tuple(_clocks(actor, opened.view, its, kind, of_kind=False)),
        needs=tuple(_needs(opened.view, _to_be(actor, its, kind, texts))),
        passages_wait=sections_waiting(UUID(strand), {name: text.data for name, text in texts.items()}),
        has_family=bool(reach({opened.row.id: opened.view}) - {opened.row.id}),
    )


def has_form(kind: str) -> bool:
    """Whether an assessment of that kind is written in a form of the procedures in use."""
    return in_use().protocol.form_for(ASSESSMENT, kind) is not None


def form_of(view: View, strand: str) -> tuple[Strand, Form, str] | Refused:
    """The assessment of that id on a record, its form and its kind; refused where there is none to be written in."""
    its = view.standing.strands.get(strand)
    if its is None or its.kind != ASSESSMENT:
        return NO_ASSESSMENT
    standing = {event.id: event for event in view.standing.events}
    kind = str(standing.get(its.id, its.opener).data.get("kind"))
    form = view.procedures.protocol.form_for(ASSESSMENT, kind)
    if form is None:
        return no_form(its, kind, kind_title(view, kind))
    return its, form, kind


def kind_title(view: View, kind: str) -> str:
    """The kind of an assessment in words."""
    field = view.procedures.vocabulary.events[STARTED].field("kind")
    options = field.options if field else ()
    return next((option.label for option in options if option.value == kind), "Assessment")


def _texts(strand: UUID) -> dict[str, SectionText]:
    """The sections as they are saved, with their writers by name; three queries, however many there are."""
    rows = sections.sections(strand)
    apart = [row.section for row in sections.apart(strand)]
    names = sections.names(writer for row in rows.values() for writer in row.writers)
    found = {row.section: _text(row, names, apart.count(row.section)) for row in rows.values()}
    # A text may stand beside a section that nobody has saved: written after the assessment was handed in.
    return found | {
        name: SectionText(name, 0, {}, apart=apart.count(name)) for name in apart if name not in rows
    }


def _text(row: sections.SectionRow, names: Mapping[UUID, str], apart: int) -> SectionText:
    writers = tuple(names[writer] for writer in row.writers)
    return SectionText(row.section, row.version, row.data, writers, row.saved_by_name, row.saved_at, apart)


def _clocks(actor: Actor, view: View, strand: Strand, kind: str, *, of_kind: bool) -> Iterator[DutyView]:
    """The open duties that the approval of this assessment meets, the soonest due first; or those that only that of
    another kind would.
    """
    trial = _trial(actor, strand, kind, APPROVED)
    for duty in view.open_duties:
        of_approval = any(one.event == APPROVED for one in duty.rule.met_by)
        here = duty.strand is not None and duty.strand.id in strand.path
        if of_approval and here and (matches_any(duty.rule.met_by, trial).truth == "yes") is of_kind:
            yield duty


def _to_be(actor: Actor, strand: Strand, kind: str, texts: Mapping[str, SectionText]) -> tuple[Event, Event]:
    """The hand-in as it would be now, with what is saved in the sections, and the approval after it."""
    handed_in, approved = (_trial(actor, strand, kind, event) for event in (SUBMITTED, APPROVED))
    rows = [{"section": text.section, **text.data} for text in texts.values()]
    # Why it is short is asked where it is handed in, and only where sections are left out.
    data = {"kind": kind, "sections": rows, "cut_short": False}
    return replace(handed_in, data=data), approved


def _needs(view: View, to_be: tuple[Event, Event]) -> Iterable[NeedJudged]:
    """What the gates ask for before it is handed in and before it is approved, each once; not that it is handed in."""
    handed_in, approved = to_be
    found: dict[tuple[str, str], NeedJudged] = {}
    for one in (*needs_before(view.world, handed_in), *needs_before(view.world, approved, handed_in)):
        if one.need.event is None or one.need.event.event != SUBMITTED:
            found.setdefault((one.gate.id, one.need.missing), one)
    return found.values()


def _trial(actor: Actor, strand: Strand, kind: str, event: str) -> Event:
    at = now()
    return Event(
        id=f"not-yet-{event}",
        type=event,
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author(actor.name, actor.role, str(actor.id)),
        data={"kind": kind},
        strand=strand.id,
    )


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as it is handed in: `row` is one of the rows of `assessment.submitted`, `passages` go beside them.

    `writers` are all who wrote in it, by id with their names.
    """

    section: Section
    version: int
    row: Mapping[str, Any]
    passages: tuple[Mapping[str, Any], ...]
    writers: Mapping[UUID, str]


@dataclass(frozen=True)
class Written:
    """An assessment as it stands to be handed in: the sections that were written, and the whole of what it lacks."""

    assessment: Assessment
    sections: tuple[WrittenSection, ...]

    @property
    def writers(self) -> dict[UUID, str]:
        """Everyone who wrote in any section of this version, by id."""
        return {staff: name for one in self.sections for staff, name in one.writers.items()}


def written(actor: Actor, record: UUID, strand: str) -> Written | Refused:
    """The sections of an assessment as they would be handed in, in the order of the form.

    Called in the transaction of the handing-in it holds the record, so that nobody saves a section meanwhile.
    """
    with transaction.atomic():
        opened = open_record(actor, record, page="assessment", lock=True)
        if isinstance(opened, Refused):
            return opened
        found = assessment_of(actor, opened, strand)
        if isinstance(found, Refused):
            return found
        rows = sections.sections(UUID(strand))
        names = sections.names(writer for row in rows.values() for writer in row.writers)
        return Written(
            found,
            tuple(
                _written(one, rows[one.id], names, found.page.identity.name)
                for one in found.form.sections
                if one.id in rows
            ),
        )


def _written(
    section: Section, row: sections.SectionRow, names: Mapping[UUID, str], child: str
) -> WrittenSection:
    writers = {staff: names[staff] for staff in row.writers}
    data = {name: value for name, value in row.data.items() if name != "passages" and value not in ("", None)}
    passages = tuple(
        {"section": section.id, **{name: value for name, value in one.items() if name != "key"}}
        for one in row.data.get("passages", ())
    )
    whole = {
        "section": section.id,
        "title": named(section.title, child),
        **data,
        "writers": list(writers.values()),
        "writer_ids": [str(staff) for staff in writers],
    }
    return WrittenSection(section, row.version, whole, passages, writers)


def named(text: str, child: str) -> str:
    """A title or question of the form with the child's first name in its place."""
    return text.replace("{child}", first_name(child))


def first_name(name: str) -> str:
    """By what a child is called in a form; “the child” where no name is known."""
    return name.partition(" ")[0] if name and name != "Name not known" else "the child"
