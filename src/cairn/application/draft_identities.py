"""Who somebody is, in what is still being written: sealed in a draft, for nobody knows yet whether they wish to be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cairn.application.procedures import in_use
from cairn.records import identities

SEALED: Final = "sealed"


def sealed(act: str, typed: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as it is kept. `before` is the draft as it was kept last: the same text is sealed the same."""
    names = _names(act)
    who = {name: value for name, value in typed.items() if name in names}
    rest = {name: value for name, value in typed.items() if name not in names}
    if not who:
        return rest
    token = str(before.get(SEALED) or "")
    same = token and identities.opened(token.encode("ascii")) == who
    return {**rest, SEALED: token if same else identities.seal(who).decode("ascii")}


def opened(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The draft as it was typed."""
    rest = {name: value for name, value in kept.items() if name != SEALED}
    token = kept.get(SEALED)
    return {**rest, **identities.opened(token.encode("ascii"))} if isinstance(token, str) else rest


def _names(act: str) -> frozenset[str]:
    """The answers of an act that say who somebody is."""
    found = in_use().vocabulary.acts.get(act)
    types = in_use().vocabulary.events
    return frozenset(
        (made.rename or {}).get(name, name)
        for made in (found.yields if found else ())
        for name in types[made.event].apart
        if name in made.fields
    )
