"""An assessment that was handed in: read whole, printed for the record, and copied for the family in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cairn.application import family_documents
from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.approving import rows_of, steps_of
from cairn.application.assessing import NO_ASSESSMENT, form_of
from cairn.application.child import ChildPage, open_child
from cairn.application.door import refused_by_role
from cairn.application.ports import PrintedPart
from cairn.application.printing import document, lines_of, taken
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.access.passages import words_of
from cairn.core.assessing.stage import APPROVED, ASSESSMENT, SUBMITTED, Stood, assessments, stood
from cairn.core.calendar.london import say_date, say_moment
from cairn.core.calendar.moment import LONDON
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.people.around import around
from cairn.core.protocol.forms import Form, Section
from cairn.core.vocabulary.model import Field

SHARE, SHARED = "share-assessment", "assessment.shared"
# In a copy for the family stand the words of these, and never a passage taken from somebody else's document.
OF_A_COPY = ("text", "changed", "own_words")
NOT_PRINTED = frozenset({"section", "title", "completed", "nothing_new", "writers", "writer_ids"})
NOT_YET = Refused(
    "not found",
    "This assessment is not approved yet, so no copy of it can be given",
    "Wait for the manager’s decision. What was found can be talked through before.",
)


@dataclass(frozen=True)
class HandedIn:
    """An assessment that was handed in: the text that stands, its stage, and every step on the way there.

    `approved` is the approval, `shared` the copies given.
    """

    page: ChildPage
    strand: Strand
    stood: Stood
    form: Form | None
    submitted: Event
    steps: tuple[Event, ...]
    approved: Event | None
    shared: tuple[Event, ...]

    @property
    def title(self) -> str:
        """Its kind in words."""
        return _said("kind", self.submitted)

    @property
    def outcome(self) -> str:
        """What follows, as it was approved; '' before."""
        return _said("outcome", self.approved) if self.approved else ""


def _said(field: str, event: Event) -> str:
    found = _field(APPROVED, field)
    return in_words(found, event.data.get(field) or "") if found else ""


def _field(event: str, name: str) -> Field | None:
    return in_use().vocabulary.events[event].field(name)


def open_handed_in(actor: Actor, record: UUID, strand: str, *, page: str) -> HandedIn | Refused:
    """Open the last hand-in of an assessment (of one that is approved, the one approved). The view is logged."""
    found = open_child(actor, record, page=page)
    return found if isinstance(found, Refused) else handed_in_of(found, strand)


def handed_in_of(found: ChildPage, strand: str) -> HandedIn | Refused:
    """The same, on a record that was opened."""
    its = found.view.standing.strands.get(strand)
    if its is None or its.kind != ASSESSMENT:
        return NO_ASSESSMENT
    steps = steps_of(found.view, its)
    submitted = [one for one in steps if one.type == SUBMITTED]
    if not submitted:
        return Refused(
            "not found", "This assessment is not handed in yet", "Open it to read what is written so far."
        )
    approved = next((one for one in reversed(steps) if one.type == APPROVED), None)
    named = [one for one in submitted if approved and one.id == approved.data.get("approves")]
    form = form_of(found.view, strand)
    return HandedIn(
        page=found,
        strand=its,
        stood=stood(found.view, its),
        form=None if isinstance(form, Refused) else form[1],
        submitted=(named or submitted)[-1],
        steps=tuple(steps),
        approved=approved,
        shared=found.view.standing.by_type(its).get(SHARED, ()),
    )


@dataclass(frozen=True, slots=True)
class Shareable:
    """A section that may go into a copy: `held` says why it is held back unless somebody decides otherwise."""

    id: str
    title: str
    held: str


def shareable(it: HandedIn) -> tuple[Shareable, ...]:
    """The sections of the text, with those held back at first: what agencies said, and the child's own words."""
    found = []
    for row in rows_of(it.submitted):
        section = it.form.section(str(row["section"])) if it.form else None
        if any(row.get(name) for name in OF_A_COPY):
            found.append(Shareable(str(row["section"]), str(row.get("title", "")), _held(it.form, section)))
    return tuple(found)


