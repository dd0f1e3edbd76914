"""A closing summary as it is read: every answer in words, what disagrees by its mark, rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.closing.stage import PROPOSED
from cairn.core.engine.truth import is_answered
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web.marks import Mark

FIRST = ("summary", "reason")


def summary_list(proposed: Event) -> c.SummaryList:
    """The closing summary, its text first."""
    fields = in_use().vocabulary.events[PROPOSED].fields
    ordered = sorted(fields, key=lambda one: FIRST.index(one.name) if one.name in FIRST else len(FIRST))
    rows = [_row(one, proposed.data[one.name]) for one in ordered if is_answered(proposed.data.get(one.name))]
    return c.SummaryList(rows=tuple(rows))


def _row(field: Field, value: Any) -> c.SummaryRow:
    if field.type == "rows":
        return c.SummaryRow(field.label, values=tuple(_lines(field, value)))
    mark = Mark("gap", "No") if field.name == "agencies_agree" and value is False else None
    return c.SummaryRow(field.label, "" if mark else in_words(field, value), mark=mark)


def _lines(field: Field, rows: Any) -> Iterator[str]:
    for row in rows if isinstance(rows, list | tuple) else ():
        told = [_part(one, row) for one in field.fields if is_answered(row.get(one.name))]
        yield ". ".join(told)


def _part(field: Field, row: Mapping[str, Any]) -> str:
    return in_words(field, row[field.name])
