"""Saving one section of an assessment: kept as it is typed, never over what was saved since, and put together by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.assessing import BEGINS, form_of, who_else
from cairn.application.door import open_record, refused_by_role
from cairn.application.passages_offered import of_section
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.assessing.passages import OF_SIBLING, PROSE, Passage, is_whole, offered, taken
from cairn.core.assessing.sections import cannot_complete
from cairn.core.assessing.stage import Before, Stood, last_time, stood
from cairn.core.assessing.told import told
from cairn.core.calendar.london import say_date, say_moment
from cairn.core.engine.view import View
from cairn.core.history.history import Strand
from cairn.core.protocol.forms import Form, Section
from cairn.core.vocabulary.check import DataFault, check_fields
from cairn.core.vocabulary.model import Field
from cairn.records import passages, sections

MARKS = (
    Field(name="completed", label="Completed", type="yes_no"),
    Field(name="nothing_new", label="Nothing new, looked at again", type="yes_no"),
    Field(name="passages", label="Passages taken over", type="list"),
)


@dataclass(frozen=True, slots=True)
class SectionSaved:
    """A section as it was kept. `faults` say why it could not be marked as completed, though all of it is saved;
    `others` have it open too. `at` in UTC.
    """

    version: int
    at: datetime
    others: tuple[str, ...] = ()
    faults: tuple[DataFault, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionDiverged:
    """Somebody (or the same person elsewhere) saved it since: both texts are kept, `apart` is the writer's own one.

    A person puts them together: that save names the current version and the texts it settles.
    """

    apart: UUID
    at: datetime
    theirs_by: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What a save has to do with texts that stand apart: `own` goes on with the writer's own one, `takes` puts that
    text below what is typed, `settles` says that these are put together with it. Of the passages that were offered from
    a brother's or sister's assessment `changes` puts one below what is typed, to be changed there, and `dismisses` one.
    """

    own: UUID | None = None
    takes: UUID | None = None
    settles: tuple[UUID, ...] = ()
    changes: UUID | None = None
    dismisses: UUID | None = None


NO_MERGE = Merge()


@dataclass(frozen=True)
class _Place:
    """A section of an assessment on a record that was opened, and what may be taken over into it."""

    section: Section
    form: Form
    stood: Stood
    before: Before | None
    offer: tuple[Passage, ...]
    at: sections.Place


def save_section(
    actor: Actor,
    record: UUID,
    strand: str,
    section: str,
    data: Mapping[str, Any],
    from_version: int,
    merge: Merge = NO_MERGE,
) -> SectionSaved | SectionDiverged | Refused:
    """Keep what was typed in a section of an assessment. `strand` is the id of the event that began it.

    `data` has the section's fields as the form names them, `completed`, `nothing_new`, and in `passages` the keys of
    what is taken over; `from_version` is the version the page began from, 0 for one that nobody has saved. Nothing is
    ever written over: where the section moved on, the text is kept beside it. After the handing-in a text is kept
    beside the section too, and the refusal says so.
    """
    with transaction.atomic():
        place = _place(actor, record, strand, section, asked=_asks_for_offered(data, merge))
        if isinstance(place, Refused):
            return place
        kept = _checked(place, _with_changed(place, _with_taken(place, data, merge), merge))
        if isinstance(kept, Refused):
            return kept
        if not place.stood.may_write:
            sections.keep_apart(place.at, kept, from_version, actor.id, now(), merge.own)
            return _closed(place.stood)
        return _save(actor, place, kept, from_version, merge)


def _asks_for_offered(data: Mapping[str, Any], merge: Merge) -> bool:
    """Whether a passage that somebody offered is to be put in; most saves name none, and look for none."""
    keys = data.get("passages", ())
    return merge.changes is not None or any(str(key).startswith(f"{OF_SIBLING}/") for key in keys)


def _place(actor: Actor, record: UUID, strand: str, section: str, *, asked: bool) -> _Place | Refused:
    refused = refused_by_role(actor, BEGINS, record)
    if refused is not None:
        return refused
    opened = open_record(actor, record, page="assessment-section", what="draft", lock=True)
    if isinstance(opened, Refused):
        return opened
    found = form_of(opened.view, strand)
    if isinstance(found, Refused):
        return found
    its, form, _ = found
    named_section = form.section(section)
    if named_section is None:
        return Refused(
            "not found", "The assessment has no such section", "Open the assessment and choose one."
        )
    at = sections.Place(record, UUID(strand), section)
    waiting = of_section(at.strand, named_section) if asked else ()
    return _at(opened.view, its, form, named_section, at, waiting)


def _at(
    view: View, strand: Strand, form: Form, section: Section, at: sections.Place, waiting: tuple[Passage, ...]
) -> _Place:
    before = last_time(view, strand).get(section.id)
    offer = (*offered(section, before, told(view, strand, "")), *waiting)
    return _Place(section, form, stood(view, strand), before, offer, at)


