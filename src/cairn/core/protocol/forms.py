"""The model of a form: a long document written in sections over days, such as an assessment, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field as Constrained
from pydantic import model_validator

from cairn.core.vocabulary.model import Field, Name, Part

FormName = Annotated[str, Constrained(pattern=r"^[a-z][a-z0-9_]*$")]


class Cited(Part):
    """Where a form, a part of it or a section rests: a document by its short name, and a paragraph as text."""

    document: str
    paragraph: str


class FormPart(Part):
    """A part of the form that stands together, such as one of the three domains (`domain`)."""

    id: FormName
    title: str
    source: Cited
    domain: bool = False


class Section(Part):
    """One section, written and saved by itself.

    `kinds` are those of the form that need it, all where none are given; `sort` keeps apart what was
    found out, whose words they are, and what is made of it; `asks` names fields of the form; `labels`
    puts a field's question in this section's own words; `after` are parts that have to be begun before it
    can be completed; `agencies` whose answers stand beside it, and `views` whose views do. In titles, questions
    and labels `{child}` is the child's first name.
    """

    id: FormName
    part: FormName
    title: str
    question: str
    guidance: str
    source: Cited
    sort: Literal["information", "voice", "analysis", "outcome"] = "information"
    think: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    asks: tuple[Name, ...]
    needs: tuple[Name, ...] = ("text",)
    labels: Mapping[Name, str] = Constrained(default_factory=dict)
    after: tuple[FormName, ...] = ()
    agencies: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    def is_needed_by(self, kind: str) -> bool:
        """Whether an assessment of that kind has to have it."""
        return not self.kinds or kind in self.kinds


class Form(Part):
    """A document of a strand: its parts and their sections in the order of reading.

    `kinds` are the kinds of the strand's opener that it is for; `handed_in` is the event that takes it whole,
    `into` the rows of that event in which each section stands: every field of the form is one of theirs.
    """

    id: FormName
    title: str
    source: Cited
    strand: str
    kinds: tuple[str, ...]
    handed_in: str
    into: Name
    fields: tuple[Field, ...]
    parts: tuple[FormPart, ...]
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section | None:
        """The section of that id, or None."""
        return next((one for one in self.sections if one.id == section_id), None)

    def of_part(self, part: FormPart) -> tuple[Section, ...]:
        """The sections of a part, in order."""
        return tuple(one for one in self.sections if one.part == part.id)

    def fields_of(self, section: Section) -> tuple[Field, ...]:
        """What a section asks, each question in its own words."""
        asked = {field.name: field for field in self.fields}
        return tuple(
            asked[name].model_copy(update={"label": section.labels.get(name, asked[name].label)})
            for name in section.asks
        )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        said = [*self._twice(), *(problem for one in self.sections for problem in self._faults(one))]
        if said:
            raise ValueError("; ".join(said))
        return self

    def _twice(self) -> Iterator[str]:
        for what, names in (
            ("part", [part.id for part in self.parts]),
            ("section", [section.id for section in self.sections]),
            ("field", [field.name for field in self.fields]),
        ):
            yield from (
                f"the {what} {name!r} stands twice" for name in sorted(set(names)) if names.count(name) > 1
            )

    def _faults(self, section: Section) -> Iterator[str]:
        """What the section names that the form has not; each with what it has."""
        parts, fields = [part.id for part in self.parts], [field.name for field in self.fields]
        named: tuple[tuple[str, tuple[str, ...], list[str]], ...] = (
            ("part", (section.part, *section.after), parts),
            ("field", (*section.asks, *section.labels), fields),
            ("field it asks", section.needs, list(section.asks)),
            ("kind", section.kinds, list(self.kinds)),
        )
        for what, names, known in named:
            yield from (
                f"section {section.id}: no {what} {name!r}; expected one of {', '.join(known)}"
                for name in names
                if name not in known
            )
