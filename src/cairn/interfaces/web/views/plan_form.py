"""The form of one part of a plan: shown as it was typed, its rows numbered, and read as far as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from cairn.application.plan_writing import NUMBERED, PartWritten, PlanWriting, Typed
from cairn.core.planning.rows import with_keys
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms import typed as typing_of
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.reading import Place, first_input, read_fields
from cairn.interfaces.web.forms.reveals import reveals_of

LONGEST_NAME = 60
# The number of a row is no answer: a row that holds nothing else is empty.
KEY = "key"


class PlanForm(ActForm):
    """One part of a plan as a form. `posted` is what was submitted; without it the part stands as it is kept."""

    def __init__(self, it: PlanWriting, part: PartWritten, posted: QueryDict | None = None) -> None:
        fields = [_with_outcomes(it, field) for field in part.fields]
        super().__init__(
            fields, posted=posted, initial=part.answers, reveals=reveals_of(it.found.act, fields), mark_optional=False
        )  # fmt: skip
        if posted is None and part.typed is not None:
            self.typed = {
                one.name: _kept(one, part.typed.get(one.name), self.typed[one.name]) for one in fields
            }
        self._number(it)
        if posted is None and part.faults:
            self.taken()

    def _number(self, it: PlanWriting) -> None:
        """Give each row of outcomes and actions its number, a new and empty one too, so that it keeps it."""
        for name in NUMBERED:
            if name in self.fields:
                rows = self.typed[name] or [typing_of.from_data(self.fields[name].fields, {})]
                self.typed[name] = with_keys(rows, it.taken_keys(name))

    @property
    def new_row(self) -> str:
        """Where the writer goes on after a row was added: the fragment of an address; '' where none was."""
        added = self.posted.get(typing_of.ADD, "") if self.posted is not None else ""
        field = self.fields.get(added)
        first = next((one for one in field.fields if one.asked), None) if field else None
        if first is None:
            return ""
        row = typing_of.inside(added, len(self.typed[added]) - 1)
        return f"#{first_input(first, typing_of.inside(row, first.name))}"

    def taken(self) -> Typed:
        """What was typed with the answers that can be taken; what cannot stands in `errors`."""
        full = {name: _full(self.fields[name], value) for name, value in self.typed.items()}
        answers, self.errors = read_fields(
            self._asked(), full, Place("", self.prefix), self.must, self.messages
        )
        return Typed(self.typed, answers, len(self.errors))

    def put_below(self, other: Mapping[str, Any]) -> None:
        """Put what another text of the part says below what is typed: rows after rows, texts after texts."""
        for name, field in self.fields.items():
            theirs = _kept(
                field, (other.get("typed") or {}).get(name), typing_of.from_data([field], {})[name]
            )
            self.typed[name] = _joined(field, self.typed[name], theirs)
        for name in set(NUMBERED) & set(self.fields):
            self.typed[name] = with_keys(_full(self.fields[name], self.typed[name]))


def _with_outcomes(it: PlanWriting, field: Field) -> Field:
    """The actions, in which each outcome that is written is one of a list; while there is none its number is typed."""
    part = it.part("outcomes")
    rows = part.answers.get("outcomes") or () if part else ()
    options = tuple(
        Option(value=str(row["key"]), label=f"{row['key']}. {str(row.get('outcome', ''))[:LONGEST_NAME]}")
        for row in rows
        if row.get(KEY)
    )
    if field.name != "actions" or not options:
        return field
    update = {"type": "choice", "options": options, "hint": ""}
    inner = tuple(one.model_copy(update=update) if one.name == "outcome" else one for one in field.fields)
    return field.model_copy(update={"fields": inner})


def _kept(field: Field, stored: Any, empty: Any) -> Any:
    """What was typed, as this form takes it: a field that was not there when it was kept is empty."""
    if stored is None:
        return empty
    if field.type == "rows":
        return [_row(field, row) for row in stored]
    return {**empty, **stored} if isinstance(empty, Mapping) else stored


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    empty = typing_of.from_data(field.fields, {})
    return {one.name: _kept(one, row.get(one.name), empty[one.name]) for one in field.fields}


def _full(field: Field, value: Any) -> Any:
    """The rows that hold something beside their number; anything else as it is."""
    if field.type != "rows":
        return value
    return [
        row
        for row in value
        if not typing_of.is_empty({name: one for name, one in row.items() if name != KEY})
    ]


def _joined(field: Field, mine: Any, theirs: Any) -> Any:
    if field.type == "rows":
        said = [_said(row) for row in mine]
        return [*_full(field, mine), *(row for row in _full(field, theirs) if _said(row) not in said)]
    if field.type in ("long_text", "text", "list"):
        texts = [text for text in dict.fromkeys((str(mine).strip(), str(theirs).strip())) if text]
        return "\n".join(texts)
    return theirs if typing_of.is_empty(mine) else mine


def _said(row: Mapping[str, Any]) -> Sequence[Any]:
    return [value for name, value in row.items() if name != KEY]
