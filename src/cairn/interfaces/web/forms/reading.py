"""From what was typed to data as the vocabulary wants it, or to errors with their places. Values, not exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.core.calendar.end_time import NEXT_DAY
from cairn.core.vocabulary.check import most_characters
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms import messages
from cairn.interfaces.web.forms.dates import Unreadable, moment_text, read_date, read_time
from cairn.interfaces.web.forms.typed import inside, is_empty, key
from cairn.interfaces.web.words import clock_words

NOTHING = object()


@dataclass(frozen=True)
class FieldError:
    """One mistake: the place in the data, what to do, the id of the input where it is done."""

    place: str
    message: str
    anchor: str


@dataclass(frozen=True)
class Place:
    """Where a field stands: `path` in the data ("people[0].name"), `id` on the page."""

    path: str
    id: str


@dataclass(frozen=True)
class Answer:
    """What one field gives: a value (or NOTHING), and its errors."""

    value: Any = NOTHING
    errors: tuple[FieldError, ...] = ()


def read_fields(
    fields: Sequence[Field],
    typed: Mapping[str, Any],
    at: Place,
    must: Collection[str],
    told: Mapping[str, str],
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """The data of a group of fields and their errors, both in the order of the page.

    `must` names what has to be answered beside the fields' own; `told` gives messages for what is missing.
    """
    data: dict[str, Any] = {}
    errors: tuple[FieldError, ...] = ()
    for field in fields:
        where = Place(f"{at.path}.{field.name}".lstrip("."), inside(at.id, field.name))
        answer = _read(field, typed[field.name], where, field.must or field.name in must, told)
        errors += answer.errors
        if answer.value is not NOTHING:
            data[field.name] = answer.value
    return data, errors


def _read(field: Field, typed: Any, at: Place, must: bool, told: Mapping[str, str]) -> Answer:
    if is_empty(typed):
        return _nothing(field, at, told) if must else Answer()
    return _READERS[field.type](field, typed, at)


def _nothing(field: Field, at: Place, told: Mapping[str, str]) -> Answer:
    message = told.get(field.name) or messages.missing(field)
    return Answer(errors=(FieldError(at.path, message, first_input(field, at.id)),))


def first_input(field: Field, id_: str) -> str:
    """The id of the first input that a field has on the page."""
    if field.type in ("date", "moment"):
        return f"{id_}-day"
    if field.type == "rows" and field.fields:
        return first_input(field.fields[0], inside(inside(id_, 0), field.fields[0].name))
    if field.type == "fields" and field.fields:
        return first_input(field.fields[0], inside(id_, field.fields[0].name))
    return id_


def _wrong(field: Field, at: Place, problem: str, part: str = "") -> Answer:
    return Answer(
        errors=(FieldError(at.path, messages.wrong(field, problem), part or first_input(field, at.id)),)
    )


def _read_text(field: Field, typed: str, at: Place) -> Answer:
    if field.check == "end_time":
        return _read_end_time(field, typed, at)
    return _too_long(field, at, [typed.strip()]) or Answer(typed.strip())


def _read_end_time(field: Field, typed: str, at: Place) -> Answer:
    """17:10 and 5.10 pm are both kept as 5:10pm; with “next day” after it, as 5:10pm the next day."""
    on_next = _NEXT_DAY.search(typed)
    found = read_time(_NEXT_DAY.sub("", typed))
    if isinstance(found, Unreadable):
        return _wrong(field, at, found.problem)
    if found is None:
        return _wrong(field, at, "needs a time before “next day”") if on_next else Answer()
    return Answer(clock_words(found.at) + (NEXT_DAY if on_next else ""))


def _read_list(field: Field, typed: str, at: Place) -> Answer:
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    return _too_long(field, at, lines) or Answer(lines)


def _too_long(field: Field, at: Place, texts: list[str]) -> Answer | None:
    """That a text, or a line of a list, is longer than may be kept: what was typed stays on the page, to be cut."""
    most, longest = most_characters(field), max(map(len, texts), default=0)
    if most is None or longest <= most:
        return None
    which = "a line" if field.type == "list" else "it"
    return _wrong(field, at, f"needs to be {most:,} characters or fewer; {which} has {longest:,}")


def _read_number(field: Field, typed: str, at: Place) -> Answer:
    digits = re.sub(r"[ ,]", "", typed.strip())
    if not re.fullmatch(r"-?\d{1,9}", digits, re.ASCII):
        return _wrong(field, at, "needs to be a whole number, such as 3")
    return Answer(int(digits))


def _read_yes_no(field: Field, typed: str, at: Place) -> Answer:
    if typed not in ("yes", "no"):
        return _wrong(field, at, "needs to be yes or no")
    return Answer(typed == "yes")


def _read_choice(field: Field, typed: str, at: Place) -> Answer:
    options = {key(option.value): option.value for option in field.options}
    if typed not in options:
        return _wrong(field, at, "needs to be one of the answers on this page")
    return Answer(options[typed])


def _read_choices(field: Field, typed: list[str], at: Place) -> Answer:
    options = {key(option.value): option.value for option in field.options}
    if any(one not in options for one in typed):
        return _wrong(field, at, "needs to be among the answers on this page")
    return Answer([options[one] for one in typed])


def _read_date(field: Field, typed: Mapping[str, str], at: Place) -> Answer:
    day = read_date(typed["day"], typed["month"], typed["year"])
    if day is None or isinstance(day, Unreadable):
        problem = day or Unreadable("needs a day, a month and a year")
        return _wrong(field, at, problem.problem, f"{at.id}-{problem.part}")
    return Answer(day.isoformat())


def _read_moment(field: Field, typed: Mapping[str, str], at: Place) -> Answer:
    rough = _rough_date(typed) if field.check == "roughly" else ""
    if isinstance(rough, Unreadable):
        return _wrong(field, at, rough.problem, f"{at.id}-{rough.part}")
    dated = Answer(rough) if rough else _read_date(field, typed, at)
    if dated.errors:
        return dated
    clock = read_time(typed["time"])
    if clock is None:
        return dated
    if rough:
        return _wrong(field, at, "needs a day before the time", f"{at.id}-day")
    text = clock if isinstance(clock, Unreadable) else moment_text(date.fromisoformat(dated.value), clock)
    if isinstance(text, Unreadable):
        return _wrong(field, at, text.problem, f"{at.id}-{text.part}")
    return Answer(text)


def _rough_date(typed: Mapping[str, str]) -> str | Unreadable:
    """A month and a year, or a year alone, where no more is known; '' where a day is given: that is read as a date."""
    if typed["day"].strip():
        return ""
    month = "1" if not typed["month"].strip() else typed["month"]
    read = read_date("1", month, typed["year"])
    if not isinstance(read, date):
        return read or Unreadable("needs a year", "year")
    return f"{read:%Y-%m}" if typed["month"].strip() else f"{read.year}"


def _read_rows(field: Field, typed: Sequence[Mapping[str, Any]], at: Place) -> Answer:
    rows: list[dict[str, Any]] = []
    errors: tuple[FieldError, ...] = ()
    for number, row in enumerate(typed):
        if is_empty(row):
            continue
        where = Place(f"{at.path}[{number}]", inside(at.id, number))
        data, found = read_fields(field.fields, row, where, (), {})
        rows.append(data)
        errors += found
    return Answer(rows, errors)


def _read_group(field: Field, typed: Mapping[str, Any], at: Place) -> Answer:
    data, errors = read_fields(field.fields, typed, at, (), {})
    return Answer(data, errors)


_NEXT_DAY = re.compile(r",?\s*(on\s+)?(the\s+)?(next|following)\s+(day|morning)\s*\Z", re.IGNORECASE)
_READERS: dict[str, Callable[[Field, Any, Place], Answer]] = {
    "text": _read_text,
    "long_text": _read_text,
    "list": _read_list,
    "number": _read_number,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "choices": _read_choices,
    "date": _read_date,
    "moment": _read_moment,
    "rows": _read_rows,
    "fields": _read_group,
}
