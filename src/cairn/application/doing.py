"""Whether somebody's role gives them an act, for pages that offer it. The door decides again when it is sent."""

from __future__ import annotations

from cairn.application.actors import Actor
from cairn.application.procedures import in_use
from cairn.core.access.decide import decide_act


def may_do(actor: Actor, act: str) -> bool:
    """Whether the vocabulary gives this act to the actor's role."""
    found = in_use().vocabulary.acts.get(act)
    return found is not None and decide_act(actor.role, found.roles).allowed
