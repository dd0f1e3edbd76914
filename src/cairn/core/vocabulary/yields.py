"""From one page to its events: what an act's answers yield, by the vocabulary alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cairn.core.vocabulary.model import Act, Yield


@dataclass(frozen=True, slots=True)
class Yielded:
    """An event an act writes: its type and its data."""

    type: str
    data: Mapping[str, Any]


def events_of(act: Act, answers: Mapping[str, Any]) -> list[Yielded]:
    """The events, in the order of the vocabulary; answers left empty are left out of their data.

    Of an act that yields several, an event of which nothing was answered is not written: a contact on a
    record says nothing of the child's name, so it does not describe the child again.
    """
    alone = len(act.yields) == 1
    return [event for made in act.yields for event in _made(made, answers, alone=alone)]


def _made(made: Yield, answers: Mapping[str, Any], *, alone: bool) -> Iterator[Yielded]:
    if made.each is None:
        if wanted(made, answers) and (alone or made.when or not made.fields or _is_answered(made, answers)):
            yield Yielded(made.event, _data(made, answers))
        return
    for row in answers.get(made.each) or ():
        if wanted(made, row):
            yield Yielded(made.event, _data(made, row))


def wanted(made: Yield, answers: Mapping[str, Any]) -> bool:
    """Whether these answers ask for the event."""
    return all(_meets(answers.get(name), allowed) for name, allowed in (made.when or {}).items())


def _meets(value: object, allowed: tuple[str | bool, ...]) -> bool:
    given = value if isinstance(value, list | tuple) else (value,)
    return any(
        one == allowed_one and type(one) is type(allowed_one) for one in given for allowed_one in allowed
    )


def _is_answered(made: Yield, answers: Mapping[str, Any]) -> bool:
    """Whether anything was said for the event: what stands fixed says nothing by itself."""
    return bool(_data(made.model_copy(update={"set": None}), answers))


def _data(made: Yield, answers: Mapping[str, Any]) -> dict[str, Any]:
    renamed = made.rename or {}
    data = {name: answers.get(renamed.get(name, name)) for name in made.fields}
    data |= made.set or {}
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}
