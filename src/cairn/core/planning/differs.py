"""What differs between two versions of a plan: rows added, taken out and changed, and texts written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cairn.core.engine.conditions_of_plans import number_of, rows
from cairn.core.engine.truth import is_answered
from cairn.core.planning.rows import Row
from cairn.core.vocabulary.model import Field

How = Literal["added", "removed", "changed"]
# What belongs to the change itself and is no part of the plan.
OF_THE_CHANGE = frozenset(
    {"kind", "changed", "consulted_whom", "consulted", "reason", "not_known", "imported_from"}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that differs. `field` is the field of the plan, `key` the number of the row where rows have one.

    `before` and `after` are the values: of a row the whole row, of anything else its answer. `names` are the fields
    of a changed row that differ.
    """

    how: How
    field: Field
    before: Any = None
    after: Any = None
    key: str = ""
    names: tuple[str, ...] = ()


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Sequence[Field]
) -> tuple[Difference, ...]:
    """What differs from one version to another, in the order of the fields; `fields` are those of a plan."""
    return tuple(
        one for field in fields if field.name not in OF_THE_CHANGE for one in _of(field, before, after)
    )


def _of(field: Field, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    if field.type == "rows" and any(one.name == "key" for one in field.fields):
        yield from _numbered(field, rows(before, field.name), rows(after, field.name))
    elif field.type == "rows":
        yield from _plain(field, rows(before, field.name), rows(after, field.name))
    else:
        was, now = _said(before.get(field.name)), _said(after.get(field.name))
        if was != now:
            how: How = "added" if was is None else "removed" if now is None else "changed"
            yield Difference(how, field, was, now)


def _said(value: Any) -> Any:
    if not is_answered(value):
        return None
    return value.strip() if isinstance(value, str) else value


def _numbered(field: Field, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Difference]:
    was = {number_of(row, place): row for place, row in enumerate(before, start=1)}
    now = {number_of(row, place): row for place, row in enumerate(after, start=1)}
    for key, row in now.items():
        if key not in was:
            yield Difference("added", field, None, row, key)
        elif names := _differing(field, was[key], row):
            yield Difference("changed", field, was[key], row, key, names)
    yield from (Difference("removed", field, row, None, key) for key, row in was.items() if key not in now)


def _differing(field: Field, before: Row, after: Row) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in field.fields
        if one.name != "key" and _said(before.get(one.name)) != _said(after.get(one.name))
    )


def _plain(field: Field, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Difference]:
    """Rows without a number: one that is not there word for word in the other version."""
    left = [_words(field, row) for row in before]
    for row in after:
        if _words(field, row) in left:
            left.remove(_words(field, row))
        else:
            yield Difference("added", field, None, row)
    for row in before:
        if _words(field, row) in left:
            left.remove(_words(field, row))
            yield Difference("removed", field, row)


def _words(field: Field, row: Row) -> tuple[Any, ...]:
    return tuple(_said(row.get(one.name)) for one in field.fields)
