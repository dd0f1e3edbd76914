"""A field of the vocabulary as GOV.UK's components show it, with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.forms.dates import PARTS
from cairn.interfaces.web.forms.reading import FieldError, Place
from cairn.interfaces.web.forms.typed import ADD, REMOVE, from_data, inside, key
from cairn.interfaces.web.govuk import govuk

LINE = 90
MOST_ROWS_SHOWN = 30
INLINE_OPTIONS, INLINE_LETTERS = 4, 18
SELECT_FROM = 13
TWO_COLUMNS_FROM = 8
# Times that lie ahead as a rule: Tomorrow is offered beside them, and not Yesterday.
AHEAD = frozenset(
    {
        "when",
        "next_date",
        "finish_by",
        "see_child_by",
        "new_date",
        "review_on",
        "covered_from",
        "covered_until",
        "allocation_meeting",
        "by_when",
        "ends_by",
        "expected",
        "first_review",
    }
)
# Of a row of many, what names another row of the page: one line each, and no radio buttons.
LISTED = frozenset({"outcome"})
WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


@dataclass(frozen=True)
class Look:
    """How fields are shown: the errors by place, and what an option reveals.

    `controls` names what stands apart from the question and shows with one of its answers;
    `optional` adds "(optional)" to the label; `focus` is the input that gets the focus of a new row.
    """

    errors: Mapping[str, FieldError] = field(default_factory=dict)
    revealed: Mapping[str, SafeString] = field(default_factory=dict)
    controls: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    focus: str = ""


def render(shown: Field, typed: Any, at: Place, look: Look) -> SafeString:
    """One field with its label, hint, error and inputs."""
    return _RENDERERS[shown.type](shown, typed, at, look)


def _label(shown: Field, look: Look) -> str:
    return f"{shown.label} (optional)" if look.optional else shown.label


def _common(shown: Field, at: Place, look: Look, hint: str = "") -> dict[str, Any]:
    """What every component takes: hint and error message."""
    params: dict[str, Any] = {}
    said = " ".join(part for part in (shown.hint, hint) if part)
    if said:
        params["hint"] = {"text": said}
    if at.path in look.errors:
        params["errorMessage"] = {"text": look.errors[at.path].message}
    return params


def _boxed(shown: Field, at: Place, look: Look, hint: str = "") -> dict[str, Any]:
    label = {"text": _label(shown, look), "classes": "govuk-label--s"}
    return {"id": at.id, "name": at.id, "label": label, "attributes": _focus(at.id, look)} | _common(
        shown, at, look, hint
    )


def _focus(id_: str, look: Look) -> dict[str, Any]:
    return {"autofocus": {"value": True, "optional": True}} if id_ == look.focus else {}


def _grouped(shown: Field, at: Place, look: Look, hint: str = "") -> dict[str, Any]:
    legend = {"text": _label(shown, look), "classes": "govuk-fieldset__legend--s"}
    return {"idPrefix": at.id, "name": at.id, "fieldset": {"legend": legend}} | _common(shown, at, look, hint)


def _text(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    return govuk("input", **_boxed(shown, at, look), value=typed, autocomplete="off", spellcheck=False)


def _number(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    return govuk(
        "input", **_boxed(shown, at, look), value=typed, inputmode="numeric", classes="govuk-input--width-5",
        autocomplete="off",
    )  # fmt: skip


def _long_text(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    return _textarea(typed, _boxed(shown, at, look), least=2)


def _list(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    return _textarea(typed, _boxed(shown, at, look, "Write each on a line of its own."), least=2)


def _textarea(typed: str, params: dict[str, Any], least: int) -> SafeString:
    lines = sum(1 + len(line) // LINE for line in typed.split("\n"))
    # A browser drops a line end that comes first in a textarea.
    value = f"\n{typed}" if typed.startswith("\n") else typed
    return govuk(
        "textarea", **params, value=value, rows=str(max(least, min(lines, MOST_ROWS_SHOWN))), spellcheck=True
    )


def _yes_no(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    options = shown.options or (Option(value=True, label="Yes"), Option(value=False, label="No"))
    return _radios(options, shown, typed, at, look)


def _choice(shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    plain = not any(option.hint for option in shown.options) and not look.revealed
    if plain and (len(shown.options) >= SELECT_FROM or (shown.name in LISTED and "[" in at.path)):
        empty = {"value": "", "text": "Choose one"}
        items = [empty] + [{"value": key(option.value), "text": option.label} for option in shown.options]
        return govuk("select", **_boxed(shown, at, look), items=items, value=typed)
    return _radios(shown.options, shown, typed, at, look)


def _radios(options: tuple[Option, ...], shown: Field, typed: str, at: Place, look: Look) -> SafeString:
    items = [_item(option, key(option.value) == typed, look) for option in options]
    if items:
        items[0]["attributes"] = {**items[0].get("attributes", {}), **_focus(at.id, look)}
    classes = "govuk-radios--small" + (" govuk-radios--inline" if _is_short(options, look) else "")
    if len(options) >= TWO_COLUMNS_FROM and not look.revealed:
        classes += " c-twocolumns"
    return govuk("radios", **_grouped(shown, at, look), items=items, classes=classes)


def _choices(shown: Field, typed: list[str], at: Place, look: Look) -> SafeString:
    items = [_item(option, key(option.value) in typed, look) for option in shown.options]
    classes = "govuk-checkboxes--small" + (" c-inlinechecks" if _is_short(shown.options, look) else "")
    if len(shown.options) >= TWO_COLUMNS_FROM and not look.revealed:
        classes += " c-twocolumns"
    return govuk("checkboxes", **_grouped(shown, at, look), items=items, classes=classes)


def _item(option: Option, checked: bool, look: Look) -> dict[str, Any]:
    item: dict[str, Any] = {"value": key(option.value), "text": option.label, "checked": checked}
    hint = " ".join(
        part for part in (option.hint, f"({option.paragraph})" if option.paragraph else "") if part
    )
    if hint:
        # A paragraph alone stands behind its answer; in words of its own a hint has its own line.
        item["hint"] = {"text": hint, "classes": "" if option.hint else "c-cite"}
    if key(option.value) in look.controls:
        item["attributes"] = {"data-aria-controls": look.controls[key(option.value)]}
    if key(option.value) in look.revealed:
        item["conditional"] = {"html": look.revealed[key(option.value)]}
    return item


def _is_short(options: tuple[Option, ...], look: Look) -> bool:
    plain = not look.revealed and not any(option.hint or option.paragraph for option in options)
    return (
        plain
        and len(options) <= INLINE_OPTIONS
        and all(len(option.label) <= INLINE_LETTERS for option in options)
    )


def _date(shown: Field, typed: Mapping[str, str], at: Place, look: Look) -> SafeString:
    return _dated(shown, typed, at, look, PARTS, "")


def _moment(shown: Field, typed: Mapping[str, str], at: Place, look: Look) -> SafeString:
    # A hint that speaks of the time itself stands alone.
    hint = "" if " time" in shown.hint else "Such as 2:30pm. Leave the time empty if it is not known."
    return _dated(shown, typed, at, look, (*PARTS, "time"), hint)


def _dated(
    shown: Field, typed: Mapping[str, str], at: Place, look: Look, parts: tuple[str, ...], hint: str
) -> SafeString:
    params = _grouped(shown, at, look, hint)
    del params["idPrefix"], params["name"]
    faulty = look.errors[at.path].anchor if at.path in look.errors else ""
    items = [_part(part, typed[part], at, faulty, look) for part in parts]
    return govuk("date-input", **params, id=at.id, items=items, attributes=_buttons(shown))


def _buttons(shown: Field) -> dict[str, str]:
    return {"data-date-buttons": "ahead" if shown.name in AHEAD else ""}


def _part(part: str, typed: str, at: Place, faulty: str, look: Look) -> dict[str, Any]:
    wrong = " govuk-input--error" if faulty == f"{at.id}-{part}" else ""
    return {
        "name": f"{at.id}-{part}",
        "id": f"{at.id}-{part}",
        "label": part.capitalize(),
        "classes": f"govuk-input--width-{WIDTHS[part]}{wrong}",
        "value": typed,
        "inputmode": "text" if part == "time" else "numeric",
        "autocomplete": "off",
        "attributes": _focus(f"{at.id}-{part}", look),
    }


def _rows(shown: Field, typed: list[dict[str, Any]], at: Place, look: Look) -> SafeString:
    rows = typed or [from_data(shown.fields, {})]
    inner = replace(look, optional=False, revealed={})
    shown_rows = [
        {
            "number": row.get("key") or number + 1,
            "remove": inside(at.id, number) if typed and len(typed) > 1 else "",
            "fields": _inner(shown, row, Place(f"{at.path}[{number}]", inside(at.id, number)), inner),
        }
        for number, row in enumerate(rows)
    ]
    names = {"add_name": ADD, "remove_name": REMOVE}
    return render_to_string(
        "components/form_rows.html",
        {
            "id": at.id,
            "label": _label(shown, look),
            "hint": shown.hint,
            "rows": shown_rows,
            "count": len(rows),
        }
        | {"error": look.errors.get(at.path)}
        | names,
    )


def _group(shown: Field, typed: dict[str, Any], at: Place, look: Look) -> SafeString:
    inner = replace(look, optional=False, revealed={})
    fields = _inner(shown, typed, at, inner)
    return render_to_string(
        "components/form_group.html", {"label": _label(shown, look), "hint": shown.hint, "fields": fields}
    )


def _inner(shown: Field, typed: Mapping[str, Any], at: Place, look: Look) -> list[SafeString]:
    """The fields of a row or a group. What nobody is asked, such as the number of a row, goes along unseen."""
    return [
        render(one, typed[one.name], Place(f"{at.path}.{one.name}", inside(at.id, one.name)), look)
        if one.asked
        else _unseen(typed[one.name], inside(at.id, one.name))
        for one in shown.fields
    ]


def _unseen(typed: Any, name: str) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', name, typed)


_RENDERERS: dict[str, Callable[[Field, Any, Place, Look], SafeString]] = {
    "text": _text,
    "long_text": _long_text,
    "list": _list,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "moment": _moment,
    "rows": _rows,
    "fields": _group,
}
