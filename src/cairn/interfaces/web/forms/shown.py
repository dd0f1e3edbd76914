"""What was typed into a form, to be read: by question, in the words of the answers."""

from __future__ import annotations

from typing import Any

from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.components import SummaryList, SummaryRow
from cairn.interfaces.web.forms.act_form import ActForm
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
        return " ".join(str(part) for part in typed.values() if str(part).strip())
    if isinstance(typed, list):
        return ", ".join(labels.get(str(one), str(one)) for one in typed)
    text = str(typed).strip()
    return labels.get(text, text) if field.type in ("choice", "yes_no") else text
