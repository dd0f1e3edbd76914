"""The draft of an act about several children: whose parts are in it, and who may be shown which of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.door import decisions_on, write_access
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.access.facts import Decision

CHOSEN: Final = "child"
SHOWN: Final = "shown"
SIGNED: Final = "signed"
PART: Final = re.compile(r"own-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-")
NOBODY: Final = Refused("not found", "There is no such draft", "It may have been sent or thrown away.")


def is_joint(act: str) -> bool:
    """Whether an act may be about several children."""
    found = in_use().vocabulary.acts.get(act)
    return found is not None and found.joint


def prefix_of(record: UUID) -> str:
    """What the name of every answer of a child's own part begins with."""
    return f"own-{record}"


def chosen_in(answers: Mapping[str, Any]) -> tuple[UUID, ...]:
    """The children that a draft is about, in the order of the page; what is no id is left out."""
    return tuple(dict.fromkeys(_ids(answers.get(CHOSEN))))


def children_in(answers: Mapping[str, Any]) -> tuple[UUID, ...]:
    """Every child of whom something stands in a draft, chosen or not."""
    return tuple(dict.fromkeys((*chosen_in(answers), *_ids(map(_owner, answers)))))


def without(answers: Mapping[str, Any], hidden: Collection[UUID]) -> dict[str, Any]:
    """A draft without the parts of these children. That they are in it is not shown either."""
    gone = {str(one) for one in hidden}
    kept = {name: value for name, value in answers.items() if _owner(name) not in gone}
    for name in (CHOSEN, SHOWN):
        if name in kept:
            kept[name] = [one for one in _listed(kept[name]) if one not in gone]
    return kept


def merged(stored: Mapping[str, Any], given: Mapping[str, Any], hidden: Collection[UUID]) -> dict[str, Any]:
    """What is kept of a draft saved from a page: the parts that the page did not show stay as they were stored.

    The shared part is not shown once it is signed somewhere; it stays too. So neither a child taken off the page for a while, nor one that the writer may not be shown now, loses its part.
    """
    shown = set(_listed(given.get(SHOWN)))
    kept = {
        name: value
        for name, value in stored.items()
        if (_owner(name) not in shown if _owner(name) else SIGNED in given)
    }
    stayed = [str(one) for one in chosen_in(stored) if one in hidden]
    chosen = list(dict.fromkeys((*_listed(given.get(CHOSEN)), *stayed)))
    return {**kept, **given, **({CHOSEN: chosen} if chosen else {})}


def hidden_from(actor: Actor, records: Iterable[UUID]) -> frozenset[UUID]:
    """Those records that this person may not open now."""
    return frozenset(one for one, found in decisions_on(actor, records).items() if not found.allowed)


def refused_to_add(actor: Actor, added: Iterable[UUID]) -> Refused | None:
    """Why a draft may not be about these children too; None where it may. A refusal is in the access log."""
    for record, decision in decisions_on(actor, added).items():
        if not decision.allowed:
            write_access(actor, [record], decision, page="draft", what="draft")
            return Refused("not allowed", decision.reason, decision.how_to_ask)
    return None


def log_shown(actor: Actor, records: Collection[UUID]) -> None:
    """That the draft with the parts of these children was shown."""
    if records:
        write_access(
            actor, list(records), Decision(allowed=True, relied_on="draft"), page="draft", what="draft"
        )


def _owner(name: str) -> str:
    found = PART.match(name)
    return found[1] if found else ""


def _ids(texts: Any) -> Iterator[UUID]:
    for text in _listed(texts):
        try:
            yield UUID(str(text))
        except ValueError:
            continue


def _listed(values: Any) -> list[Any]:
    if values is None:
        return []
    return [values] if isinstance(values, str) else list(values)