def _held(form: Form | None, section: Section | None) -> str:
    if form is None or section is None:
        return ""
    domains = [part.id for part in form.parts if part.domain]
    if section.agencies and section.part not in domains:
        return "It rests on what agencies and the police told us. They have to agree first."
    if section.sort == "voice":
        return "It holds what somebody told us in confidence. Ask them first."
    return ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy for the family: in plain words what was found, the sections in it, and what was held back and why."""

    plain: str
    sections: tuple[str, ...]
    held_back: str
    name: str = ""
    how: str = ""
    to: str = "family"


def open_to_share(actor: Actor, record: UUID, strand: str) -> HandedIn | Refused:
    """Open an approved assessment to give a copy of it: the one named, else the last that was approved."""
    refused = refused_by_role(actor, SHARE, record)
    if refused is not None:
        return refused
    found = open_child(actor, record, page=f"act:{SHARE}")
    if isinstance(found, Refused):
        return found
    it = handed_in_of(found, strand or _last_approved(found))
    return it if isinstance(it, HandedIn) and it.approved is not None else NOT_YET


def _last_approved(found: ChildPage) -> str:
    return next((one.id for one in assessments(found.view) if stood(found.view, one).stage == "approved"), "")


@dataclass(frozen=True, slots=True)
class BeforeItGoes:
    """What one reader is about to get: the parts in their copy, what is left out for them, whom else a part names, and how
    it differs from the copies that others got. `mark` stands for exactly this copy.
    """

    to: str
    parts: tuple[str, ...]
    left_out: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]
    others: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    mark: str


def before_it_goes(it: HandedIn, copy: Copy) -> BeforeItGoes:
    """What is shown of a copy before it is given: a document for each reader, with what concerns them."""
    titles = {str(row["section"]): str(row.get("title", "")) for row in rows_of(it.submitted)}
    may = [one.id for one in shareable(it)]
    told = [(titles[one], _told_of(it, copy, _words_of(it, one))) for one in copy.sections if one in titles]
    plain = ("In plain words", _told_of(it, copy, copy.plain))
    return BeforeItGoes(
        to=copy.name,
        parts=tuple(titles[one] for one in copy.sections if one in titles),
        left_out=tuple(titles[one] for one in may if one not in copy.sections),
        names=tuple((title, names) for title, names in (plain, *told) if names),
        others=tuple(_beside_other(it, one, copy, titles) for one in it.shared),
        mark=sha256(repr((copy, it.submitted.id)).encode()).hexdigest(),
    )


def _words_of(it: HandedIn, section: str) -> str:
    rows = [row for row in rows_of(it.submitted) if row.get("section") == section]
    return "\n".join(str(row[name]) for row in rows for name in OF_A_COPY if row.get(name))


def _told_of(it: HandedIn, copy: Copy, text: str) -> tuple[str, ...]:
    """Those around the child whom a text names, but for the child and whoever reads it."""
    view = it.page.view
    there = around(view.standing.events, view.world.as_at.astimezone(LONDON).date())
    mine = {*words_of(copy.name), *words_of(it.page.identity.name)}
    said = set(words_of(text))
    names = (one.text("name") for one in there.people if one.text("name"))
    return tuple(dict.fromkeys(name for name in names if words_of(name)[0] in said - mine))


def _beside_other(
    it: HandedIn, given: Event, copy: Copy, titles: Mapping[str, str]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Another copy that was given: to whom, what only they got, what only this reader gets."""
    theirs = [str(one) for one in given.data.get("in_copy") or ()]
    whom = str(given.data.get("name") or given.data.get("with") or "")
    only_theirs = tuple(titles.get(one, one) for one in theirs if one not in copy.sections)
    return whom, only_theirs, tuple(titles.get(one, one) for one in copy.sections if one not in theirs)


def stopped(actor: Actor, it: HandedIn, copy: Copy) -> Refused | None:
    """Why a copy may not go as it stands: words of the police, who referred, an address that is protected."""
    texts = [copy.plain, copy.held_back, *(_words_of(it, one) for one in copy.sections)]
    return family_documents.refused(actor, it.page.identity.record, texts)


def share(actor: Actor, it: HandedIn, copy: Copy, key: UUID) -> Recorded | Refused:
    """Record that a copy was given, and what it held."""
    refused = stopped(actor, it, copy)
    if refused is not None:
        return refused
    answers = {
        "kind": it.submitted.data.get("kind"),
        "with": copy.to,
        "name": copy.name,
        "how": copy.how,
        "plain": copy.plain,
        "in_copy": list(copy.sections),
        "held_back": copy.held_back,
        "copy_of": it.submitted.id,
    }
    return send_act(actor, Request(SHARE, answers, it.page.identity.record, strand=it.strand.id, key=key))


