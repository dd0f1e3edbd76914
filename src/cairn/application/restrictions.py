"""Whether a record is restricted as it stands, and why in words."""

from __future__ import annotations

from cairn.application.procedures import in_use
from cairn.application.rights import limits
from cairn.core.access.restriction import RESTRICTED, Restricted, restriction
from cairn.core.engine.view import View


def restriction_of(view: View) -> Restricted | None:
    """The restriction that stands on a record as its door opened it, or None."""
    return restriction(view.standing.events, limits().restriction.reviewed_every)


def reason_words(reason: str) -> str:
    """The kind of reason as people read it; one that the vocabulary in use does not know, as it stands."""
    kind = in_use().vocabulary.events.get(RESTRICTED)
    field = kind.field("reason") if kind else None
    return next((one.label for one in (field.options if field else ()) if one.value == reason), reason)
