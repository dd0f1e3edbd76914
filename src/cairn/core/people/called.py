"""By which names a child goes: the one that is shown, its parts, and all others, from descriptions and names recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from cairn.core.people.told import Told, text_in

DESCRIBED: Final = "person.described"
NAMED: Final = "name.recorded"
# The sorts of name that are shown as the child's name; the others stand beside it.
SHOWN: Final = frozenset({"given", "single"})
PARTS: Final = frozenset({"forename", "surname"})


def described(events: Iterable[Told]) -> dict[str, Any]:
    """What is known of a child, the latest word on each thing on top: a full name recorded takes the place of the last."""
    known: dict[str, Any] = {}
    for event in events:
        if event.type == DESCRIBED:
            if event.data.get("name") and not PARTS & event.data.keys():
                # The parts of the name before it are not the parts of this one.
                known = {name: said for name, said in known.items() if name not in PARTS}
            known |= event.data
        elif event.type == NAMED and event.data.get("kind") in SHOWN:
            known |= _parts(event.data)
    return known


def _parts(data: Mapping[str, Any]) -> dict[str, str]:
    """A whole name with its parts. Where the family name is written first, the last part is what they are called by."""
    name = " ".join(text_in(data, "name").split())
    if data.get("kind") == "single":
        return {"name": name, "forename": name, "surname": ""}
    if data.get("order") == "called_last":
        family, _, called = name.partition(" ")
        return {"name": name, "forename": called or family, "surname": family if called else ""}
    called, _, family = name.rpartition(" ")
    return {"name": name, "forename": called or family, "surname": family if called else ""}


def other_names(events: Iterable[Told], shown: str) -> tuple[str, ...]:
    """Every other name recorded, each once, in order."""
    named = (text_in(event.data, "name") for event in events if event.type == NAMED)
    return tuple(dict.fromkeys(name for name in named if name and name != shown))
