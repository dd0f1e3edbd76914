"""Data against the vocabulary: what is unknown, of the wrong type or missing, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.core.calendar.end_time import is_end_time
from cairn.core.calendar.london import ROUGHLY_EXPECTED, TimeFault, parse_moment, parse_roughly
from cairn.core.people.identifiers import Fault, nhs_number_fault, upn_fault
from cairn.core.vocabulary.model import EventType, Field

# Where a field says nothing else: a line, and some forty pages. More is a file, or is no text at all.
LONGEST = {"text": 1_000, "list": 1_000, "long_text": 100_000}


@dataclass(frozen=True, slots=True)
class DataFault:
    """Something that cannot be taken: the place, what is wrong, and what was expected."""

    place: str
    problem: str
    expected: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}; expected {self.expected}"


def check_data(event: EventType, data: Mapping[str, Any], place: str = "data") -> list[DataFault]:
    """Every fault of an event's data; an empty list where it can be taken.

    Fields the vocabulary does not know are refused, so that a misspelt name is never lost.
    """
    return _check_fields(event.fields, data, place, event.name)


def check_fields(fields: tuple[Field, ...], data: Mapping[str, Any], place: str) -> list[DataFault]:
    """The same of fields that are no event's yet: what is written in a section of a form."""
    return _check_fields(fields, data, place, place)


def _check_fields(
    fields: tuple[Field, ...], data: Mapping[str, Any], place: str, owner: str
) -> list[DataFault]:
    known = {field.name: field for field in fields}
    faults = [
        DataFault(f"{place}.{name}", f"{owner} has no field {name!r}", _one_of(known))
        for name in data
        if name not in known
    ]
    for name, field in known.items():
        if field.must and _is_empty(data.get(name)):
            faults.append(DataFault(f"{place}.{name}", f"{field.label!r} is missing", _what(field)))
        elif name in data:
            faults += _check_value(field, data[name], f"{place}.{name}")
    return faults


def _is_empty(value: Any) -> bool:
    """Whether nothing was said: false and 0 are answers."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def _one_of(values: Iterable[object]) -> str:
    shown = ", ".join(str(value) for value in values)
    return f"one of {shown}" if shown else "no fields"


def _what(field: Field) -> str:
    if field.options:
        return _one_of(field.allowed())
    return _CHECKS[field.type][1]


def _check_value(field: Field, value: Any, place: str) -> list[DataFault]:
    if field.type == "rows":
        return _check_rows(field, value, place)
    if field.type in ("choice", "choices"):
        return _check_choice(field, value, place)
    holds, expected = _ROUGHLY if field.check == "roughly" else _CHECKS[field.type]
    if not holds(value):
        return [DataFault(place, f"{value!r} cannot be taken", expected)]
    return [*_check_length(field, value, place), *_check_number(field, value, place)]


def _check_number(field: Field, value: Any, place: str) -> list[DataFault]:
    """Of a number with a check figure, or a time of day: what is wrong with it, and how to go on."""
    if field.check not in _NUMBERS or _is_empty(value):
        return []
    says, expected = _NUMBERS[field.check]
    fault = says(value)
    return [DataFault(place, fault.says, expected)] if fault else []


def most_characters(field: Field) -> int | None:
    """How many characters a text may have (each text of a list); None for what is no text."""
    return field.longest or LONGEST.get(field.type)


def _check_length(field: Field, value: Any, place: str) -> list[DataFault]:
    most = most_characters(field)
    if most is None:
        return []
    texts = [value] if isinstance(value, str) else value
    longest = max(map(len, texts), default=0)
    return [] if longest <= most else [DataFault(place, "too long", f"at most {most:,} characters")]


def _check_choice(field: Field, value: Any, place: str) -> list[DataFault]:
    several = field.type == "choices" and isinstance(value, list | tuple)
    allowed = [_key(option) for option in field.allowed()]
    return [
        DataFault(place, f"{one!r} is not an option", _what(field))
        for one in (value if several else [value])
        if _key(one) not in allowed
    ]


def _key(value: object) -> tuple[str, str]:
    # True and 1 are equal in Python; an answer is compared with its type.
    return (type(value).__name__, str(value))


def _check_rows(field: Field, value: Any, place: str) -> list[DataFault]:
    if not isinstance(value, list | tuple):
        return [DataFault(place, f"{value!r} cannot be taken", "a list of rows")]
    faults: list[DataFault] = []
    for number, row in enumerate(value):
        where = f"{place}[{number}]"
        if isinstance(row, Mapping):
            faults += _check_fields(field.fields, row, where, field.name)
        else:
            faults.append(DataFault(where, f"{row!r} cannot be taken", "an object with fields"))
    return faults


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(parse_moment(value), TimeFault)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(_is_text(one) for one in value)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)


def _is_rough_moment(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(parse_roughly(value), TimeFault)


_ROUGHLY: tuple[Callable[[Any], bool], str] = (_is_rough_moment, ROUGHLY_EXPECTED)
_CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (_is_text, "text"),
    "long_text": (_is_text, "text"),
    "yes_no": (lambda value: isinstance(value, bool), "true or false"),
    "date": (_is_date, "a date such as 2026-11-27"),
    "moment": (_is_moment, "a time such as 2026-11-27T16:45"),
    "number": (_is_number, "a whole number"),
    "list": (_is_list, "a list of texts"),
    "choice": (_is_text, "an option"),
    "choices": (_is_text, "options"),
    "rows": (_is_list, "a list of rows"),
    "fields": (_is_mapping, "an object of fields"),
}


def _time_fault(text: str) -> Fault | None:
    return None if is_end_time(text) else Fault("time", f"{text!r} is not a time of day")


_NUMBERS = {
    "end_time": (_time_fault, "a time such as 5pm, 5:10pm, midday or 12:40am the next day"),
    "nhs_number": (nhs_number_fault, "the number as it stands on a letter of the NHS, or none"),
    "upn": (upn_fault, "the number as the school has it, or none"),
}