def copy_shared(it: HandedIn, event: str) -> Copy | None:
    """A copy as it was given, by the id of its entry."""
    found = next((one for one in it.shared if one.id == event), None)
    if found is None:
        return None
    data = found.data
    return Copy(
        str(data.get("plain", "")),
        tuple(data.get("in_copy") or ()),
        str(data.get("held_back", "")),
        str(data.get("name", "")),
    )


def print_whole(actor: Actor, record: UUID, strand: str) -> tuple[HandedIn, bytes] | Refused:
    """The assessment for the record, as a tagged PDF. That it was taken out is in the access log."""
    it = open_handed_in(actor, record, strand, page="assessment-pdf")
    if isinstance(it, Refused):
        return it
    parts = tuple(_part(row, it.submitted, it.form) for row in rows_of(it.submitted))
    facts = tuple(_facts(it))
    return it, _printed(it, it.title, facts, (*_beside(it), *parts))


def print_copy(it: HandedIn, copy: Copy) -> bytes:
    """The family's copy, as a tagged PDF: plain words first, then the sections that are in it."""
    rows = [row for row in rows_of(it.submitted) if row.get("section") in copy.sections]
    parts = [PrintedPart(str(row.get("title", "")), tuple(_texts(row, OF_A_COPY))) for row in rows]
    first = [PrintedPart("In plain words", lines_of(copy.plain))] if copy.plain.strip() else []
    held = (
        [PrintedPart("What is not in this copy, and why", lines_of(copy.held_back))]
        if copy.held_back.strip()
        else []
    )
    title = f"About {it.page.identity.name}: what we found"
    whom = (f"For {copy.name}.",) if copy.name else ()
    approved = (f"Approved by {_signed(it)}.", f"What happens next: {it.outcome}.") if it.approved else ()
    facts = (*whom, *approved)
    return _printed(it, title, facts, (*first, *parts, *held))


def _printed(it: HandedIn, title: str, facts: tuple[str, ...], parts: tuple[PrintedPart, ...]) -> bytes:
    return taken(document(it.page.identity, title, facts, parts, of=it.title), "pdf", "").content


def _signed(it: HandedIn) -> str:
    if it.approved is None:
        return ""
    by = it.approved.author
    return f"{by.name}, {by.role}, {say_moment(it.approved.happened_at)}"


def _facts(it: HandedIn) -> Iterator[str]:
    who = it.page.identity
    yield f"{who.name}. {f'Born {say_date(who.born)}' if who.born else who.age}. Cairn number {who.number}."
    yield f"Handed in by {it.submitted.author.name}, {say_moment(it.submitted.happened_at)}."
    if it.approved is None:
        yield "Not approved: this is a text that waits for its decision."
        return
    yield f"Approved by {_signed(it)}. {it.outcome}."
    yield f"Reasons: {it.approved.data.get('reason', '')}"


def _beside(it: HandedIn) -> Iterator[PrintedPart]:
    for name, heading in (("summary", "Summary"), ("synopsis", "Why it is short")):
        if str(it.submitted.data.get(name) or "").strip():
            yield PrintedPart(heading, lines_of(str(it.submitted.data[name])))


def _part(row: Mapping[str, Any], submitted: Event, form: Form | None) -> PrintedPart:
    names = [field.name for field in form.fields] if form else ["text"]
    taken = [
        f"{one.get('text', '')} (taken from {one.get('taken_from', '')})"
        for one in submitted.data.get("passages") or ()
        if one.get("section") == row.get("section")
    ]
    nothing_new = ["Looked at again, nothing new."] if row.get("nothing_new") else []
    by = ", ".join(str(one) for one in row.get("writers") or ())
    return PrintedPart(
        str(row.get("title", "")),
        (*nothing_new, *_texts(row, names), *taken),
        f"Written by {by}" if by else "",
    )


def _texts(row: Mapping[str, Any], names: tuple[str, ...] | list[str]) -> Iterator[str]:
    """The texts of a section; what is not its main text with its question."""
    field = _field(SUBMITTED, "sections")
    fields = {one.name: one for one in field.fields} if field else {}
    for name in names:
        value = row.get(name)
        if value in (None, "") or name in NOT_PRINTED or name not in fields:
            continue
        text = in_words(fields[name], value)
        yield from lines_of(text if name == "text" else f"{fields[name].label}: {text}")
