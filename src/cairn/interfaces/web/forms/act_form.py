"""The form of an act, made from the vocabulary's fields: shown, read, and shown again with nothing lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.components import ErrorSummary, Fault
from cairn.interfaces.web.forms import typed as typing_of
from cairn.interfaces.web.forms.reading import FieldError, Place, first_input, read_fields
from cairn.interfaces.web.forms.rendering import Look, render

Reveals = Mapping[str, Mapping[str, Sequence[str]]]
SOMEBODY_ELSE = "Somebody else"


class ActForm:
    """One form, or one part of a page's form.

    `fields`: what is asked, in order. `posted`: what was submitted, or None on first sight.
    `initial`: data to begin with (a draft, what is known). `must`: names that have to be answered here.
    `prefix`: keeps several forms of one page apart; it begins every name and id.
    `reveals`: {"child_seen": {"no": ["why_not_seen"]}}, the fields shown under one answer, and read
    and required only with it. `messages`: what to say where a named field is missing.
    `mark_optional`: whether fields that need no answer say so.
    """

    # Questions of which what an answer asks stands after the question, not between its answers.
    apart: frozenset[str] = frozenset()
    # Fields asked with one answer that stand in a place of their own on the page, away from the question.
    elsewhere: frozenset[str] = frozenset()
    # Of a list, what can be ticked; the rest is written below. Shown with its options, kept as lines of the one list.
    ticks: Mapping[str, tuple[Option, ...]] = MappingProxyType({})

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        posted: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
        must: Collection[str] = (),
        prefix: str = "",
        reveals: Reveals | None = None,
        messages: Mapping[str, str] | None = None,
        mark_optional: bool = True,
    ) -> None:
        self.fields = {field.name: field for field in fields}
        self.posted = posted
        self.must = frozenset(must)
        self.prefix = prefix
        self.reveals = reveals or {}
        self.messages = messages or {}
        self.mark_optional = mark_optional
        self.errors: tuple[FieldError, ...] = ()
        if posted is None:
            self.typed = typing_of.from_data(fields, initial or {})
        else:
            self.typed = typing_of.from_post(fields, posted, prefix)

    @property
    def is_asking_for_more(self) -> bool:
        """Whether a button "Add another" or "Remove" was pressed: show the form again, read nothing."""
        return self.posted is not None and (typing_of.ADD in self.posted or typing_of.REMOVE in self.posted)

    def read(self) -> dict[str, Any] | tuple[FieldError, ...]:
        """The data as the vocabulary wants it, without what was left empty; or what has to be put right."""
        data, self.errors = read_fields(
            self._asked(), self.typed, Place("", self.prefix), self.must, self.messages
        )
        return self.errors or data

    def refuse(self, name: str, message: str) -> None:
        """Add a mistake found elsewhere (the calendar, the door) to the field of that name."""
        anchor = first_input(self.fields[name], self._place(name).id)
        self.errors = (*self.errors, FieldError(name, message, anchor))

    def error_summary(self) -> ErrorSummary | None:
        """The list of mistakes for the top of the page, each leading to its input; None where there is none."""
        return summary_of(self)

    def render_field(self, name: str) -> SafeString:
        """One field, with those that its answers reveal. One that stands elsewhere says with which answer it is asked."""
        return self._stands_elsewhere(name) if name in self.elsewhere else self._shown(name)

    def _shown(self, name: str) -> SafeString:
        field = self.fields[name]
        if self.ticks.get(name):
            return self._ticked_and_written(field)
        apart = self._apart_of(name)
        revealed = {
            answer: self._rendered(names)
            for answer, names in self._revealed_here(name).items()
            if names and not any(answer in answers for answers in apart.values())
        }
        look = replace(self._look(field, revealed), controls=self._controls(name, apart))
        question = render(field, self.typed[name], self._place(name), look)
        if not apart:
            return question
        groups = [self._group(field, answers, self._rendered(names)) for names, answers in apart.items()]
        return render_to_string("components/form_apart.html", {"question": question, "groups": groups})

    def _rendered(self, names: Sequence[str]) -> SafeString:
        return format_html_join("", "{}", ((self.render_field(inner),) for inner in names))

    def _revealed_here(self, name: str) -> Mapping[str, Sequence[str]]:
        return {
            answer: [one for one in names if one not in self.elsewhere]
            for answer, names in self.reveals.get(name, {}).items()
        }

    def _apart_of(self, name: str) -> dict[tuple[str, ...], list[str]]:
        """What stands after the question, by the fields the answers that ask them: once, however many ask it."""
        found: dict[tuple[str, ...], list[str]] = {}
        for answer, names in self._revealed_here(name).items():
            if names:
                found.setdefault(tuple(names), []).append(answer)
        return {names: asked for names, asked in found.items() if name in self.apart or len(asked) > 1}

    def _controls(self, name: str, apart: Mapping[tuple[str, ...], Sequence[str]]) -> dict[str, str]:
        """By answer the id of what shows with it and stands apart or elsewhere."""
        here = {
            answer: self._shown_with(name, answers[0]) for answers in apart.values() for answer in answers
        }
        away = {
            answer: self._shown_with(name, answer)
            for answer, names in self.reveals.get(name, {}).items()
            if any(one in self.elsewhere for one in names)
        }
        return {**here, **away}

    def _shown_with(self, name: str, answer: str) -> str:
        return f"{self._place(name).id}-with-{answer.replace(' ', '-')}"

    def _group(self, field: Field, answers: Sequence[str], fields: SafeString) -> dict[str, Any]:
        said = " or ".join(f"“{self._label(field, answer)}”" for answer in answers)
        return {
            "id": self._shown_with(field.name, answers[0]),
            "when": f"If you answer {said}",
            "fields": fields,
        }

    def _stands_elsewhere(self, name: str) -> SafeString:
        """A field away from its question; without the script it says with which answer it goes."""
        asked = next(
            (
                (question, answer)
                for question, answers in self.reveals.items()
                for answer, names in answers.items()
                if name in names
            ),
            None,
        )
        if asked is None:
            return self._shown(name)
        question, answer = asked
        group = {
            **self._group(self.fields[question], [answer], self._shown(name)),
            "when": f"{self.fields[question].label} “{self._label(self.fields[question], answer)}”",
        }
        return render_to_string("components/form_apart.html", {"question": "", "groups": [group]})

    def _ticked_and_written(self, field: Field) -> SafeString:
        """A list of which some can be ticked: the boxes, and a box to write whatever is not among them."""
        options, place = self.ticks[field.name], self._place(field.name)
        ticked = Place(field.name, typing_of.inside(place.id, typing_of.TICKED))
        known = {str(option.value) for option in options}
        lines = [line.strip() for line in self.typed[field.name].split("\n")]
        look = self._look(field, {})
        boxes = field.model_copy(update={"type": "choices", "options": options})
        rest = field.model_copy(update={"label": SOMEBODY_ELSE, "hint": ""})
        return format_html_join(
            "",
            "{}",
            (
                (render(boxes, [one for one in lines if one in known], ticked, replace(look, errors={})),),
                (render(rest, "\n".join(one for one in lines if one not in known), place, look),),
            ),
        )

    def _label(self, field: Field, answer: str) -> str:
        labels = {typing_of.key(option.value): option.label for option in field.options}
        return labels.get(answer, answer.capitalize())

    def render(self, *names: str) -> SafeString:
        """The named fields one after the other; all of them where none is named."""
        hidden = self.revealed_names()
        shown = names or [name for name in self.fields if name not in hidden]
        return format_html_join("\n", "{}", ((self.render_field(name),) for name in shown))

    def _place(self, name: str) -> Place:
        return Place(name, typing_of.inside(self.prefix, name))

    def _look(self, field: Field, revealed: Mapping[str, SafeString]) -> Look:
        needed = field.must or field.name in self.must
        look = Look(errors={error.place: error for error in self.errors}, revealed=revealed)
        return replace(look, optional=self.mark_optional and not needed, focus=self._new_row_input())

    def _new_row_input(self) -> str:
        """The first input of the row just added, where the writer goes on."""
        added = self.posted.get(typing_of.ADD) if self.posted is not None else None
        for name, field in self.fields.items():
            if added == self._place(name).id and field.fields:
                row = typing_of.inside(self._place(name).id, len(self.typed[name]) - 1)
                return first_input(field.fields[0], typing_of.inside(row, field.fields[0].name))
        return ""

    def revealed_names(self) -> frozenset[str]:
        """The fields that show only with an answer of another."""
        return frozenset(
            name for answers in self.reveals.values() for names in answers.values() for name in names
        )

    def _asked(self) -> list[Field]:
        """The fields that apply: those not revealed by an answer, and those revealed by the answers given."""
        hidden = self.revealed_names()
        asked = [name for name in self.fields if name not in hidden]
        for name in asked:
            for answer, names in self.reveals.get(name, {}).items():
                if answer in self._given(name):
                    asked.extend(names)
        return [field for name, field in self.fields.items() if name in asked]

    def asked_names(self) -> frozenset[str]:
        """The fields that apply to what was answered so far."""
        return frozenset(field.name for field in self._asked())

    def _given(self, name: str) -> Collection[str]:
        given = self.typed[name]
        return given if isinstance(given, list) else (given,)


def summary_of(*forms: ActForm) -> ErrorSummary | None:
    """The mistakes of all the forms of a page, in the order of the page."""
    faults = tuple(Fault(error.message, error.anchor) for form in forms for error in form.errors)
    return ErrorSummary(faults=faults) if faults else None
