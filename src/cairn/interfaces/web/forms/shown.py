"""What was typed into a form, to be read: by question, in the words of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.components import SummaryList, SummaryRow
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.dates import PARTS, read_date
from cairn.interfaces.web.forms.typed import is_empty, key

YES_NO = {"yes": "Yes", "no": "No"}


def answers_shown(form: ActForm) -> SummaryList:
    """The questions of a form that were answered, in order, with their answers as somebody reads them."""
    return SummaryList(
        rows=tuple(
            SummaryRow(field.label, _in_words(field, form.typed[name]))
            for name, field in form.fields.items()
            if name in form.asked_names() and not is_empty(form.typed[name])
        )
    )


def _in_words(field: Field, typed: Any) -> str:
    labels = YES_NO | {key(option.value): option.label for option in field.options}
    if isinstance(typed, dict):
        return _time_in_words(typed)
    if isinstance(typed, list):
        return ", ".join(labels.get(str(one), str(one)) for one in typed)
    text = str(typed).strip()
    return labels.get(text, text) if field.type in ("choice", "yes_no") else text


def _time_in_words(typed: Mapping[str, Any]) -> str:
    """A date, or a date and a time, as it is read; what cannot be read stands as it was typed."""
    parts = {name: str(value).strip() for name, value in typed.items()}
    day = read_date(*(parts.get(part, "") for part in PARTS))
    if not isinstance(day, date):
        return " ".join(filter(None, parts.values()))
    rest = [value for name, value in parts.items() if name not in PARTS and value]
    return ", ".join((words.day_words(day), *rest))