def _closed(stage: Stood) -> Refused:
    who = f"{stage.event.author.name}, {say_moment(stage.event.happened_at)}" if stage.event else ""
    done = {"handed in": "handed in for approval", "approved": "closed"}.get(stage.stage, stage.stage)
    return Refused(
        "moved",
        f"The assessment was {done} ({who}). Your text is kept beside the section, and is not part of what was {done}",
        "Ask the manager to return the assessment; then put the two texts together.",
    )


def _checked(place: _Place, data: Mapping[str, Any]) -> dict[str, Any] | Refused:
    """What is typed as it is kept, the passages with their origin; refused with the field where it cannot be taken."""
    section = place.section
    fields = (*place.form.fields_of(section), *MARKS)
    faults = check_fields(fields, {name: value for name, value in data.items() if value != ""}, section.id)
    if faults:
        return Refused("not taken", "Something in this section cannot be taken", faults=tuple(faults))
    standing = sections.section(place.at.strand, section.id)
    rows, unknown = taken(
        data.get("passages", ()), place.offer, standing.data.get("passages", ()) if standing else ()
    )
    if unknown or is_whole(rows, place.offer):
        return _not_passages(section, unknown)
    return {**data, "passages": rows}


def _with_taken(place: _Place, data: Mapping[str, Any], merge: Merge) -> Mapping[str, Any]:
    """What is typed with the text that stands apart below it, field by field; nothing of either is dropped."""
    apart = sections.apart(place.at.strand) if merge.takes else []
    row = next((one for one in apart if one.id == merge.takes), None)
    if row is None or row.section != place.section.id:
        return data
    joined = {name: _below(data.get(name), row.data.get(name)) for name in (*PROSE, "to_settle")}
    keys = [*data.get("passages", ()), *(str(one["key"]) for one in row.data.get("passages", ()))]
    return {**data, **{name: text for name, text in joined.items() if text}, "passages": keys}


def _with_changed(place: _Place, data: Mapping[str, Any], merge: Merge) -> Mapping[str, Any]:
    """What is typed with an offered passage below it and where it is from, for its words to be changed."""
    key = f"{OF_SIBLING}/{merge.changes}"
    passage = next((one for one in place.offer if one.key == key), None)
    if passage is None:
        return data
    into = next((name for name in PROSE if name in place.section.asks), place.section.asks[0])
    from_where = f"{passage.text}\n({passage.taken_from}, {say_date(passage.written_on)})"
    return {**data, into: _below(data.get(into), from_where)}


def _below(mine: object, theirs: object) -> str:
    texts = [str(text) for text in (mine, theirs) if text]
    return texts[0] if len(set(texts)) == 1 else "\n\n".join(texts)


def _not_passages(section: Section, unknown: Iterable[str]) -> Refused:
    problem = (
        "There is no such passage on this record"
        if list(unknown)
        else "That would be the whole of last time’s answer"
    )
    expected = "one that stands beside the section; what still holds is better said anew (3.12)"
    return Refused("not taken", problem, faults=(DataFault(f"{section.id}.passages", problem, expected),))


def _save(
    actor: Actor, place: _Place, kept: dict[str, Any], from_version: int, merge: Merge
) -> SectionSaved | SectionDiverged:
    faults = _faults(place, kept, merge)
    if faults:
        kept = {**kept, "completed": False}
    at = now()
    version = sections.save(place.at, kept, from_version, actor.id, at)
    if version is None:
        return _diverged(actor, place.at, kept, from_version, merge)
    if merge.settles:
        sections.settle(place.at, merge.settles, actor.id, at)
    decided = [one for one in (merge.changes, merge.dismisses) if one is not None]
    if decided:
        passages.settle(place.at, decided, actor.id, at)
    sections.opened(place.at, actor.id, at)
    return SectionSaved(version, at, who_else(actor, place.at), faults)


def _diverged(
    actor: Actor, at: sections.Place, kept: Mapping[str, Any], from_version: int, merge: Merge
) -> SectionDiverged:
    moment = now()
    apart = sections.keep_apart(at, kept, from_version, actor.id, moment, merge.own)
    theirs = sections.section(at.strand, at.section)
    return SectionDiverged(apart, moment, theirs.saved_by_name if theirs else "")


def _faults(place: _Place, kept: Mapping[str, Any], merge: Merge) -> tuple[DataFault, ...]:
    """Why the section cannot be marked as completed, where that was asked."""
    if kept.get("completed") is not True:
        return ()
    apart = [row for row in sections.apart(place.at.strand) if row.section == place.section.id]
    left = [row for row in apart if row.id not in merge.settles]
    why = cannot_complete(place.section, kept, has_before=place.before is not None, apart=len(left))
    return tuple(DataFault(field, problem, "") for field, problem in why)
