"""What was typed, before it is read: kept whole, so that nothing is lost when something is wrong.

A form's typed answers are a mapping from field name to a text; to a list of texts (choices); to a mapping
of parts (date, moment); to a list of such mappings (rows); or to a mapping (fields).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict

from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms.dates import PARTS

ADD, REMOVE = "add-another", "remove"
TICKED = "ticked"
MOMENT_PARTS = (*PARTS, "time")
MOST_ROWS = 200


def key(value: str | bool) -> str:
    """An option's value as it stands in a form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def inside(prefix: str, name: str | int) -> str:
    """The name of something inside a part of the form."""
    return f"{prefix}-{name}" if prefix else str(name)


def from_post(fields: Sequence[Field], posted: QueryDict, prefix: str) -> dict[str, Any]:
    """The typed answers of a submitted form, after a row was added or taken away."""
    return {field.name: _posted(field, posted, inside(prefix, field.name)) for field in fields}


def _posted(field: Field, posted: QueryDict, name: str) -> Any:
    match field.type:
        case "date":
            return {part: _text(posted, f"{name}-{part}") for part in PARTS}
        case "moment":
            return {part: _text(posted, f"{name}-{part}") for part in MOMENT_PARTS}
        case "choices":
            return posted.getlist(name)
        case "rows":
            return _posted_rows(field, posted, name)
        case "fields":
            return from_post(field.fields, posted, name)
        case _:
            return _lines(posted, name) if field.type == "list" else _text(posted, name)


def _lines(posted: QueryDict, name: str) -> str:
    """The lines of a list: those ticked on the page, where it has boxes for them, and those written."""
    ticked = [_clean(one) for one in posted.getlist(inside(name, TICKED))]
    text = _text(posted, name)
    return "\n".join([*ticked, text] if text else ticked)


def _text(posted: QueryDict, name: str) -> str:
    return _clean(posted.get(name) or "")


def _clean(text: object) -> str:
    return str(text).replace("\r\n", "\n").replace("\x00", "")


def _posted_rows(field: Field, posted: QueryDict, name: str) -> list[dict[str, Any]]:
    count = posted.get(f"{name}-count") or ""
    wanted = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0
    removed = posted.get(REMOVE)
    rows = [
        from_post(field.fields, posted, inside(name, number))
        for number in range(wanted)
        if removed != inside(name, number)
    ]
    if posted.get(ADD) == name and len(rows) < MOST_ROWS:
        rows.append(from_data(field.fields, {}))
    return rows


def from_data(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """The typed answers that would give this data: for a draft, or for what is known already."""
    return {field.name: _shown(field, data.get(field.name)) for field in fields}


def _shown(field: Field, value: Any) -> Any:
    match field.type:
        case "date" | "moment":
            return _shown_moment(str(value or ""), field.type == "moment")
        case "choices":
            return [key(one) for one in value or ()]
        case "rows":
            return [from_data(field.fields, row) for row in value or ()]
        case "fields":
            return from_data(field.fields, value or {})
        case "list":
            return "\n".join(value or ())
        case _:
            return "" if value is None else key(value) if isinstance(value, bool) else str(value)


def _shown_moment(text: str, with_time: bool) -> dict[str, str]:
    empty = dict.fromkeys(MOMENT_PARTS if with_time else PARTS, "")
    if not text:
        return empty
    year, _, month = text.partition("-")
    if "-" not in month and len(text) <= len("2025-12"):
        return {**empty, "month": month.lstrip("0"), "year": year}
    at = datetime.fromisoformat(text)
    zone = ""
    if at.tzinfo is not None:
        at = at.astimezone(LONDON)
        zone = f" {at.tzname()}" if at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() else ""
    shown = {"day": str(at.day), "month": str(at.month), "year": str(at.year)}
    if with_time:
        shown["time"] = f"{at:%H:%M}{zone}" if "T" in text else ""
    return shown


def is_empty(typed: Any) -> bool:
    """Whether nothing at all was typed, at any depth."""
    if isinstance(typed, Mapping):
        return all(is_empty(value) for value in typed.values())
    if isinstance(typed, list):
        return all(is_empty(value) for value in typed)
    return not str(typed).strip()
