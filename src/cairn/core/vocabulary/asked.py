"""Of whom an act asks what: an unborn child cannot be seen, so nobody is asked whether it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cairn.core.vocabulary.model import Act, Birth, EventType, Field, Vocabulary


def asked_of(vocabulary: Vocabulary, act: Act, fields: Iterable[Field], child: Birth) -> tuple[Field, ...]:
    """Those of an act's fields that are asked of such a child.

    Left out are the fields of which the vocabulary says so, what only such events hold, and what is asked only
    with an answer that is left out.
    """
    asked = {field.name: field for field in fields}
    out = {name for name, field in asked.items() if not _is_of(field, child)}
    out |= {name for name in asked if _is_held_elsewhere(vocabulary, act, name, child)}
    while True:
        also = {name for name, field in asked.items() if out & set(field.asked_when or ())} - out
        if not also:
            return tuple(field for name, field in asked.items() if name not in out)
        out |= also


def happens_to(vocabulary: Vocabulary, act: Act, child: Birth) -> bool:
    """Whether an act can be done about such a child: one event at least that it yields happens to it."""
    return any(_is_of(vocabulary.events[made.event], child) for made in act.yields)


def answers_not_of(kind: EventType, data: Mapping[str, Any], child: Birth) -> Iterator[Field]:
    """The fields that were answered though they are not asked of such a child."""
    return (field for field in kind.fields if not _is_of(field, child) and data.get(field.name) is not None)


def _is_of(part: Field | EventType, child: Birth) -> bool:
    return not part.asked_of or child in part.asked_of


def _is_held_elsewhere(vocabulary: Vocabulary, act: Act, name: str, child: Birth) -> bool:
    """Whether every event that holds an answer is one that does not happen to such a child."""
    holders = [
        made for made in act.yields if name in {(made.rename or {}).get(one, one) for one in made.fields}
    ]
    return bool(holders) and not any(_is_of(vocabulary.events[made.event], child) for made in holders)
