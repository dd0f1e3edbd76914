"""The text of an assessment as pages show it: section by section, what changed between two hand-ins, and its passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.application.approving import rows_of
from cairn.application.assessing import named
from cairn.application.procedures import in_use
from cairn.core.assessing.changes import Changes, SectionChange
from cairn.core.assessing.sections import SectionState
from cairn.core.assessing.stage import SUBMITTED
from cairn.core.history.event import Event
from cairn.core.protocol.forms import Form
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark

NO_TEXT = frozenset({"completed", "writer_ids", "writers", "section", "title"})
WHAT = {
    "new": Mark("part", "New section"),
    "removed": Mark("no", "Section removed"),
    "changed": Mark("part", "Changed"),
}


@dataclass(frozen=True)
class Answer:
    """One answer of a section; `label` is empty for its main text, which needs none."""

    label: str
    text: str


@dataclass(frozen=True)
class SectionRead:
    """A section to be read: its title, its answers, who wrote it, the passages in it with their origin."""

    id: str
    title: str
    answers: tuple[Answer, ...]
    writers: str
    passages: tuple[tuple[str, str], ...]
    nothing_new: bool
    sort: str


def read_written(state: SectionState, child: str) -> SectionRead:
    """A section as it is being written: what is saved in it now, with its passages."""
    text = state.text
    data = text.data if text else {}
    return SectionRead(
        id=state.section.id,
        title=named(state.section.title, child),
        answers=tuple(
            _answers(data, {one: named(said, child) for one, said in state.section.labels.items()})
        ),
        writers=words.listed(list(text.writers)) if text else "",
        passages=tuple(_origin(one) for one in data.get("passages", ())),
        nothing_new=data.get("nothing_new") is True,
        sort=state.section.sort,
    )


def read(submitted: Event, form: Form | None) -> tuple[SectionRead, ...]:
    """The sections of a hand-in in the order of the form; one of a document has only its summary."""
    return tuple(_section(row, submitted, form) for row in rows_of(submitted))


def _section(row: Mapping[str, Any], submitted: Event, form: Form | None) -> SectionRead:
    id_ = str(row.get("section"))
    its = form.section(id_) if form else None
    labels = its.labels if its else {}
    return SectionRead(
        id=id_,
        title=str(row.get("title") or id_),
        answers=tuple(_answers(row, labels)),
        writers=_other_writers(row, submitted),
        passages=tuple(_passages(submitted, id_)),
        nothing_new=row.get("nothing_new") is True,
        sort=its.sort if its else "information",
    )


def _other_writers(row: Mapping[str, Any], submitted: Event) -> str:
    """Who wrote in a section, where it was not only the one who handed it in: that name stands above already."""
    writers = [str(one) for one in row.get("writers") or ()]
    return "" if writers == [submitted.author.name] else words.listed(writers)


def _answers(row: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Answer]:
    for field in _fields():
        value = row.get(field.name)
        if field.name in NO_TEXT or field.type == "yes_no" or value in (None, ""):
            continue
        label = "" if field.name == "text" else labels.get(field.name, field.label)
        yield Answer(label.replace("{child}", "the child"), said(field, value))


def _fields() -> tuple[Field, ...]:
    rows = in_use().vocabulary.events[SUBMITTED].field("sections")
    return rows.fields if rows else ()


def said(field: Field, value: object) -> str:
    """An answer in words."""
    return next((option.label for option in field.options if option.value == value), str(value))


def _passages(submitted: Event, section: str) -> Iterator[tuple[str, str]]:
    for one in submitted.data.get("passages") or ():
        if one.get("section", "") == section:
            yield _origin(one)


def _origin(passage: Mapping[str, Any]) -> tuple[str, str]:
    """A passage and where it is from, with its day in words."""
    on = f", {words.day_words(day)}" if (day := _day(passage.get("written_on"))) else ""
    return str(passage.get("text", "")), f"Taken from {passage.get('taken_from', '')}{on}"


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


@dataclass(frozen=True)
class ChangeRead:
    """A section that changed: removed and added sentences, place by place, each with the question it answers."""

    title: str
    mark: Mark
    parts: tuple[tuple[str, str, str], ...]


def read_changes(found: Changes) -> tuple[ChangeRead, ...]:
    """What changed, in the order of reading."""
    return tuple(ChangeRead(one.title, WHAT[one.what], tuple(_parts(one))) for one in found.changed)


def _parts(change: SectionChange) -> Iterator[tuple[str, str, str]]:
    fields = {field.name: field for field in _fields()}
    for part in change.parts:
        field = fields.get(part.field)
        label = "" if field is None or part.field == "text" else field.label
        yield label, _joined(field, part.removed), _joined(field, part.added)


def _joined(field: Field | None, sentences: tuple[str, ...]) -> str:
    return " ".join(said(field, one) if field else one for one in sentences)


def last_words(it: Event) -> c.Note | None:
    """What whoever handed it in says beside it: why it is short, and what was done about what was asked."""
    lines = [
        f"**{label}** {it.data[name]}"
        for name, label in (("synopsis", "Why it is short (4.7):"), ("response", "What was done about it:"))
        if str(it.data.get(name) or "").strip()
    ]
    return c.Note(lines=tuple(lines)) if lines else None
